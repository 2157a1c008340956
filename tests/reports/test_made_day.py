"""Every report of a day of more than 220 calls, beside figures that an independent script takes from the journal."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.reports import made_day
from tests.reports.journal_figures import Configured, Figures, figures
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.text import written_time

SECOND = 1_000_000
KEYS = {
    "day": ("kind", "group"),
    "interval": ("begins",),
    "agents": ("agent",),
    "closers": ("closer",),
    "transfers": ("by",),
    "dids": ("did",),
    "dispositions": ("status",),
    "callbacks": ("agent",),
    "missed": ("number",),
    "drops": ("ingroup", "outcome", "went"),
    "undispositioned": ("call",),
}
LIMITS = {"SALESLINE": 10, "CLOSERS": 20, "OVERFLOW": 20, "BACKLINE": 20, "NIGHTLINE": 20}
GIVEN = Configured(
    limits={name: seconds * SECOND for name, seconds in LIMITS.items()},
    sales={"SALE"},
    contacts={"SALE", "NI", "DEC", "XFER", "CALLBK"},
)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Figures, int]:
    """The day's database, its figures from the journal, and the time when it is over."""
    path = tmp_path_factory.mktemp("day") / "warmline.db"
    made_day.make(path)
    _, end = written_time.day(made_day.DAY, ZoneInfo(made_day.ZONE), 0)
    return path, figures(path, GIVEN, end), end


def asked(**more: Any) -> ReportQuery:
    zone = ZoneInfo(made_day.ZONE)
    start, end = written_time.day(made_day.DAY, zone, 0)
    return ReportQuery(start=start, end=end, now=end, zone=zone, **more)


def test_every_report_is_compared() -> None:
    assert set(KEYS) == set(report_table.NAMES)


@pytest.mark.parametrize("name", KEYS)
def test_a_report_has_the_figures_of_the_journal(day: tuple[Path, Figures, int], name: str) -> None:
    path, told, _ = day
    found = report_table.find(name).read(path, asked())
    rows = {tuple(row[key] for key in KEYS[name]): row for row in found.rows} | {((),): found.totals}
    expected = {key if isinstance(key, tuple) and key else (key,): row for key, row in told[name].items()}
    if name == "interval":  # the report also has the half hours without a call
        rows = {key: row for key, row in rows.items() if row["calls"] or row["offered"]}
    assert rows.keys() == expected.keys()
    for key, row in expected.items():
        assert {one: rows[key][one] for one in row} == row, key
