"""The tickets of waiting calls: position and priority, the return to the front, and the delay after a miss.

The order in which tickets are served is that of QueueTicket in matching/serving_order.py.
"""

from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.moment import SECOND_US
from warmline.core.queue import closing_time, data_preference, empty_ingroup, queue_prompts, waits
from warmline.core.queue.matching.serving_order import AGENT_QUEUE
from warmline.core.replace import replace
from warmline.core.rules.configuration import AGENTDIRECT
from warmline.core.world.turn import Turn

FRONT_PRIORITY = 1000


def enter_queue(turn: Turn, call: Call, ingroup: str, direct_agent: str) -> Call:
    """Give the call a ticket in an in-group, at the end of the line or by its first arrival."""
    keeps_wait = call.ingroup and turn.world.rules.ingroup(ingroup).keep_wait_on_transfer == "Y"
    queued_at = call.arrived if keeps_wait else turn.now
    call = _make_ticket(turn, call, ingroup, direct_agent=direct_agent)
    call = replace(call.with_queueing(queued_at=queued_at), ingroup=ingroup, direct=direct_agent)
    return wait(turn, queue_prompts.enter(turn, call))


def end_welcome(turn: Turn, call: Call) -> Call:
    """Give the call its ticket after the welcome message."""
    return wait(turn, call.with_prompts(welcoming=False))


def return_to_front(turn: Turn, call: Call) -> Call:
    """Put a call that lost its agent at the front of its home line. A call that an agent dialled waits here first."""
    direct_agent = call.direct if call.ingroup == AGENTDIRECT else ""
    call = replace(call.with_queueing(queued_at=call.queueing.queued_at or turn.now), direct=direct_agent)
    return wait(
        turn, queue_prompts.restart(turn, _reset_ticket(turn, call, call.ingroup, priority_bonus=FRONT_PRIORITY))
    )


def ask_for_closer(turn: Turn, call: Call, ingroup: str, to_agent: str) -> Call:
    """Return the call with a request for a closer. The request enters the queue when the call is in `dialing`."""
    call = _make_ticket(turn, call, ingroup, direct_agent=to_agent)
    return call.with_consultation(asked_group=ingroup, asked_agent=to_agent, asked_at=turn.now)


def repeat_closer_request(turn: Turn, call: Call) -> Call:
    """Put a request that the closer did not take at the front of the line again."""
    return wait(turn, _reset_ticket(turn, call, call.consultation.asked_group, priority_bonus=FRONT_PRIORITY))


def _make_ticket(turn: Turn, call: Call, ingroup: str, direct_agent: str) -> Call:
    """Return the call with its priority at an arrival, and with the agent whom its data prefers, if there is one."""
    call = _reset_ticket(turn, call, ingroup, priority_bonus=0)
    preferred_agent = "" if direct_agent else data_preference.find_preferred_agent(turn, call, ingroup)
    return call.with_queueing(preferred=preferred_agent)


def _reset_ticket(turn: Turn, call: Call, ingroup: str, priority_bonus: int) -> Call:
    priority = data_preference.compute_priority(turn.world.rules.ingroup(ingroup), call) + priority_bonus
    queueing = replace(call.queueing, priority=priority, drop_at=None, preferred="", prefer_until=None, rest_until=None)
    return replace(call, queueing=queueing)


def wait(turn: Turn, call: Call) -> Call:
    """Put the call's ticket into the queue, and set its drop time unless it is set."""
    drop_at = call.queueing.drop_at
    if drop_at is None:
        ingroup_rules = turn.world.rules.ingroup(call.consultation.asked_group or call.ingroup)
        drop_at = turn.now + ingroup_rules.drop_call_seconds * SECOND_US
    turn.wake(drop_at, TimerKind.CALL, call.id)
    call = turn.put(call.with_queueing(drop_at=drop_at))
    call = waits.open_wait(turn, closing_time.schedule_closing(turn, place_ticket(turn, call)))
    empty_ingroup.recheck_call(turn, call)
    return call


def hold_back(turn: Turn, call: Call) -> Call:
    """Hold back a waiting call whose phones were not answered, for `retry_seconds` of the in-group."""
    seconds = turn.world.rules.ingroup(call.consultation.asked_group or call.ingroup).retry_seconds
    if not seconds or not turn.world.matcher.has_call(call.id):
        return call
    deadline_us = turn.now + seconds * SECOND_US
    turn.wake(deadline_us, TimerKind.CALL, call.id)
    turn.world.matcher.hold_back(call.id)
    return turn.put(call.with_queueing(rest_until=deadline_us))


def release(turn: Turn, call: Call) -> Call:
    """Let phones ring again for a call that was held back long enough."""
    if call.queueing.rest_until is None or call.queueing.rest_until > turn.now:
        return call
    turn.world.matcher.release(call.id)
    return turn.put(call.with_queueing(rest_until=None))


def place_ticket(turn: Turn, call: Call) -> Call:
    """Put the call's ticket into the queue by the current priority; there is no ticket during the welcome message."""
    if call.prompts.welcoming:
        return call
    ingroup, direct_agent = call.ingroup, call.direct
    if call.consultation.asked_group:
        ingroup, direct_agent = call.consultation.asked_group, call.consultation.asked_agent
    is_at_front = call.queueing.priority > FRONT_PRIORITY // 2  # configured priorities are far lower
    priority = data_preference.compute_priority(turn.world.rules.ingroup(ingroup), call) + FRONT_PRIORITY * is_at_front
    call = _update_preference(turn, call, ingroup)
    user = direct_agent or call.queueing.preferred
    turn.world.matcher.add_call(call.id, AGENT_QUEUE + user if user else ingroup, priority, call.ticket_at)
    if call.queueing.rest_until is not None and call.queueing.rest_until > turn.now:
        turn.world.matcher.hold_back(call.id)
    return call if call.queueing.priority == priority else turn.put(call.with_queueing(priority=priority))


def _update_preference(turn: Turn, call: Call, ingroup: str) -> Call:
    """Return the call with the end of its wait for the preferred agent; without that agent, if they cannot come."""
    if not call.queueing.preferred:
        return call
    if call.queueing.prefer_until is None:
        deadline_us = data_preference.get_preference_deadline(turn.world.rules.ingroup(ingroup), turn.now)
        turn.wake(deadline_us, TimerKind.CALL, call.id)
        call = turn.put(call.with_queueing(prefer_until=deadline_us))
    if data_preference.can_take_call(turn.world, call, ingroup, now_us=turn.now):
        return call
    return turn.put(call.with_queueing(preferred="", prefer_until=None))


def recheck_preference(turn: Turn, call: Call) -> Call:
    """Move the ticket of a call whose preferred agent cannot come any more to the queue of the in-group."""
    return place_ticket(turn, call) if call.queueing.preferred and turn.world.matcher.has_call(call.id) else call
