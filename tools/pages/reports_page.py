"""Writes docs/reference/generated/report-figures.md: each figure, and the reports that have each."""

from tools.pages.marked_text import GENERATED, cell, rows, whole_page
from warmline.store.daily_reports import report_table
from warmline.store.daily_reports.figures import FIGURES, Figure, Form

PAGE = GENERATED / "report-figures.md"
HEAD = """How `warmline report` defines each figure, and the reports that have it. [Reports](../reports.md) explains
how calls are counted."""


def figures() -> str:
    """Return a row for each figure: its definition, its formula, and its reports."""
    known = {name: report_table.find(name).columns for name in report_table.NAMES}
    return rows(
        ("figure", "heading", "definition", "reports"),
        *(
            (
                f"`{name}`",
                figure.head or name.replace("_", " "),
                cell(figure.meaning + _formula(figure)),
                ", ".join(report for report, columns in known.items() if name in columns),
            )
            for name, figure in FIGURES.items()
        ),
    )


def _formula(figure: Figure) -> str:
    if not figure.below:
        return ""
    share = ", in percent" if figure.form is Form.SHARE else ""
    return f": {_sum(figure.above)} / {_sum(figure.below)}{share}"


def _sum(names: tuple[str, ...]) -> str:
    """Return a sum such as `(offered - waiting)`."""
    words = " + ".join(name.replace("total.", "total of ") for name in names).replace("+ -", "- ")
    return f"({words})" if len(names) > 1 else words


def filled(_text: str) -> str:
    """Return the page."""
    return whole_page("Figures of reports", HEAD, figures())
