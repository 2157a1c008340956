"""The functions of the scripts in agi-bin; FastAGI serves the same functions with an open database.

`db` is the path of the database, or an open one. Without `db`, the path is in the settings, and a stopped app gets no
calls, although Stasis() would accept them. Each function raises FactsError, SettingsError and the channel's errors;
`warmline.agi.attempt` turns them into a reason.
"""

import time

from warmline import agi
from warmline.agi import AGI, passed_data, pin_prompt
from warmline.core.rules import login_rules, routing
from warmline.core.rules.routing import RoutingDecision
from warmline.store.agi import routing_facts
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system import heartbeat, settings

Db = str | KeptDatabase | None


def route_did(channel: AGI, number: str, db: Db = None) -> None:
    """Route a call to a DID; the caller's number is that of the channel."""
    decision = where(number, channel.env.get("agi_callerid", ""), db, channel=channel)
    agi.follow(channel, decision, WARMLINE_CALL=agi.new_id())


def where(number: str, caller: str, db: Db = None, channel: AGI | None = None) -> RoutingDecision:
    """Return the route of a call from `caller` to a DID, with the data of the `channel` if there is one."""
    database, stopped = _now(db)
    known = routing_facts.did(database, routing.plain(number), caller, time.time_ns() // 1000)
    passed = ""
    if channel is not None and known.did is not None:
        known.data, passed = passed_data.passed(passed_data.read(channel, known.data_names, known.data_headers))
    decision = routing.unless_stopped(routing.did(known), stopped)
    decision.data = passed
    return decision


def enter_ingroup(channel: AGI, name: str, db: Db = None) -> None:
    """Send the call to an in-group."""
    _enter(channel, f"ingroup:{name}", db)


def enter_agentdirect(channel: AGI, user: str, db: Db = None) -> None:
    """Send the call to an agent's own queue."""
    _enter(channel, f"agent:{user}", db)


def _enter(channel: AGI, route: str, db: Db) -> None:
    database, stopped = _now(db)
    ingroups, agents, *data_sources = routing_facts.targets(database, route)
    decision = routing.unless_stopped(routing.to(route, ingroups, agents), stopped)
    if decision.route:
        _, decision.data = passed_data.passed(passed_data.read(channel, *data_sources))
    agi.follow(channel, decision, WARMLINE_CALL=agi.new_id())


def agent_login(channel: AGI, endpoint: str, db: Db = None) -> None:
    """Log in the agent of a phone, or refuse with a prompt. Raises OSError if a PIN attempt cannot be noted."""
    database, stopped = _now(db)
    known = routing_facts.login(database, endpoint)
    if stopped:
        agi.refuse(channel, f"the application has stood still for {stopped:.0f} s")
        return
    decision = login_rules.login(known)
    asks = decision.route and known.phone_login != "TRUSTED"
    if asks and (why := pin_prompt.why_not(channel, known.agent or "", endpoint, known.pin, settings.load().spool)):
        decision = login_rules.no_pin(why)
    agi.follow(channel, decision, **{"WARMLINE_SESSION": agi.new_id()} if decision.route else {})
    if not decision.route:
        channel.answer()
        channel.stream_file("agent-incorrect")
        channel.hangup()


def _now(db: Db) -> tuple[str | KeptDatabase, float]:
    """Return the database, and the seconds for which the app has been stopped."""
    if db:
        return db, 0.0
    known = settings.load()
    return str(known.db), heartbeat.stopped(known.run)
