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
    `ready` of them take a call immediately. `estimate` is the wait of a caller who arrives now. It is 0 if an agent is
    free for the caller, and None if no wait is known.
    """

    ingroup: str
    waiting: int
    longest: int
    agents: int
    ready: int
    estimate: int | None


def list_states(world: World, ingroups: Sequence[str], now_us: int) -> list[QueueState]:
    """Return the state of each of these in-groups' queues, with one look at each live call."""
    starts_by_ingroup: dict[str, list[int]] = {name: [] for name in ingroups}
    for call in world.calls.values():
        if call.state is State.WAITING and call.ingroup in starts_by_ingroup:
            starts_by_ingroup[call.ingroup].append(call.queueing.line_since)
    return [_make_state(world, name, starts_by_ingroup[name], now_us=now_us) for name in ingroups]


def _make_state(world: World, ingroup: str, starts_us: list[int], now_us: int) -> QueueState:
    agents_by_state = world.session_index.count_serving(ingroup)
    ready_count = agents_by_state[AgentState.READY]
    longest_wait_us = max(0, now_us - min(starts_us)) if starts_us else 0
    return QueueState(
        ingroup=ingroup,
        waiting=len(starts_us),
        longest=longest_wait_us,
        agents=agents_by_state.total(),
        ready=ready_count,
        estimate=_estimate_new_wait(world, ingroup, ready_count, now_us=now_us),
    )


def _estimate_new_wait(world: World, ingroup: str, ready_count: int, now_us: int) -> int | None:
    """Return the wait of a caller with the in-group's own priority who arrives now, or None.

    Calls of AGENTDIRECT wait for one agent each, so the in-group has no wait of its own.
    """
    if ingroup == AGENTDIRECT:
        return None
    priority = world.rules.ingroup(ingroup).queue_priority
    calls_ahead = world.matcher.list_calls_ahead_of_new(ingroup, priority, wait_estimate.MAX_CALLS_AHEAD)
    answered_waits = _get_answered_waits(world, ingroup)
    if ready_count and not calls_ahead:
        return 0
    if not answered_waits and not calls_ahead:
        return None
    return wait_estimate.estimate_wait(answered_waits, _list_elapsed_waits(world, calls_ahead, now_us), 0)


def estimate_remaining_wait(world: World, call: Call, now_us: int) -> int:
    """Return the estimated remaining wait of a waiting caller, in microseconds."""
    calls_ahead = world.matcher.list_calls_ahead(call.id, wait_estimate.MAX_CALLS_AHEAD)
    elapsed_us = now_us - call.queueing.line_since
    answered_waits = _get_answered_waits(world, call.ingroup)
    return wait_estimate.estimate_wait(answered_waits, _list_elapsed_waits(world, calls_ahead, now_us), elapsed_us)


def _list_elapsed_waits(world: World, calls: Iterable[str], now_us: int) -> Iterator[int]:
    """Yield how long each of these calls, or its request for a closer, has waited, in microseconds."""
    for call_id in calls:
        call = world.calls[call_id]
        is_closer_request = call.consultation.asked_group
        yield now_us - (call.consultation.asked_at if is_closer_request else call.queueing.line_since)


def _get_answered_waits(world: World, ingroup: str) -> tuple[int, ...]:
    history = world.wait_histories.get(ingroup)
    return history.waits if history else ()
