"""The views for analysts, by name, and the statement that creates each."""

from collections.abc import Mapping

from tools.pages.analysis import record_views, transfer_view
from tools.pages.analysis.view_columns import AnalysisView

VIEWS: Mapping[str, AnalysisView] = {
    "v_calls": record_views.CALLS,
    "v_agent_time": record_views.AGENT_TIME,
    "v_transfers": transfer_view.TRANSFERS,
    "v_queue_waits": record_views.QUEUE_WAITS,
    "v_recordings": record_views.RECORDINGS,
}


def sql(name: str) -> str:
    """Return the statement that creates a view."""
    view = VIEWS[name]
    columns = ",\n".join(f"    {column.sql} AS {column.name}" for column in view.columns)
    return f"CREATE VIEW {name} AS\nSELECT\n{columns}\n{view.source};\n"
