"""Reads a CSV file of any size record by record; a broken record is reported, and the next one is read."""

import csv
import hashlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from warmline.leads import text_encoding
from warmline.options.values.entity import OptionError

DELIMITERS = ",;\t|"
LONGEST = 100  # lines of one record, if it has line breaks in quotes
WIDEST = 100_000  # characters of a line, and of a record; csv accepts fields of up to 131,072
UNCLOSED = f"a quote is opened and not closed within {LONGEST} lines and {WIDEST} characters"


class CsvRecord(NamedTuple):
    """The fields of one record, or why it has none. `line` is its first line in the file, from 1; `text` is as read."""

    line: int
    fields: list[str]
    text: str
    broken: str = ""


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def delimiter(head: str) -> str:
    """Return the delimiter of the fields: the most frequent of , ; tab and | in the first line."""
    return max(DELIMITERS, key=head.count)


def records(file: TextIO, between: str, width: int) -> Iterator[CsvRecord]:
    """Yield every record of a file that was opened with newline="", without blank lines. `width` is its fields' number.

    A quote must close within 100 lines and 100,000 characters, at the end of a whole record. Otherwise only the line
    with that quote is rejected.
    """
    lines = _Lines(file)
    while text := lines.next():
        line, taken = lines.number, [text]
        size = len(text)
        while _open(taken) and len(taken) < LONGEST and size <= WIDEST and (more := lines.next()):
            taken.append(more)
            size += len(more)
        found = list(_parsed(line, taken, between))
        if len(taken) > 1 and any(record.broken or len(record.fields) != width for record in found):
            lines.back(taken[1:])
            found = list(_parsed(line, taken[:1], between))
        for record in found:
            why = "" if record.broken else text_encoding.why_foreign(record.fields, file.encoding)
            yield record._replace(broken=why) if why else record


def _open(taken: list[str]) -> bool:
    return sum(text.count('"') for text in taken) % 2 == 1


def _parsed(line: int, taken: list[str], between: str) -> Iterator[CsvRecord]:
    """Yield the records in a few lines, usually one."""
    text = "".join(taken)
    if len(text) > WIDEST:  # the first of several lines may be valid alone: see records
        yield CsvRecord(line, [], text, f"the line is longer than {WIDEST} characters")
        return
    reader = csv.reader(taken, delimiter=between, strict=_open(taken))
    while True:
        first = line + reader.line_num
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield CsvRecord(first, [], text, UNCLOSED)
            return
        if any(fields):
            yield CsvRecord(first, fields, text)


class _Lines:
    """The lines of a file; lines can be put back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._given_back: deque[str] = deque()
        self.number = 0  # of the last line

    def next(self) -> str:
        """Return the next line with its end, or the beginning of a line that is too long; "" at the end of the file."""
        self.number += 1
        if self._given_back:
            return self._given_back.popleft()
        text = rest = self._file.readline(WIDEST + 1)
        while len(rest) > WIDEST and not rest.endswith(("\n", "\r")):
            rest = self._file.readline(WIDEST + 1)
        return text

    def back(self, lines: list[str]) -> None:
        """Put lines back, so that `next` returns them again."""
        self._given_back.extendleft(reversed(lines))
        self.number -= len(lines)


def opened(path: Path, encoding: str) -> TextIO:
    """Open a file as text with its own line ends; `encoding` is as of text_encoding. Raises OSError."""
    return path.open(encoding=encoding, errors=text_encoding.KEEPS_BYTES, newline="")


def first_line(file: TextIO) -> str:
    """Return the first line. Raises OptionError for one that is too long, or that is not in the file's encoding."""
    head = file.readline(WIDEST + 1)
    if len(head) > WIDEST:
        raise OptionError(
            "csv_first_line_too_long",
            "the first line has more than {most} characters; it must name the columns",
            most=WIDEST,
        )
    if why := text_encoding.why_foreign([head], file.encoding):
        raise OptionError(
            "csv_first_line_foreign",
            "the first line cannot be read: {why}; name the encoding of the file (--encoding NAME)",
            why=why,
        )
    return head
