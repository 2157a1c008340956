"""The table of docs/reference/metrics.md, made from the table of metrics."""

from ari_app.background.metric_table import METRICS
from pages.marked_text import PROJECT, cell, rows, with_tables

PAGE = PROJECT / "docs/reference/metrics.md"


def metrics() -> str:
    """Return a row for each metric."""
    return rows(
        ("metric", "kind", "labels", "meaning"),
        *(
            (f"`{row.series(name)}`", row.kind, " ".join(f"`{label}`" for label in row.labels), cell(row.meaning))
            for name, row in METRICS.items()
        ),
    )


def filled(text: str) -> str:
    """Return the page with the table made again."""
    return with_tables(text, {"metrics": metrics})
