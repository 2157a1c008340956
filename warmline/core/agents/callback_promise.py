"""The callbacks that an agent promises with a disposition, and those that a program makes for a lead."""

from warmline.core.messages.agent_command_types import MakeCallback
from warmline.core.messages.values.callback import CANCELLED, OPEN_STATES, PENDING, Callback
from warmline.core.model.receipt import Receipt
from warmline.core.model.session import Session
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn


def settle_callback(turn: Turn, session: Session, callback: Callback | None, *, status: str, author: str) -> Session:
    """Store the callback that this disposition promises, and return the session.

    The callback of the previous disposition is cancelled unless it is being made already. `callback` provides the time,
    the agent and the comments; the other values are those of the call.
    """
    if session.last.promised and not turn.world.call_counts.find_callback_call(session.last.promised.id):
        turn.close(replace(session.last.promised, state=CANCELLED, ended=turn.machine_time, by=author))
    if callback is None:
        return session.with_after_call(callback=None).with_last_call(promised=None)
    promised_callback = turn.close(
        replace(
            callback,
            id=turn.new_id(),
            call=session.last.call,
            lead=session.last.lead,
            number=session.last.number,
            ingroup=session.last.ingroup,
            campaign=session.campaign,
            made=turn.machine_time,
            status=status,
            by=author,
        )
    )
    return session.with_after_call(callback=None).with_last_call(promised=promised_callback)


def make_callback(turn: Turn, receipt: Receipt, command: MakeCallback) -> str:
    """Store the callback of a lead, which a program makes without a call. Return the reason for a refusal, or "".

    It has the id of the command's receipt, so that a client knows it.
    """
    if command.callback is None or not command.callback.lead:
        return reasons.CALLBACK_MISSING.text()
    turn.close(replace(command.callback, id=receipt.id, call="", made=turn.machine_time, by=receipt.by, state=PENDING))
    return ""


def store_callback(turn: Turn, callback: Callback) -> None:
    """Store a changed callback, also in the session of the agent who promised it and can still cancel it."""
    turn.close(callback)
    promising_sessions = (
        session
        for session in turn.world.sessions.values()
        if session.last.promised and session.last.promised.id == callback.id
    )
    if session := next(promising_sessions, None):
        turn.put(session.with_last_call(promised=callback if callback.state in OPEN_STATES else None))
