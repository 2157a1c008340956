"""What an installation has changed, written down before the first change: so that exactly that can be taken back."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cli.install import InstallError
from cli.install.file_changes import FILE, FileChange, do, undo

NAME = "installed.json"


def carry_out(record: Path, changes: Sequence[FileChange], between: Callable[[], object]) -> None:
    """Do them in order; the last is the switch, and `between` happens before it. Raises OSError.

    A process that is killed leaves a record that says so, and what is done can be taken back.
    """
    _save(record, changes, whole=False)
    for change in changes[:-1]:
        do(change)
    between()
    for change in changes[-1:]:
        do(change)
    _save(record, changes, whole=True)


def add(record: Path, changes: Sequence[FileChange]) -> None:
    """Do more, where an installation is whole. Raises InstallError, OSError.

    A file that is replaced has both its texts in the record, until the new one is there.
    """
    before = read(record)
    _save(record, [*before, *changes], whole=True)
    for change in changes:
        do(change)
    renewed = {change.path for change in changes if change.kind == FILE}
    kept = [change for change in before if change.kind != FILE or change.path not in renewed]
    _save(record, [*kept, *changes], whole=True)


def rewrite(record: Path, changes: Sequence[FileChange]) -> None:
    """Record the change, now that the files have been changed. Raises OSError."""
    _save(record, changes, whole=True)


def take_back(record: Path) -> list[str]:
    """Take back all that was recorded, the last first; what could not be, which stays recorded.

    Raises InstallError, OSError.
    """
    in_the_way: list[str] = []
    kept: list[FileChange] = []
    for change in reversed(read(record)):
        if why := undo(change):
            in_the_way.append(why)
            kept.insert(0, change)
    if kept:
        _save(record, kept, whole=True)
    else:
        _beside(record).unlink(missing_ok=True)
        home = [change for change in read(record) if Path(change.path) == record.parent]
        record.unlink()
        for change in home:  # it could not go while the record was in it
            undo(change)
    return in_the_way


def read(record: Path) -> list[FileChange]:
    """The changes that are recorded; none if nothing is installed. Raises InstallError, OSError."""
    return [FileChange(**change) for change in _told(record)["changes"]]


def is_broken_off(record: Path) -> bool:
    """Whether an installation ended before its last change. Raises InstallError, OSError."""
    return not _told(record)["whole"]


def _told(record: Path) -> dict[str, Any]:
    """What it says, if who asks wrote it: the folder is the app's user's, who could have root undo what he likes."""
    try:
        file = os.fdopen(os.open(record, os.O_RDONLY | os.O_NOFOLLOW))
    except FileNotFoundError:
        return {"whole": True, "changes": []}
    with file:
        owner = os.fstat(file.fileno()).st_uid
        if owner != os.geteuid():
            raise InstallError(
                "manifest_of_another_user",
                "{file} was written by user {owner}, not by the present user {user}, and is not used: run this as "
                "user {owner}, or move the file away",
                file=record,
                owner=owner,
                user=os.geteuid(),
            )
        told: dict[str, Any] = json.load(file)
        return told


def _save(record: Path, changes: Sequence[FileChange], *, whole: bool) -> None:
    """It holds a password: for its owner alone."""
    record.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": 1, "whole": whole, "changes": [asdict(change) for change in changes]}, indent=1)
    _beside(record).unlink(missing_ok=True)
    with open(os.open(_beside(record), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _beside(record).replace(record)


def _beside(record: Path) -> Path:
    return record.with_name(record.name + ".new")
