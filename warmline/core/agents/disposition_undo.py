"""The seconds in which an agent can take back the code of the last call, until the next call begins.

Such a code is on record immediately, and counts only at the end of its time. The status of the call and of its lead,
the webhook, the event and `after_call` wait until then. Do-not-call is entered immediately, and an undo does not change
that.
"""

from warmline.core.agents import agent_states, callback_promise
from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import LastWord
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.session import LOST_PAUSE_CODE, Session
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn

UNDO_LIMIT_US = 10_000_000
# Pauses that no agent has asked for: they end by themselves, or begin again after the code.
AUTOMATIC_PAUSE_CODES = (LOST_PAUSE_CODE, agent_states.RESTART_CODE, agent_states.INACTIVE_CODE)


def record_code(turn: Turn, session: Session, disposition: DispositionEntry, *, can_undo: bool) -> Session:
    """Record the code of the agent's last call, and return the session.

    With `can_undo` the agent can take it back for UNDO_LIMIT_US, unless it replaces a code that counts. A code that can
    still be taken back is replaced without a trace in reports.
    """
    replaced_disposition = session.undoable
    if replaced_disposition:
        turn.close(replace(replaced_disposition, undone=True))
    if can_undo and (replaced_disposition or not session.last.status):
        disposition = replace(disposition, undo_until=turn.now + UNDO_LIMIT_US)
        turn.wake(disposition.undo_until, TimerKind.SESSION, session.agent)
        turn.close(disposition)
        return replace(session, undoable=disposition)
    turn.close(disposition)
    return _count_code(turn, replace(session, undoable=None), disposition)


def settle_code(turn: Turn, session: Session) -> Session:
    """Let the code count that the agent could take back, if there is one. Store and return the session."""
    if session.undoable is None:
        return session
    disposition = turn.close(replace(session.undoable, undo_until=0))
    return turn.put(_count_code(turn, replace(session, undoable=None), disposition))


def restore_timers(turn: Turn) -> None:
    """Set the timers of codes that can be taken back again, after a restart of the app."""
    for session in turn.world.sessions.values():
        if session.undoable:
            turn.wake(max(session.undoable.undo_until, turn.now), TimerKind.SESSION, session.agent)


def handle_timer(turn: Turn, session: Session) -> None:
    """Let the code count if its time is over."""
    if session.undoable and session.undoable.undo_until <= turn.now:
        settle_code(turn, session)


def _count_code(turn: Turn, session: Session, disposition: DispositionEntry) -> Session:
    """Give a code to its call, if that goes on without the agent, and count the person of an automatic call."""
    if (call := turn.world.calls.get(disposition.call)) and call.outcome.last_agent == disposition.agent:
        last_word = LastWord(
            agent=disposition.agent,
            status=disposition.status,
            notes=disposition.notes,
            had=session.talk_times.last_call,
        )
        turn.put(call.with_outcome(status=disposition.status, last_word=last_word))
    if not session.last.lead_call:
        return session
    from warmline.core.agents import drop_counts  # imported here because only the dialler's calls are counted

    return session.with_last_call(lead_call=drop_counts.count_person_by_status(turn, session, disposition.status))


def find_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot take back a code, or ""."""
    is_too_late = session.undoable is None or session.call or session.previewed or session.dial_checks
    return reasons.DISPOSITION_UNDO_OVER.text() if is_too_late or _is_kept(turn, session) else ""


def _is_kept(turn: Turn, session: Session) -> bool:
    """Return whether a lead rings for the agent, who is its only one."""
    if not turn.world.lead_calls.has_calls_without_agent:
        return False
    from warmline.core.agents import ring_hold  # not loaded in a call centre without a dialler

    return ring_hold.is_kept(turn.world, turn.now, session.agent)


def undo_code(turn: Turn, session: Session, author: str) -> str:
    """Take the code back, with the callback that it has promised. The agent wraps up again.

    Return "": `find_refusal` has refused.
    """
    disposition = session.undoable
    assert disposition is not None, "find_refusal was called before"
    turn.close(replace(disposition, undone=True))
    session = callback_promise.settle_callback(turn, session, None, status="", author=author)
    after_call = replace(session.after_call, draft=disposition.notes)
    if session.state is AgentState.PAUSED and session.pause_code not in AUTOMATIC_PAUSE_CODES:
        after_call = replace(after_call, pause=True, pause_code=session.pause_code)
    last_call = replace(session.last, status="", notes="")
    session = replace(session, undoable=None, after_call=after_call, last=last_call)
    agent_states.begin_interval(
        turn, replace(session, state=AgentState.DISPO, pause_code="", hold=False, since=turn.now)
    )
    return ""
