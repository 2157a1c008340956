"""What the scripts of agi-bin do; FastAGI serves the same, with a database kept open.

`db` is where the database is; without one it is where the settings say. Each raises FactsError, SettingsError and
what the channel raises: `warmline.agi.attempt` makes a reason of it.
"""

import time

from warmline import agi, settings
from warmline.agi import AGI, pin
from warmline.core import login_rules, routing
from warmline.core.routing import Decision
from warmline.store import facts
from warmline.store.facts import Kept

Db = str | Kept | None


def route_did(channel: AGI, number: str, db: Db = None) -> None:
    """Where a call to a DID goes. The caller is the one whom Asterisk names."""
    decision = where(number, channel.env.get("agi_callerid", ""), db)
    agi.follow(channel, decision, WARMLINE_CALL=agi.new_id())


def where(number: str, caller: str, db: Db = None) -> Decision:
    """Where a call from `caller` to a DID goes."""
    known = facts.did(_database(db), routing.plain(number), caller, time.time_ns() // 1000)
    return routing.did(known)


def enter_ingroup(channel: AGI, name: str, db: Db = None) -> None:
    """The call goes to that in-group."""
    _enter(channel, f"ingroup:{name}", db)


def enter_agentdirect(channel: AGI, user: str, db: Db = None) -> None:
    """The call goes to that agent's own queue."""
    _enter(channel, f"agent:{user}", db)


def _enter(channel: AGI, route: str, db: Db) -> None:
    decision = routing.to(route, *facts.targets(_database(db), route))
    agi.follow(channel, decision, WARMLINE_CALL=agi.new_id())


def agent_login(channel: AGI, endpoint: str, db: Db = None) -> None:
    """The agent of that phone logs in. Who may not hears so and is hung up."""
    known = facts.login(_database(db), endpoint)
    decision = login_rules.login(known)
    if decision.route and known.phone_login != "TRUSTED" and not pin.knows_pin(channel, known.pin):
        decision = login_rules.wrong_pin(known)
    agi.follow(channel, decision, **{"WARMLINE_SESSION": agi.new_id()} if decision.route else {})
    if not decision.route:
        channel.answer()
        channel.stream_file("agent-incorrect")
        channel.hangup()


def _database(db: Db) -> str | Kept:
    return db or str(settings.load().db)
