"""Every figure of every report of a random month, beside own queries over the tables alone.

`MONTH_DAYS` and `MONTH_SEED` choose another month.
"""
# ruff: noqa: S608 - only constants of the test

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.reports import made_day, made_month
from tests.reports.month_queries.all_proofs import PROOFS
from tests.reports.month_queries.proof import Proof
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import Row
from warmline.text import written_time

DAYS, SEED = int(os.environ.get("MONTH_DAYS", "6")), int(os.environ.get("MONTH_SEED", "48"))
ZONE = ZoneInfo(made_day.ZONE)
START, _ = written_time.day(made_day.DAY, ZONE, 0)
END, NOW = START + 31 * made_month.DAY, START + 30 * made_month.DAY
NOON = START + made_month.DAY // 2
BEFORE_THE_END = 5 * 3_600_000_000  # microseconds
MONTH, NOON_ON = "the month", "from noon on"
IN_GROUPS = ("day by ingroup", "interval by 30m")
# Periods that begin and end exactly at one of these times, and the reports that count what has these times.
EXACT = {
    "from call to call": (
        "SELECT entered FROM queue_wait WHERE entered IN (SELECT arrived FROM call WHERE ended IS NOT NULL)",
        (*IN_GROUPS, "dids", "dispositions", "drops"),
    ),
    "from a lost call to another": (
        "SELECT arrived FROM call WHERE status = 'DROP'",
        (*IN_GROUPS, "missed", "drops"),
    ),
    "from a dialled call to another": ("SELECT arrived FROM call WHERE direction = 'out'", (*IN_GROUPS,)),
    "from a call without a code to another": (
        "SELECT arrived FROM call WHERE status = '' AND connected IS NOT NULL AND ended IS NOT NULL",
        ("undispositioned",),
    ),
    "from a skipped code to another": (
        """SELECT arrived FROM call WHERE id IN (SELECT call FROM disposition_entry WHERE "by" = 'transfer_no_dispo'
            AND (call, agent) IN (SELECT call, agent FROM disposition_entry GROUP BY 1, 2 HAVING count(*) = 1))""",
        ("undispositioned",),
    ),
    "from fallback to fallback": (
        "SELECT at FROM fallback WHERE goto = '' AND id NOT IN (SELECT id FROM call)",
        (*IN_GROUPS, "dids", "drops", "missed"),
    ),
    "from handover to handover": (
        "SELECT requested FROM receipt WHERE kind = 'LOCAL_CLOSER' AND outcome = 'completed'",
        ("closers", "transfers by agent", "transfers by target"),
    ),
    "from callback to callback": ("SELECT at FROM callback", ("callbacks",)),
    "amid the calls of two agents": (
        "SELECT min(started) + 1 FROM agent_interval WHERE state = 'INCALL' GROUP BY call, agent",
        ("agents",),
    ),
    "from an agent's call to another": (
        "SELECT min(started) FROM agent_interval WHERE call <> '' AND state <> 'QUEUE' GROUP BY call, agent",
        ("agents",),
    ),
}
CASES = [(name, period) for period in (MONTH, NOON_ON) for name in PROOFS]
CASES += [(name, period) for period, (_, names) in EXACT.items() for name in names]
ALWAYS_EMPTY = {"day by server": {"name"}}  # the configuration has no name for a server
BY_NAME = (Form.COUNTS, Form.LENGTHS)
HALF = 0.5  # microseconds by which a rounded average may differ


Facts = Callable[[tuple[str, ...], str], sqlite3.Connection]


class Expected(NamedTuple):
    """The rows of a report by their keys, and its total row."""

    rows: dict[str, Row]
    totals: Row


