"""AGI: scripts that Asterisk's dialplan starts. `run` makes a script of a function, and fails open."""

import os
import sys
import time

from warmline.agi.channel import AGI, DEFAULT_RECORD, DEFAULT_TIMEOUT, TEXT_MAX
from warmline.agi.protocol import (
    AGIAppError,
    AGIDBError,
    AGIDeadChannel,
    AGIError,
    AGIException,
    AGIHangup,
    AGIInvalidCommand,
    AGIResultHangup,
    AGISIGHUPHangup,
    AGISIGPIPEHangup,
    AGITimeout,
    AGIUnknownError,
    AGIUsageError,
)
from warmline.core.model import ids

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable

    from warmline.core.rules.routing import RoutingDecision

__all__ = [
    "AGI",
    "DEFAULT_RECORD",
    "DEFAULT_TIMEOUT",
    "AGIAppError",
    "AGIDBError",
    "AGIDeadChannel",
    "AGIError",
    "AGIException",
    "AGIHangup",
    "AGIInvalidCommand",
    "AGIResultHangup",
    "AGISIGHUPHangup",
    "AGISIGPIPEHangup",
    "AGITimeout",
    "AGIUnknownError",
    "AGIUsageError",
    "attempt",
    "follow",
    "harmless",
    "new_id",
    "route",
    "run",
    "variables",
]

WHY_MAX = 250  # letters of WARMLINE_WHY, which is in each of the channel's events


def run(decide: "Callable[..., None]", *words: str) -> None:
    """Be an AGI script that calls `decide(agi, *arguments)`; `words` name the arguments.

    Arguments may be percent-encoded as by the dialplan's URIENCODE(), which keeps commas and line breaks in one.
    Whatever goes wrong, the dialplan goes on: without WARMLINE_ROUTE, and with the reason in WARMLINE_REASON and in
    Asterisk's log.
    """
    try:
        attempt(AGI(sighup=False), decide, words, sys.argv)
    except AGIException:
        return  # Asterisk, or the caller, is not there to be told


def attempt(agi: AGI, decide: "Callable[..., None]", words: tuple[str, ...], given: list[str]) -> None:
    """Call `decide(agi, *arguments)`, and say why if it fails. `given` is the script's name, then its arguments.

    Raises AGIException when Asterisk, or the caller, is not there to be told.
    """
    try:
        decide(agi, *_arguments(words, given))
    except AGIHangup:
        raise
    except Exception as error:  # whatever it is, the dialplan has to be told: the call has to go somewhere
        refuse(agi, _said(error))


def route(agi: AGI, number: str = "") -> str:
    """Route this call as the script route_did does, from a script of your own; also with pyst2's AGI object.

    `number` is the DID; without one it is WARMLINE_DIALLED, or else the extension. What the dialplan has to follow is
    in channel variables then, as after route_did; the result is WARMLINE_ROUTE, '' when there is none. Raises only
    what the object's own methods raise.
    """
    from warmline.agi import decisions  # which imports this module

    number = number or agi.get_variable("WARMLINE_DIALLED") or agi.env.get("agi_extension", "")
    given = {"WARMLINE_CALL": new_id()}
    try:
        decision = decisions.where(number, agi.env.get("agi_callerid", ""))
    except Exception as error:  # the call has to go somewhere
        given["WARMLINE_REASON"] = _said(error)[:TEXT_MAX]
    else:
        given |= variables(decision)
    for name, value in given.items():
        agi.set_variable(name, harmless(value))
    agi.verbose(harmless(f"warmline: {given.get('WARMLINE_REASON') or given['WARMLINE_WHY']}"))
    return given.get("WARMLINE_ROUTE", "")


def follow(agi: AGI, decision: "RoutingDecision", **more: str) -> None:
    """Tell the dialplan where the call goes, or why nowhere, and `more` variables; each rule's answer is in the log."""
    if not decision.route or len(decision.told) > WHY_MAX:
        agi.verbose(f"warmline: {decision.told}", 3)  # else the command that sets WARMLINE_WHY is in the log
    if not decision.route and not decision.goto:
        agi.verbose(f"warmline: no route: {decision.reason}")
    agi.set_variables(more | variables(decision))


def variables(decision: "RoutingDecision") -> dict[str, str]:
    """The channel variables that tell the dialplan of a decision."""
    if decision.route:
        return {"WARMLINE_WHY": _why(decision), "WARMLINE_ROUTE": decision.route}
    reason = {"WARMLINE_REASON": decision.reason[:TEXT_MAX]}
    return reason | {"WARMLINE_GOTO": decision.goto} if decision.goto else reason


def _why(decision: "RoutingDecision") -> str:
    """The first rules with their answers: as many as there is room for."""
    told = harmless(decision.told)
    return told if len(told) <= WHY_MAX else told[:WHY_MAX].rpartition("; ")[0]


def harmless(text: str) -> str:
    """The text without what could end a word where nobody takes care of quotes, as in pyst2."""
    plain = (letter if " " <= letter < "\x7f" else "?" for letter in text)
    return "".join(plain).replace("\\", "/").replace('"', "'")


def refuse(agi: AGI, reason: str) -> None:
    """Say why there is no route."""
    agi.verbose(f"warmline: no route: {reason}")
    agi.set_variable("WARMLINE_REASON", reason[:TEXT_MAX])


def new_id() -> str:
    """A new ULID: the time in milliseconds, and 80 random bits."""
    return ids.encode(time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10)))


class UsageError(Exception):
    """The dialplan gave the script the wrong arguments."""


def _said(error: Exception) -> str:
    """What went wrong, for people: our own errors say it themselves."""
    ours = type(error).__name__ in ("FactsError", "SettingsError", "UsageError")
    return str(error) if ours else f"{type(error).__name__}: {error}"


def _arguments(words: tuple[str, ...], given: list[str]) -> list[str]:
    script, *arguments = given
    if len(arguments) != len(words):
        name = os.path.basename(script)  # noqa: PTH119 - pathlib costs an AGI script 5 ms
        raise UsageError(f"the dialplan gave {name} {len(arguments)} arguments; use AGI({','.join((name, *words))})")
    return list(map(_decoded, arguments))


def _decoded(text: str) -> str:
    """`a%2Cb` → `a,b`. What is no encoding stays as it is."""
    first, *rest = os.fsencode(text).split(b"%")
    for part in rest:
        try:
            first += bytes.fromhex(part[:2].decode()) + part[2:]
        except ValueError:
            first += b"%" + part
    return first.decode(errors="replace")
