"""The choices for a waiting caller, each offered once, and the actions of keys and options."""

from warmline.core.calls import call_transitions, queue_entry_and_exit, ringing
from warmline.core.indexes.timers import TimerKind
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.queue_wait import WaitStatus
from warmline.core.model.transition_tables import Trigger
from warmline.core.moment import SECOND_US
from warmline.core.queue import announcements, exit_keys, queue_prompts, wait_choices
from warmline.core.queue.wait_choices import STAY_ACTION, WAIT_OPTION
from warmline.core.rules import exit_actions
from warmline.core.world.campaign_and_ingroup import get_home_ingroup
from warmline.core.world.turn import Turn

SORRY_FILES = ("im-sorry",)


def offer_choices(turn: Turn, call: Call) -> Call:
    """Offer the choices if they are due. While a prompt plays or the call has no ticket, they wait."""
    if call.state is not State.WAITING or call.prompts.saying or call.prompts.offer or call.prompts.welcoming:
        return call
    offer_at_us = wait_choices.get_offer_time(get_home_ingroup(turn, call), call)
    return call if offer_at_us is None or turn.now < offer_at_us else _start_offer(turn, call)


def _start_offer(turn: Turn, call: Call) -> Call:
    rules = get_home_ingroup(turn, call)
    call = turn.put(call.with_prompts(offered=(*call.prompts.offered, WAIT_OPTION)))
    if not wait_choices.get_actions_by_key(rules, call):
        return call
    files = announcements.split_sound_files(rules.wait_time_option_press_filename)
    call = queue_prompts.say(turn, call.with_prompts(offer=WAIT_OPTION), files)
    return call if files else wait_for_key(turn, call)


def wait_for_key(turn: Turn, call: Call) -> Call:
    """Wait for a key after the caller has heard the choices."""
    seconds = get_home_ingroup(turn, call).wait_time_option_prompt_seconds
    deadline_us = turn.now + seconds * SECOND_US
    call = turn.put(call.with_prompts(offer_until=deadline_us))
    turn.wake(deadline_us, TimerKind.CALL, call.id)
    return call


def end_offer(turn: Turn, call: Call) -> Call:
    """End the choice without a key; the caller keeps waiting."""
    return turn.put(call.with_prompts(offer="", offer_until=None))


def handle_key(turn: Turn, call: Call, digit: str) -> Call:
    """Handle a key, even before the end of the prompt. A key without an action changes nothing.

    A key of the current offer counts as such, and any other one by `exit_keys`.
    """
    action = wait_choices.get_offered_actions(turn.world.rules, call).get(digit)
    if action is None:
        route = exit_keys.get_exit_routes(turn.world.rules, call).get(digit)
        return _leave_by_key(turn, call, digit=digit, route=route) if route else call
    call = end_offer(turn, queue_prompts.cut(turn, call))
    if action == STAY_ACTION:
        return call
    return queue_entry_and_exit.leave_queue(
        turn, call, WAIT_OPTION, status=WaitStatus.WAITTO, cause=WAIT_OPTION, action=action
    )


def _leave_by_key(turn: Turn, call: Call, *, digit: str, route: str) -> Call:
    """Let the caller leave by a key of `exit_keys`. Phones that ring for the call stop first."""
    if route == "callback" and not wait_choices.has_number(call):
        return call if exit_keys.is_ringing_agents(call) else queue_prompts.say(turn, call, SORRY_FILES)
    if exit_keys.is_ringing_agents(call):
        call = ringing.withdraw_call(turn, call, answered_elsewhere=route.startswith("ingroup:"))
        call = call_transitions.transition(turn, call, Trigger.CALLER_LEAVES)
    agent = turn.world.rules.agents.get(call.direct)
    queue_exit = exit_actions.read_route(get_home_ingroup(turn, call), exit_keys.EXIT_OPTION, route, agent=agent)
    rule = f"{exit_keys.EXIT_OPTION}: {digit} -> {route}"
    return queue_entry_and_exit.leave_by_exit(
        turn, call, queue_exit, rule=rule, status=WaitStatus.WAITTO, cause=exit_keys.EXIT_OPTION
    )
