"""The end of an agent's call: disposition, wrap-up and the state after it, the loss of the phone, the logout."""

from warmline.core.agents import agent_time_limits, callback_promise, disposition_undo, inbound_mute, supervisor_page
from warmline.core.agents.agent_states import RESTART_CODE, enter, leave_queues
from warmline.core.messages.leg_messages import HangUpLeg
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.receipt import Outcome
from warmline.core.model.session import LOST_CODE, Session
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn

XFER = "XFER"  # the disposition that transfer_no_dispo writes


def release(turn: Turn, user: str, *, untouched: bool, no_dispo: bool = False, no_code: bool = False) -> None:
    """End the call for this agent: DISPO, or the previous state if the call never reached the agent (`untouched`).

    `no_dispo` writes the disposition XFER at once (transfer_no_dispo). `no_code` skips disposition and wrap-up.
    """
    session = turn.world.sessions[user]
    if untouched:
        session = replace(session, call=None, muted=False)
    else:
        session = _had(turn, session)
        live = turn.world.calls.get(session.call or "")
        lead = live.lead if live else 0
        last = replace(session.last, call=session.call or "", lead=lead, status="", notes="")
        session = replace(session, call=None, missed=0, muted=False, last=last)
    leg = turn.world.legs.get(session.leg or "")
    if session.on_hook and leg and not leg.hangup_requested:
        turn.put(replace(leg, hangup_requested=True))
        turn.do(user, HangUpLeg(leg.id))
    inbound_mute.call_over(turn, session)
    if untouched:
        after_wrapup(turn, session)
        return
    session = enter(turn, session, AgentState.DISPO)
    if (asked := session.after_call).status:
        dispose(turn, session, asked.status, asked.by, asked.notes, asked.callback, at_once=no_dispo)
    elif no_dispo:
        dispose(turn, session, XFER, "transfer_no_dispo", at_once=True)
    elif session.adopted or no_code:
        after_wrapup(turn, session)


def _had(turn: Turn, session: Session) -> Session:
    """Return the session with the end of its call, which counts for the rank if agent and caller were connected."""
    if session.state is AgentState.QUEUE:
        return session
    times = session.talk_times
    inbound = times.inbound_started == times.call_started
    finished = turn.now if inbound else times.inbound_finished
    return replace(session, talk_times=replace(times, call_finished=turn.now, inbound_finished=finished))


def after_wrapup(turn: Turn, session: Session) -> None:
    """Enter the state after a call and its disposition: logged out, PAUSED or READY. A lost phone leads to PAUSED."""
    if session.after_call.logout:
        log_out(turn, session)
    elif session.phone_loss.recall_until and not session.after_call.pause:
        enter(turn, session, AgentState.PAUSED, RESTART_CODE)
    elif _is_without_phone(turn, session):
        ready, code = not session.after_call.pause, session.after_call.pause_code
        lost(
            turn,
            replace(session, after_call=replace(session.after_call, pause=False, pause_code="")),
            ready=ready,
            code=code,
        )
    elif session.after_call.pause:
        code = session.after_call.pause_code
        enter(
            turn,
            replace(session, after_call=replace(session.after_call, pause=False, pause_code="")),
            AgentState.PAUSED,
            code,
        )
    else:
        enter(turn, session, AgentState.READY)


def _is_without_phone(turn: Turn, session: Session) -> bool:
    """Return whether the agent's phone is off the line and is not being called back."""
    nailed_up = session.phone_loss.called_back or not session.on_hook
    return (
        session.leg is None
        and nailed_up
        and not session.phone_loss.recall_until
        and session.phone_loss.rescue_until <= turn.now
    )


def lost(turn: Turn, session: Session, *, ready: bool, code: str) -> None:
    """Pause an agent whose phone is lost permanently.

    The previous state is kept, because the cause may turn out to be a restart of Asterisk.
    """
    session = replace(session, phone_loss=replace(session.phone_loss, called_back=False, rescue_until=0))
    if code != LOST_CODE:
        session = replace(
            session, phone_loss=replace(session.phone_loss, was_ready=ready or code == RESTART_CODE, pause_code=code)
        )
    enter(turn, session, AgentState.PAUSED, LOST_CODE)


