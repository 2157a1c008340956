"""The columns of a view for analysts: times, lengths, names beside keys."""

from collections.abc import Iterator
from typing import NamedTuple

FORM = "'%Y-%m-%dT%H:%M:%f'"


class ViewColumn(NamedTuple):
    """A column of a view: its name, its SQL and its meaning."""

    name: str
    sql: str
    meaning: str


class AnalysisView(NamedTuple):
    """A view: its columns, and the rest of its SQL from FROM on."""

    columns: tuple[ViewColumn, ...]
    source: str


def times(name: str, sql: str, meaning: str) -> Iterator[ViewColumn]:
    """Yield the columns of a time, in UTC and in the zone of the setting; `sql` is in microseconds UTC."""
    seconds = f"{sql} / 1000 / 1000.0"  # a whole number of milliseconds
    local = f"strftime({FORM}, {seconds} + seconds, 'unixepoch') || iso"
    offset = f"FROM timezone_offset\n        WHERE begins <= {sql} ORDER BY begins DESC LIMIT 1"
    yield ViewColumn(f"{name}_utc", f"strftime({FORM}, {seconds}, 'unixepoch') || '+00:00'", f"{meaning}, in UTC")
    yield ViewColumn(f"{name}_local", f"(SELECT {local} {offset})", "the same in the zone of the setting `timezone`")


def span(name: str, since: str, until: str, meaning: str) -> ViewColumn:
    """Return a column with the seconds between two times in microseconds."""
    return ViewColumn(name, f"({until} - {since}) / 1000 / 1000.0", meaning)


def named(key: str, sql: str, meaning: str, name: str, source: str) -> Iterator[ViewColumn]:
    """Yield the columns of a key and of the name beside it; `source` is the alias of the table with the name."""
    yield ViewColumn(key, sql, meaning)
    yield ViewColumn(name, f"ifnull({source}, '')", f"the name of `{key}`; empty if it has none")


def group(key: str) -> ViewColumn:
    """Return the column of an agent's user group."""
    return ViewColumn("user_group", "ifnull(agent.user_group, '')", f"the current user group of `{key}`")
