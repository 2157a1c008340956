"""The chart of a report: a bar for each row, with a part for each column that the report names, as inline SVG."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element

from cli.output.html_page import element
from cli.report.report_columns import ON_PAGE
from warmline.store.daily_reports.figures import FIGURES
from warmline.store.daily_reports.report_csv import NONE
from warmline.store.daily_reports.report_definition import DailyReport
from warmline.store.database.reading import Row

STYLE = Path(__file__).with_suffix(".css").read_text()
WIDTH, NAMES, TOTALS = 900, 230, 80  # pixels: of the chart, of the names before the bars, of the sums behind them
ROW, BAR, KEY = 22, 14, 30  # heights
MOST = 60  # rows; a longer report has no chart
LETTERS = 26  # of a row's name


def figure(of_report: DailyReport, rows: Sequence[Row]) -> Iterator[Element]:
    """Yield the chart, unless the report has none, is too long, or has nothing but zeros."""
    longest = max((_sum(row, of_report.plot) for row in rows), default=0)
    if not longest or len(rows) > MOST:
        return
    height = KEY + ROW * len(rows)
    scale = (WIDTH - NAMES - TOTALS) / longest
    bars = (part for place, row in enumerate(rows) for part in _bar(of_report, row, KEY + ROW * place, scale))
    label = f"{of_report.summary}: {', '.join(map(_head, of_report.plot))}"
    yield element(
        "figure",
        element(
            "svg",
            *_key(of_report.plot),
            *bars,
            viewBox=f"0 0 {WIDTH} {height}",
            width=WIDTH,
            height=height,
            role="img",
            aria_label=label,
        ),
    )


def _key(plot: Sequence[str]) -> Iterator[Element]:
    """Yield the meaning of each colour."""
    x = NAMES
    for number, name in enumerate(plot, 1):
        yield element("rect", x=x, y=6, width=12, height=12, fill=f"var(--part{number})")
        yield element("text", _head(name), x=x + 18, y=16)
        x += 44 + 8 * len(_head(name))


def _bar(of_report: DailyReport, row: Row, y: int, scale: float) -> Iterator[Element]:
    """Yield the name of a row, its parts, and their sum."""
    name, x = _name(of_report, row), float(NAMES)
    yield element("text", name, x=NAMES - 8, y=y + 12, text_anchor="end")
    for number, part in enumerate(of_report.plot, 1):
        width = row[part] * scale
        if width > 0:
            told = element("title", f"{name}: {_head(part)} {_shown(part, row[part])}")
            size = {"x": round(x, 1), "y": y, "width": round(width, 1), "height": BAR}
            yield element("rect", told, fill=f"var(--part{number})", **size)
        x += width
    total = _sum(row, of_report.plot)
    yield element("text", _shown(of_report.plot[0], total), x=round(x + 6, 1), y=y + 12)


def _name(of_report: DailyReport, row: Row) -> str:
    """Return the text before a bar: the row's name, or its first key that is always shown."""
    if "went" in row:
        text = f"{row['ingroup'] or row['outcome']} → {row['went']}"
    else:
        key = next(name for name, spare in of_report.columns.items() if not spare)
        text = row.get("name") or _shown(key, row[key]) or FIGURES[key].empty or NONE
    return text if len(text) <= LETTERS else f"{text[: LETTERS - 1]}…"


def _sum(row: Row, plot: Iterable[str]) -> int:
    return sum(row[name] for name in plot)


def _head(name: str) -> str:
    return FIGURES[name].head or name.replace("_", " ")


def _shown(name: str, value: object) -> str:
    return "" if value is None else ON_PAGE[FIGURES[name].form].shown(value)
