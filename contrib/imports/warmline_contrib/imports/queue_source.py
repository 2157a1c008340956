"""Reads the queues of app_queue: from queues.conf, or from the tables of realtime as `mysql --batch` writes them."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from cli.client import asterisk_conf
from warmline.options.option_table import OptionError
from warmline_contrib.imports.mysql_dump import readable

GENERAL = "general"
MEMBER_COLUMNS = ("interface", "penalty", "membername", "state_interface", "ringinuse", "wrapuptime", "paused")
BRACKETS = {"(": ")", "[": "]"}
UNSET = ("", "NULL", "\\N")


class QueueMember(NamedTuple):
    """A member of a queue, as text. An empty text is a value that the source does not name."""

    interface: str
    penalty: str = ""
    membername: str = ""
    state_interface: str = ""
    ringinuse: str = ""
    wrapuptime: str = ""
    paused: str = ""


class Queue(NamedTuple):
    """A queue with its values by key, in small letters, and its members in order. `general` is the section of all."""

    name: str
    values: Mapping[str, str]
    members: tuple[QueueMember, ...]


def read(files: Iterable[Path]) -> list[Queue]:
    """Return the queues of the files, in order; a queue of several files has the values and members of all.

    A file `queues.tsv` or `queue_members.tsv` is a table of realtime; any other one is read as queues.conf.

    Raises:
        OptionError: a file cannot be read, or a table lacks a column; the text names the file.
    """
    found: dict[str, Queue] = {}
    for file in files:
        try:
            queues = _TABLES[file.name](file) if file.name in _TABLES else _of_conf(file)
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            why = error.strerror if isinstance(error, OSError) else error
            raise OptionError("queues_file_unreadable", "{file} cannot be read: {why}", file=file, why=why) from None
        for one in queues:
            before = found.get(one.name, Queue(one.name, {}, ()))
            found[one.name] = Queue(one.name, {**before.values, **one.values}, before.members + one.members)
    return list(found.values())


def _of_conf(file: Path) -> list[Queue]:
    conf = asterisk_conf.parse(file.parent, file.read_text(encoding="utf-8", errors="surrogateescape"), str(file))
    if wrong := next((one for one in conf.faults if one.kind in ("missing", "rejected")), None):
        raise OptionError(
            "queues_file_faulty",
            "{file}:{line}: {why}; correct the file, or give one without this line",
            file=wrong.place.file,
            line=wrong.place.line,
            why=f"{wrong.name} does not exist" if wrong.kind == "missing" else wrong.name,
        )
    found = []
    for section in conf.sections:
        if not section.template:
            lines = [(key.lower(), readable(value.strip())) for key, value in section.lines]
            members = tuple(_member(value) for key, value in lines if key == "member")
            values = {key: value for key, value in lines if key != "member"}
            found.append(Queue(readable(section.name), values, members))
    return found


def _member(text: str) -> QueueMember:
    """Read the value of `member` as app_queue does: at most seven parts.

    A comma within quotes or brackets separates none. Quotes may be anywhere, and a backslash takes the next letter.
    """
    parts, quoted, open_brackets = [""], False, dict.fromkeys(BRACKETS.values(), 0)
    letters = iter(text)
    for letter in letters:
        if letter == '"':
            quoted = not quoted
        elif letter == "\\":
            parts[-1] += next(letters, "")
        elif letter == "," and len(parts) < len(MEMBER_COLUMNS) and not quoted and not any(open_brackets.values()):
            parts.append("")
        else:
            parts[-1] += letter
            if closing := BRACKETS.get(letter):
                open_brackets[closing] += 1
            elif open_brackets.get(letter):
                open_brackets[letter] -= 1
    return QueueMember(*(part.strip() for part in parts))


def _of_queues_table(file: Path) -> list[Queue]:
    rows = _rows(file, "name")
    return [
        Queue(
            row["name"],
            {
                key.lower().replace("_", "-"): value
                for key, value in row.items()
                if key != "name" and value not in UNSET
            },
            (),
        )
        for row in rows
    ]


def _of_members_table(file: Path) -> list[Queue]:
    found = []
    for row in _rows(file, "queue_name", "interface"):
        parts = (row.get(column) or "" for column in MEMBER_COLUMNS)
        member = QueueMember(*("" if part in UNSET else part for part in parts))
        found.append(Queue(row["queue_name"], {}, (member,)))
    return found


def _rows(file: Path, *needed: str) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        found: list[dict[str, str]] = [*csv.DictReader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)]
    for row in found:
        if missing := [column for column in needed if row.get(column) is None]:
            raise OptionError(
                "queues_column_missing",
                "{file} has a row without {columns}; write it with: mysql --batch -e 'SELECT * FROM {table}'",
                file=file,
                columns=", ".join(missing),
                table=file.stem,
            )
    return [{key: value or "" for key, value in row.items() if key} for row in found]


_TABLES = {"queues.tsv": _of_queues_table, "queue_members.tsv": _of_members_table}
