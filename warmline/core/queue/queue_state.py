"""The state of in-groups' queues at a moment, and the wait that a caller who arrives then can be told.

Callers hear an estimate from the same function, so scripts, other programs and prompts say the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from warmline.core.model.call import Call
from warmline.core.model.call_states import AgentState, State
from warmline.core.queue import wait_estimate
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.world.world import World


class QueueState(NamedTuple):
    """The queue of one in-group. Times are in microseconds.

    `waiting` calls have no agent yet, and the first of them has waited for `longest`. `agents` are logged in, and
    `ready` of them take a call at once. `estimate` is the wait of a caller who arrives now. It is 0 if an agent is free
    for the caller, and None if no wait is known.
    """

    ingroup: str
    waiting: int
    longest: int
    agents: int
    ready: int
    estimate: int | None


def list_states(world: World, ingroups: Sequence[str], now: int) -> list[QueueState]:
    """Return the state of each of these in-groups' queues, with one look at each live call."""
    since: dict[str, list[int]] = {name: [] for name in ingroups}
    for call in world.calls.values():
        if call.state is State.WAITING and call.ingroup in since:
            since[call.ingroup].append(call.queueing.line_since)
    return [_make_state(world, name, since[name], now) for name in ingroups]


def _make_state(world: World, ingroup: str, since: list[int], now: int) -> QueueState:
    serving = world.session_index.count_serving(ingroup)
    ready = serving[AgentState.READY]
    longest = max(0, now - min(since)) if since else 0
    return QueueState(
        ingroup, len(since), longest, serving.total(), ready, _estimate_new_wait(world, ingroup, ready, now)
    )


def _estimate_new_wait(world: World, ingroup: str, ready: int, now: int) -> int | None:
    """Return the wait of a caller with the in-group's own priority who arrives now, or None.

    Calls of AGENTDIRECT wait for one agent each, so the in-group has no wait of its own.
    """
    if ingroup == AGENTDIRECT:
        return None
    priority = world.rules.ingroup(ingroup).queue_priority
    ahead = world.matcher.list_calls_ahead_of_new(ingroup, priority, wait_estimate.MAX_CALLS_AHEAD)
    answered = _get_answered_waits(world, ingroup)
    if ready and not ahead:
        return 0
    return (
        wait_estimate.estimate_wait(answered, _list_elapsed_waits(world, ahead, now), 0) if answered or ahead else None
    )


def estimate_remaining_wait(world: World, call: Call, now: int) -> int:
    """Return the estimated remaining wait of a waiting caller, in microseconds."""
    ahead = world.matcher.list_calls_ahead(call.id, wait_estimate.MAX_CALLS_AHEAD)
    so_far = now - call.queueing.line_since
    return wait_estimate.estimate_wait(
        _get_answered_waits(world, call.ingroup), _list_elapsed_waits(world, ahead, now), so_far
    )


def _list_elapsed_waits(world: World, calls: Iterable[str], now: int) -> Iterator[int]:
    """Yield how long each of these calls, or its request for a closer, has waited, in microseconds."""
    for call in (world.calls[one] for one in calls):
        asks = call.consultation.asked_group
        yield now - (call.consultation.asked_at if asks else call.queueing.line_since)


def _get_answered_waits(world: World, ingroup: str) -> tuple[int, ...]:
    line = world.wait_histories.get(ingroup)
    return line.waits if line else ()
