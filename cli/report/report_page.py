"""`--html FILE`: a report as one HTML page that needs no other file, with a chart of its sums."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from cli.audit.report_writer import ReportColumn
from cli.output import time_zone
from cli.output.html_page import element, page
from cli.report import report_chart
from warmline.store.daily_reports.figures import FIGURES, Form
from warmline.store.daily_reports.merging import Report
from warmline.store.daily_reports.report_csv import with_total
from warmline.store.daily_reports.report_definition import DailyReport

STYLE = report_chart.STYLE + Path(__file__).with_suffix(".css").read_text()

# The class of a cell: numbers are at the right, texts and ids of calls have several lines, and times may have two.
KINDS = dict.fromkeys((Form.COUNT, Form.LENGTH, Form.SHARE), "number") | {Form.TIME: "time", Form.KEY: "key"}
TEXTS, CALL = "text", "call"


def document(of_report: DailyReport, columns: Sequence[ReportColumn], found: Report, period: str) -> str:
    """Return the page with these columns."""
    about = f"{period[:1].upper()}{period[1:]} · times: {time_zone.name()}"
    return page(
        of_report.summary,
        STYLE,
        element("header", element("h1", of_report.summary), element("p", about, class_="faint")),
        *report_chart.figure(of_report, found.rows),
        *_table(of_report, columns, found),
    )


def _table(of_report: DailyReport, columns: Sequence[ReportColumn], found: Report) -> Iterator[Element]:
    rows = with_total(of_report, found)
    if not rows:
        yield element("p", f"No {of_report.unit}.")
        return
    kinds = [CALL if one.name == CALL else KINDS.get(FIGURES[one.name].form, TEXTS) for one in columns]
    lines = list(zip(*(one.shown(rows) for one in columns), strict=True))
    head = _row("th", [one.heading for one in columns], kinds)
    *others, total = (_row("td", cells, kinds) for cells in lines)
    table = element("table", element("thead", head), element("tbody", *others), element("tfoot", total))
    yield element("div", table, class_="scroll")


def _row(tag: str, texts: Sequence[str], kinds: Sequence[str]) -> Element:
    return element("tr", *(_cell(tag, text, kind) for text, kind in zip(texts, kinds, strict=True)))


def _cell(tag: str, text: str, kind: str) -> Element:
    """Return a cell; the line of a time breaks between the date and the time of day alone."""
    if tag == "td" and kind == "time" and " " in text:
        date, _, clock = text.partition(" ")
        return element(tag, element("span", date, class_="nowrap"), f" {clock}", class_=kind)
    return element(tag, text, class_=kind)
