"""The choices of a waiting caller: hold_time_option and wait_time_option, their times, and their keys."""

from collections.abc import Iterator

from warmline.core.messages.audio_messages import DtmfReceived
from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.queue import exit_keys
from warmline.core.rules.configuration import Ingroup, Rules
from warmline.core.world.world import World

SECOND = 1_000_000
HOLD, WAIT = "hold_time_option", "wait_time_option"
STAY = "PRESS_STAY"
CALLBACKS = ("CALLERID_CALLBACK", "PRESS_CID_CALLBACK")


def configured(rules: Ingroup, option: str) -> tuple[str, str, str]:
    """Return the values of the keys 1, 2 and 3 of an option."""
    stem = option.removesuffix("_option")
    first, second, third = (getattr(rules, name) for name in (option, f"{stem}_second_option", f"{stem}_third_option"))
    return first, second, third


def by_itself(rules: Ingroup, option: str) -> str:
    """Return the action of the option that needs no key, or ""."""
    first = configured(rules, option)[0]
    return "" if first == "NONE" or first.startswith("PRESS_") else first


def by_key(rules: Ingroup, call: Call, option: str) -> dict[str, str]:
    """Return the action of each key for this caller. A caller without a number gets no callback choice."""
    pressed = zip("123", configured(rules, option), strict=True)
    known = has_number(call)
    return {key: does for key, does in pressed if does.startswith("PRESS_") and (known or does not in CALLBACKS)}


def has_number(call: Call) -> bool:
    """Return whether the caller can be called back."""
    return any(digit in call.number for digit in "0123456789")


def in_force(rules: Ingroup) -> tuple[str, ...]:
    """Return the options that offer a choice; wait_hold_option_priority decides between two."""
    found = tuple(option for option in (WAIT, HOLD) if any(value != "NONE" for value in configured(rules, option)))
    if len(found) < 2 or rules.wait_hold_option_priority == "BOTH":
        return found
    return (WAIT if rules.wait_hold_option_priority == "WAIT" else HOLD,)


def times(rules: Ingroup, call: Call) -> Iterator[tuple[str, int]]:
    """Return each option that has not been offered to this call, and the earliest time for it."""
    after = {HOLD: rules.hold_time_option_minimum, WAIT: rules.wait_time_option_seconds}
    for option in in_force(rules):
        if option not in call.prompts.offered:
            yield option, call.queueing.line_since + after[option] * SECOND


def blanked(world: World, event: DtmfReceived) -> DtmfReceived:
    """Return the event without its digit, unless the digit is a choice that the caller has.

    Other digits, such as those of card numbers, must not be recorded.
    """
    leg = world.legs.get(event.leg)
    call = world.calls.get(leg.owner) if leg else None
    if call is None or call.customer != event.leg:
        return DtmfReceived(event.leg)
    means = (chosen_by(world.rules, call), exit_keys.routes(world.rules, call), opts_out(world.rules, call))
    return event if any(event.digit in keys for keys in means) else DtmfReceived(event.leg)


def opts_out(rules: Rules, call: Call) -> str:
    """Return the key by which a dropped lead ends all automatic calls to its number, or "" if it means nothing now."""
    hears = call.state is State.MESSAGE and call.attempt.dropped is not None
    return rules.campaign(call.outcome.campaign).safe_harbor_optout if hears else ""


def chosen_by(rules: Rules, call: Call) -> dict[str, str]:
    """Return the actions of the keys for this call now; empty if nothing is offered."""
    if not call.prompts.offer or call.state is not State.WAITING:
        return {}
    return by_key(rules.ingroup(call.ingroup), call, call.prompts.offer)