@pytest.fixture(scope="module")
def month(day: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The month's database."""
    path = tmp_path_factory.mktemp("month") / "warmline.db"
    made_month.make(day, path, DAYS, SEED, NOW)
    return path


@cache
def bounds(month: Path, period: str) -> tuple[int, int]:
    """Return the beginning and the end of a period: the month, or a part of it that begins and ends amid calls."""
    if period == MONTH:
        return START, END
    with closing(sqlite3.connect(month)) as db:
        if period == NOON_ON:
            return NOON, db.execute("SELECT max(arrived) FROM call").fetchone()[0] - BEFORE_THE_END
        times = sorted(at for (at,) in db.execute(EXACT[period][0]))
    return times[len(times) // 5], times[-len(times) // 5]


@cache
def told(month: Path, name: str, period: str) -> Report:
    """Return a report of the month."""
    report, _, by = name.partition(" by ")
    start, end = bounds(month, period)
    return report_table.find(report).read(month, ReportQuery(start=start, end=end, now=NOW, zone=ZONE, by=by))


@pytest.fixture(scope="module")
def facts(month: Path) -> Iterator[Facts]:
    """A function that returns a connection with the facts of a proof. Several proofs have the same facts."""
    with ExitStack() as opened:

        @cache
        def with_facts(statements: tuple[str, ...], period: str) -> sqlite3.Connection:
            start, end = bounds(month, period)
            db = opened.enter_context(closing(sqlite3.connect(month)))
            db.row_factory = sqlite3.Row
            for statement in statements:
                db.execute(statement, {"start": start, "end": end, "now": NOW})
            db.commit()
            return db

        yield with_facts


def proved(proof: Proof, db: sqlite3.Connection) -> Expected:
    """Return what the queries say about the facts."""
    if proof.steps:
        db.execute(proof.steps)
    try:
        rows = {row["key"]: row for row in _read(db, proof.key, proof.figures | proof.texts)}
        totals = _read(db, "''", proof.figures)[0]
        for column, statement in proof.series.items():
            by_name = FIGURES[column].form in BY_NAME
            for row in (*rows.values(), totals):
                row[column] = {} if by_name else None
            for place, key in ((rows, proof.key), ({"": totals}, "''")):
                for found, *value in db.execute(statement.format(key=key)):
                    if by_name:
                        place[str(found)][column][value[0]] = value[1]
                    else:
                        place[str(found)][column] = value[0]
    finally:
        db.rollback()
    for row in (*rows.values(), totals):
        del row["key"]
    return Expected(rows, totals)


def _read(db: sqlite3.Connection, key: str, columns: dict[str, str]) -> list[Row]:
    figures = ", ".join(f'{expression} AS "{name}"' for name, expression in columns.items())
    found = db.execute(f"SELECT cast({key} AS TEXT) AS key, {figures} FROM fact GROUP BY 1")
    return [dict(row) for row in found]


def differences(told: Row, expected: Row) -> dict[str, tuple[Any, Any]]:
    """Return each column that differs, with the report's value and that of the query."""
    return {
        name: (told[name], expected[name])
        for name in expected
        if told[name] != expected[name] and not _rounded(name, told[name], expected[name])
    }


def _rounded(name: str, told: object, expected: object) -> bool:
    if FIGURES[name].form is not Form.LENGTH or not FIGURES[name].below:
        return False
    return isinstance(told, int) and isinstance(expected, float) and abs(told - expected) <= HALF


@pytest.mark.parametrize(("name", "period"), CASES)
def test_every_row_is_that_of_own_queries(month: Path, facts: Facts, name: str, period: str) -> None:
    proof, report = PROOFS[name], told(month, name, period)
    rows = {"|".join(str(row[key]) for key in proof.keys): row for row in report.rows}
    expected = proved(proof, facts(proof.facts, period))
    assert rows.keys() == expected.rows.keys() and len(rows) == len(report.rows)
    assert {key: wrong for key, row in rows.items() if (wrong := differences(row, expected.rows[key]))} == {}
    assert differences(report.totals, expected.totals) == {}


def test_every_form_of_every_report_is_proved() -> None:
    forms = {
        f"{name} by {by}" if by else name for name in report_table.NAMES for by in report_table.find(name).by or ("",)
    }
    assert forms == PROOFS.keys()


@pytest.mark.parametrize("name", PROOFS)
def test_no_column_lacks_a_query(name: str) -> None:
    assert PROOFS[name].columns == report_table.find(name.partition(" by ")[0]).columns.keys()


@pytest.mark.parametrize("name", PROOFS)
def test_no_figure_is_zero_in_every_row(month: Path, name: str) -> None:
    report = told(month, name, MONTH)
    assert {one for one in report.totals if not any(row[one] for row in report.rows)} == ALWAYS_EMPTY.get(name, set())
