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
    if session.last.promised and not turn.world.call_counts.calling_back(session.last.promised.id):
        turn.close(replace(session.last.promised, state=CANCELLED, ended=turn.now, by=by))
    if wanted is None:
        return replace(
            session, after_call=replace(session.after_call, callback=None), last=replace(session.last, promised=None)
        )
    made = turn.close(
        replace(
            wanted,
            id=turn.new_id(),
            call=session.last.call,
            number=session.last.number,
            ingroup=session.last.ingroup,
            campaign=session.campaign,
            made=turn.now,
            status=status,
            by=by,
        )
    )
    return replace(
        session, after_call=replace(session.after_call, callback=None), last=replace(session.last, promised=made)
    )


def changed(turn: Turn, callback: Callback) -> None:
    """Write down what a callback is like now, also for the agent who has promised it and could take that back."""
    turn.close(callback)
    his = (one for one in turn.world.sessions.values() if one.last.promised and one.last.promised.id == callback.id)
    if session := next(his, None):
        turn.put(replace(session, last=replace(session.last, promised=callback if callback.state in OPEN else None)))
