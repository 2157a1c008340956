"""The table of all reports, by name. A report's file is loaded when it is asked for."""

from importlib import import_module

from warmline.store.daily_reports.report_definition import DailyReport
from warmline.text.report_names import REPORT_NAMES

NAMES = REPORT_NAMES


def find(name: str) -> DailyReport:
    """Return the report of that name, one of NAMES."""
    found: DailyReport = import_module(f"{__package__}.{name}_report").REPORT
    return found
