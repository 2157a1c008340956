"""Reads the tables of FreePBX: from its server, from a dump of it, or from a backup of FreePBX."""

import gzip
import json
import lzma
import re
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from warmline.options.option_table import OptionError
from warmline_contrib.imports import mysql_dump
from warmline_contrib.imports.freepbx import freepbx_server, php_serialized, source_text
from warmline_contrib.imports.freepbx.columns import COLUMNS, NAMES
from warmline_contrib.imports.mysql_dump import DumpRow, DumpTable

Row = dict[str, str]
Tables = Mapping[str, Sequence[Row]]

PENALTIES = "QPENALTY"  # dynamic members, of Asterisk's own database: a backup has them, a server does not
OF_EXTENSIONS = "astdb"  # settings of extensions in Asterisk's own database
WANTED = frozenset((*COLUMNS, *NAMES))
URLS = ("mysql://", "mariadb://")
ASTDB = Path("astdb")  # the file of a backup
LARGEST = 1_000_000_000  # bytes of the wanted tables in a dump
LARGEST_MODULE = 100_000_000  # bytes of a module's JSON
PIECE = 1 << 20  # bytes of a line of a dump that are read at once
STATEMENT = re.compile(rb"(?:INSERT (?:IGNORE )?INTO|CREATE TABLE|DROP TABLE)\b(?: `?(\w+))?", re.IGNORECASE)
KEYS = {
    "queues_config": "extension",
    "ringgroups": "grpnum",
    "timeconditions": "timeconditions_id",
    "users": "extension",
}
# The place of a table in the JSON of a module, if its key has another name.
OF_MODULE = {
    ("Core", "Did"): "incoming",
    ("Core", "astdbConfigs"): OF_EXTENSIONS,
    ("Ivr", "entries"): "ivr_entries",
    ("Recordings", "data"): "recordings",
    ("Ringgroups", "groups"): "ringgroups",
}


def read(source: str) -> Tables:
    """Return the rows of the wanted tables, as texts by the names of their columns; NULL is an empty text.

    `source` is the URL of a server, or a file: a dump, plain or packed, or a backup as .tar.gz.

    Raises:
        OptionError: the source cannot be read, is too large, or has no table of FreePBX.
    """
    if source.startswith(URLS):
        found = freepbx_server.tables(source, WANTED)
    elif "://" in source:
        raise OptionError(
            "freepbx_source_url",
            "{scheme}://… is not the address of a database; allowed: mysql://USER@HOST/asterisk, or a file",
            scheme=source.partition("://")[0],
        )
    else:
        found = _of_file(Path(source))
    if not found.keys() & COLUMNS.keys():
        raise OptionError(
            "freepbx_source_empty",
            "{source} has no table of FreePBX; give the database asterisk, a dump of it, or a backup",
            source=source.rpartition("@")[2],
        )
    for table, key in KEYS.items():
        if any(key not in row for row in found.get(table, ())):
            raise OptionError(
                "freepbx_column_missing",
                "table {table} of the source has a row without {column}; give the database of FreePBX 16 or 17",
                table=table,
                column=key,
            )
    return found


