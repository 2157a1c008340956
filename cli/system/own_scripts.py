"""`warmline own-script new`, `record` and `test`: AGI and ARI scripts of one's own."""

import os
import re
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.invalid_argument import InvalidArgument
from cli.output.json_output import Json, print_json
from cli.output.printing import complain, printable
from warmline.system import settings

if TYPE_CHECKING:
    from warmline_contrib.agi_sessions.session_file import SessionStep
    from warmline_contrib.agi_sessions.session_player import PlayedSession

SHOWN = 2000  # characters of a command
SPOOL = "spool"  # the folder of a tested script, in which it notes that it failed
REFUSES = re.compile(r'SET VARIABLE "?WARMLINE_REASON"? "?(.+?)"?$', re.IGNORECASE)


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", show_default=False, help="A word of small letters, digits and _.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Write the files to this folder.")] = Path(),
    ari: Annotated[bool, typer.Option("--ari", help="Write an ARI script, a program that serves calls.")] = False,
    as_json: Json = False,
) -> None:
    from cli.system import ari_skeleton, script_skeleton
    from warmline.ari.script_name import to_application

    files: tuple[Path, ...] = ari_skeleton.write(name, to) if ari else script_skeleton.write(name, to)
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    script, *sessions, test = files
    use = f"copy it to Asterisk's folder of AGI scripts, and call AGI({name}) in the dialplan"
    if ari:
        use = f"run it as the user of Asterisk, and send it calls with Stasis({to_application(name)}) in the dialplan"
    print(f"{script}: the script; {use}")
    for session in sessions:
        print(f"{session}: a recorded session of it")
    print(f"{test}: its test; run it with: {sys.executable} {test}")


def record(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The file for the session.")],
    script: Annotated[
        str,
        typer.Argument(
            metavar="SCRIPT",
            show_default=False,
            help="A script: its path, its name in Asterisk's folder of AGI scripts, or agi://HOST:PORT/NAME.",
        ),
    ],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[ARGUMENTS]", show_default=False, help="The script's arguments.")
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="SOUND", help="Do not mask the keys that a caller types after this sound file."),
    ] = None,
) -> None:
    from warmline_contrib.agi_sessions import session_file, session_masks, session_recorder

    if sys.stdin.isatty():
        raise InvalidArgument(
            "script_record_by_hand", "own-script record runs in the dialplan: AGI({usage})", usage=_usage(file, script)
        )
    lines = session_recorder.record(script, arguments or [], sys.stdin.fileno(), sys.stdout.fileno())
    masked, notes = session_masks.mask_session(lines, keep or [])
    try:
        session_file.write_session(file, masked, notes)
    except OSError as error:
        complain(f"session {file} cannot be written: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None


def test(
    session: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The recorded session.")],
    script: Annotated[
        str, typer.Argument(metavar="SCRIPT", show_default=False, help="The script's path, or agi://HOST:PORT/NAME.")
    ],
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Also print what the script wrote to stderr, such as a traceback.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the script's commands to the session.")] = False,
    as_json: Json = False,
) -> None:
    from warmline.options.config_files import unreadable_file
    from warmline.store.agi import failed_scripts
    from warmline_contrib.agi_sessions import session_file, session_player

    try:
        steps = session_file.read_steps(session)
        notes = session_file.read_comments(session)
    except OSError as error:
        raise unreadable_file(session, error) from None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ExitCode.FAILED))  # removes the copy, and ends the script
    with TemporaryDirectory(prefix="warmline-") as folder:
        played = session_player.play(steps, script, _apart(Path(folder), script))
        noted = failed_scripts.read(Path(folder, SPOOL), 0)
    found = played.difference
    diff = session_player.diff(steps, played, session.name, Path(script).name)
    if as_json:
        difference = found and found._asdict()
        print_json({"session": str(session), "commands": len(steps) - 1, "difference": difference, "diff": diff})
    elif found:
        last = len(steps) - 1
        goes_on = f"the script goes on after command {last} of {last}"
        print(goes_on if found.step > last else f"command {found.step} of {last} differs")
        print(*map(_cut, diff), sep="\n")
        if why := played.failure or ("" if diff else found.got):
            print(f"script: {_cut(why)}")
        if found.stderr:
            print(printable(found.stderr, "\n") if verbose else "to see what the script wrote to stderr: add -v")
    else:
        print(f"{len(steps) - 1} commands, no difference")
    if found and write:
        why = noted[-1].reason if noted else _refused(script, steps, played)
        _approve(session, played, notes, played.failure or why)
    elif found:
        raise typer.Exit(ExitCode.DIFFERS)


def _refused(script: str, steps: "list[SessionStep]", played: "PlayedSession") -> str:
    """Return why a script at a FastAGI server failed; "" if it did not. Its notes are in the spool of the server."""
    if not script.startswith("agi://"):
        return ""
    new = (step.command for step in played.steps if step not in steps)
    return next((found[1] for command in new if (found := REFUSES.match(command))), "")


def _approve(session: Path, played: "PlayedSession", notes: list[str], why: str) -> None:
    """Write the session as the script has played it. Raises CodedError if `why` says that the script failed."""
    from warmline.text.coded_error import ScriptError
    from warmline_contrib.agi_sessions import session_file

    if why:
        raise ScriptError(
            "script_failed",
            "{session} is unchanged, because the script failed: {why}",
            session=session,
            why=_cut(why),
        )
    try:
        session_file.write_session(session, session_file.to_lines(played.steps), notes)
    except OSError as error:
        complain(f"session {session} cannot be written: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None
    complain(f"session {session} now has these commands of the script: {len(played.steps) - 1}")


def _usage(file: Path, script: str) -> str:
    """Return the arguments of AGI() that record a script."""
    command = Path(sys.executable).with_name("warmline")
    return ",".join((str(command), "own-script", "record", "--", str(file.absolute()), script))


def _cut(command: str) -> str:
    """Return a command for a terminal: at most SHOWN characters."""
    return printable(command if len(command) <= SHOWN else f"{command[:SHOWN]}…")


def _apart(folder: Path, script: str) -> dict[str, str]:
    """Return an environment in which a script works on a copy of the database. Raises StoreError."""
    from warmline.store.maintenance.backup_and_vacuum import backup

    known, copy, spool = settings.load(), folder / "warmline.db", folder / SPOOL
    spool.mkdir()
    if Path(known.db).exists():
        backup(known.db, copy)
    own = {"WARMLINE_DB": str(copy), "WARMLINE_SPOOL": str(spool), "AST_AGI_DIR": str(Path(script).parent)}
    return {**os.environ, **own}
