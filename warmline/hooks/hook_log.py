"""The log of hooks: the last runs, as lines of JSON in the file `hook-log` of the folder `run`."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

KEPT = 1000  # runs


class HookLog:
    """Appends runs to the file, which has at most twice the runs that are kept. A full disk loses rows only."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._rows = len(last(path, 2 * KEPT))

    def add(self, row: Mapping[str, Any]) -> None:
        """Append a run."""
        with suppress(OSError):
            if self._rows >= 2 * KEPT:
                self._shorten()
            with open(self._path, "ab", opener=_private) as file:
                file.write(json.dumps(row).encode() + b"\n")
            self._rows += 1

    def _shorten(self) -> None:
        rows, new = last(str(self._path), KEPT), self._path.with_suffix(".new")
        with open(new, "wb", opener=_private) as file:
            file.write(b"".join(json.dumps(row).encode() + b"\n" for row in rows))
        new.replace(self._path)
        self._rows = len(rows)


def path(run: str) -> str:
    """Return the path of the log in the folder `run`."""
    return f"{run}/hook-log"


def last(path: str, most: int) -> list[dict[str, Any]]:
    """Return the last runs, the oldest first; none if there is no log. Damaged lines are left out. Raises OSError."""
    try:
        lines = Path(path).read_bytes().split(b"\n")[-most - 1 :]
    except FileNotFoundError:
        return []
    rows = []
    for line in filter(None, lines):
        with suppress(ValueError):
            if isinstance(row := json.loads(line), dict):
                rows.append(row)
    return rows[-most:]


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o640)
