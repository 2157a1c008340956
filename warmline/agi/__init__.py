"""AGI scripts for Asterisk's dialplan. `run` turns a function into a script; after an error, calls continue.

`__all__` is the public interface for scripts of one's own. docs/reference/generated/agi-library.md describes it. A
name in it keeps its arguments and results while VERSION stays. Modules that only some scripts need are loaded at the
first use.
"""

import os
import sys
import time

from warmline.agi.channel import AGI, DEFAULT_RECORD, DEFAULT_TIMEOUT, LOG_LINE_MAX_CHARACTERS
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
from warmline.text.coded_error import CodedError

TYPE_CHECKING = False  # typing would cost an AGI script 5 ms
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from warmline.agi.caller_audio import CallerAudio
    from warmline.agi.fastagi_server import serve
    from warmline.agi.questions.opening_hours import open_now
    from warmline.agi.questions.queues_and_agents import agent, queue
    from warmline.agi.recognized_speech import RecognizedSpeech
    from warmline.agi.script_callbacks import make_callback
    from warmline.agi.script_data import read_data, write_data
    from warmline.agi.script_leads import add_dnc, create_lead, find_dnc, find_leads, read_lead, update_lead
    from warmline.agi.script_routing import enter_agent, enter_did, enter_ingroup, explain
    from warmline.agi.speech import Digits, Letters, say
    from warmline.agi.spoken_text import say_text
    from warmline.core.rules.routing import RoutingDecision
    from warmline.text.coded_error import CodedError

VERSION = 2  # of the interface in __all__

__all__ = [
    "AGI",
    "DEFAULT_RECORD",
    "DEFAULT_TIMEOUT",
    "VERSION",
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
    "CallerAudio",
    "CodedError",
    "Digits",
    "Letters",
    "RecognizedSpeech",
    "add_dnc",
    "agent",
    "create_lead",
    "enter_agent",
    "enter_did",
    "enter_ingroup",
    "explain",
    "find_dnc",
    "find_leads",
    "make_callback",
    "open_now",
    "queue",
    "read_data",
    "read_lead",
    "route",
    "run",
    "say",
    "say_text",
    "serve",
    "update_lead",
    "write_data",
]

# Modules that are loaded at the first use of one of their names.
_LAZY_MODULES = {
    "warmline.agi.caller_audio": ("CallerAudio",),
    "warmline.agi.fastagi_server": ("serve",),
    "warmline.agi.questions.queues_and_agents": ("agent", "queue"),
    "warmline.agi.questions.opening_hours": ("open_now",),
    "warmline.agi.recognized_speech": ("RecognizedSpeech",),
    "warmline.agi.script_callbacks": ("make_callback",),
    "warmline.agi.script_data": ("read_data", "write_data"),
    "warmline.agi.script_leads": ("add_dnc", "create_lead", "find_dnc", "find_leads", "read_lead", "update_lead"),
    "warmline.agi.script_routing": ("enter_agent", "enter_did", "enter_ingroup", "explain"),
    "warmline.agi.speech": ("Digits", "Letters", "say"),
    "warmline.agi.spoken_text": ("say_text",),
    "warmline.text.coded_error": ("CodedError",),
}

DATA_CHUNK_CHARACTERS = 400  # of data that one command sets
REASONS_MAX_CHARACTERS = 250  # of WARMLINE_WHY, which every event of the channel contains
PROCESS_VARIABLE = (
    "WARMLINE_AGI_PROCESS"  # the variable with the id of the process that Asterisk has started as a script
)


if not TYPE_CHECKING:  # a type checker would accept every name

    def __getattr__(name: str) -> object:
        """Return a public name from its module, which is loaded now. Raises AttributeError."""
        for module, names in _LAZY_MODULES.items():
            if name in names:
                return getattr(__import__(module, fromlist=[name]), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])

    def __dir__() -> list[str]:
        """Return the public names, also those that are not loaded: Python and `script_errors` suggest them."""
        return [*__all__, *globals()]


