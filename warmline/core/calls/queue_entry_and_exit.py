"""The entry of a call into an in-group, and its exit without an agent."""

from warmline.core.calls.call_transitions import transition
from warmline.core.indexes.timers import TimerKind
from warmline.core.messages.leg_messages import AnswerLeg, SendProgress
from warmline.core.messages.values.callback import Callback
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.leg import Phase
from warmline.core.model.queue_wait import WaitStatus
from warmline.core.model.transition_tables import Trigger
from warmline.core.moment import SECOND_US
from warmline.core.queue import admission_facts, data_preference, queue_prompts, queue_tickets, waits
from warmline.core.queue.admission_rules import REFUSE
from warmline.core.queue.wait_choices import has_number
from warmline.core.replace import replace
from warmline.core.rules import exit_actions
from warmline.core.world.turn import Turn

MAX_OVERFLOWS = 10  # in-groups that may pass a call on, one to the next, before it is hung up


def enter_requested_ingroup(turn: Turn, call: Call) -> Call:
    """Put a call into the in-group to which its agent gave it. If the agent left a request, its ticket continues."""
    group, direct_agent = call.consultation.asked_group, call.consultation.asked_agent
    has_open_request = call.commands.dialling is not None
    call = (
        call.with_consultation(asked_group="", asked_agent="").with_commands(dialling=None).with_queueing(overflows=0)
    )
    if has_open_request:
        call = replace(call.with_queueing(queued_at=call.consultation.asked_at), ingroup=group, direct=direct_agent)
        return queue_tickets.wait(turn, queue_prompts.restart(turn, call))
    return _shorten_vain_wait(turn, enter_ingroup(turn, call, group, direct_agent=direct_agent))


def enter_ingroup(turn: Turn, call: Call, ingroup: str, direct_agent: str) -> Call:
    """Put the call into an in-group: with a ticket, or into the exit of an in-group that does not admit it."""
    admission = admission_facts.check_admission(turn, call, ingroup, direct_agent=direct_agent)
    steps = admission.steps
    if admission.can_wait:
        steps = (*steps, *data_preference.list_rule_steps(turn, call, ingroup, direct_agent=direct_agent))
    reasons = [f"{step.rule}: {step.why}" for step in steps]
    call = turn.put(replace(call.with_queueing(why=(*call.queueing.why, *reasons)), direct=direct_agent))
    answer_caller(turn, call, ingroup)
    if admission.can_wait:
        if call.queueing.overflows:  # the outcome in the previous in-group is not final
            call = call.with_outcome(status=waits.get_status(call, ""), ended_by="")
        return queue_tickets.enter_queue(turn, call, ingroup, direct_agent=direct_agent)
    call = turn.put(replace(call, ingroup=ingroup))
    if admission.action == REFUSE:
        return _hang_up(turn, call, admission.reason)
    option = admission_facts.get_refusing_option(admission)
    return leave_queue(turn, call, admission.action, status=WaitStatus(admission.status), cause=option)


def _shorten_vain_wait(turn: Turn, call: Call) -> Call:
    """Shorten the wait of a call for one agent who is not logged in, so that the drop action follows soon."""
    if call.state is not State.WAITING or not call.direct or call.direct in turn.world.sessions:
        return call
    turn.wake(turn.now + SECOND_US, TimerKind.CALL, call.id)
    return turn.put(call.with_queueing(drop_at=turn.now + SECOND_US))


def answer_caller(turn: Turn, call: Call, ingroup: str) -> None:
    """Answer the call before any audio if `answer_signal=START`; otherwise the caller hears early media.

    With ROUTE, the call is answered when it joins the bridge with the agent: see converge.py.
    """
    leg = turn.world.legs.get(call.customer or "")
    if leg and Phase.ARRIVED <= leg.phase < Phase.UP:
        starts_with_answer = turn.world.rules.ingroup(ingroup).answer_signal == "START"
        turn.do(call.id, AnswerLeg(leg.id) if starts_with_answer else SendProgress(leg.id))


def leave_queue(turn: Turn, call: Call, option: str, *, status: WaitStatus, cause: str, action: str = "") -> Call:
    """Remove a call from its in-group's queue, or keep it out, and send it to the exit of `option`.

    `option` is one of exit_actions.TARGET_OPTIONS. `cause` becomes the call's `ended_by`. `action` is the value of the
    option, unless a choice among several set it (wait_time_second_option …). Only a waiting call can leave. For any
    other call, such as one whose agent's phone rings, nothing happens.
    """
    rules = turn.world.rules.ingroup(call.ingroup)
    action = action or getattr(rules, option)
    queue_exit = exit_actions.read_exit(rules, option, action, agent=turn.world.rules.agents.get(call.direct))
    return leave_by_exit(turn, call, queue_exit, rule=f"{option}={action}", status=status, cause=cause)


def leave_by_exit(
    turn: Turn, call: Call, queue_exit: exit_actions.QueueExit, *, rule: str, status: WaitStatus, cause: str
) -> Call:
    """Remove a waiting call from its in-group's queue by this exit, which `rule` names; `cause` becomes `ended_by`."""
    if call.state is not State.WAITING:
        return call
    turn.world.matcher.forget_call(call.id)
    call = queue_prompts.stop(turn, call)
    call = call.with_queueing(drop_at=None, rest_until=None)
    call = waits.close_wait(turn, call, status)
    call_status = waits.get_status(call, status)
    call = turn.put(call.with_outcome(status=call_status, ended_by=cause).with_queueing(why=(*call.queueing.why, rule)))
    return _follow_exit(turn, call, queue_exit)


def _follow_exit(turn: Turn, call: Call, queue_exit: exit_actions.QueueExit) -> Call:
    if queue_exit.missing_target:
        return _hang_up(turn, call, queue_exit.missing_target)
    if queue_exit.action == "IN_GROUP":
        return _pass_to_ingroup(turn, call, queue_exit.group)
    if queue_exit.action == "CALLERID_CALLBACK" and not _store_callback(turn, call):
        return _hang_up(turn, call, f"there is no number in {call.number!r} to call back")
    call = turn.put(call.with_prompts(message=queue_exit.message).with_queueing(exit=queue_exit.goto))
    return transition(turn, call, Trigger.LEFT_QUEUE)


def _hang_up(turn: Turn, call: Call, reason: str) -> Call:
    """Hang up a call whose exit does not exist, and record the reason."""
    turn.note(f"call {call.id} is hung up: {reason}")
    call = turn.put(
        call.with_prompts(message="").with_queueing(exit="", why=(*call.queueing.why, f"hung up: {reason}"))
    )
    return transition(turn, call, Trigger.LEFT_QUEUE)


def _pass_to_ingroup(turn: Turn, call: Call, ingroup: str) -> Call:
    """Send the call to another in-group. A limit ends a circle of in-groups."""
    if call.queueing.overflows >= MAX_OVERFLOWS:
        return _hang_up(turn, call, f"{MAX_OVERFLOWS} in-groups have passed it on")
    return enter_ingroup(turn, call.with_queueing(overflows=call.queueing.overflows + 1), ingroup, direct_agent="")


def _store_callback(turn: Turn, call: Call) -> bool:
    """Record a callback if the caller has a number. Return whether it did."""
    if not has_number(call):
        return False
    turn.close(
        Callback(
            id=turn.new_id(),
            call=call.id,
            lead=call.lead,
            number=call.number,
            ingroup=call.ingroup,
            agent=call.direct,
            at=turn.machine_time,
            made=turn.machine_time,
        )
    )
    return True
