"""Tells why a script failed: the file, the line, the error, and the name that was meant.

This module is loaded after an error only, because scripts start in milliseconds.
"""

import builtins
import inspect
import os
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from difflib import get_close_matches
from types import FrameType, FunctionType, TracebackType

from warmline.agi import refuse, run
from warmline.agi.channel import AGI
from warmline.agi.protocol import AGIAppError, AGIException, AGIHangup
from warmline.store.agi import failed_scripts
from warmline.text.coded_error import CodedError

PACKAGE_FOLDER = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - as in warmline.agi
LIBRARY_FOLDERS = (PACKAGE_FOLDER, os.path.dirname(os.__file__))  # noqa: PTH120
NAME_SIMILARITY = 0.6  # of difflib: how much of two names must be equal
SOUND_SIMILARITY = 0.8  # a sound of the script's own that is missing resembles some core sound a little
IMPORT_ERROR = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
KEYWORD_ERROR = re.compile(r"([\w.]+)\(\) got an unexpected keyword argument '(\w+)'")
SOUND_ERROR = re.compile(
    r"there is no sound '([^']+)'|sound:(\S+) was not played"
    r'|(?:STREAM FILE|GET DATA|GET OPTION) "([^"]+)" failed'
)


class UsageError(CodedError):
    """The dialplan gave the script the wrong arguments."""


def report(agi: AGI, error: BaseException, script: str) -> None:
    """Tell Asterisk and the dialplan why a script failed, write the traceback to stderr, and keep a note of it.

    Raises AGIException if Asterisk has closed the connection or the caller hung up.
    """
    if type(error) is AGIAppError:
        _check_hangup(agi)
    reason = describe_error(error)
    if locate_error(error):
        _print_traceback(error)
    _report_reason(agi, script, reason, error=error)


def report_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Report an error that ends a script of Asterisk outside `run`, such as a wrong name in an import.

    Its place is `sys.excepthook`.
    """
    if not isinstance(error, Exception) or isinstance(error, AGIHangup) or _is_hangup(error):
        sys.__excepthook__(kind, error, trace)
        return
    _print_traceback(error.with_traceback(_trim_traceback(error, trace)))
    with suppress(AGIException):
        script, reason = os.path.basename(sys.argv[0]), describe_error(error)  # noqa: PTH119 - as in __init__
        _report_reason(AGI.of_process, script, reason, error=error)


def check_called(names: Mapping[str, object], script: str) -> None:
    """Raise UsageError if a script has a function for `run`, and has ended without a word to Asterisk.

    Without an import of `run`, such a function is one whose first argument is the caller. Other scripts may talk to
    Asterisk by themselves, or have nothing to say.
    """
    has_run = any(value is run for value in names.values())
    functions = [
        value for value in names.values() if isinstance(value, FunctionType) and value.__module__ == "__main__"
    ]
    for function in reversed(functions):
        parameters = list(inspect.signature(function).parameters.values())
        if parameters and (has_run or parameters[0].name == "agi" or parameters[0].annotation in (AGI, "AGI")):
            words = [function.__name__, *(f'"{parameter.name.upper()}"' for parameter in parameters[1:])]
            raise UsageError(
                "script_calls_nothing",
                "{script} calls no function: end it with run({words})",
                script=script,
                words=", ".join(words),
            )


def _trim_traceback(error: Exception, trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback from the script's first frame on, without those of `warmline.agi.__main__`."""
    may_have_no_frame = isinstance(error, SyntaxError | UsageError)
    while (
        trace
        and (trace.tb_next or may_have_no_frame)
        and trace.tb_frame.f_code.co_filename.startswith((*LIBRARY_FOLDERS, "<frozen"))
    ):
        trace = trace.tb_next
    return trace


def _is_hangup(error: Exception) -> bool:
    """Return whether a command of this process failed because the caller hung up."""
    if type(error) is AGIAppError and AGI.of_process:
        try:
            _check_hangup(AGI.of_process)
        except AGIHangup:
            return True
    return False


def _check_hangup(agi: AGI) -> None:
    """Raise AGIHangup if a command failed because the caller hung up."""
    try:
        agi.channel_status()
    except AGIHangup:
        raise
    except (AGIException, ValueError):
        return  # the script's own error must be reported, and not the one of this question


def _report_reason(agi: AGI | None, script: str, reason: str, error: BaseException) -> None:
    """Tell Asterisk the reason first, because the caller waits for it; then keep a note of it. Raises AGIException."""
    try:
        agi = agi or AGI(sighup=False)
        refuse(agi, reason)
    finally:
        caller = agi.env.get("agi_callerid", "") if agi else ""
        failed_scripts.keep(script, reason, "".join(traceback.format_exception(error)), caller=caller)


def describe_error(error: BaseException) -> str:
    """Return an error in words: its place in the script, what failed, and the name that was probably meant."""
    if isinstance(error, SystemExit):
        return f"{locate_error(error)}sys.exit({error.code!r})"
    text = error.msg if isinstance(error, SyntaxError) else _read_text(error)  # str() adds the place once more
    message = text if hasattr(error, "code") else f"{type(error).__name__}: {text}"
    return f"{locate_error(error)}{message}{describe_remedy(error)}"


def _read_text(error: BaseException) -> str:
    """Return the text of an error. An error of a script's own can fail even here."""
    try:
        return str(error)
    except Exception as text_error:
        return f"(its text raises {type(text_error).__name__})"


def describe_remedy(error: BaseException) -> str:
    """Return the end of the sentence about an error: the name that was meant, or what was forgotten, "" for neither."""
    omission = _find_omission(error)
    suggested_name = "" if omission else suggest_name(error)
    if omission:
        return f"; did you forget {omission}"
    return f"; did you mean {suggested_name}" if suggested_name else ""