def _report_uncaught(*error: "Any") -> None:
    """Report an error outside `run`, such as a wrong name in an import of the script."""
    if os.environ.get(PROCESS_VARIABLE) != str(os.getpid()):  # a fork of the script
        sys.__excepthook__(*error)
        return
    from warmline.agi import script_errors

    script_errors.report_uncaught(*error)


# AST_AGI_DIR: Asterisk, or a test in its place, has started this process or a parent of it. A program that a script
# starts inherits both variables, and must not send commands in the script's place.
if "AST_AGI_DIR" in os.environ and os.environ.setdefault(PROCESS_VARIABLE, str(os.getpid())) == str(os.getpid()):
    sys.excepthook = _report_uncaught


def run(decide: "Callable[..., None]", *words: str) -> None:
    """Run `decide(agi, *arguments)` as an AGI script; `words` are the names of the arguments.

    Arguments may be percent-encoded by the dialplan's URIENCODE(), which protects commas and line breaks. After any
    error the dialplan continues without WARMLINE_ROUTE. The reason is in WARMLINE_REASON and in Asterisk's log, with
    the script's file and line. The traceback is on stderr and in the app's log.
    """
    try:
        attempt(AGI(sighup=False), decide, words, command_line=sys.argv)
    except AGIException:
        return  # Asterisk has closed the connection, or the caller hung up


def attempt(agi: AGI, decide: "Callable[..., None]", argument_names: tuple[str, ...], command_line: list[str]) -> None:
    """Call `decide(agi, *arguments)`, and report why if it fails.

    `command_line` is the script's name, then its arguments.

    Raises AGIException if Asterisk has closed the connection or the caller hung up, and SystemExit if the script does.
    """
    try:
        decide(agi, *_decode_arguments(argument_names, command_line))
    except AGIHangup:
        raise
    except Exception as error:  # after any error, the dialplan needs a reason and sends the call on
        _report(agi, error, command_line[0])
    except SystemExit as error:
        if error.code:  # a text, or another number than 0
            _report(agi, error, command_line[0])
        raise


def _report(agi: AGI, error: "Exception | SystemExit", script: str) -> None:
    from warmline.agi import script_errors  # a script without an error saves the time

    script_errors.report(agi, error, os.path.basename(script))  # noqa: PTH119 - see _arguments


def route(agi: AGI, number: str = "") -> str:
    """Route this call from your own script as the script route_did does; `agi` may be pyst2's AGI object.

    `number` is the DID; if it is empty, WARMLINE_DIALLED or the extension is used. The channel variables for the
    dialplan are set as after route_did. Returns WARMLINE_ROUTE, or '' without a route. Only errors of the object's own
    methods are raised.
    """
    from warmline.agi import decisions  # imports this module

    number = number or agi.get_variable("WARMLINE_DIALLED") or agi.env.get("agi_extension", "")
    channel_variables, encoded_data = {"WARMLINE_CALL": new_id()}, ""
    try:
        decision = decisions.find_route(number, agi.env.get("agi_callerid", ""), channel=agi)
    except Exception as error:  # the call must continue in the dialplan
        from warmline.agi import script_errors

        channel_variables["WARMLINE_REASON"] = script_errors.describe_error(error)[:LOG_LINE_MAX_CHARACTERS]
    else:
        encoded_data, decision.data = decision.data, ""
        channel_variables |= to_variables(decision)
    for name, value in channel_variables.items():
        agi.set_variable(name, to_harmless_text(value))
    if encoded_data and "WARMLINE_ROUTE" in channel_variables:
        _append_to_route(agi, f",{encoded_data}")
    agi.verbose(
        to_harmless_text(f"warmline: {channel_variables.get('WARMLINE_REASON') or channel_variables['WARMLINE_WHY']}")
    )
    return channel_variables.get("WARMLINE_ROUTE", "")


