"""The disposition of an agent's call, as a command or a limit gives it: during the call, in DISPO, or later.

`core/model/disposition_rules.py` says which codes an agent may choose. `core/engine/agent_timeouts.py` gives a code
when a limit is reached, such as `dispo_max`.
"""

from warmline.core.agents import agent_time_limits, callback_promise, disposition_undo
from warmline.core.agents.wrap_up import enter_state_after_call
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call_states import AgentState
from warmline.core.model.disposition_entry import DispositionEntry
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def dispose_call(
    turn: Turn,
    session: Session,
    status: str,
    *,
    author: str,
    notes: str = "",
    callback: Callback | None = None,
    immediately: bool = False,
    can_undo: bool = False,
) -> None:
    """Write the disposition of the agent's last call, and the callback that it promises.

    The agent enters the next state at the end of the wrap-up, or `immediately`. With `can_undo`, the code can be taken
    back.
    """
    session = _write_code(turn, session, status, author=author, notes=notes, callback=callback, can_undo=can_undo)
    wrap_up_end_us = agent_time_limits.find_state_end_us(session, turn.world.rules)
    if immediately or session.after_call.pause or session.after_call.logout or (wrap_up_end_us or 0) <= turn.now:
        enter_state_after_call(turn, session)
    else:
        agent_time_limits.set_timers(turn, turn.put(session))


def _write_code(
    turn: Turn, session: Session, status: str, *, author: str, notes: str, callback: Callback | None, can_undo: bool
) -> Session:
    """Write the code of the agent's last call and its callback. Return the changed session."""
    call, user, notes = session.last.call, session.agent, notes or session.after_call.draft
    disposition = DispositionEntry(
        id=turn.new_id(), call=call, agent=user, status=status, at=turn.now, by=author, notes=notes
    )
    session = disposition_undo.record_code(turn, session, disposition, can_undo=can_undo)
    session = callback_promise.settle_callback(turn, session, callback, status=status, author=author)
    return session.with_after_call(status="", by="", notes="", draft="").with_last_call(status=status, notes=notes)


def set_status(
    turn: Turn,
    session: Session,
    status: str,
    *,
    author: str,
    notes: str = "",
    callback: Callback | None = None,
    amends: bool = False,
    can_undo: bool = False,
) -> str:
    """Set a disposition code from a command: immediately in DISPO, at the end of the call during a call.

    Another code replaces it until the end of the wrap-up; with `amends`, until the next call. With `can_undo`, a code
    that is set immediately can be taken back. Return the reason for a refusal, or "".
    """
    if session.call:
        after_call = replace(session.after_call, status=status, by=author, notes=notes, callback=callback)
        turn.put(replace(session, after_call=after_call))
        return ""
    if session.last.status == status and notes in ("", session.last.notes) and callback is None:
        return ""
    if session.state is AgentState.DISPO:
        dispose_call(turn, session, status, author=author, notes=notes, callback=callback, can_undo=can_undo)
        return ""
    if not amends:
        return reasons.DISPOSITION_SET.text(status=session.last.status)
    turn.put(_write_code(turn, session, status, author=author, notes=notes, callback=callback, can_undo=can_undo))
    return ""
