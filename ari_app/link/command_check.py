"""Checks a command of the API process: a program that has taken it over may send any text."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import msgspec

from ari_app.link.idempotency import LONGEST_KEY, CommandRequest
from warmline.core.messages.call_command_types import Adopt, SendKeys
from warmline.core.messages.commands import CHANNEL, KEYS, Command, TextForm
from warmline.store.journal import command_codec
from warmline.text.coded_error import CodedError

LARGEST = 16 * 1024  # bytes of a command as JSON
LARGEST_NUMBER = 2**63 - 1  # the largest number of the database
ID = TextForm(r"^[A-Za-z0-9_-]+$", 40, "1000")  # of an agent or a call
LINE = TextForm(r"^[^\x00-\x1f\x7f]*$", 2000, "5 keys")  # of an argument without a form of its own
SHOWN = 40  # characters of a text in an error


class CommandInvalid(CodedError):
    """A command that no request to the APIs can become."""


def check(order: CommandRequest) -> None:
    """Check a command and the texts beside it. Raises CommandInvalid.

    A command with a reason why it is `impossible` only leaves a receipt, so its arguments may have any form.
    """
    check_beside(order)
    command = order.command
    if order.digits and not (isinstance(command, SendKeys) and KEYS.is_match(order.digits)):
        raise CommandInvalid(
            "digits_invalid",
            "the digits of {kind} cannot be sent; allowed: for SEND_DTMF, at most {most} keys such as {example}",
            kind=command.kind,
            most=KEYS.max_length,
            example=KEYS.example,
        )
    said = msgspec.to_builtins(command_codec.written(command))
    if (size := len(msgspec.json.encode(said))) > LARGEST:
        raise CommandInvalid(
            "command_too_large", "the command has {size} bytes; allowed: at most {most}", size=size, most=LARGEST
        )
    if any(abs(number) > LARGEST_NUMBER for number in _numbers(said)):
        raise CommandInvalid(
            "number_too_large", "the command has a number above {most}, which cannot be stored", most=LARGEST_NUMBER
        )
    for name, value, form in () if command.impossible else _texts(command):
        if value and not form.is_match(value):
            raise CommandInvalid(
                "argument_invalid",
                "{name} of {kind} cannot be {value!r}; allowed: at most {most} characters, such as {example}",
                name=name,
                kind=command.kind,
                value=value[:SHOWN],
                most=form.max_length,
                example=form.example,
            )


def check_beside(order: CommandRequest) -> None:
    """Check the length of the texts beside a command. Raises CommandInvalid."""
    for name in ("by", "source", "key", "request", "digits"):
        if (count := len(getattr(order, name))) > LONGEST_KEY:
            raise CommandInvalid(
                "command_text_too_long",
                "{name} of a command has {count} characters; allowed: at most {most}",
                name=name,
                count=count,
                most=LONGEST_KEY,
            )


def _texts(command: Command) -> Iterator[tuple[str, str, TextForm]]:
    """Yield the name of each text of a command, the text, and its form in the table of commands."""
    yield "agent", command.agent, ID
    yield "call", command.call, ID
    for field in fields(command):
        if field.metadata:
            value, form = getattr(command, field.name), field.metadata["form"] or LINE
            for text in value if isinstance(value, tuple) else (value,):
                if isinstance(text, str):
                    yield field.name, text, form
    if isinstance(command, Adopt) and command.conversation:
        talk = command.conversation
        for text in (talk.named.id, talk.other.id, talk.caller):
            yield "conversation", text, CHANNEL


def _numbers(said: Any) -> Iterator[int]:
    """Yield the numbers in a command as JSON."""
    if isinstance(said, int):
        yield said
    elif isinstance(said, dict | list):
        for value in said.values() if isinstance(said, dict) else said:
            yield from _numbers(value)
