"""The rejected lines of an import, in a file next to the imported one, where they can be corrected."""

import csv
import json
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path
from typing import TextIO

from warmline.leads.ndjson_reader import SUFFIX
from warmline.leads.text_encoding import KEEPS_BYTES
from warmline.options.values.entity import OptionError
from warmline.text.csv_cell import cell

MOST = 20  # reasons that are counted separately
FULL = "line {line}: this rejected line and the next ones are left out, because this file is large"
LONGEST = 500  # characters of a reason, which can name a value of a whole line


@dataclass(frozen=True, slots=True)
class RejectReason:
    """A reason for rejected lines, and their count; `example` is the text for the first one, which is line `line`."""

    count: int
    line: int
    example: str


def unwritten(file: Path, error: OSError) -> OptionError:
    """Make the error for a file of rejected lines that cannot be written."""
    return OptionError(
        "rejected_lines_unwritten",
        "{file}, which gets the rejected lines, cannot be written: {why}; copy the imported file to a folder of your "
        "own, and import it again from there",
        file=file,
        why=error.strerror or error,
    )


class RejectedLines:
    """Writes rejected lines to FILE.rejected.csv, with a column `why` first; without such lines no file is created.

    A text that a spreadsheet would read as a formula begins with an apostrophe, which an import takes away again.
    A file of `most` bytes gets no more lines; they are counted.
    """

    suffix = ".rejected.csv"

    def __init__(self, imported: Path, most: float = inf) -> None:
        self._path = imported.with_name(f"{imported.name}{self.suffix}")
        try:
            self._path.unlink(missing_ok=True)  # of an earlier import
        except OSError as error:
            raise unwritten(self._path, error) from None
        self._file: TextIO | None = None
        self._most, self._full = most, False
        self._reasons: dict[str, RejectReason] = {}
        self.between, self.head = ",", list[str]()
        self.name = ""

    def add(self, line: int, why: str, fields: Sequence[str]) -> None:
        """Write a rejected line, as its fields or as one text. Raises OptionError if the file cannot be written."""
        why = why if len(why) <= LONGEST else f"{why[: LONGEST - 1]}…"
        try:
            self._add(line, why, fields)
        except OSError as error:
            raise unwritten(self._path, error) from None
        kind = re.sub(r"'[^']*'|\"[^\"]*\"|[0-9]+", "…", why)
        if kind not in self._reasons and len(self._reasons) >= MOST:
            kind, why = "", "other reasons"
        known = self._reasons.get(kind)
        self._reasons[kind] = replace(known, count=known.count + 1) if known else RejectReason(1, line, why)

    def _add(self, line: int, why: str, fields: Sequence[str]) -> None:
        if self._file is None:
            self.name = str(self._path)
            own = os.open(self.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(own, "w", newline="", encoding="utf-8", errors=KEEPS_BYTES)
            self._write(("why", *self.head))
        if not self._full:
            self._full = os.fstat(self._file.fileno()).st_size >= self._most
            self._write((FULL.format(line=line),) if self._full else (f"line {line}: {why}", *fields))

    def reasons(self) -> tuple[RejectReason, ...]:
        """Return the reasons, most frequent first."""
        return tuple(sorted(self._reasons.values(), key=lambda one: (-one.count, one.line)))

    def _write(self, fields: Sequence[str]) -> None:
        assert self._file is not None
        csv.writer(self._file, delimiter=self.between).writerow(map(cell, fields))

    def close(self) -> None:
        """Finish the file. Raises OptionError if it cannot be written."""
        try:
            if self._file:
                self._file.close()
        except OSError as error:
            raise unwritten(self._path, error) from None


class RejectedObjects(RejectedLines):
    """Writes the rejected lines of an NDJSON file to FILE.rejected.ndjson, each with a field `why` first.

    A line that is no object is the field `line` of one.
    """

    suffix = f".rejected{SUFFIX}"

    def _write(self, fields: Sequence[str]) -> None:
        assert self._file is not None
        why, *text = fields
        if not text and why == "why":  # the names of the columns, which each line has
            return
        found: object = None
        with suppress(ValueError, RecursionError):
            found = json.loads(text[0]) if text else {}
        line = found if isinstance(found, dict) else {"line": text[0]}
        line = {"why": why, **{name: value for name, value in line.items() if name != "why"}}
        self._file.write(json.dumps(line) + "\n")
