"""The lines of a file that could not be imported: beside it, so that they can be corrected and imported; and why."""

import csv
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

MOST = 20  # reasons that are told apart


@dataclass(frozen=True, slots=True)
class RejectReason:
    """Why so many lines could not be imported; `example` says it of the first of them, which has the number `line`."""

    count: int
    line: int
    example: str


class RejectedLines:
    """The lines go into FILE.rejected.csv, with `why` before the file's own columns; without any there is no file."""

    def __init__(self, imported: Path) -> None:
        self._path = imported.with_name(f"{imported.name}.rejected.csv")
        self._path.unlink(missing_ok=True)  # that of an earlier import
        self._file: TextIO | None = None
        self._reasons: dict[str, RejectReason] = {}
        self.between, self.head = ",", list[str]()
        self.name = ""

    def add(self, line: int, why: str, fields: Sequence[str]) -> None:
        """Write down a line, as the fields it has or the one text that it is. Raises OSError."""
        if self._file is None:
            self.name = str(self._path)
            own = os.open(self.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(own, "w", newline="", encoding="utf-8")
            self._write(("why", *self.head))
        self._write((f"line {line}: {why}", *fields))
        kind = re.sub(r"'[^']*'|\"[^\"]*\"|[0-9]+", "…", why)
        if kind not in self._reasons and len(self._reasons) >= MOST:
            kind, why = "", "other reasons"
        known = self._reasons.get(kind)
        self._reasons[kind] = replace(known, count=known.count + 1) if known else RejectReason(1, line, why)

    def reasons(self) -> tuple[RejectReason, ...]:
        """The most frequent first."""
        return tuple(sorted(self._reasons.values(), key=lambda one: (-one.count, one.line)))

    def _write(self, fields: Sequence[str]) -> None:
        assert self._file is not None
        csv.writer(self._file, delimiter=self.between).writerow(fields)

    def close(self) -> None:
        """Finish the file."""
        if self._file:
            self._file.close()
