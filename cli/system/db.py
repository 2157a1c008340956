"""`warmline db`: the database file."""

from pathlib import Path
from typing import Annotated

import typer

from cli.output.exit_codes import ExitCode
from cli.output.json_output import Json, print_json
from warmline.system import settings

Copy = Annotated[Path, typer.Argument(metavar="FILE", show_default=False, readable=False, help="The file of the copy.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]


def migrate(as_json: Json = False) -> None:
    from warmline.store.migrations import migrate

    path = settings.load().db
    applied = migrate(path)
    if as_json:
        print_json({"db": path, "applied": applied})
    else:
        print(f"{path}: {', '.join(applied)} applied" if applied else f"{path} is up to date")


def backup(file: Copy, as_json: Json = False) -> None:
    from cli.output.progress import progress
    from warmline.store.maintenance import backup_and_vacuum

    path = settings.load().db
    with progress("copying") as say:
        size = backup_and_vacuum.backup(path, file, say)
    if as_json:
        print_json({"db": path, "copy": str(file), "bytes": size})
    else:
        print(f"{file}: {size:,} bytes, whole")


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
    from warmline.store.database.database import SCHEMA_VERSION
    from warmline.store.database.lock import hold
    from warmline.store.maintenance import backup_and_vacuum

    path = settings.load().db
    kept = _kept(path) if Path(path).exists() else None
    if not yes:
        hold(path).close()  # no confirmation is needed if the app runs, because `hold` then raises
        confirm(f"Replace all of {path}, with its calls, by {file}?")
    with progress("copying") as say:
        found = backup_and_vacuum.restore(path, file, kept, say)
    if as_json:
        before = str(kept) if kept else None
        print_json({"db": path, "copy": str(file), "before": before} | found._asdict())
        return
    print(f"{path} is what {file} holds" + (f"; what it was is in {kept}" if kept else ""))
    if found.sessions:
        print(f"Sessions of users have ended: {found.sessions}. They log in again with: warmline login")
    if found.schema < SCHEMA_VERSION:
        print("It is of an older Warmline. Then: warmline db migrate")


def check(as_json: Json = False) -> None:
    from warmline.store.journal import hash_chain
    from warmline.store.maintenance import backup_and_vacuum

    path = settings.load().db
    found = backup_and_vacuum.check(path) or [
        f"{one.journal} row {one.seq}: {one.text}" for one in hash_chain.verify(path)
    ]
    if as_json:
        print_json({"db": path, "faults": found})
    elif found:
        print("\n".join(found))
    else:
        print(f"{path} is whole")
    if found:
        raise typer.Exit(ExitCode.FAILED)


def vacuum(as_json: Json = False) -> None:
    from warmline.store.maintenance import backup_and_vacuum

    path = settings.load().db
    size = backup_and_vacuum.vacuum(path)
    if as_json:
        print_json({"db": path} | size._asdict())
    else:
        print(f"{path}: {size.before:,} bytes before, {size.after:,} now")


def _kept(path: str) -> Path:
    """Return an unused name for the replaced database."""
    names = (Path(f"{path}.before-restore{f'-{n}' if n else ''}") for n in range(1000))
    return next(name for name in names if not name.exists())
