"""The figures of the day so far, for `warmline live`."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from warmline.access.visible_agents import VisibleAgents
from warmline.store.configuration.timezone import timezone
from warmline.store.daily_reports import day_report
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.reading import Row
from warmline.store.reports.fallbacks import reasons
from warmline.text.written_time import midnight

FIGURES = ("offered", "answered", "abandoned", "waiting", "in_time", "level")
DAY = 86_400_000_000  # microseconds; the clock of a note about the fallback may be ahead


def bounds_of(visible: VisibleAgents | None) -> dict[str, Any]:
    """Return the bounds of a report to what a person may see, None for all, as fields of a ReportQuery."""
    if visible is None:
        return {}
    return {"seen": visible.named, "unassigned": visible.unassigned, "campaigns": visible.campaigns}


def query(path: str | Path, now: int, visible: VisibleAgents | None = None) -> ReportQuery:
    """Return the question of a report from midnight in the zone of the setting until `now` (microseconds UTC).

    `visible` bounds the calls to those of some agents. Raises StoreError.
    """
    zone = ZoneInfo(timezone(path))
    start = midnight(datetime.fromtimestamp(now / 1e6, zone).date(), zone)
    return ReportQuery(start=start, end=now + 1, now=now, zone=zone, **bounds_of(visible))


def today(path: str | Path, now: int, visible: VisibleAgents | None = None) -> Row:
    """Return the totals of `warmline report day` from midnight until `now`, as `query` asks for them.

    The totals are FIGURES; `fallback` has the number of calls that took it, by reason. Raises StoreError.
    """
    asked = query(path, now, visible)
    return totals(path, asked, day_report.read(path, asked))


def totals(path: str | Path, asked: ReportQuery, found: Report) -> Row:
    """Return the same of a report that was read. Raises StoreError."""
    taken = reasons(path, asked.start, asked.now + DAY) if asked.unassigned else {}
    return {name: found.totals[name] for name in FIGURES} | {"fallback": taken}
