"""Reads the tables of a file that `mysqldump` has written, one row after the other.

A row never begins on a line of another statement. A text may go on in the next line, as some programs write it.
"""

import gzip
import re
from collections.abc import Container, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from warmline.options.option_table import OptionError

Cell = str | None  # None for NULL
INSERT = re.compile(r"INSERT (?:IGNORE )?INTO `?(\w+)`?\s*(?:\(([^)]*)\)\s*)?VALUES?", re.IGNORECASE)
CREATE = re.compile(r"CREATE TABLE (?:IF NOT EXISTS )?`?(\w+)`? \(", re.IGNORECASE)
COLUMN = re.compile(
    r"\s*`(\w+)` (\w+(?:\([^)]*\))?)(?:.*? DEFAULT (?:'((?:[^'\\]|\\.|'')*)'|([\w.()]+)))?", re.IGNORECASE
)
# Possessive: a row that goes on in the next line is not tried in other ways.
ROW = re.compile(r"[\s,]*\(((?:[^'()]++|'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+'|\(\))*+)\)", re.DOTALL)
VALUE = re.compile(r"(?:_binary )?'([^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|([^',\s]+)", re.DOTALL)
ESCAPED = re.compile(r"\\(.)|''", re.DOTALL)
SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a"}
CHARSET = re.compile(r"SET NAMES (\w+)")
ZONE = re.compile(r"SET TIME_ZONE='([^']+)'")
OF_TABLE = re.compile(r"CHARSET=(\w+)")


class DumpColumn(NamedTuple):
    """A column of a table: its name, its type in small letters, and its default value, None for none."""

    name: str
    type: str
    default: Cell


class DumpTable(NamedTuple):
    """A table that the dump creates; its rows follow."""

    name: str
    columns: tuple[DumpColumn, ...]
    charset: str


class DumpRow(NamedTuple):
    """A row of a table. `columns` has the names if the statement names them; else the order is that of the table."""

    table: str
    columns: tuple[str, ...]
    values: list[Cell]


class DumpSetting(NamedTuple):
    """A statement about all rows of the dump: `charset`, or the `zone` of its columns of the type TIMESTAMP."""

    name: str
    value: str


def read(file: Path, tables: Container[str], source: Path | None = None) -> Iterator[DumpTable | DumpRow | DumpSetting]:
    """Yield the named tables of the dump with their rows, in the order of the file.

    The file may be compressed by gzip. `source` is the file that errors name, if it is another one. Raises OptionError
    if the file cannot be read, or ends within a statement.
    """
    try:
        with _opened(file) as opened:
            yield from _parts(opened, tables, source or file)
    except (OSError, EOFError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise OptionError("dump_unreadable", "{file} cannot be read: {why}", file=file, why=why) from None


def _opened(file: Path) -> TextIO:
    with file.open("rb") as opened:
        packed = opened.read(2) == b"\x1f\x8b"
    # Bytes that are no UTF-8 stay as they are, so that a caller can read them in another character set.
    if packed:
        return gzip.open(file, "rt", encoding="utf-8", errors="surrogateescape", newline="\n")
    return file.open(encoding="utf-8", errors="surrogateescape", newline="\n")


def _parts(lines: TextIO, tables: Container[str], file: Path) -> Iterator[DumpTable | DumpRow | DumpSetting]:
    for line in lines:
        if found := INSERT.match(line):
            if found[1] in tables:
                named = tuple(one.strip(" `") for one in found[2].split(",")) if found[2] else ()
                for values in _rows(line[found.end() :], lines, file):
                    yield DumpRow(found[1], named, values)
        elif found := CREATE.match(line):
            table = _table(found[1], lines)
            if found[1] in tables:
                yield table
        elif line.startswith("/*!"):
            for name, pattern in (("charset", CHARSET), ("zone", ZONE)):
                if said := pattern.search(line):
                    yield DumpSetting(name, said[1])


def _table(name: str, lines: TextIO) -> DumpTable:
    columns = list[DumpColumn]()
    for line in lines:
        if line.startswith(")"):
            said = OF_TABLE.search(line)
            return DumpTable(name, tuple(columns), said[1] if said else "")
        if found := COLUMN.match(line):
            default = found[3] if found[3] is not None else found[4]
            columns.append(DumpColumn(found[1], found[2].lower(), None if default == "NULL" else default))
    return DumpTable(name, tuple(columns), "")


def _rows(text: str, lines: TextIO, file: Path) -> Iterator[list[Cell]]:
    """Yield the rows of a statement that begins with this text; the next lines have the rest."""
    while True:
        end = 0
        while found := ROW.match(text, end):
            yield values(found[1])
            end = found.end()
        text = text[end:]
        if text.lstrip(" ,\r\n\t").startswith(";"):
            return
        more = lines.readline()
        if not more:
            raise OptionError(
                "dump_truncated", "{file} ends within a statement; write the dump again, and copy all of it", file=file
            )
        text += more


def values(text: str) -> list[Cell]:
    """Return the values between the parentheses of a row."""
    return [_bare(bare) if bare else _plain(quoted) for quoted, bare in VALUE.findall(text)]


def _bare(text: str) -> Cell:
    """Return a value without quotes: NULL, a number, or the bytes that `mysqldump --hex-blob` writes."""
    if text.startswith("0x"):
        try:
            return bytes.fromhex(text[2:]).decode("utf-8", "surrogateescape")
        except ValueError:
            return text
    return None if text == "NULL" else text


def _plain(text: str) -> str:
    if "\\" in text or "''" in text:
        return ESCAPED.sub(lambda found: SIGNS.get(found[1], found[1]) if found[1] else "'", text)
    return text
