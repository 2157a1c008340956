"""What an installation has changed, written down before the first change: so that exactly that can be taken back."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from warmline.cli.installing.changes import Change, do, undo

NAME = "installed.json"


def carry_out(record: Path, changes: Sequence[Change], between: Callable[[], object]) -> None:
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


def take_back(record: Path) -> list[str]:
    """Take back all that was recorded, the last first; what could not be, which stays recorded. Raises OSError."""
    in_the_way: list[str] = []
    kept: list[Change] = []
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


def read(record: Path) -> list[Change]:
    """What was changed; nothing where nothing is installed. Raises OSError."""
    try:
        return [Change(**change) for change in json.loads(record.read_text())["changes"]]
    except FileNotFoundError:
        return []


def is_broken_off(record: Path) -> bool:
    """Whether an installation ended before its last change. Raises OSError."""
    try:
        return not json.loads(record.read_text())["whole"]
    except FileNotFoundError:
        return False


def _save(record: Path, changes: Sequence[Change], *, whole: bool) -> None:
    """It holds a password: for its owner alone."""
    record.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": 1, "whole": whole, "changes": [asdict(change) for change in changes]}, indent=1)
    with open(os.open(_beside(record), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _beside(record).replace(record)


def _beside(record: Path) -> Path:
    return record.with_name(record.name + ".new")
