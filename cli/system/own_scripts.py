"""`warmline script new`, `record` and `test`: AGI scripts of one's own."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import complain, printable
from warmline.system import settings


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", show_default=False, help="A word of small letters, digits and _.")
    ],
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Write the files to this folder.")] = Path(),
    as_json: Json = False,
) -> None:
    from cli.system import script_skeleton

    files = script_skeleton.write(name, to)
    if as_json:
        print_json({"files": [str(file) for file in files]})
        return
    script, session, test = files
    print(f"{script}: the script, for AGI({name}) of the dialplan")
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
    from warmline.agi import session_file, session_masks, session_recorder

    lines = session_recorder.record(script, arguments or [], sys.stdin.fileno(), sys.stdout.fileno())
    masked, notes = session_masks.masked(lines, keep or [])
    try:
        session_file.write(file, masked, notes)
    except OSError as error:
        complain(f"session {file} cannot be written: {error.strerror}")
        raise typer.Exit(ExitCode.FAILED) from None


def test(
    session: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The recorded session.")],
    script: Annotated[
        str, typer.Argument(metavar="SCRIPT", show_default=False, help="The script's path, or agi://HOST:PORT/NAME.")
    ],
    as_json: Json = False,
) -> None:
    from warmline.agi import session_file, session_player
    from warmline.options.config_files import unreadable_file

    try:
        steps = session_file.read(session)
    except OSError as error:
        raise unreadable_file(session, error) from None
    with TemporaryDirectory(prefix="warmline-") as folder:
        found = session_player.play(steps, script, _apart(Path(folder)))
    if as_json:
        difference = found and found._asdict()
        print_json({"session": str(session), "commands": len(steps) - 1, "difference": difference})
    elif found:
        print(f"command {found.step} of {len(steps) - 1} differs")
        print(f"  session: {printable(found.expected)}")
        print(f"  script:  {printable(found.got)}")
    else:
        print(f"{len(steps) - 1} commands, no difference")
    if found:
        raise typer.Exit(ExitCode.DIFFERS)


def _apart(folder: Path) -> dict[str, str]:
    """Return an environment in which a script works on a copy of the database. Raises StoreError."""
    from warmline.store.maintenance.backup_and_vacuum import backup

    known, copy = settings.load(), folder / "warmline.db"
    if Path(known.db).exists():
        backup(known.db, copy)
    return {**os.environ, "WARMLINE_DB": str(copy), "WARMLINE_SPOOL": str(folder / "spool")}