def follow(agi: AGI, decision: "RoutingDecision", **extra_variables: str) -> None:
    """Set the route of the call, or the reason without one, and the `extra_variables`; log the result of each rule."""
    if not decision.route or len(decision.told) > REASONS_MAX_CHARACTERS:
        agi.verbose(f"warmline: {decision.told}", 3)  # at this level, the command that sets WARMLINE_WHY is in the log
    if not decision.route and not decision.goto:
        agi.verbose(f"warmline: no route: {decision.reason}")
    agi.set_variables(extra_variables | to_variables(decision))
    if decision.route and len(decision.data) > DATA_CHUNK_CHARACTERS:
        _append_to_route(agi, f",{decision.data}")


def _append_to_route(agi: AGI, encoded_data: str) -> None:
    """Add data to WARMLINE_ROUTE, in as many commands as its length needs; `encode_items` has made it harmless."""
    for start in range(0, len(encoded_data), DATA_CHUNK_CHARACTERS):
        agi.appexec(
            "TryExec", f"Set(WARMLINE_ROUTE=${{WARMLINE_ROUTE}}{encoded_data[start : start + DATA_CHUNK_CHARACTERS]})"
        )


def to_variables(decision: "RoutingDecision") -> dict[str, str]:
    """Return the channel variables of a decision for the dialplan. Long data is appended to the route later."""
    if decision.route:
        data_suffix = f",{decision.data}" if 0 < len(decision.data) <= DATA_CHUNK_CHARACTERS else ""
        return {"WARMLINE_WHY": _summarize_rules(decision), "WARMLINE_ROUTE": decision.route + data_suffix}
    reason = {"WARMLINE_REASON": decision.reason[:LOG_LINE_MAX_CHARACTERS]}
    return reason | {"WARMLINE_GOTO": decision.goto} if decision.goto else reason


def _summarize_rules(decision: "RoutingDecision") -> str:
    """Return as many rules with their results as fit, from the first."""
    summary = to_harmless_text(decision.told)
    return summary if len(summary) <= REASONS_MAX_CHARACTERS else summary[:REASONS_MAX_CHARACTERS].rpartition("; ")[0]


def to_harmless_text(text: str) -> str:
    """Return the text without characters that could end a word if quotes are not escaped, as in pyst2."""
    letters = (letter if " " <= letter < "\x7f" else "?" for letter in text)
    return "".join(letters).replace("\\", "/").replace('"', "'")


def refuse(agi: AGI, reason: str) -> None:
    """Log why there is no route, and set WARMLINE_REASON."""
    agi.verbose(f"warmline: no route: {reason}")
    agi.set_variable("WARMLINE_REASON", reason[:LOG_LINE_MAX_CHARACTERS])


def new_id() -> str:
    """Return a new ULID: the time in milliseconds and 80 random bits."""
    return ids.encode(time.time_ns() // 1_000_000 << 80 | int.from_bytes(os.urandom(10)))


def _decode_arguments(argument_names: tuple[str, ...], command_line: list[str]) -> list[str]:
    script, *arguments = command_line
    if len(arguments) != len(argument_names):
        from warmline.agi.script_errors import UsageError

        name = os.path.basename(script)  # noqa: PTH119 - pathlib costs an AGI script 5 ms
        raise UsageError(
            "script_arguments_wrong",
            "the dialplan gave {script} {count} arguments; use AGI({usage})",
            script=name,
            count=len(arguments),
            usage=",".join((name, *argument_names)),
        )
    return list(map(percent_decode, arguments))


def percent_decode(text: str) -> str:
    """Decode `a%2Cb` to `a,b`; invalid encodings stay unchanged."""
    decoded_bytes, *escape_parts = os.fsencode(text).split(b"%")
    for escape_part in escape_parts:
        try:
            decoded_bytes += bytes.fromhex(escape_part[:2].decode()) + escape_part[2:]
        except ValueError:
            decoded_bytes += b"%" + escape_part
    return decoded_bytes.decode(errors="replace")
