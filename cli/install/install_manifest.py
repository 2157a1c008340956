"""The record of an installation's changes, written before the first change, so that uninstall undoes exactly these."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cli.install import InstallError
from cli.install.file_changes import LINES, FileChange, do, undo

NAME = "installed.json"


def carry_out(record: Path, changes: Sequence[FileChange], between: Callable[[], object]) -> None:
    """Make the changes in order. The last one switches Warmline on; `between` is called before it. Raises OSError.

    If the process is killed, the record shows this, and the changes can be undone.
    """
    _save(record, changes, whole=False)
    for change in changes[:-1]:
        do(change)
    between()
    for change in changes[-1:]:
        do(change)
    _save(record, changes, whole=True)


def add(record: Path, changes: Sequence[FileChange]) -> None:
    """Make further changes to a complete installation. Raises InstallError, OSError.

    While a file is replaced, the record has its old and its new text.
    """
    before = read(record)
    _save(record, [*before, *changes], whole=True)
    for change in changes:
        do(change)
    renewed = {_identity(change) for change in changes}
    _save(record, [*(change for change in before if _identity(change) not in renewed), *changes], whole=True)


def _identity(change: FileChange) -> tuple[str, str, str]:
    """Return what two changes have in common if the later one replaces the earlier one in the record."""
    return change.kind, change.path, change.text if change.kind == LINES else ""


def rewrite(record: Path, changes: Sequence[FileChange]) -> None:
    """Record the change after the files have been changed. Raises OSError."""
    _save(record, changes, whole=True)


def take_back(record: Path, recipe: str = "") -> list[str]:
    """Undo all recorded changes, or those of a recipe, the last first; return those that failed, which stay recorded.

    Raises InstallError, OSError.
    """
    in_the_way: list[str] = []
    kept: list[FileChange] = []
    for change in reversed(read(record)):
        why = undo(change) if not recipe or change.recipe == recipe else ""
        in_the_way += [why] if why else []
        if why or (recipe and change.recipe != recipe):
            kept.insert(0, change)
    if kept:
        _save(record, kept, whole=not recipe or not is_broken_off(record))
    else:
        _beside(record).unlink(missing_ok=True)
        home = [change for change in read(record) if Path(change.path) == record.parent]
        record.unlink()
        for change in home:  # it was not empty while the record was in it
            undo(change)
    return in_the_way


def read(record: Path) -> list[FileChange]:
    """Return the recorded changes; none if nothing is installed. Raises InstallError, OSError."""
    return [FileChange(**change) for change in _told(record)["changes"]]


def is_broken_off(record: Path) -> bool:
    """Return whether an installation ended before its last change. Raises InstallError, OSError."""
    return not _told(record)["whole"]


def _told(record: Path) -> dict[str, Any]:
    """Return the record's content, if the current user wrote it.

    The record's folder belongs to the app's user, who could otherwise make root undo arbitrary changes.
    """
    try:
        file = os.fdopen(os.open(record, os.O_RDONLY | os.O_NOFOLLOW))
    except FileNotFoundError:
        return {"whole": True, "changes": []}
    with file:
        owner = os.fstat(file.fileno()).st_uid
        if owner != os.geteuid():
            raise InstallError(
                "manifest_of_another_user",
                "{file} is not used, because user {owner} wrote it and the current user is {user}; run this as user "
                "{owner}, or move the file away",
                file=record,
                owner=owner,
                user=os.geteuid(),
            )
        told: dict[str, Any] = json.load(file)
        return told


def _save(record: Path, changes: Sequence[FileChange], *, whole: bool) -> None:
    """Write the record; only its owner can read it, because it contains a password."""
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
