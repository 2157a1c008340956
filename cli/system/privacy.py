"""`warmline privacy …`: export, erase or limit the stored data of a person."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output.confirm import confirm
from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.printing import complain
from cli.output.table import print_table
from warmline.system import settings
from warmline.system.current_user import login_name

if TYPE_CHECKING:
    from warmline.store.privacy.remote_notes import RemoteNotes
    from warmline.store.privacy.waiting_records import WaitingRecords

Number = Annotated[str, typer.Argument(metavar="NUMBER", show_default=False, help="The person's telephone number.")]
To = Annotated[
    Path | None,
    typer.Option(
        "--to",
        metavar="DIR",
        help="Write the data into this new folder, with copies of the recordings.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be deleted, and delete nothing.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
Dnc = Annotated[
    bool,
    typer.Option(
        "--dnc", help="Remove the number from the do-not-call list as well. The number can then be dialled again."
    ),
]


def export(number: Number, to: To = None, as_json: Json = False) -> None:
    from cli.system.subject_files import write
    from warmline.store.privacy import subject_access
    from warmline.store.recordings.recording_places import every_place
    from warmline.store.reports.recording_files import RecordingFiles

    known = settings.load()
    there, waiting = _waiting(known)
    try:
        found = subject_access.export(known.db, number, waiting)
    finally:
        _tell_unreached(there)
    if to is None:
        print_json(found)
        if there.unreached:
            raise typer.Exit(ExitCode.FAILED)
        return
    copied, missing = write(to, found, RecordingFiles(every_place(known), known.db))
    for path in missing:
        complain(f"{path} cannot be copied{_elsewhere(known, path)}")
    if as_json:
        print_json({"folder": str(to), "recordings": copied, "missing": missing})
    else:
        print(f"{to}: person.json, {copied} recordings")
    if missing or there.unreached:
        raise typer.Exit(ExitCode.FAILED)


def erase(number: Number, dry_run: DryRun = False, yes: Yes = False, dnc: Dnc = False, as_json: Json = False) -> None:
    from dataclasses import asdict

    from warmline.store.privacy.erasure import erase
    from warmline.store.recordings.recording_places import every_place

    known, who = settings.load(), login_name()
    there, waiting = _waiting(known)
    try:
        found = erase(known.db, every_place(known), number, who=who, waiting=waiting, dnc=dnc, dry_run=True)
    except BaseException:
        _tell_unreached(there)
        raise
    if not dry_run:
        if not yes:
            print_table(("what", "how many"), [(name, str(count)) for name, count in asdict(found).items() if count])
            confirm(f"Erase this of {number} for ever?")
        found = erase(known.db, every_place(known), number, who=who, waiting=waiting, dnc=dnc)
    told = asdict(found)
    left = told.pop("left")
    if as_json:
        print_json(told | {"left": left, "erased": not dry_run})
    else:
        print_table(("what", "erased" if not dry_run else "there is"), [(name, str(told[name])) for name in told])
    _tell_unreached(there)
    for path in left:
        if there.names(path):
            complain(f"{path} waits until the app fetches it: start Warmline, and do this again")
        elif path.startswith(known.spool):
            complain(f"{path} could not be erased; delete it, or free space on its disk, and do this again")
        else:
            complain(f"{path} could not be deleted{_elsewhere(known, path)}; delete it, and do this again")
    if left or there.unreached:
        raise typer.Exit(ExitCode.FAILED)


def sweep(dry_run: DryRun = False, as_json: Json = False) -> None:
    from dataclasses import asdict

    from warmline.store.privacy.retention import sweep
    from warmline.store.recordings.recording_places import every_place
    from warmline.system import speech_sweep

    known = settings.load()
    swept = sweep(known.db, every_place(known), time.time_ns() // 1000, dry_run=dry_run)
    if not dry_run:
        speech_sweep.sweep(known.spool)
    if as_json:
        print_json(asdict(swept) | {"done": not dry_run})
    else:
        would = "would be " if dry_run else ""
        print(f"{swept.recordings} recordings ({swept.bytes / 1e6:.1f} MB) {would}deleted")
        print(f"{swept.rows} rows of the journal {would}erased")
    for path in swept.failed:
        complain(f"{path} could not be deleted{_elsewhere(known, path)}")
    if swept.failed:
        raise typer.Exit(ExitCode.FAILED)


def _waiting(known: settings.Settings) -> "tuple[RemoteNotes, tuple[WaitingRecords, ...]]":
    """Return the notes of other machines, and all stores of records that are not in the database yet.

    The stores are in the order in which records move.
    """
    from warmline.store.privacy.remote_notes import RemoteNotes
    from warmline.store.privacy.waiting_entries import WaitingEntries
    from warmline.store.privacy.waiting_notes import WaitingNotes

    there = RemoteNotes(known)
    return there, (there, WaitingNotes(known.spool), WaitingEntries(known.db))


def _tell_unreached(there: "RemoteNotes") -> None:
    for server, why in there.unreached.items():
        complain(f"the notes of scripts on server {server} are left out: {why}; do this again")


def _elsewhere(known: settings.Settings, path: str) -> str:
    from warmline.store.recordings.recording_places import every_place
    from warmline.store.reports.recording_files import inside

    places = every_place(known)
    try:
        if places.remote(path) is None:
            inside(places, path)
    except PermissionError:
        return f": it is not in {' or '.join(map(str, places.folders))} (setting recordings)"
    except OSError as error:
        return f": {error.strerror}"
    return ""
