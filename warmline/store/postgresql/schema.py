"""The schema for PostgreSQL, made from schema.sql, which stays the file that people read and change.

A text has the collation of SQLite, so that texts are sorted and compared as there, whatever locale the database has.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warmline.store.postgresql.dialect import RESERVED, closing, each_statement, rewritten, top_level
from warmline.system.program_files import SCHEMA

FUNCTIONS = tuple(Path(__file__).with_name(name) for name in ("functions.sql", "statement_functions.sql"))

TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+)\s+(?P<when>(?:BEFORE|AFTER) (?:INSERT|DELETE|UPDATE(?: OF [\w, ]+)?) ON \w+)"
    r"(?:\s+WHEN (?P<condition>.*?))?\s*\bBEGIN\b(?P<body>.*?)\bEND;\n",
    re.DOTALL,
)
RAISED = re.compile(r"SELECT RAISE\(ABORT, ('[^']*')\)")
TABLE = re.compile(r'CREATE TABLE (?P<name>"?\w+"?) \((?P<body>.*?)\n\) STRICT(?:, WITHOUT ROWID)?;', re.DOTALL)
KEY = re.compile(r" REFERENCES (\w+) \((\w+)\)((?: ON DELETE CASCADE)?)")
INDEX = re.compile(r"(CREATE (?:UNIQUE )?INDEX \w+ ON) (\w+) (\(.*)", re.DOTALL)
VIEW = re.compile(r"CREATE VIEW .*?;\n", re.DOTALL)
NOT_NULL = re.compile(r'^    "?(\w+)"? (?:TEXT|INTEGER|REAL)( NOT NULL| PRIMARY KEY)?', re.MULTILINE)
NUMBER = "seq"  # of a row of a journal; only a hook may have none, and no statement sorts hooks by it
COMMENT = re.compile(r"('(?:[^']|'')*')|--[^\n]*")
TYPES = {"INTEGER": "BIGINT", "TEXT": 'TEXT COLLATE "C"', "REAL": "DOUBLE PRECISION"}

# The row of the app that leads (warmline/store/database/lease.py), which a database in one file has not.
LEASE = (
    """CREATE TABLE lease (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    epoch BIGINT NOT NULL,
    holder TEXT NOT NULL,
    until TIMESTAMPTZ NOT NULL
)""",
    "INSERT INTO lease VALUES (1, 0, '', '-infinity')",
)

# The numbers that the next rows of a table get, if no row had a number above those that are there.
IDENTITY = re.compile(r'CREATE TABLE "?(\w+)"? \(\s+(\w+) BIGINT GENERATED')
NUMBERED = "SELECT setval('{0}_{1}_seq', (SELECT coalesce(max({1}), 0) + 1 FROM {0}), false)"

# The fingerprint of all statements is the comment on a function: it tells which Warmline made the schema.
MARK = "COMMENT ON FUNCTION begin_writing() IS '{}'"
MARKED = "SELECT coalesce(obj_description(to_regprocedure('begin_writing()')), '')"

# Places that PostgreSQL reads in another way. A subquery that is a value has at most one row there; SQLite takes the
# first. A number is no condition. All calls of NOT IN would be read again for each row.
PLACES = {
    "entry ->> 0 = NEW.status AND NEW.passes <= CAST(entry ->> 2 AS INTEGER)": "{} LIMIT 1",
    "auto_alt_dial <> 'NONE' AND wanted.value = NEW.status": "{} LIMIT 1",
    "CASE WHEN stretch.hold THEN": "CASE WHEN stretch.hold <> 0 THEN",
    "id NOT IN (SELECT id FROM call)": "NOT EXISTS (SELECT 1 FROM call AS own WHERE own.id = fallback.id)",
    "(lower(hex(randomblob(8))))": "left(encode(uuid_send(gen_random_uuid()), 'hex'), 16)",
}


@dataclass(frozen=True, slots=True)
class Schema:
    """The statements that build an empty database, in the order in which they must run.

    `rows` are those that a new database has. Indexes, keys and triggers can be made after a table has its rows.
    """

    functions: str
    tables: tuple[str, ...]
    rows: tuple[str, ...]
    indexes: tuple[str, ...]
    keys: tuple[str, ...]
    views: tuple[str, ...]
    triggers: tuple[str, ...]

    @property
    def statements(self) -> tuple[str, ...]:
        """Return all statements."""
        return (
            self.functions,
            *self.tables,
            *LEASE,
            *self.rows,
            *self.indexes,
            *self.keys,
            *self.views,
            *self.triggers,
            self.mark,
        )

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint of all statements: a new version may make the same tables with other functions."""
        parts = (self.tables, self.rows, self.indexes, self.keys, self.views, self.triggers)
        every = "\n".join((self.functions, *LEASE, *(one for part in parts for one in part)))
        return hashlib.sha256(every.encode()).hexdigest()[:16]

    @property
    def mark(self) -> str:
        """Return the statement that notes the fingerprint."""
        return MARK.format(self.fingerprint)