def locate_running_line() -> str:
    """Return the script's file and line that is running now, "" if all of it is Warmline's."""
    frame: FrameType | None = sys._getframe()
    while frame and frame.f_code.co_filename.startswith((*LIBRARY_FOLDERS, "<")):
        frame = frame.f_back
    return f"{os.path.basename(frame.f_code.co_filename)} line {frame.f_lineno}: " if frame else ""  # noqa: PTH119


def locate_error(error: BaseException) -> str:
    """Return the script's file and line at which an error occurred, "" if all of it is Warmline's."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:  # the file was not run, so it has no frame
        return f"{os.path.basename(error.filename)} line {error.lineno}: "  # noqa: PTH119 - as in __init__
    frame_and_line = _find_last_frame(error)
    if frame_and_line is None:
        return ""
    frame, line = frame_and_line
    return f"{os.path.basename(frame.f_code.co_filename)} line {line}: "  # noqa: PTH119


def suggest_name(error: BaseException) -> str:
    """Return the existing name that is most like the unknown one in an error, "" for none."""
    try:
        name, names = _find_unknown_name(error)
        names_by_lower_case = {candidate.lower(): candidate for candidate in names if candidate != name}
    except Exception:  # objects of a script can fail in any way; the error itself must be reported
        return ""
    similarity = SOUND_SIMILARITY if SOUND_ERROR.search(_read_text(error)) else NAME_SIMILARITY
    return next(
        (
            names_by_lower_case[candidate]
            for candidate in get_close_matches(name.lower(), names_by_lower_case, 1, similarity)
        ),
        "",
    )


def _find_unknown_name(error: BaseException) -> tuple[str, Iterable[str]]:
    """Return the unknown name in an error, and the names that exist in its place."""
    frame_and_line = _find_last_frame(error)
    frame = frame_and_line[0] if frame_and_line else None
    match error:
        case AttributeError(name=str(name), obj=Mapping() as owner) if name in owner:
            return name, [f"[{name!r}]"]
        case AttributeError(name=str(name), obj=owner):
            return name, [attribute for attribute in dir(owner) if attribute[0] != "_"]
        case NameError(name=str(name)) if frame:
            return name, [*frame.f_globals, *frame.f_locals, *vars(builtins)]
        case ImportError() if import_match := IMPORT_ERROR.match(str(error)):
            return import_match[1], dir(sys.modules.get(import_match[2]))
        case TypeError() if keyword_match := KEYWORD_ERROR.match(str(error)):
            return keyword_match[2], _list_arguments(keyword_match[1], frame)
        case KeyError(args=(str(name),)) if frame:
            return name, _list_keys(frame)
        case Exception() if sound_match := SOUND_ERROR.search(str(error)):
            return next(filter(None, sound_match.groups())), _read_core_sounds()
    return "", ()


def _find_omission(error: BaseException) -> str:
    """Return what the script left out, such as `await`, or ""."""
    match error:
        case NameError(name=str(name)) if name in sys.stdlib_module_names:
            return f"import {name}"
        case AttributeError(obj=AbstractAsyncContextManager()):
            return "async with"
        case TypeError() | AttributeError() if "'coroutine'" in _read_text(error):
            return "await"
    return ""


def _find_last_frame(error: BaseException) -> tuple[FrameType, int] | None:
    """Return the innermost frame that is a script's, and its line."""
    frame_and_line = None
    for frame, line in traceback.walk_tb(error.__traceback__):
        if not frame.f_code.co_filename.startswith((*LIBRARY_FOLDERS, "<")):  # <frozen os>
            frame_and_line = frame, line
    return frame_and_line


def _list_arguments(function_name: str, frame: FrameType | None) -> list[str]:
    """Return the names of the arguments of a function that a script has called, or of a method of AGI or ARI."""
    kind, _, name = function_name.rpartition(".")
    variables = {**frame.f_globals, **frame.f_locals} if frame else {}
    ari_class = getattr(
        sys.modules.get("warmline.ari"), kind, None
    )  # a class of ARI scripts, which AGI scripts do not load
    agi_method = getattr(AGI, name, None) if kind in ("", "AGI") else None
    candidates = (
        variables.get(name),
        agi_method,
        getattr(ari_class, name, None),
        *(getattr(variable, name, None) for variable in variables.values()),
    )
    function = next(filter(callable, candidates), None)
    return list(inspect.signature(function).parameters) if function else []


def _read_core_sounds() -> list[str]:
    """Return the names of Asterisk's English core sounds."""
    with open(f"{PACKAGE_FOLDER}/agi/testing/core_sounds.txt") as file:
        return file.read().splitlines()


def _list_keys(frame: FrameType) -> list[str]:
    """Return the names in the dictionaries of a function, such as the columns of a row, and in `env` of its caller."""
    local_objects = [*frame.f_locals.values()]
    mappings = [mapping for mapping in local_objects if isinstance(mapping, Mapping)]
    mappings += [caller.env for caller in local_objects if isinstance(caller, AGI)]
    # A key without a letter may be a number of a person, which no message repeats.
    return [key for mapping in mappings for key in mapping if isinstance(key, str) and key[:1].isalpha()]


def _print_traceback(error: BaseException) -> None:
    """Write the traceback to stderr. Python itself adds its suggestion for an attribute and a variable only."""
    omission = _find_omission(error)
    suggested_name = "" if omission else suggest_name(error)
    if omission:
        error.add_note(f"Did you forget: {omission}?")
    elif suggested_name and (not isinstance(error, AttributeError | NameError) or suggested_name.startswith("[")):
        error.add_note(f"Did you mean: '{suggested_name}'?")
    sys.__excepthook__(type(error), error, error.__traceback__)
