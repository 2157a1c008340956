"""Reads a CSV file of any size record by record; a broken record is reported, and the next one is read."""

import codecs
import csv
import hashlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from warmline.options.values.entity import OptionError

PIECE = 1 << 20  # bytes
DELIMITERS = ",;\t|"
LONGEST = 100  # lines of one record, if it has line breaks in quotes
WIDEST = 100_000  # characters of a line, and of a record; csv accepts fields of up to 131,072
# How files begin that spreadsheet programs save: .xlsx and .ods are archives, .xls has a format of its own.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UNCLOSED = f"a quote is opened and not closed within {LONGEST} lines and {WIDEST} characters"


class CsvRecord(NamedTuple):
    """The fields of one record, or why it has none. `line` is its first line in the file, from 1; `text` is as read."""

    line: int
    fields: list[str]
    text: str
    broken: str = ""


def encoding(path: Path) -> str:
    """Return utf-8 or utf-16 if the whole file is valid in it, or else latin-1, in which every byte is a character.

    Raises OSError, and OptionError for a workbook.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        piece = file.read(PIECE)
        if piece.startswith(WORKBOOKS):
            raise OptionError(
                "csv_is_workbook",
                "the file is a workbook (.xlsx, .ods or .xls), not CSV; save it as CSV in the spreadsheet program, and "
                "import that file",
            )
        if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        try:
            while piece:
                decoder.decode(piece)
                piece = file.read(PIECE)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8-sig"


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
        yield from found


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


def opened(path: Path) -> TextIO:
    """Open a file as text with its own line ends; invalid UTF-16 becomes U+FFFD. Raises OSError, OptionError."""
    return path.open(encoding=encoding(path), errors="replace", newline="")