def dispose(
    turn: Turn,
    session: Session,
    status: str,
    by: str,
    notes: str = "",
    wanted: Callback | None = None,
    *,
    at_once: bool = False,
    undo: bool = False,
) -> None:
    """Write the disposition of the agent's last call, and the callback that it promises.

    The agent enters the next state at the end of the wrap-up, or `at_once`. With `undo` the code can be taken back.
    """
    session = _write_code(turn, session, status, by, notes, wanted, undo=undo)
    over = agent_time_limits.ends_at(session, turn.world.rules)
    if at_once or session.after_call.pause or session.after_call.logout or (over or 0) <= turn.now:
        after_wrapup(turn, session)
    else:
        agent_time_limits.watch(turn, turn.put(session))


def _write_code(
    turn: Turn, session: Session, status: str, by: str, notes: str, wanted: Callback | None, *, undo: bool
) -> Session:
    """Write the code of the agent's last call and its callback. Return the changed session."""
    call, user, notes = session.last.call, session.agent, notes or session.after_call.draft
    entry = DispositionEntry(id=turn.new_id(), call=call, agent=user, status=status, at=turn.now, by=by, notes=notes)
    session = disposition_undo.enter(turn, session, entry, undo=undo)
    session = callback_promise.settle(turn, session, wanted, status, by)
    return replace(
        session,
        after_call=replace(session.after_call, status="", by="", notes="", draft=""),
        last=replace(session.last, status=status, notes=notes),
    )


def log_out(turn: Turn, session: Session) -> None:
    """End the session, and hang up its phone."""
    session = disposition_undo.settle(turn, session)
    receipts.finish(turn, session.login, Outcome.ABANDONED, reasons.LOGGED_OUT.text())
    for leg in filter(None, map(turn.world.legs.get, (session.leg or "", session.typed.line))):
        if not leg.hangup_requested:
            turn.put(replace(leg, hangup_requested=True))
            turn.do(session.agent, HangUpLeg(leg.id))
    if running := turn.world.intervals.get(session.interval):
        turn.close(replace(running, ended=turn.now))
    leave_queues(turn, session)
    turn.close(replace(session, ended=turn.now, leg=None))
    supervisor_page.agent_left(turn, session.agent, reasons.AGENT_LOGGED_OUT.text())
    for check in session.dial_checks:
        if check.ask:
            receipts.open_receipt(turn, check.ask, "")
            receipts.finish(turn, check.id, Outcome.REFUSED, reasons.AGENT_LOGGED_OUT.text())


def set_status(
    turn: Turn,
    session: Session,
    status: str,
    by: str,
    notes: str = "",
    wanted: Callback | None = None,
    *,
    amends: bool = False,
    undo: bool = False,
) -> str:
    """Set a disposition code from a command: at once in DISPO, at the end of the call during a call.

    Another code replaces it until the end of the wrap-up; with `amends`, until the next call. With `undo`, a code
    that is set at once can be taken back. Return the reason for a refusal, or "".
    """
    if session.call:
        given = replace(session.after_call, status=status, by=by, notes=notes, callback=wanted)
        turn.put(replace(session, after_call=given))
        return ""
    if session.last.status == status and notes in ("", session.last.notes) and wanted is None:
        return ""
    if session.state is AgentState.DISPO:
        dispose(turn, session, status, by, notes, wanted, undo=undo)
        return ""
    if not amends:
        return reasons.DISPOSITION_SET.text(status=session.last.status)
    turn.put(_write_code(turn, session, status, by, notes, wanted, undo=undo))
    return ""


def end_wrap_up(turn: Turn, session: Session) -> None:
    """End the wrap-up early, because the agent has given the code and chosen the next state."""
    if agent_time_limits.wraps_up(session):
        after_wrapup(turn, session)
