"""The command `warmline`: its command tree and its exit codes."""

import errno
import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from io import TextIOWrapper
from typing import Annotated, Any

import typer

from cli.arguments.completion import ASKED, names_read_once, time_zones
from cli.lazy_group import HELP_OPTIONS, LazyGroup, command_of
from cli.output import time_format, time_zone
from cli.output.exit_codes import ExitCode
from cli.output.printing import complain
from cli.tree.former_commands import GoneCommandError
from cli.tree.root_rows import ROOT
from cli.tree.unknown_command import UnknownCommandError
from warmline.options.values.option_types import nearest
from warmline.system import settings

# The framework's messages, and their replacements.
WORDS = (
    (
        r"Input should be a valid (integer|number), unable to parse string as an? (integer|number)",
        "write a whole number",
    ),
    (r"Input should be greater than or equal to ([0-9]+)", r"write a number from \1"),
    (r"Input should be less than or equal to ([0-9]+)", r"write a number up to \1"),
    (r"Value error, ", ""),
)
EXAMPLES = ("warmline live", "warmline agent login 1000", "warmline help warm transfer")
USAGE_WITH = (
    "No such option",
    "Missing argument",
    "Got unexpected extra argument",
    "Missing option",
    "Invalid value for",
)
TOO_MANY = "Got unexpected extra argument"
TAKE_SECRETS = ("password", "login")  # commands after which a word too many may be a secret
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)  # of a disk to which the output is redirected
INTERRUPTED = 130  # by Ctrl-C, the code of Typer and the shells


def tree() -> LazyGroup:
    """Return the command `warmline`."""
    return LazyGroup(
        (),
        ROOT,
        lambda: EXAMPLES,
        own=command_of(_whole),
        help="Run a call-handoff toolkit for Asterisk.",
        no_args_is_help=True,
        context_settings=HELP_OPTIONS,
    )


@cache
def kept_tree() -> LazyGroup:
    """Return the command `warmline` of this process, whose next command line finds what earlier ones have loaded."""
    return tree()


def _print_version(wanted: bool) -> None:
    if wanted:
        from cli.help.version_command import version

        version()
        raise typer.Exit


def _whole(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    _timezone: Annotated[
        str,
        typer.Option(  # time_zone.begin reads it, so that it can also follow the command
            time_zone.OPTION,
            metavar="ZONE",
            autocompletion=time_zones,
            help="Use this time zone for input and output, such as Europe/Berlin. The default is TZ or the setting "
            "`timezone`.",
        ),
    ] = "",
) -> None:
    """Take the options before the command."""


def _run(root: LazyGroup, arguments: Sequence[str]) -> int | None:
    """Run the command line; return its exit code."""
    if ASKED in os.environ:
        from cli.system import shell_completion

        shell_completion.prepare()
    code: int | None = root.main(arguments, prog_name="warmline", standalone_mode=False)
    return code


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and end the process, with 0, or with an error on stderr and an ExitCode."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.encoding.lower() not in ("utf-8", "utf8"):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without these letters shows their numbers
    time_format.precise = settings.local_only = False
    words, root = list(sys.argv[1:] if arguments is None else arguments), kept_tree()
    try:
        code = _run(root, time_zone.begin(words))
        if times := time_zone.footer():
            print(times)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has closed the pipe
        _drop_output()
        code = ExitCode.DONE
    except SystemExit as ended:
        if not isinstance(ended.__context__, BrokenPipeError):  # Typer ends like this after one
            raise
        code = ExitCode.DONE
    except KeyboardInterrupt:  # raised before or outside Typer's own handling
        code = INTERRUPTED
    except Exception as error:
        with names_read_once():
            code, text = _ending(error)
        if code is None:
            raise
        if text:
            from cli.output.secret_words import hidden

            complain(hidden(text, words))
    sys.exit(code)


