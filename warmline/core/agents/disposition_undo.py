"""The seconds in which an agent can take back the code of the last call, until the next call begins.

Such a code is on record at once, and counts only at the end of its time. The status of the call and of its lead, the
webhook, the event and `after_call` wait until then. Do-not-call is entered at once, and an undo does not change that.
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

UNDO_LIMIT_US = 10_000_000  # microseconds
# Pauses that no agent has asked for: they end by themselves, or begin again after the code.
AUTOMATIC_PAUSE_CODES = (LOST_PAUSE_CODE, agent_states.RESTART_CODE, agent_states.INACTIVE_CODE)


def record_code(turn: Turn, session: Session, entry: DispositionEntry, *, undo: bool) -> Session:
    """Record the code of the agent's last call, and return the session.

    With `undo` the agent can take it back for WITHIN, unless it replaces a code that counts. A code that can still be
    taken back is replaced without a trace in reports.
    """
    former = session.undoable
    if former:
        turn.close(replace(former, undone=True))
    if undo and (former or not session.last.status):
        entry = replace(entry, undo_until=turn.now + UNDO_LIMIT_US)
        turn.wake(entry.undo_until, TimerKind.SESSION, session.agent)
        turn.close(entry)
        return replace(session, undoable=entry)
    turn.close(entry)
    return _counts(turn, replace(session, undoable=None), entry)


def settle_code(turn: Turn, session: Session) -> Session:
    """Let the code count that the agent could take back, if there is one. Store and return the session."""
    if session.undoable is None:
        return session
    entry = turn.close(replace(session.undoable, undo_until=0))
    return turn.put(_counts(turn, replace(session, undoable=None), entry))


def restore_timers(turn: Turn) -> None:
    """Set the timers of codes that can be taken back again, after a restart of the app."""
    for session in turn.world.sessions.values():
        if session.undoable:
            turn.wake(max(session.undoable.undo_until, turn.now), TimerKind.SESSION, session.agent)


def handle_timer(turn: Turn, session: Session) -> None:
    """Let the code count if its time is over."""
    if session.undoable and session.undoable.undo_until <= turn.now:
        settle_code(turn, session)


def _counts(turn: Turn, session: Session, entry: DispositionEntry) -> Session:
    """Give a code to its call, if that goes on without the agent, and count the person of an automatic call."""
    if (live := turn.world.calls.get(entry.call)) and live.outcome.last_agent == entry.agent:
        last_word = LastWord(
            agent=entry.agent, status=entry.status, notes=entry.notes, had=session.talk_times.last_call
        )
        turn.put(live.with_outcome(status=entry.status, last_word=last_word))
    if not session.last.lead_call:
        return session
    from warmline.core.agents import drop_counts  # imported here because only the dialler's calls are counted

    return session.with_last_call(lead_call=drop_counts.count_person_by_status(turn, session, entry.status))


def find_refusal(turn: Turn, session: Session) -> str:
    """Return why the agent cannot take back a code, or ""."""
    over = session.undoable is None or session.call or session.previewed or session.dial_checks
    return reasons.DISPOSITION_UNDO_OVER.text() if over or _is_kept(turn, session) else ""


def _is_kept(turn: Turn, session: Session) -> bool:
    """Return whether a lead rings for the agent, who is its only one."""
    if not turn.world.lead_calls.has_calls_without_agent:
        return False
    from warmline.core.agents import ring_hold  # imported here because only the dialler keeps agents

    return ring_hold.is_kept(turn.world, turn.now, session.agent)


def undo_code(turn: Turn, session: Session, by: str) -> str:
    """Take the code back, with the callback that it has promised. The agent wraps up again. Return ""."""
    entry = session.undoable
    assert entry is not None, "why_not was asked before"
    turn.close(replace(entry, undone=True))
    session = callback_promise.settle_callback(turn, session, None, "", by)
    after_call = replace(session.after_call, draft=entry.notes)
    if session.state is AgentState.PAUSED and session.pause_code not in AUTOMATIC_PAUSE_CODES:
        after_call = replace(after_call, pause=True, pause_code=session.pause_code)
    last = replace(session.last, status="", notes="")
    session = replace(session, undoable=None, after_call=after_call, last=last)
    agent_states.begin_interval(
        turn, replace(session, state=AgentState.DISPO, pause_code="", hold=False, since=turn.now)
    )
    return ""
