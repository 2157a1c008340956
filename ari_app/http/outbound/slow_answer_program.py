"""The questions about automatic calls, and the program that answers a slow one in a process of its own.

The input of `python -m ari_app.http.outbound.slow_answer_program` is an OutboundQuestion as JSON. Its output is the
answer as JSON, or with exit code 3 an ErrorMessage.
"""

import os
import sys
from contextlib import suppress

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ari_app.http.server.slow_process_queue import REFUSED
from ari_app.process.error_message import ERRORS, ErrorMessage
from warmline.store.database import database
from warmline.store.outbound import (
    attempts_answer,
    compliance_answer,
    counts_answer,
    drops_answer,
    hopper_answer,
)
from warmline.system.database_address import received
from warmline.text.coded_error import CodedError

NICE = 10  # beside calls and requests


class Hopper(Struct, frozen=True, tag=True):
    """List the next leads of a campaign."""

    campaign: str
    limit: int
    at: int


class ListToCount(Struct, frozen=True, tag=True):
    """Count the leads of a list."""

    list_id: str
    at: int


class CampaignToCount(Struct, frozen=True, tag=True):
    """Count the leads of a campaign's lists."""

    campaign: str
    at: int


class Attempts(Struct, frozen=True, tag=True):
    """Count calls to leads. Here and below, `allowed` are the campaigns that count, as JSON; "" for all."""

    by: str
    campaign: str
    start: int
    end: int
    allowed: str = ""


class Drops(Struct, frozen=True, tag=True):
    """Count drops by window."""

    window: str
    campaign: str
    allowed: str = ""


class Compliance(Struct, frozen=True, tag=True):
    """Check the calls of a period against the law."""

    campaign: str
    start: int
    end: int
    now: int
    allowed: str = ""


class Evidence(Struct, frozen=True, tag=True):
    """Check one call against the law."""

    call: str
    now: int


Asked = Hopper | ListToCount | CampaignToCount | Attempts | Drops | Compliance | Evidence


def at_any_moment(asked: Asked) -> Asked:
    """Return a question that equals those of other moments, if only the moment differs."""
    match asked:
        case Hopper() | ListToCount() | CampaignToCount():
            return replace(asked, at=0)
        case Compliance() | Evidence():
            return replace(asked, now=0)
    return asked


class OutboundQuestion(Struct, frozen=True):
    """A question to the database at `db`, as `database_address.passed` writes it."""

    db: str
    asked: Asked


def answer(question: OutboundQuestion) -> Struct:
    """Return the answer. Raises NotFound, Conflict, OptionError, StoreError."""
    match question.asked:
        case Hopper(campaign, limit, at):
            return hopper_answer.answer(question.db, campaign, limit, at)
        case ListToCount(list_id, at):
            return counts_answer.of_list(question.db, list_id, at)
        case CampaignToCount(campaign, at):
            return counts_answer.of_campaign(question.db, campaign, at)
        case Attempts(by, campaign, start, end, allowed):
            return attempts_answer.answer(question.db, by, start, end, campaign, allowed)
        case Drops(window, campaign, allowed):
            return drops_answer.answer(question.db, window, campaign, allowed)
        case Compliance(campaign, start, end, now, allowed):
            return compliance_answer.answer(question.db, start, end, now, campaign, allowed)
        case Evidence(call, now):
            return compliance_answer.of_call(question.db, call, now)


def error_of(output: bytes) -> CodedError:
    """Return the error that the program told."""
    return msgspec.json.decode(output, type=ErrorMessage).error()


def output_of(given: bytes) -> tuple[bytes, int]:
    """Return the program's output for its input, and its exit code."""
    question = msgspec.json.decode(given, type=OutboundQuestion)
    try:
        return msgspec.json.encode(answer(OutboundQuestion(received(question.db), question.asked))), 0
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