def _drop_output() -> None:
    """Let Python's end write what is left of the output to nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ending(error: Exception) -> tuple[int | None, str]:
    """Return the exit code of an error and its line; None as the code for a bug."""
    if text := _unfinished(error):
        alone = getattr(error, "ctx").parent is None  # noqa: B009 - see _unfinished
        try:
            print(text, file=sys.stdout if alone else sys.stderr, flush=True)
        except BrokenPipeError:
            _drop_output()
        return ExitCode.DONE if alone else ExitCode.FAILED, ""
    if isinstance(error, UnknownCommandError):
        words = (*error.path, error.word, *error.rest)
        return ExitCode.FAILED, _with_nearest(str(error), words, " ".join(("warmline", *error.path)))
    if isinstance(error, GoneCommandError):
        return ExitCode.FAILED, str(error)
    if isinstance(error, typer.TyperException | typer.Abort):
        return ExitCode.FAILED, _of_command_line(error)
    # Imported here because loading them takes longer than many commands.
    from cli.output.confirm import Declined
    from warmline.centre.app_answer import AppAway, AppRefused, InvalidInput
    from warmline.centre.login_file import LoginError
    from warmline.options.option_table import OptionError
    from warmline.store.database.database import StoreError
    from warmline.store.database.errors import Conflict, NotFound
    from warmline.system.additions import describe_missing_package, is_missing_package
    from warmline.system.local_authority import CertificateError
    from warmline.system.settings import SettingsError, may_not
    from warmline.text.coded_error import ScriptError

    if isinstance(error, ModuleNotFoundError) and is_missing_package(error):
        return ExitCode.FAILED, describe_missing_package(error)
    if isinstance(error, UnicodeEncodeError):  # a file's name may have any bytes, and goes nowhere else
        return ExitCode.FAILED, f"{error.object!r} is not valid UTF-8; write the command in UTF-8"
    if isinstance(error, OSError) and not error.filename and error.errno in FULL:
        _drop_output()
        return ExitCode.FAILED, f"the output cannot be written: {error.strerror}"
    if isinstance(error, OSError) and error.filename:
        way_out = f"; {may_not()}" if isinstance(error, PermissionError) else ""
        return ExitCode.FAILED, f"{error.filename}: {error.strerror}{way_out}"
    codes = {
        NotFound: ExitCode.NOT_FOUND,
        AppAway: ExitCode.AWAY,
        InvalidInput: ExitCode.FAILED,  # before its base class
        AppRefused: ExitCode.REFUSED,
        Declined: ExitCode.REFUSED,
    }
    failed = (CertificateError, OptionError, Conflict, StoreError, SettingsError, LoginError, ScriptError)
    codes |= dict.fromkeys(failed, ExitCode.FAILED)
    return next((code for kind, code in codes.items() if isinstance(error, kind)), None), str(error)


def _with_nearest(text: str, words: Sequence[str], group: str) -> str:
    """Return what is wrong, the commands that are nearest to these words, and where help is."""
    from cli.help.word_search import search, told

    found = told(search(words))
    return f"{text}{'; nearest:' if found else '.'}{found}\nAll commands: {group} -h"


def _unfinished(error: Exception) -> str:
    """Return the help of a command group, if the command line names only a group.

    Typer passes that help as the error's text.
    """
    context = getattr(error, "ctx", None)
    return str(error) if context and str(error) == context.get_help() else ""


def _of_command_line(error: Exception) -> str:
    """Return what is wrong with the command line."""
    if isinstance(error, typer.Abort):
        return "broken off"
    context: Any = getattr(error, "ctx", None)
    option = getattr(error, "option_name", "")
    said = str(getattr(error, "format_message", error.__str__)()).replace("\n", " ")
    for theirs, ours in WORDS:
        said = re.sub(theirs, ours, said)
    if option and context:
        known = [name for one in context.command.get_params(context) for name in (*one.opts, *one.secondary_opts)]
        hint = nearest(option, known)
        if not hint and context.parent is None:  # a command that is written as an option, as other programs have it
            return _with_nearest(f"no option {option}", [option.lstrip("-")], "warmline")
        return f"no option {option}{f'; {hint}' if hint else '.'} See: {context.command_path} -h"
    if context and said.startswith(TOO_MANY) and context.command.name in TAKE_SECRETS:
        said = f"{TOO_MANY}."
    if context and said.startswith(USAGE_WITH):
        example = next(iter(context.command.examples()), "") if said.startswith("Missing") else ""
        return f"{said} {' '.join(context.get_usage().split())}{f'; for example: {example}' if example else ''}"
    return said
