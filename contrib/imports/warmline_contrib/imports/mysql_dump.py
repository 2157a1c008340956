"""Reads the tables of a file that `mysqldump` has written, one row after the other.

A text may go on in the next line, as some programs write it. The statements of other tables are read to their end, too:
a line of a text that looks like a statement is none. Bodies of triggers and procedures are passed.
"""

import gzip
import re
import zlib
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
PAIR = re.compile(r"\\.", re.DOTALL)  # a backslash and the sign behind it
FOREIGN = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8
VALUE = re.compile(r"(?:_binary )?'([^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|([^',\s]+)", re.DOTALL)
ESCAPED = re.compile(r"\\(.)|''", re.DOTALL)
SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a"}
BEGINS, ENDS = ("-- MariaDB dump", "-- MySQL dump"), "-- Dump completed"
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
    if the file cannot be read, or ends too early.
    """
    try:
        with _opened(file) as opened:
            yield from _parts(opened, tables, source or file)
    except (OSError, EOFError, UnicodeError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise OptionError("dump_unreadable", "{file} cannot be read: {why}", file=file, why=why) from None


def _opened(file: Path) -> TextIO:
    with file.open("rb") as opened:
        packed = opened.read(2) == b"\x1f\x8b"
    # Bytes that are no UTF-8 stay apart from the other letters, so that `readable` finds them.
    if packed:
        return gzip.open(file, "rt", encoding="utf-8", errors="surrogateescape", newline="\n")
    return file.open(encoding="utf-8", errors="surrogateescape", newline="\n")


def _parts(lines: TextIO, tables: Container[str], file: Path) -> Iterator[DumpTable | DumpRow | DumpSetting]:
    is_whole = True  # also if it is written without comments
    for line in lines:
        if line.startswith("DELIMITER ;;"):
            _pass_program(lines)
        elif found := INSERT.match(line):
            named = tuple(one.strip(" `") for one in found[2].split(",")) if found[2] else ()
            wanted = found[1] in tables
            for row in _rows(line[found.end() :], lines, file):
                if wanted:
                    yield DumpRow(found[1], named, values(row))
        elif found := CREATE.match(line):
            table = _table(found[1], lines, file)
            if found[1] in tables:
                yield table
        elif line.startswith(BEGINS):
            is_whole = False
        elif line.startswith(ENDS):
            is_whole = True
        elif line.startswith("/*!"):
            for name, pattern in (("charset", CHARSET), ("zone", ZONE)):
                if said := pattern.search(line):
                    yield DumpSetting(name, said[1])
    if not is_whole:
        raise _truncated(file)


def _table(name: str, lines: TextIO, file: Path) -> DumpTable:
    columns = list[DumpColumn]()
    for line in lines:
        if line.startswith(")"):
            said = OF_TABLE.search(line)
            return DumpTable(name, tuple(columns), said[1] if said else "")
        if found := COLUMN.match(line):
            default = found[3] if found[3] is not None else found[4]
            columns.append(DumpColumn(found[1], found[2].lower(), None if default == "NULL" else default))
    raise _truncated(file)


def _truncated(file: Path) -> OptionError:
    return OptionError("dump_truncated", "{file} ends too early; write the dump again, and copy all of it", file=file)


def _pass_program(lines: TextIO) -> None:
    """Read the body of a trigger or a procedure."""
    for line in lines:
        if line.rstrip() == "DELIMITER ;":
            return


def _rows(text: str, lines: TextIO, file: Path) -> Iterator[str]:
    """Yield what is between the parentheses of each row of a statement that begins with this text."""
    while True:
        end = 0
        while found := ROW.match(text, end):
            yield found[1]
            end = found.end()
        text = text[end:]
        if text.lstrip(" ,\r\n\t").startswith(";"):
            return
        text += _more(text, lines, file)


def _more(text: str, lines: TextIO, file: Path) -> str:
    """Return the line behind a text; if it ends within quotes, all lines up to the end of these."""
    quoted, found = _has_odd_quotes(text), list[str]()
    while True:
        line = lines.readline()
        if not line:
            raise _truncated(file)
        found.append(line)
        quoted ^= _has_odd_quotes(line)
        if not quoted:
            return "".join(found)


def _has_odd_quotes(text: str) -> bool:
    """Return whether a text begins or ends a quoted text; a quote within one is escaped, or is two quotes."""
    return PAIR.sub("", text).count("'") % 2 == 1


def values(text: str) -> list[Cell]:
    """Return the values between the parentheses of a row."""
    return [_bare(bare) if bare else _plain(quoted) for quoted, bare in VALUE.findall(text)]


def _bare(text: str) -> Cell:
    """Return a value without quotes: NULL, a number, or the bytes that `mysqldump --hex-blob` writes."""
    if text.startswith("0x"):
        try:
            return readable(bytes.fromhex(text[2:]).decode("utf-8", "surrogateescape"))
        except ValueError:
            return text
    return None if text == "NULL" else text


def _plain(text: str) -> str:
    if "\\" in text or "''" in text:
        text = ESCAPED.sub(lambda found: SIGNS.get(found[1], found[1]) if found[1] else "'", text)
    return text if text.isascii() else readable(text)


def readable(text: str) -> str:
    """Return a text of a dump with letters for bytes that are no UTF-8: those of the character set of older servers."""
    return FOREIGN.sub(lambda found: bytes((ord(found[0]) & 0xFF,)).decode("cp1252", "replace"), text)
