"""The functions of the scripts in agi-bin; FastAGI serves the same functions with an open database.

`db` is the path of the database, or an open one, `hooks` the socket of the hooks, and `run` the folder of the
heartbeat. Without `db`, all three are in the settings. A stopped app gets no calls, although Stasis() would accept
them. Each function raises FactsError, SettingsError and the channel's errors; `warmline.agi.attempt` turns them into a
reason.
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


def route_did(channel: AGI, number: str, db: Db = None, hooks: str = "", run: str = "") -> None:
    """Route a call to a DID; the caller's number is that of the channel."""
    call = agi.new_id()
    decision = where(number, channel.env.get("agi_callerid", ""), db, channel, hooks, run, call)
    agi.follow(channel, decision, WARMLINE_CALL=call)


def where(
    number: str,
    caller: str,
    db: Db = None,
    channel: AGI | None = None,
    hooks: str = "",
    run: str = "",
    call: str = "",
) -> RoutingDecision:
    """Return the route of a call from `caller` to a DID. With a `channel`, the route has its data and is the hook's."""
    here = _now(db, hooks, run)
    known = routing_facts.did(here.database, routing.plain(number), caller, time.time_ns() // 1000)
    if channel is None:
        return routing.unless_stopped(routing.did(known), here.stopped)
    items = passed_data.read(channel, known.data_names, known.data_headers) if known.did is not None else []
    known.data = passed_data.passed(items)[0]
    return _finished(channel, routing.did(known), here, items, call, number)


def enter_ingroup(channel: AGI, name: str, db: Db = None, hooks: str = "", run: str = "") -> None:
    """Send the call to an in-group."""
    _enter(channel, f"ingroup:{name}", _now(db, hooks, run))


def enter_agentdirect(channel: AGI, user: str, db: Db = None, hooks: str = "", run: str = "") -> None:
    """Send the call to an agent's own queue."""
    _enter(channel, f"agent:{user}", _now(db, hooks, run))


def _enter(channel: AGI, route: str, here: "_Here") -> None:
    ingroups, agents, *sources = routing_facts.targets(here.database, route)
    decision, call = routing.to(route, ingroups, agents), agi.new_id()
    items = passed_data.read(channel, *sources) if decision.route or here.hooks else []
    decision = _finished(channel, decision, here, items, call, channel.env.get("agi_extension", ""))
    agi.follow(channel, decision, WARMLINE_CALL=call)


def _finished(
    channel: AGI,
    decision: RoutingDecision,
    here: "_Here",
    items: "passed_data.Items",
    call: str,
    dialled: str,
) -> RoutingDecision:
    """Return the decision after the hook before_route, with the call's data. A stopped app gets no call.

    The hook is not asked about a number that is no number.
    """
    if here.stopped:
        return routing.unless_stopped(decision, here.stopped)
    if here.hooks and (decision.steps[0].passed or decision.steps[0].rule != "number"):
        from warmline.agi import route_hook  # a machine without hooks saves the time

        decision, items = route_hook.decided(channel, decision, items, here.database, here.hooks, call, dialled)
    if decision.route:
        decision.data = passed_data.passed(items)[1]
    return decision


def agent_login(channel: AGI, endpoint: str, db: Db = None) -> None:
    """Log in the agent of a phone, or refuse with a prompt and a note.

    Raises OSError if a PIN attempt cannot be counted.
    """
    here = _now(db)
    known = routing_facts.login(here.database, endpoint)
    if here.stopped:
        agi.refuse(channel, f"the application has stood still for {here.stopped:.0f} s")
        return
    decision = login_rules.login(known)
    if decision.route and known.phone_login != "TRUSTED":
        folder = settings.load(servers=False).spool
        try:
            why = pin_prompt.why_not(channel, known.agent or "", endpoint, known.pin, folder)
        except pin_prompt.HungUpAfterWrongPins as hung_up:
            _note_refusal(channel, endpoint, str(hung_up))
            raise
        decision = login_rules.no_pin(why) if why else decision
    agi.follow(channel, decision, **{"WARMLINE_SESSION": agi.new_id()} if decision.route else {})
    if not decision.route:
        _note_refusal(channel, endpoint, decision.reason)
        channel.answer()
        channel.stream_file("agent-incorrect")
        channel.hangup()


def _note_refusal(channel: AGI, phone: str, why: str) -> None:
    """Leave a note of a refused login for the audit, the log and doctor. The phone is refused without one, too."""
    from warmline.agi import spool  # a login that succeeds saves the time

    caller, dialled = (channel.env.get(name, "") for name in ("agi_callerid", "agi_dnid"))
    number, extension = ("" if one == "unknown" else one for one in (caller, dialled))
    try:
        folder = settings.load(servers=False).spool
        spool.put(folder, "", time.time_ns() // 1000, number, extension, login_rules.refusal(phone, why))
    except OSError as error:
        channel.verbose(f"warmline: the refused login is not noted: {error}")


class _Here:
    """The database, the seconds for which the app has been stopped, and the socket of the hooks, or ''."""

    __slots__ = ("database", "hooks", "stopped")

    def __init__(self, database: str | KeptDatabase, stopped: float, hooks: str) -> None:
        self.database = database
        self.stopped = stopped
        self.hooks = hooks


def _now(db: Db, hooks: str = "", run: str = "") -> _Here:
    if db:
        return _Here(db, heartbeat_file.stopped(run) if run else 0.0, hooks)
    known = settings.load(servers=False)
    return _Here(str(known.db), heartbeat_file.stopped(known.run), known.hooks and f"{known.run}/hooks")
