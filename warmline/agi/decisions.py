"""The functions of the scripts in agi-bin; FastAGI serves the same functions with an open database.

`db` is the path of the database, or an open one, and `run` the folder of the heartbeat. Without `db`, both are in the
settings. A stopped app gets no calls, although Stasis() would accept them. Each function raises FactsError,
SettingsError and the channel's errors; `warmline.agi.attempt` turns them into a reason.
"""

import time

from warmline import agi
from warmline.agi import AGI, passed_data, pin_prompt
from warmline.core.rules import login_rules, routing
from warmline.core.rules.routing import RoutingDecision
from warmline.store.agi import routing_facts
from warmline.store.agi.routing_facts import KeptDatabase
from warmline.system import heartbeat_file, settings

Db = str | KeptDatabase | None


def route_did(channel: AGI, number: str, db: Db = None, run_folder: str = "") -> None:
    """Route a call to a DID; the caller's number is that of the channel."""
    decision = find_route(number, channel.env.get("agi_callerid", ""), db, channel=channel, run_folder=run_folder)
    agi.follow(channel, decision, WARMLINE_CALL=agi.new_id())


def find_route(
    number: str, caller: str, db: Db = None, channel: AGI | None = None, run_folder: str = ""
) -> RoutingDecision:
    """Return the route of a call from `caller` to a DID. With a `channel`, the route has its data."""
    database, stopped_seconds = _resolve_database(db, run_folder)
    facts = routing_facts.did(database, routing.strip_plus(number), caller, at=time.time_ns() // 1000)
    if channel is None:
        return routing.refuse_if_stopped(routing.route_did(facts), stopped_seconds)
    call_data = passed_data.read_items(channel, facts.data_names, facts.data_headers) if facts.did is not None else []
    facts.call_data = passed_data.encode_items(call_data)[0]
    return _with_data(routing.refuse_if_stopped(routing.route_did(facts), stopped_seconds), call_data)


def enter_ingroup(channel: AGI, name: str, db: Db = None, run_folder: str = "") -> None:
    """Send the call to an in-group."""
    _enter(channel, f"ingroup:{name}", *_resolve_database(db, run_folder))


def enter_agentdirect(channel: AGI, user: str, db: Db = None, run_folder: str = "") -> None:
    """Send the call to an agent's own queue."""
    _enter(channel, f"agent:{user}", *_resolve_database(db, run_folder))


def _enter(channel: AGI, route: str, database: str | KeptDatabase, stopped_seconds: float) -> None:
    ingroups, agents, *sources = routing_facts.targets(database, route)
    decision = routing.follow_route(route, ingroups, agents)
    call_data = passed_data.read_items(channel, *sources) if decision.route else []
    decision = _with_data(routing.refuse_if_stopped(decision, stopped_seconds), call_data)
    agi.follow(channel, decision, WARMLINE_CALL=agi.new_id())


def _with_data(decision: RoutingDecision, call_data: "passed_data.Items") -> RoutingDecision:
    if decision.route:
        decision.data = passed_data.encode_items(call_data)[1]
    return decision


def agent_login(channel: AGI, endpoint: str, db: Db = None) -> None:
    """Log in the agent of a phone, or refuse with a prompt and a note.

    Raises OSError if a PIN attempt cannot be counted.
    """
    database, stopped_seconds = _resolve_database(db)
    facts = routing_facts.login(database, endpoint)
    if stopped_seconds:
        agi.refuse(channel, f"the application has stood still for {stopped_seconds:.0f} s")
        return
    decision = login_rules.decide_login(facts)
    if decision.route and facts.phone_login != "TRUSTED":
        folder = settings.load(servers=False).spool
        try:
            reason = pin_prompt.refuse_login(channel, facts.agent or "", endpoint, pin_hash=facts.pin, spool=folder)
        except pin_prompt.HungUpAfterWrongPins as hung_up:
            _note_refusal(channel, endpoint, str(hung_up))
            raise
        decision = login_rules.refuse_pin(reason) if reason else decision
    agi.follow(channel, decision, **{"WARMLINE_SESSION": agi.new_id()} if decision.route else {})
    if not decision.route:
        _note_refusal(channel, endpoint, decision.reason)
        channel.answer()
        channel.stream_file("agent-incorrect")
        channel.hangup()


def _note_refusal(channel: AGI, phone: str, reason: str) -> None:
    """Leave a note of a refused login for the audit, the log and doctor. The phone is refused without one, too."""
    from warmline.agi import spool  # a login that succeeds saves the time

    caller_number, called_number = (channel.env.get(name, "") for name in ("agi_callerid", "agi_dnid"))
    number, extension = ("" if text == "unknown" else text for text in (caller_number, called_number))
    try:
        folder = settings.load(servers=False).spool
        spool.put_note(
            folder,
            "",
            time.time_ns() // 1000,
            number=number,
            dialled_number=extension,
            reason=login_rules.describe_refusal(phone, reason),
        )
    except OSError as error:
        channel.verbose(f"warmline: the refused login is not noted: {error}")


def _resolve_database(db: Db, run_folder: str = "") -> tuple[str | KeptDatabase, float]:
    """Return the database, and the seconds for which the app has been stopped."""
    if db:
        return db, heartbeat_file.get_stopped_seconds(run_folder) if run_folder else 0.0
    config = settings.load(servers=False)
    return str(config.db), heartbeat_file.get_stopped_seconds(config.run)
