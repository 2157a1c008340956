"""Reads a CSV file of any size record by record: what is broken in one of them is told, and the next is read."""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

PIECE = 1 << 20  # bytes
DELIMITERS = ",;\t|"
LONGEST = 100  # lines that one record may have, with line breaks in quotes
WIDEST = 100_000  # characters that a line may have, and a record; csv takes no field of more than 131,072
UNCLOSED = f"a quote in it is opened and not closed within {LONGEST} lines and {WIDEST} characters"


class CsvRecord(NamedTuple):
    """The fields of one record, or why there are none. `line` is its first line in the file, from 1; `text` as read."""

    line: int
    fields: list[str]
    text: str
    broken: str = ""


def encoding(path: Path) -> str:
    """utf-8 (or utf-16, if it begins so), where the whole file is that; else latin-1, in which every byte is a letter.

    Raises OSError.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        piece = file.read(PIECE)
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


def delimiter(head: str) -> str:
    """What stands between the fields: the one of , ; tab and | that the head has most of."""
    return max(DELIMITERS, key=head.count)


def records(file: TextIO, between: str, width: int) -> Iterator[CsvRecord]:
    """Every record of a file that was opened with newline=""; blank lines are left out. `width`: fields of each.

    A quote that is not closed within 100 lines and 100,000 characters, or not where a record is whole, costs its own
    line, and no other.
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
    """What a few lines hold: one record, mostly."""
    text = "".join(taken)
    if len(text) > WIDEST:  # of several, the first may be good by itself: see records
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
    """The lines of a file, some of which can be given back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._given_back: deque[str] = deque()
        self.number = 0  # of the line that came last

    def next(self) -> str:
        """The next line with its end, or the beginning of one that is too long; "" when there is none."""
        self.number += 1
        if self._given_back:
            return self._given_back.popleft()
        text = rest = self._file.readline(WIDEST + 1)
        while len(rest) > WIDEST and not rest.endswith(("\n", "\r")):
            rest = self._file.readline(WIDEST + 1)
        return text

    def back(self, lines: list[str]) -> None:
        """Lines that were read and are wanted again."""
        self._given_back.extendleft(reversed(lines))
        self.number -= len(lines)


def opened(path: Path) -> TextIO:
    """The file as text; its line ends stay as they are. What is broken in UTF-16 becomes U+FFFD. Raises OSError."""
    return path.open(encoding=encoding(path), errors="replace", newline="")
