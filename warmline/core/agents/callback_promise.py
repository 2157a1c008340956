"""A callback that an agent promises with a disposition."""

from warmline.core.model.callback import CANCELLED, OPEN, Callback
from warmline.core.model.replace import replace
from warmline.core.model.session import Session
from warmline.core.state.world import Turn


def settle(turn: Turn, session: Session, wanted: Callback | None, status: str, by: str) -> Session:
    """Write down what this disposition of his last call promises; what the one before promised holds no more,
    unless the customer is being called back already.

    Of `wanted` count when, whose and the comments; the rest is the call's.
    """
    if session.promised and not turn.world.call_counts.calling_back(session.promised.id):
        turn.close(replace(session.promised, state=CANCELLED, ended=turn.now, by=by))
    if wanted is None:
        return replace(session, callback_asked=None, promised=None)
    made = turn.close(
        replace(
            wanted,
            id=turn.new_id(),
            call=session.last_call,
            number=session.last_number,
            ingroup=session.last_ingroup,
            campaign=session.campaign,
            made=turn.now,
            status=status,
            by=by,
        )
    )
    return replace(session, callback_asked=None, promised=made)


def changed(turn: Turn, callback: Callback) -> None:
    """Write down what a callback is like now, also for the agent who has promised it and could take that back."""
    turn.close(callback)
    his = (one for one in turn.world.sessions.values() if one.promised and one.promised.id == callback.id)
    if session := next(his, None):
        turn.put(replace(session, promised=callback if callback.state in OPEN else None))
