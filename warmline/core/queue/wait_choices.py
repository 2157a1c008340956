"""What a waiting caller may choose: hold_time_option and wait_time_option, when they are due, and what a key means."""

from collections.abc import Iterator

from warmline.core.model.call import Call
from warmline.core.model.call_states import State
from warmline.core.model.events import DtmfReceived
from warmline.core.rules.configuration import Ingroup, Rules
from warmline.core.state.world import World

SECOND = 1_000_000
HOLD, WAIT = "hold_time_option", "wait_time_option"
STAY = "PRESS_STAY"
CALLBACKS = ("CALLERID_CALLBACK", "PRESS_CID_CALLBACK")


def configured(rules: Ingroup, option: str) -> tuple[str, str, str]:
    """The values behind the keys 1, 2 and 3 of an option."""
    stem = option.removesuffix("_option")
    first, second, third = (getattr(rules, name) for name in (option, f"{stem}_second_option", f"{stem}_third_option"))
    return first, second, third


def by_itself(rules: Ingroup, option: str) -> str:
    """What the option does without a key, or ""."""
    first = configured(rules, option)[0]
    return "" if first == "NONE" or first.startswith("PRESS_") else first


def by_key(rules: Ingroup, call: Call, option: str) -> dict[str, str]:
    """What each key does for this caller: nobody is offered a callback who has no number."""
    pressed = zip("123", configured(rules, option), strict=True)
    known = has_number(call)
    return {key: does for key, does in pressed if does.startswith("PRESS_") and (known or does not in CALLBACKS)}


def has_number(call: Call) -> bool:
    """Whether the caller can be called back."""
    return any(digit in call.number for digit in "0123456789")


def in_force(rules: Ingroup) -> tuple[str, ...]:
    """The options that offer something; wait_hold_option_priority decides between two."""
    found = tuple(option for option in (WAIT, HOLD) if any(value != "NONE" for value in configured(rules, option)))
    if len(found) < 2 or rules.wait_hold_option_priority == "BOTH":
        return found
    return (WAIT if rules.wait_hold_option_priority == "WAIT" else HOLD,)


def times(rules: Ingroup, call: Call) -> Iterator[tuple[str, int]]:
    """Each option that this call has still to be offered, and the time before which it is not."""
    after = {HOLD: rules.hold_time_option_minimum, WAIT: rules.wait_time_option_seconds}
    for option in in_force(rules):
        if option not in call.prompts.offered:
            yield option, call.queueing.line_since + after[option] * SECOND


def blanked(world: World, event: DtmfReceived) -> DtmfReceived:
    """The event as it may be written down: its digit is kept only where it chooses what its caller is offered."""
    leg = world.legs.get(event.leg)
    call = world.calls.get(leg.owner) if leg else None
    if call and call.customer == event.leg and event.digit in chosen_by(world.rules, call):
        return event
    return DtmfReceived(event.leg)


def chosen_by(rules: Rules, call: Call) -> dict[str, str]:
    """What the keys mean for this call now; nothing unless something is being offered."""
    if not call.prompts.offer or call.state is not State.WAITING:
        return {}
    return by_key(rules.ingroup(call.ingroup), call, call.prompts.offer)
