"""The end of all calls and channels of a server: its Asterisk has died, or was away for too long."""

from warmline.core.agents import agent_states, logout, phone_call_back, supervisor_page
from warmline.core.calls import leg_answer_and_loss
from warmline.core.calls.cut_off import cut_off
from warmline.core.engine.leg_events import close_leg
from warmline.core.indexes.timers import TimerKind
from warmline.core.media import recording_control
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call_ends import ENDED_BY_ASTERISK
from warmline.core.model.call_states import AgentState
from warmline.core.model.leg import Leg, Phase
from warmline.core.model.receipt import Outcome
from warmline.core.model.recording import CUT_OFF_CAUSE
from warmline.core.model.server import AsteriskInstance
from warmline.core.model.session import LOST_PAUSE_CODE, Session
from warmline.core.receipts import receipts
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

RECENT_LOSS_US = 600_000_000  # a regular stop of Asterisk hangs up before it ends


def note_asterisk_start(turn: Turn, started_at: int, server: str) -> None:
    """Record the start time of the server's Asterisk. A new start time means that the previous run has died.

    Only this time proves a restart. Missing channels do not.
    """
    old_asterisk_run = next(
        (asterisk_run for asterisk_run in turn.world.asterisk_runs.values() if asterisk_run.server == server), None
    )
    if not started_at or (old_asterisk_run and old_asterisk_run.started == started_at):
        return
    run_id = str(started_at) if server == MAIN_SERVER else f"{server}-{started_at}"
    turn.put(AsteriskInstance(id=run_id, server=server, started=started_at, seen=turn.now))
    if old_asterisk_run:
        turn.close(replace(old_asterisk_run, ended=turn.now))
        server_text = "" if server == MAIN_SERVER else f" on {server}"
        turn.note(f"Asterisk was restarted{server_text}: {_describe_loss(turn.world, server)}")
        _end_everything(turn, server, reasons.ASTERISK_DIED.text())


def end_server_calls(turn: Turn, server: str, *, is_removed: bool = False) -> None:
    """End all calls of a server that has been away for too long, or is not in the settings any more.

    If its Asterisk was only cut off, two people may still hear each other there. When the app reaches it again, their
    channels belong to no call and are hung up.
    """
    turn.note(f"server {server} is lost: {_describe_loss(turn.world, server)}")
    _end_everything(turn, server, reasons.SERVER_LOST.text(server=server), may_write=not is_removed)
    for session in turn.iterate(turn.world.sessions) if turn.world.servers else ():
        if session.phone_loss.recall_until and session.phone_loss.server == server:  # another server may call it
            turn.wake(turn.now + phone_call_back.RECALL_INTERVAL_US, TimerKind.SESSION, session.agent)


def _describe_loss(world: World, server: str) -> str:
    calls = sum(call.server == server for call in world.calls.values())
    legs = sum(leg.server == server for leg in world.legs.values())
    return f"{calls} calls and {legs} legs have ended"


def _end_everything(turn: Turn, server: str, cause: str, *, may_write: bool = False) -> None:
    """Close all legs, recordings and calls; legs and files come first, so that no request is made for them.

    With `may_write`, Asterisk may still write the files, which are measured once it is reached.
    """
    users = {session.agent for session in turn.world.sessions.values() if _is_on_server(turn.world, session, server)}
    for leg in turn.iterate(turn.world.legs):
        if leg.server == server:
            _close_leg(turn, leg, cause)
    for recording in turn.iterate(turn.world.recordings):
        if recording.server == server and may_write:
            recording_control.note_loss(turn, recording)
        elif recording.server == server:
            recording_control.note_end(turn, recording, CUT_OFF_CAUSE)
    for session in turn.iterate(turn.world.sessions):
        if session.agent in users:
            _schedule_recall(turn, session, server, cause=cause)
    for call in turn.iterate(turn.world.calls):
        if call.server == server:
            cut_off(turn, call, ENDED_BY_ASTERISK, cause=cause)
    for receipt in turn.iterate(turn.world.receipts):
        if receipt.agent in users and supervisor_page.is_waiting(turn.world, receipt):
            receipts.finish(turn, receipt.id, Outcome.FAILED, cause=cause)
    for session in turn.iterate(turn.world.sessions):
        if session.agent in users and session.phone_loss.recall_until:
            _pause_until_reached(turn, session)


def _is_on_server(world: World, session: Session, server: str) -> bool:
    """Return whether an agent's phone is on a server, is brought to a call there, or was there last."""
    call = world.calls.get(session.call or "")
    return call.server == server if call and session.leg is None else world.server_of(session) == server


def _close_leg(turn: Turn, leg: Leg, cause: str) -> None:
    call = leg_answer_and_loss.find_call_of_leg(turn, leg)
    if call and call.server != leg.server:  # the call continues without this leg
        close_leg(turn, leg.id, 0)
        return
    for receipt in leg.mute.receipts:
        receipts.finish(turn, receipt, Outcome.UNKNOWN, cause=cause)
    receipts.finish(turn, leg.supervision.receipt, Outcome.FAILED, cause=cause)
    turn.close(
        replace(leg.with_mute(receipts=()), phase=Phase.GONE, bridge=None, target_bridge=None, ended=turn.now, cause=0)
    )


def _schedule_recall(turn: Turn, session: Session, server: str, cause: str) -> None:
    """Schedule the call to a nailed_up phone that was on the line or was being called."""
    if session.login:
        receipts.finish(turn, session.login, Outcome.FAILED, cause=cause)
        logout.log_out(turn, replace(session, login=""))
    elif session.on_hook:
        agent_states.update_availability(
            turn,
            turn.put(replace(session.with_phone_loss(called_back=False, rescue_until=0), leg=None)),
        )
    elif (
        session.leg
        or session.phone_loss.recall_until
        or session.phone_loss.rescue_until
        or _has_just_lost_phone(turn, session)
    ):
        recall_until_us = turn.now + phone_call_back.RECALL_LIMIT_US
        turn.world.matcher.forget_agent(session.agent)
        loss = replace(
            session.phone_loss, server=server, called_back=True, recall_until=recall_until_us, rescue_until=0
        )
        if session.leg:
            loss = replace(loss, lost_since=turn.now)
        turn.put(replace(session, leg=None, phone_loss=loss))


def _has_just_lost_phone(turn: Turn, session: Session) -> bool:
    """Return whether Asterisk may have hung up the agent's phone because it was about to end."""
    is_phone_lost = session.pause_code == LOST_PAUSE_CODE and turn.now - session.since <= RECENT_LOSS_US
    return is_phone_lost or session.state is AgentState.DISPO


def _pause_until_reached(turn: Turn, session: Session) -> None:
    is_phone_lost = session.pause_code == LOST_PAUSE_CODE
    if session.state is AgentState.READY or (is_phone_lost and session.phone_loss.was_ready):
        agent_states.enter_state(turn, session, AgentState.PAUSED, pause_code=agent_states.RESTART_CODE)
    elif is_phone_lost:
        agent_states.enter_state(turn, session, AgentState.PAUSED, pause_code=session.phone_loss.pause_code)
