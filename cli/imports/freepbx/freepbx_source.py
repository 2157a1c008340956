"""Reads the tables of FreePBX: from its server, from a dump of it, or from a backup of FreePBX."""

import gzip
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from cli.imports import mysql_dump
from cli.imports.freepbx import freepbx_server
from cli.imports.freepbx.columns import COLUMNS, NAMES
from cli.imports.mysql_dump import DumpRow, DumpTable
from warmline.options.option_table import OptionError

Row = dict[str, str]
Tables = Mapping[str, Sequence[Row]]

PENALTIES = "QPENALTY"  # dynamic members, of Asterisk's own database: a backup has them, a server does not
WANTED = frozenset((*COLUMNS, *NAMES))
URLS = ("mysql://", "mariadb://")
LARGEST = 1_000_000_000  # bytes of an unpacked dump; the tables of calls are in another database
LARGEST_MODULE = 100_000_000  # bytes of a module's JSON
KEYS = {
    "queues_config": "extension",
    "ringgroups": "grpnum",
    "timeconditions": "timeconditions_id",
    "users": "extension",
}
# The place of a table in the JSON of a module, if its key has another name.
OF_MODULE = {("Ringgroups", "groups"): "ringgroups", ("Core", "Did"): "incoming", ("Core", "users"): "users"}


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
        if not packed:
            return _of_dump(file)
        with gzip.open(file) as unpacked:
            return _of_stream(unpacked, file)
    except (OSError, EOFError, tarfile.TarError, ValueError, RecursionError) as error:
        why = getattr(error, "strerror", None) or error
        raise OptionError("freepbx_source_unreadable", "{file} cannot be read: {why}", file=file, why=why) from None


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
                _merge(found, _of_module(name.stem, _bounded(content, LARGEST_MODULE, file)))
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
        while piece := content.read(1 << 20):
            left -= len(piece)
            if left < 0 or shutil.disk_usage(plain.name).free < len(piece):
                raise _too_large(file, LARGEST)
            plain.write(piece)
        plain.flush()
        return _of_dump(Path(plain.name))


def _of_dump(file: Path) -> dict[str, list[Row]]:
    if file.stat().st_size > LARGEST:
        raise _too_large(file, LARGEST)
    columns: dict[str, tuple[str, ...]] = {}
    found: dict[str, list[Row]] = {}
    left = freepbx_server.MOST_ROWS
    for part in mysql_dump.read(file, WANTED):
        match part:
            case DumpTable(name):
                columns[name] = tuple(one.name for one in part.columns)
                found.setdefault(name, [])
            case DumpRow(table):
                names = part.columns or columns.get(table, tuple(COLUMNS.get(table, ())))
                found.setdefault(table, []).append(
                    {name: value or "" for name, value in zip(names, part.values, strict=False)}
                )
                left -= 1
                if left < 0:
                    raise freepbx_server.too_many_rows(file)
    return found


def _of_module(module: str, text: bytes) -> dict[str, list[Row]]:
    """Return the tables in the JSON that FreePBX writes for a module."""
    found: dict[str, list[Row]] = {}
    for key, rows in _lists(json.loads(text)):
        table = OF_MODULE.get((module, key), key)
        if table == PENALTIES:
            found.setdefault(table, []).extend(rows)
        elif table in WANTED:
            found.setdefault(table, rows)
    return found


def _lists(data: Any, key: str = "") -> Iterator[tuple[str, list[Row]]]:
    """Yield each list of rows with the key that it has; the members of queues in Asterisk's database, too."""
    if isinstance(data, list) and data and all(isinstance(one, dict) for one in data):
        if all(isinstance(one.get(PENALTIES), dict) for one in data):
            yield PENALTIES, [_texts(one[PENALTIES]) for one in data]
        else:
            yield key, [_texts(one) for one in data]
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _lists(value, name)


def _texts(row: Mapping[str, Any]) -> Row:
    return {name: "" if value is None else str(value) for name, value in row.items()}


def _too_large(file: Path, most: int) -> OptionError:
    return OptionError(
        "freepbx_source_large",
        "{file} unpacks to more than {most} bytes; give a dump of the database asterisk alone",
        file=file,
        most=most,
    )
