"""The choices that wait_time_option offers to a waiting caller, and their keys."""

from warmline.core.messages.audio_messages import DtmfReceived
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.moment import SECOND_US
from warmline.core.queue import exit_keys
from warmline.core.rules.configuration import Ingroup, Rules
from warmline.core.world.world import World

WAIT_OPTION = "wait_time_option"
STAY_ACTION = "PRESS_STAY"
CALLBACK_ACTION = "PRESS_CID_CALLBACK"


def _get_configured_actions(ingroup: Ingroup) -> dict[str, str]:
    wait_options = (ingroup.wait_time_option, ingroup.wait_time_second_option, ingroup.wait_time_third_option)
    return {key: action for key, action in zip("123", wait_options, strict=True) if action != "NONE"}


def get_actions_by_key(ingroup: Ingroup, call: Call) -> dict[str, str]:
    """Return the action of each key for this caller. A caller without a number gets no callback choice."""
    has_callback = has_number(call)
    return {
        key: action
        for key, action in _get_configured_actions(ingroup).items()
        if has_callback or action != CALLBACK_ACTION
    }


def get_offer_time(ingroup: Ingroup, call: Call) -> int | None:
    """Return the time of the offer to this call; None if there is none, or it was made."""
    if WAIT_OPTION in call.prompts.offered or not _get_configured_actions(ingroup):
        return None
    return call.queueing.line_since + ingroup.wait_time_option_seconds * SECOND_US


def has_number(call: Call) -> bool:
    """Return whether the caller can be called back."""
    return any(digit in call.number for digit in "0123456789")


def blank_digit(world: World, event: DtmfReceived) -> DtmfReceived:
    """Return the event without its digit, unless the digit is a choice that the caller has.

    Other digits, such as those of card numbers, must not be recorded.
    """
    leg = world.legs.get(event.leg)
    call = world.calls.get(leg.owner) if leg else None
    if call is None or call.customer != event.leg:
        return DtmfReceived(event.leg)
    rules = world.rules
    choices = (get_offered_actions(rules, call), exit_keys.get_exit_routes(rules, call), get_opt_out_key(rules, call))
    return event if any(event.digit in keys for keys in choices) else DtmfReceived(event.leg)


def get_opt_out_key(rules: Rules, call: Call) -> str:
    """Return the key by which a dropped lead ends all automatic calls to its number, or "" if it means nothing now."""
    is_in_message = call.state is State.MESSAGE and call.attempt.dropped is not None
    return rules.campaign(call.outcome.campaign).safe_harbor_optout if is_in_message else ""


def get_offered_actions(rules: Rules, call: Call) -> dict[str, str]:
    """Return the actions of the keys for this call now; empty if nothing is offered."""
    if not call.prompts.offer or call.state is not State.WAITING:
        return {}
    return get_actions_by_key(rules.ingroup(call.ingroup), call)