@cache
def schema(text: str | None = None) -> Schema:
    """Return the schema for PostgreSQL of a schema for SQLite; None for that of this Warmline."""
    text = _adapted(SCHEMA.read_text() if text is None else text)
    tables = [_table(found["name"], found["body"]) for found in TABLE.finditer(text)]
    rest = TABLE.sub("", TRIGGER.sub("", text))
    indexes = [
        _index(line) for line in each_statement(rest, str) if line.startswith("CREATE ") and "INDEX" in line[:22]
    ]
    return Schema(
        "\n".join(file.read_text() for file in FUNCTIONS),
        tuple(table for table, _ in tables),
        tuple(rewritten(one) for one in each_statement(rest, str) if one.startswith("INSERT INTO ")),
        tuple(indexes),
        tuple(key for _, keys in tables for key in keys),
        tuple(rewritten(found[0]) for found in VIEW.finditer(rest)),
        tuple(_trigger(found) for found in TRIGGER.finditer(text)),
    )


@cache
def columns(text: str | None = None) -> dict[str, dict[str, str]]:
    """Return the type of each column in SQLite, by table and name, in their order."""
    text = _adapted(SCHEMA.read_text() if text is None else text)
    return {
        found["name"].strip('"'): {
            name.strip('"'): kind
            for name, kind, *_ in (one.split(maxsplit=2) for one in top_level(found["body"]))
            if kind in TYPES
        }
        for found in TABLE.finditer(text)
    }


@cache
def keys(text: str | None = None) -> dict[str, tuple[str, ...]]:
    """Return the columns of each table's primary key."""
    text = _adapted(SCHEMA.read_text() if text is None else text)
    found: dict[str, tuple[str, ...]] = {}
    for table in TABLE.finditer(text):
        parts = top_level(table["body"])
        of_table = [part.partition("(")[2].rstrip(")") for part in parts if part.startswith("PRIMARY KEY")]
        of_column = [part.split()[0] for part in parts if " PRIMARY KEY" in part]
        names = top_level(of_table[0]) if of_table else of_column
        found[table["name"].strip('"')] = tuple(name.strip('"') for name in names)
    return found


def _adapted(text: str) -> str:
    """Return a schema without comments, with PLACES replaced."""
    text = COMMENT.sub(lambda found: found[1] or "", text)
    for there, new in PLACES.items():
        text = text.replace(there, new.format(there))
    return text


def _table(name: str, body: str) -> tuple[str, list[str]]:
    """Return the statement that makes a table, and those that add its foreign keys."""
    table, keys, parts = _name(name), [], []
    for part in top_level(body):
        column, _, rest = part.partition(" ")
        if column == "PRIMARY":
            parts.append(f"PRIMARY KEY ({', '.join(map(_name, top_level(rest[len('KEY (') : -1])))})")
            continue
        column = _name(column)
        if found := KEY.search(rest):
            rest = rest.replace(found[0], "")
            key = f"FOREIGN KEY ({column}) REFERENCES {_name(found[1])} ({_name(found[2])}){found[3]} DEFERRABLE"
            keys.append(f"ALTER TABLE {table} ADD {key}")
        kind, _, rest = rest.partition(" ")
        rest = rest.replace("PRIMARY KEY AUTOINCREMENT", "PRIMARY KEY")
        if kind == "INTEGER" and rest.startswith("PRIMARY KEY"):  # SQLite numbers such rows by itself
            rest = f"GENERATED BY DEFAULT AS IDENTITY {rest}"
        parts.append(f"{column} {TYPES[kind]} {rewritten(rest)}".rstrip())
    lines = ",\n    ".join(parts)
    return f"CREATE TABLE {table} (\n    {lines}\n)", keys


def _index(statement: str) -> str:
    found = INDEX.fullmatch(statement)
    assert found, statement
    end = closing(found[3], 0)
    items = ", ".join(map(_index_item, top_level(found[3][1:end])))
    return f"{found[1]} {_name(found[2])} ({items}){rewritten(found[3][end + 1 :])}"


def _index_item(item: str) -> str:
    """Return a column or an expression of an index, the latter in parentheses, with its direction.

    NULL has the place that statements.py gives it in ORDER BY; otherwise, the index would not have that order.
    """
    item, descends, _ = item.partition(" DESC")
    is_column = re.fullmatch(r'"?\w+"?', item)
    column = _name(item) if is_column else f"({rewritten(item)})"
    if is_column and item.strip('"') in never_null():
        return f"{column}{descends}"
    return f"{column}{descends} NULLS {'LAST' if descends else 'FIRST'}"


@cache
def never_null() -> frozenset[str]:
    """Return the names that stand for a column without NULL in every table that has one."""
    every = {(name, bool(bound)) for name, bound in NOT_NULL.findall(SCHEMA.read_text())}
    return frozenset(name for name, bound in every if bound and (name, False) not in every) | {NUMBER}


def _trigger(found: re.Match[str]) -> str:
    """Return the function and the trigger that do what a trigger of SQLite does."""
    name, condition = found["name"], rewritten(found["condition"] or "true").strip()
    body = "\n".join(f"    {one};" for one in each_statement(found["body"], _step))
    when = f" WHEN ({condition})"
    if "SELECT" in condition:  # not allowed there
        body, when = f"    IF {condition} THEN\n{body}\n    END IF;", ""
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n{body}\n    RETURN NULL;\nEND $$;\n"
        f"CREATE TRIGGER {name} {rewritten(found['when'])} FOR EACH ROW{when} EXECUTE FUNCTION {name}();"
    )


def _step(statement: str) -> str:
    if raised := RAISED.fullmatch(statement):
        return f"RAISE EXCEPTION {raised[1]} USING ERRCODE = 'integrity_constraint_violation'"
    return rewritten(statement).replace(" AS INTEGER)", " AS BIGINT)")


def _name(name: str) -> str:
    return f'"{name}"' if name in RESERVED else name