def _of_file(file: Path) -> dict[str, list[Row]]:
    try:
        if tarfile.is_tarfile(file):
            return _of_backup(file)
        with file.open("rb") as opened:
            packed = opened.read(2) == b"\x1f\x8b"
        with gzip.open(file) if packed else file.open("rb") as content:
            return _of_stream(content, file)
    except (OSError, EOFError, tarfile.TarError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise _unreadable(file, error) from None


def _of_backup(file: Path) -> dict[str, list[Row]]:
    """Read each dump of a backup, and the JSON of each module: FreePBX 15 and later write that in its place."""
    found: dict[str, list[Row]] = {}
    with tarfile.open(file) as archive:
        for member in archive:
            name = Path(member.name)
            content = archive.extractfile(member) if member.isfile() else None
            if content is None:
                continue
            if name.suffix == ".json" and name.parent.name == "modulejson":
                _merge(found, _of_module(name.stem, _bounded(content, LARGEST_MODULE, file), file / name))
            elif name == ASTDB:
                _merge(found, _of_asterisk(_bounded(content, LARGEST_MODULE, file), file / name))
            elif name.name.endswith(".sql.gz"):
                with gzip.open(content) as unpacked:
                    _merge(found, _of_stream(unpacked, file))
            elif name.suffix == ".sql":
                _merge(found, _of_stream(content, file))
    return found


def _merge(found: dict[str, list[Row]], more: Mapping[str, Sequence[Row]]) -> None:
    """Add tables; of a table that is there twice, the first one counts."""
    for table, rows in more.items():
        found.setdefault(table, list(rows))


def _bounded(content: IO[bytes], most: int, file: Path) -> bytes:
    found = content.read(most + 1)
    if len(found) > most:
        raise _too_large(file, most)
    return found


def _of_stream(content: IO[bytes] | gzip.GzipFile, file: Path) -> dict[str, list[Row]]:
    """Read a dump through a file of its own, which ends with the reading."""
    with tempfile.NamedTemporaryFile(prefix="warmline-freepbx-", suffix=".sql") as plain:
        left = LARGEST
        for piece in _without_others(content):
            left -= len(piece)
            if left < 0 or shutil.disk_usage(plain.name).free < len(piece):
                raise _too_large(file, LARGEST)
            plain.write(piece)
        plain.flush()
        return _of_dump(Path(plain.name), file)


def _without_others(content: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    """Yield the pieces of a dump without the rows of other tables, such as those of calls."""
    skips, begins = False, True
    while piece := content.readline(PIECE):
        if begins and (found := STATEMENT.match(piece)):
            skips = piece[:1] in b"Ii" and (found[1] or b"").decode() not in WANTED
        if not skips:
            yield piece
        begins = piece.endswith(b"\n")
        if begins and piece.rstrip().endswith(b";"):
            skips = False


def _of_dump(file: Path, source: Path) -> dict[str, list[Row]]:
    columns: dict[str, tuple[str, ...]] = {}
    found: dict[str, list[Row]] = {}
    left = freepbx_server.MOST_ROWS
    for part in mysql_dump.read(file, WANTED, source):
        match part:
            case DumpTable(name):
                columns[name] = tuple(one.name for one in part.columns)
                found.setdefault(name, [])
            case DumpRow(table):
                names = part.columns or columns.get(table, tuple(COLUMNS.get(table, ())))
                found.setdefault(table, []).append(
                    {name: source_text.text(value) for name, value in zip(names, part.values, strict=False)}
                )
                left -= 1
                if left < 0:
                    raise freepbx_server.too_many_rows(source)
    return found


def _of_module(module: str, content: bytes, file: Path) -> dict[str, list[Row]]:
    """Return the tables in the JSON that FreePBX writes for a module. `file` is named in errors."""
    found: dict[str, list[Row]] = {}
    places: dict[str, tuple[str, ...]] = {}
    try:
        lists = [*_lists(json.loads(content))]
    except (ValueError, RecursionError) as error:
        raise _unreadable(file, error) from None
    for path, rows in lists:
        for depth in range(len(path), 0, -1):
            table = OF_MODULE.get((module, path[depth - 1]), path[depth - 1])
            if table in (*WANTED, PENALTIES, OF_EXTENSIONS):
                if places.setdefault(table, path[:depth]) == path[:depth]:
                    found.setdefault(table, []).extend(rows)
                break
    return found


def _of_asterisk(content: bytes, file: Path) -> dict[str, list[Row]]:
    """Return the dynamic members in Asterisk's database, as a backup of FreePBX before 15 has it."""
    try:
        data = php_serialized.loads(content)
    except (ValueError, RecursionError) as error:
        raise _unreadable(file, error) from None
    members = data.get(PENALTIES) if isinstance(data, Mapping) else None
    return {PENALTIES: [_texts(members)] if isinstance(members, Mapping) else []}


def _lists(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
    """Yield each list of rows with the keys that lead to it, and what Asterisk's own database has."""
    if isinstance(data, list) and data and all(isinstance(one, dict) for one in data):
        if all(isinstance(one.get(PENALTIES), dict) for one in data):
            yield (PENALTIES,), [_texts(one[PENALTIES]) for one in data]
        else:
            yield path, [_texts(one) for one in data]
    elif isinstance(data, dict):
        of_extensions = path[-1:] == ("astdbConfigs",)
        for name, value in data.items():
            if of_extensions and isinstance(value, dict):
                yield path, [{"extension": name} | _texts(value)]
            else:
                yield from _lists(value, (*path, name))


def _texts(row: Mapping[str, Any]) -> Row:
    return {name: source_text.text(value) for name, value in row.items()}


def _unreadable(file: Path, error: Exception) -> OptionError:
    why = getattr(error, "strerror", None) or error
    return OptionError("freepbx_source_unreadable", "{file} cannot be read: {why}", file=file, why=why)


def _too_large(file: Path, most: int) -> OptionError:
    return OptionError(
        "freepbx_source_large",
        "{file} has more than {most} bytes of FreePBX's tables; give a dump of the database asterisk alone",
        file=file,
        most=most,
    )
