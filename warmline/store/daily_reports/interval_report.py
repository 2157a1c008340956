"""The calls of a period by interval of the local clock, such as half an hour."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from warmline.store.daily_reports import offered_calls
from warmline.store.daily_reports.day_report import SERVICE
from warmline.store.daily_reports.merging import Report, report
from warmline.store.daily_reports.offered_calls import SUMS
from warmline.store.daily_reports.report_definition import CALLS, DailyReport
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import Row

QUARTER = 900_000_000  # microseconds: the offsets of all time zones are multiples of it
LENGTHS = {"30m": 2, "15m": 1, "1h": 4, "2h": 8, "4h": 16, "6h": 24, "8h": 32, "12h": 48, "1d": 96}  # in quarters
COLUMNS = {"begins": 0} | SERVICE


def statement(asked: ReportQuery) -> str:
    """Return the statement of the report."""
    return offered_calls.statement(asked, f"at / {QUARTER} AS quarter", "quarter")


def read(path: str | Path, asked: ReportQuery) -> Report:
    """Return the report, with the intervals without a call between the first and the last one. Raises StoreError."""
    found = _gapless(offered_calls.found(path, asked, statement(asked)))
    return report(_placed(found, LENGTHS[asked.by or next(iter(LENGTHS))], asked.zone), COLUMNS, ("begins",))


def _gapless(found: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows, and between them a row without a call for each missing quarter of an hour."""
    expected = None
    for row in found:
        while expected is not None and expected < row["quarter"]:
            yield dict.fromkeys((*SUMS, "longest"), 0) | {"quarter": expected, "wait_p90": []}
            expected += 1
        expected = row["quarter"] + 1
        yield row


def _placed(rows: Iterable[Row], quarters: int, zone: tzinfo | None) -> Iterator[Row]:
    """Yield each row with the beginning of its interval on the local clock, in microseconds UTC.

    If the clock is set back, the second of two equal intervals is another one.
    """
    begun: dict[tuple[datetime, timedelta | None], int] = {}
    for row in rows:
        at = row["quarter"] * QUARTER
        local = datetime.fromtimestamp(at // 1_000_000, zone)
        midnight = local.replace(hour=0, minute=0, tzinfo=None, fold=0)
        passed = (local.hour * 4 + local.minute // 15) // quarters * quarters
        interval = (midnight + timedelta(minutes=15 * passed), local.utcoffset() if quarters <= 4 else None)
        yield row | {"begins": begun.setdefault(interval, _begin(at, local, midnight, passed))}


def _begin(at: int, local: datetime, midnight: datetime, passed: int) -> int:
    """Return when an interval begins that has begun on the local clock at this quarter of an hour, or before."""
    wall = local.replace(tzinfo=None, fold=0) - midnight
    return at - (wall // timedelta(minutes=15) - passed) * QUARTER


REPORT = DailyReport(
    "interval",
    "Count the calls of a period by interval of the local clock",
    "call",
    COLUMNS,
    CALLS,
    read,
    by=tuple(LENGTHS),
    by_meaning="Length of an interval",
    plot=("answered", "abandoned", "elsewhere"),
)
