"""The records of waits: opened with a ticket, closed by an agent or by another outcome of the call."""

from warmline.core.model.call import Call
from warmline.core.model.queue_wait import ANSWERED_OUTCOME, QueueWait, WaitHistory, WaitStatus
from warmline.core.queue.agent_ranking_reasons import explain_choice, explain_preference
from warmline.core.queue.matching.serving_order import AGENT_QUEUE
from warmline.core.replace import replace
from warmline.core.world.turn import Turn

MAX_KEPT_WAITS = 5  # answered waits that are kept for each line


def open_wait(turn: Turn, call: Call) -> Call:
    """Record that the call is in a line. It has a ticket unless it still hears the welcome.

    If the call returns to the front because a phone did not answer, the same wait continues.
    """
    position = turn.world.matcher.get_position(call.id)
    if wait := turn.world.waits.get(call.queueing.wait or ""):
        if not wait.place:
            turn.put(replace(wait, place=position))
        return call
    wait = turn.put(replace(_make_wait(turn, call), place=position))
    return turn.put(call.with_queueing(wait=wait.id))


def explain_agent(turn: Turn, call: Call, user: str) -> str:
    """Return why this agent got the call, or ""."""
    wait = turn.world.waits.get(call.queueing.wait or "")
    if wait is None:
        return ""
    if call.queueing.preferred == user:
        return explain_preference(turn.world, user, wait.ingroup, now_us=turn.now)
    queue = AGENT_QUEUE + wait.direct if wait.direct else wait.ingroup
    return explain_choice(turn.world, user, queue, now_us=turn.now)


def record_match(turn: Turn, call: Call, reason: str) -> None:
    """Record why the call was given to an agent."""
    if wait := turn.world.waits.get(call.queueing.wait or ""):
        turn.put(replace(wait, why=reason))


def close_wait(turn: Turn, call: Call, outcome: str, user: str = "") -> Call:
    """Close the wait with an outcome. A call that was refused has a wait of length 0."""
    wait = turn.world.waits.get(call.queueing.wait or "") or _make_wait(turn, call)
    turn.close(replace(wait, ended=turn.now, outcome=outcome, agent=user))
    if outcome == ANSWERED_OUTCOME:
        history = turn.world.wait_histories.get(wait.ingroup) or WaitHistory(id=wait.ingroup)
        turn.put(replace(history, waits=(*history.waits, turn.now - wait.entered)[-MAX_KEPT_WAITS:]))
    return call.with_queueing(wait=None, close_at=None)


def get_status(call: Call, outcome: str) -> str:
    """Return the call's status after this outcome of a wait; a disposition of its last agent stays."""
    return outcome if call.outcome.status in ("", *WaitStatus) else call.outcome.status


def _make_wait(turn: Turn, call: Call) -> QueueWait:
    is_closer_request = bool(call.consultation.asked_group)
    return QueueWait(
        id=turn.new_id(),
        call=call.id,
        ingroup=call.consultation.asked_group if is_closer_request else call.ingroup,
        direct=call.consultation.asked_agent if is_closer_request else call.direct,
        priority=call.queueing.priority,
        place=0,
        queued_at=call.ticket_at,
        entered=turn.now,
    )
