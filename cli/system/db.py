"""`warmline db`: the database file."""

import shlex
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from cli.output.time_format import date_and_time, iso
from warmline.system import settings

if TYPE_CHECKING:
    from warmline.store.maintenance.lost_period import LostPeriod

Copy = Annotated[Path, typer.Argument(metavar="FILE", show_default=False, readable=False, help="The file of the copy.")]
Backup = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        show_default=False,
        readable=False,
        help="The file of the backup, which is then also made of a database that is up to date. "
        "Default: a new file beside the database.",
    ),
]
Spilled = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        show_default=False,
        readable=False,
        help="A spill file that was set aside; by default that of the database.",
    ),
]
Write = Annotated[
    bool,
    typer.Option(
        "--write",
        help="Write the entries into the database, and remove FILE. The app must be stopped.",
    ),
]
Target = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS|FILE", show_default=False, help="An empty database of PostgreSQL, or the name of a new file."
    ),
]
Source = Annotated[
    str,
    typer.Option(
        "--from",
        metavar="ADDRESS|FILE",
        show_default=False,
        help="The database to copy; by default that of the settings.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
ENDS_WITHIN, PAUSE = 3.0, 0.05  # seconds


def migrate(backup: Backup = None, as_json: Json = False) -> None:
    from cli.output.progress import progress
    from warmline.store.maintenance.upgrade import upgrade

    path = settings.load().db
    with progress("copying") as say:
        done = upgrade(path, backup, say)
    if as_json:
        print_json({"db": path, "applied": done.applied, "backup": str(done.backup) if done.backup else None})
        return
    print(f"{path}: {', '.join(done.applied)} applied" if done.applied else f"{path} is up to date")
    if done.backup:
        print(f"Backup of the database before: {done.backup}")
    if done.backup and done.applied:
        print(
            f"To go back, stop Warmline, run `warmline db restore {shlex.quote(str(done.backup))}`, and install the "
            "previous version."
        )


def backup(file: Copy, as_json: Json = False) -> None:
    from cli.output.progress import progress
    from warmline.store.journal import spill_contents
    from warmline.store.maintenance import backup_and_vacuum

    path = settings.load().db
    with progress("copying") as say:
        size = backup_and_vacuum.backup(path, file, say)
    waiting = len(spill_contents.look(path).entries)
    if as_json:
        print_json({"db": path, "copy": str(file), "bytes": size, "waiting": waiting})
    else:
        print(f"{file}: {size:,} bytes, whole")
        if waiting:
            print(f"Entries that wait in the spill file, and are not in the copy: {waiting}. See: warmline db spill")


def index_notes(as_json: Json = False) -> None:
    from warmline.store.notes import note_index

    path = settings.load().db
    count = note_index.rebuild(path, time.time_ns() // 1000).notes
    if as_json:
        print_json({"db": path, "index": str(note_index.place(path)), "notes": count})
    else:
        print(f"{note_index.place(path)}: {count:,} notes")


def export_analysis(file: Copy, as_json: Json = False) -> None:
    from warmline.store.maintenance.export_analysis import export_analysis as export

    path = settings.load().db
    size = export(path, file)
    if as_json:
        print_json({"db": path, "copy": str(file), "bytes": size})
    else:
        print(f"{file}: {size:,} bytes, for analysts")


def restore(file: Copy, yes: Yes = False, as_json: Json = False) -> None:
    from cli.output.confirm import confirm
    from cli.output.progress import progress
    from warmline.store.database.database import StoreError
    from warmline.store.database.leader_lock_file import is_held
    from warmline.store.journal import spill_file
    from warmline.store.maintenance import database_restore, server_database
    from warmline.store.maintenance.lost_period import lost_period
    from warmline.store.maintenance.new_file import unused
    from warmline.system.systemd_service import stop_and_start

    path = settings.load().db
    server_database.refuse(path, "restored", server_database.BRING_BACK)
    ends = time.monotonic() + ENDS_WITHIN
    while is_held(path) and time.monotonic() < ends:  # `systemctl stop` of the target returns before its services end
        time.sleep(PAUSE)
    if is_held(path):
        stop, start = stop_and_start()
        lines = "".join(f"\n  {line}" for line in (stop, shlex.join(("warmline", "db", "restore", str(file))), start))
        raise StoreError(
            "restore_while_running",
            "{path} cannot be replaced, because Warmline uses it; write:{lines}",
            path=path,
            lines=lines,
        )
    kept = unused(f"{path}.before-restore") if Path(path).exists() else None
    lost = lost_period(path, file)
    without = _words(lost)
    if not yes:
        if not file.exists():
            raise StoreError("backup_missing", "{file} does not exist; name the file of a backup", file=file)
        confirm(f"{without}Replace all of {path}, with its calls, by {file}?")
    with progress("copying") as say:
        found = database_restore.restore(path, file, kept, say, _gates_epoch())
    if as_json:
        before = str(kept) if kept else None
        period = {"since": iso(lost.since), "until": iso(lost.until), "calls": lost.calls} if lost else None
        print_json({"db": path, "copy": str(file), "before": before, "lost": period} | found._asdict())
        return
    print(f"{path} is what {file} holds" + (f"; what it was is in {kept}" if kept else ""))
    if without:
        print(without.rstrip())
    for gap in found.missing:
        print(f"Note: {gap}; `warmline audit verify` keeps this note.")
    if found.unwritten:
        where = f"they are in {spill_file.path_of(path)}.*; see: warmline db spill"
        print(f"Entries of the former database that it had not written: {found.unwritten}. They are lost; {where}")
    if found.epoch:
        print(f"Its epoch is raised to {found.epoch}, so that the gates let this app lead.")
    if found.sessions:
        print(f"Sessions of users have ended: {found.sessions}. They log in again with: warmline login")
    if not found.current:
        print(
            f"It has schema {found.schema} of another Warmline. Install that version to go back to it, or run: "
            "warmline db migrate"
        )


def _gates_epoch() -> int:
    """Return the epoch in the file of this machine's gate; 0 without a gate, or if the file cannot be read."""
    from warmline.system import gate_protocol

    try:
        return gate_protocol.epoch_of(gate_protocol.epoch_file(settings.load().spool).read_text().strip())
    except (OSError, ValueError):
        return 0


def check(as_json: Json = False) -> None:
    from warmline.store.journal import hash_chain, noted_heads, spill_contents
    from warmline.store.maintenance import backup_and_vacuum

    path = settings.load().db
    found = backup_and_vacuum.check(path) or [
        f"{one.journal} row {one.seq}: {one.text}" for one in hash_chain.verify(path)
    ]
    found += [f"{one.chain}: {one.text()}" for one in noted_heads.look(path) if one.cause != "restore"]
    spill = spill_contents.look(path)
    found += spill.faults()
    if as_json:
        print_json({"db": path, "faults": found, "waiting": len(spill.entries)})
    elif found:
        print("\n".join(found))
    else:
        print(f"{path} is whole")
    if spill.entries and not as_json:
        print(f"Entries that wait in the spill file: {len(spill.entries)}. See: warmline db spill")
    if found:
        raise typer.Exit(ExitCode.FAILED)


def spill(file: Spilled = None, write: Write = False, as_json: Json = False) -> None:
    from cli.output.table import print_table
    from cli.output.time_format import date_and_time, iso
    from warmline.store.journal import spill_contents

    path = settings.load().db
    if write:
        _write_spilled(path, file, as_json=as_json)
        return
    entries, faults = spill_contents.look_at(path, file)
    if as_json:
        told = [(iso(one.at + one.correction), one.kind, one.call, one.agent) for one in entries]
        print_json([dict(zip(("at", "kind", "call", "agent"), row, strict=True)) for row in told])
    elif entries:
        rows = [(date_and_time(one.at + one.correction), one.kind, one.call, one.agent) for one in entries]
        print_table(("at", "kind", "call", "agent"), rows)
    else:
        print(f"No entry waits for {path}." if file is None else f"{file} has no entry.")
    _end_with(faults)


def _write_spilled(path: str, file: Path | None, *, as_json: bool) -> None:
    from warmline.store.journal import spill_contents, spill_recovery

    if file is None:
        count = spill_recovery.write_waiting(path)
        done = spill_recovery.RecoveredEntries(count, 0, spill_contents.look(path).faults())
    else:
        done = spill_recovery.write_aside(path, file)
    if as_json:
        print_json({"db": path} | done._asdict())
    elif file is None:
        print(f"{path}: entries of the spill file that are now in it: {done.entries}")
    else:
        text = f"{path}: entries of {file} that are now in it: {done.entries}, with ended records: {done.records}"
        print(f"{text}. The file is removed.")
    _end_with(done.lost)


def _end_with(faults: list[str]) -> None:
    """Say what is wrong with a spill file, and end with the exit code 1 if anything is."""
    for text in faults:
        print(text, file=sys.stderr)
    if faults:
        raise typer.Exit(ExitCode.FAILED)


def move(destination: Target, source: Source = "", as_json: Json = False) -> None:
    from cli.output.progress import progress
    from warmline.store.database.database import StoreError
    from warmline.store.maintenance.move import move as copied
    from warmline.system.database_address import DatabaseAddress, names_address

    given = source or settings.load().db, destination
    old, new = (DatabaseAddress(one) if type(one) is str and names_address(one) else one for one in given)
    if isinstance(old, DatabaseAddress) == isinstance(new, DatabaseAddress):
        raise StoreError(
            "move_same_engine",
            "{old} and {new} are of the same kind; name a file and an address such as postgresql://user@host/name",
            old=old,
            new=new,
        )
    with progress("moving") as say:
        done = copied(old, new, lambda _, left, total: say(left, total))
    if as_json:
        print_json({"from": old, "to": new} | done._asdict())
        return
    rows = sum(done.rows.values())
    print(f"{new}: {rows:,} rows in {len(done.rows)} tables, each row compared; both hash chains are whole")
    if isinstance(new, DatabaseAddress):
        print("To let Warmline work with it, name the address as `db` in the settings before the next start.")
    else:
        print(f"To use it, stop Warmline, and write: {shlex.join(('warmline', 'db', 'restore', str(new)))}")


def vacuum(as_json: Json = False) -> None:
    from warmline.store.maintenance import backup_and_vacuum

    path = settings.load().db
    size = backup_and_vacuum.vacuum(path)
    if as_json:
        print_json({"db": path} | size._asdict())
    else:
        print(f"{path}: {size.before:,} bytes before, {size.after:,} now")


def _words(lost: "LostPeriod | None") -> str:
    """Return the sentence about the period that the backup does not have, with a space; "" if it has all."""
    if not lost:
        return ""
    return (
        f"The backup does not have the time from {date_and_time(lost.since)} to {date_and_time(lost.until)}, with "
        f"{lost.calls} calls. "
    )
