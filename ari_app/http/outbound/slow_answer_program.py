"""The program that answers a slow question to the database in a process of its own.

The input of `python -m ari_app.http.outbound.slow_answer_program` is a SlowQuestion as JSON. Its output is the answer
as JSON, or with exit code 3 an ErrorMessage.
"""

import os
import sys
from contextlib import suppress
from pkgutil import resolve_name
from typing import Any

import msgspec
from msgspec import Struct

from ari_app.http.server.slow_process_queue import REFUSED
from ari_app.process.error_message import ERRORS, ErrorMessage
from warmline.store.database import database
from warmline.system.database_address import received
from warmline.text.coded_error import CodedError

NICE = 10  # beside calls and requests


class SlowQuestion(Struct, frozen=True):
    """A question to the database at `db`, as `database_address.passed` writes it.

    `function` (`module:name`) takes the database and `arguments`. `moment` has the arguments that only say when it is
    asked.
    """

    db: str
    function: str
    arguments: tuple[Any, ...]
    moment: dict[str, Any]


def error_of(output: bytes) -> CodedError:
    """Return the error that the program told."""
    return msgspec.json.decode(output, type=ErrorMessage).error()


def output_of(given: bytes) -> tuple[bytes, int]:
    """Return the program's output for its input, and its exit code."""
    question = msgspec.json.decode(given, type=SlowQuestion)
    answer = resolve_name(question.function)
    try:
        return msgspec.json.encode(answer(received(question.db), *question.arguments, **question.moment)), 0
    except ERRORS as error:
        return msgspec.json.encode(ErrorMessage.of(error)), REFUSED


def main() -> int:
    """Read a question, and write its answer; return the exit code."""
    database.only_read()
    with suppress(OSError):  # a service's system calls can be restricted
        os.nice(NICE)
    output, code = output_of(sys.stdin.buffer.read())
    sys.stdout.buffer.write(output)
    return code


if __name__ == "__main__":
    sys.exit(main())
