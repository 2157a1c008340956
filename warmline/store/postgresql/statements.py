"""The statements of the store for PostgreSQL: each is rewritten once in a process.

dialect.py gives the words; here are the values, the order of NULLs, and the statements that have no common form.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from warmline.store.postgresql import dialect
from warmline.store.postgresql.pairs import pair
from warmline.system.program_files import SCHEMA

VALUE = re.compile(r"\?(\d*)|(?<![:\w]):([A-Za-z_]\w*)")
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b")
# What statements have and the schema has not, for dialect.py.
WORDS = (
    (re.compile(r"\bifnull\("), "or_else("),
    (re.compile(r"\s+(?:INDEXED BY \w+|NOT INDEXED)\b"), ""),
    (re.compile(r"\bLIKE\b"), "ILIKE"),
    (re.compile(r"\bLIMIT -1\b"), "LIMIT ALL"),
    (re.compile(r"\bAS INTEGER\)"), "AS BIGINT)"),
    (re.compile(r"\b(AND|OR|BY|ON|WHERE|NOT|SELECT) \+(?=[A-Za-z_])"), r"\1 "),  # keeps SQLite from an index
    (re.compile(r"\b(LEFT JOIN \w+) WHERE\b"), r"\1 ON true WHERE"),
    (re.compile(r"\bCROSS JOIN (\w+(?: AS \w+)?)\s+ON\b"), r"JOIN \1 ON"),
    (re.compile(r"\bgroup_concat\("), "string_agg("),
    (re.compile(r"\bjson_group_object\("), "json_object_agg("),
    (re.compile(r"\bsubstr\(([\w.:]+), (-length\()"), r"part_of(\1, \2"),
    (re.compile(r"([(,=]\s*)\+(?=[A-Za-z_])"), r"\1"),
)
# Parts with texts in quotes.
PARTS = {"value GLOB '[a-z]*=[A-Z]*'": "value ~ '^[a-z].*=[A-Z]'"}
SOURCE = re.compile(r"\b(?:FROM|JOIN)\s+\((?=\s*(?:SELECT|WITH)\b)")
NAMED = re.compile(r"\s+(?:AS\b|[a-z]\w*)")
COMMITS = re.compile(r"\s*(COMMIT|END)\b")
ORDER = re.compile(r"\bORDER BY\s+")
ENDS_ORDER = re.compile(r"\s+(?:LIMIT|OFFSET|ROWS|RANGE|GROUPS)\b")
COLUMN = re.compile(r'(?:\w+\.)?"?(\w+)"?(?:\s+(?:ASC|DESC))?')
NOT_NULL = re.compile(r'^    "?(\w+)"? (?:TEXT|INTEGER|REAL)( NOT NULL| PRIMARY KEY)?', re.MULTILINE)


class Statement(NamedTuple):
    """A statement for PostgreSQL; `names` are those of its values in order, empty if they come in order."""

    text: str
    names: tuple[str, ...]
    changes: bool
    commits: bool
    begins_writing: bool

    def in_order(self, values: Sequence[Any] | Mapping[str, Any]) -> Sequence[Any]:
        """Return the values in the order of the statement."""
        if isinstance(values, Mapping):
            return [values[name] for name in self.names]
        return values


@lru_cache(maxsize=5000)
def translated(sql: str) -> Statement:
    """Return the statement for PostgreSQL that means the same as one of SQLite."""
    own = pair(sql)
    text, names = _with_values(_in_order(_with_aliases(dialect.rewritten(_worded(sql)))) if own is None else own)
    return Statement(
        text,
        names,
        WRITES.match(sql) is not None,
        COMMITS.match(sql) is not None,
        sql.startswith("BEGIN IMMEDIATE"),
    )


def _worded(sql: str) -> str:
    for part, new in PARTS.items():
        sql = sql.replace(part, new)
    parts = dialect.QUOTED.split(sql)
    for pattern, new in WORDS:
        parts[::2] = [pattern.sub(new, part) for part in parts[::2]]
    return "".join(parts)


def _with_aliases(sql: str) -> str:
    """Name each query that is a source of rows: PostgreSQL 15 wants that."""
    free, start, count = set(dialect.unquoted(sql)), 0, 0
    while found := SOURCE.search(sql, start):
        start = found.end()
        if found.start() not in free:
            continue
        end = dialect.closing(sql, start - 1)
        if not NAMED.match(sql, end + 1):
            count += 1
            sql = f"{sql[: end + 1]} AS source_{count}{sql[end + 1 :]}"
            free = set(dialect.unquoted(sql))
    return sql


def _with_values(sql: str) -> tuple[str, tuple[str, ...]]:
    """Number the values of a statement."""
    names: dict[str, int] = {}
    count = 0

    def number(found: re.Match[str]) -> str:
        nonlocal count
        if name := found[2]:
            return f"${names.setdefault(name, len(names) + 1)}"
        count = int(found[1]) if found[1] else count + 1
        return f"${count}"

    parts = dialect.QUOTED.split(sql)
    parts[::2] = [VALUE.sub(number, part) for part in parts[::2]]
    return "".join(parts), tuple(names)


def _in_order(sql: str) -> str:
    """Let NULL come first in ORDER BY, as in SQLite; PostgreSQL has it last."""
    free = set(dialect.unquoted(sql))
    made, start = "", 0
    for found in ORDER.finditer(sql):
        if found.start() not in free:
            continue
        end = _end_of_order(sql, found.end(), free)
        terms = ", ".join(_term(one, sql) for one in dialect.top_level(sql[found.end() : end]))
        made += sql[start : found.end()] + terms
        start = end
    return made + sql[start:]


def _end_of_order(sql: str, start: int, free: set[int]) -> int:
    """Return the place behind the terms of an ORDER BY."""
    depth = 0
    for place in range(start, len(sql)):
        if place not in free:
            continue
        if sql[place] == ")" and depth == 0:
            return place
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        if depth == 0 and ENDS_ORDER.match(sql, place):
            return place
    return len(sql)


def _term(term: str, sql: str) -> str:
    if "NULLS" in term or ((column := COLUMN.fullmatch(term)) and _is_never_null(column[1], sql)):
        return term
    return f"{term} NULLS LAST" if term.endswith("DESC") else f"{term} NULLS FIRST"


def _is_never_null(column: str, sql: str) -> bool:
    """Return whether a column has no NULL, in every table of the schema and in this statement."""
    return column in _never_null() and "LEFT JOIN" not in sql and not re.search(rf'\bAS "?{column}\b', sql)


@cache
def _never_null() -> frozenset[str]:
    """Return the names that stand for a column without NULL in every table that has one."""
    every = {(name, bool(bound)) for name, bound in NOT_NULL.findall(SCHEMA.read_text())}
    return frozenset(name for name, bound in every if bound and (name, False) not in every)


