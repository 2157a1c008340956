"""Any keys in any order, compared with a second reading of the rules: a key is a command, goes on, or is forgotten."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.core.commands.test_phone_keys import by_keys, lab_on, passed_on, press
from tests.core.core_stage import CUSTOMER, three_way
from tools.simulation.asterisk.core_driver import Driver
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Kind
from warmline.core.model.call_states import State

# None of these commands moves a call of three: a dial and a swap are refused, a pause waits for the end of the call.
KINDS = {"1": Kind.PARK_CUSTOMER_DIAL, "2": Kind.SWAP_PARK_XFER, "9": Kind.PAUSE, "5": None}
# The pause code of `lab_on` has the key 1. Keys are read from the left, and the first rule that fits takes its part.
RULES = (
    (r"\*1[0-9]*#|\*2|\*5|\*91?#", "command"),
    (r"\*1[0-9]*\*|\*9(1?\*|1?[02-9]|11)", "forgotten"),
    (r"\*\*", "star"),  # the second star stands for itself
    (r"\*[^0-9*]|[^*]", "passed"),
)
UNFINISHED = r"\*(1[0-9]*|91?)?$"


def read(keys: str) -> tuple[list[str], str, str]:
    """Return the digits of the commands, the keys that go on, and what is left unfinished."""
    commands, passed, position = [], "", 0
    while position < len(keys):
        tries = ((re.compile(rule).match(keys, position), meaning) for rule, meaning in RULES)
        key_match, meaning = next(((match, meaning) for match, meaning in tries if match), (None, ""))
        if key_match is None:
            assert re.fullmatch(UNFINISHED, keys[position:]), keys[position:]
            return commands, passed, keys[position:]
        if meaning == "command":
            commands.append(key_match[0][1])
        elif meaning == "star":
            passed += "*"
        elif meaning == "passed":
            passed += key_match[0]
        position = key_match.end()
    return commands, passed, ""


def of_three() -> Driver:
    return three_way(lab_on())


@given(keys=st.text(alphabet="125907*#", max_size=12).filter(lambda keys: not re.search(r"\*[70]", keys)))
def test_each_key_is_a_command_or_goes_on_or_is_forgotten(keys: str) -> None:
    lab = of_three()
    press(lab, keys)
    commands, passed, unfinished = read(keys)
    assert passed_on(lab, lab.third()) == passed and passed_on(lab, CUSTOMER) == ""
    given_kinds = [kind for kind, _ in by_keys(lab)]
    records = (Kind.RECORD_START, Kind.RECORD_STOP)
    assert [None if kind in records else kind for kind in given_kinds] == [KINDS[key] for key in commands]
    assert lab.call().state is State.THREE_WAY
    lab.wait(11)
    assert passed_on(lab, lab.third()) == passed + ("*" if unfinished == "*" else "")
    assert lab.session().typed.text == ""
    key_events = [event for event, _, _ in lab.inputs if isinstance(event, ev.DtmfReceived)]
    assert len(key_events) == len(keys), "no key is lost and none is repeated"
