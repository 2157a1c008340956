"""Arguments that somebody sends to do harm. They are checked in the loops of both processes, before any rights."""

import re
import time
from contextlib import suppress

import pytest

from tests.wording.said import refused
from warmline.operations import callbacks, do_not_call
from warmline.operations.operation import Operation
from warmline.operations.operation_table import all_operations
from warmline.options.values.entity import OptionError

LONG = 20_000  # letters; a request at the socket of this machine may have ten times as many
HOSTILE = ("0" * LONG + "x", " " * LONG + "x", "9" * LONG, "`" * LONG, "at `$." * (LONG // 6), "-" * LONG)


def test_no_argument_holds_up_the_calls() -> None:
    slow = []
    for operation in all_operations():
        for name in (argument.name for argument in operation.arguments):
            for text in HOSTILE:
                began = time.thread_time()
                with suppress(OptionError):
                    operation.check({name: text}, is_text=True)
                took = time.thread_time() - began
                slow += [(operation.id, name, text[:9], took)] if took > 0.5 else []
    assert slow == []


@pytest.mark.parametrize("state", ["field `number`", "field `nothing`", "x - at `$.agent`", "`"])
def test_an_error_is_about_its_own_argument(state: str) -> None:
    with pytest.raises(OptionError, match=re.escape("state: allowed: pending, due,")):
        callbacks.list_callbacks.check({"state": state}, is_text=True)


@pytest.mark.parametrize(
    ("operation", "name", "text"),
    [
        (do_not_call.add_number, "why", "asked by letter\n"),
        (do_not_call.remove_number, "number", "7275551212\n"),
        (callbacks.make_callback, "agent", "1000\n"),
    ],
)
def test_no_text_of_one_line_ends_with_a_line_break(operation: Operation[..., object], name: str, text: str) -> None:
    given = {"phone_number": "7275551212", "number": "7275551212", "lead": 1, "at": "+2h", name: text}
    known = {argument.name for argument in operation.arguments}
    with refused(OptionError, "argument_not_allowed"):
        operation.check({name: value for name, value in given.items() if name in known})
