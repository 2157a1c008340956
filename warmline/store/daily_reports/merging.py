"""Adds up the rows of a report: equal keys become one row, all rows the total, and quotients follow from their sums."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from warmline.store.daily_reports.figures import FIGURES, Added, Figure, Form
from warmline.store.database.reading import Row

BY_NAME = (Form.COUNTS, Form.LENGTHS)
TENTHS = 9  # of the values: those that a percentile is not below


class Report(NamedTuple):
    """The rows of a report, and their total row, whose keys are empty."""

    rows: list[Row]
    totals: Row


def report(found: Iterable[Row], columns: Iterable[str], keys: Sequence[str]) -> Report:
    """Return the report of these rows, each with all columns but the quotients, which follow from the other columns.

    A row has the list of all values in place of a percentile. Rows with equal `keys` become one row. The rows keep
    their order.
    """
    figures = {name: FIGURES[name] for name in columns}
    by_key: dict[tuple[Any, ...], list[Row]] = {}
    for row in found:
        by_key.setdefault(tuple(row[key] for key in keys), []).append(row)
    rows = [_merged(equal, figures) if len(equal) > 1 else equal[0] for equal in by_key.values()]
    totals = _merged(rows, figures)
    for name, figure in figures.items():
        if figure.added is Added.NOT and not figure.below:
            totals[name] = "" if figure.form in (Form.KEY, Form.TEXT) else None
    quotients = [(name, figure) for name, figure in figures.items() if figure.below]
    of_all = [name for name, figure in figures.items() if figure.added is Added.TOGETHER]
    for row in (*rows, totals):
        row |= {name: _quotient(figure, row, totals) for name, figure in quotients}
        row |= {name: _percentile(row[name]) for name in of_all}
    return Report([{name: row[name] for name in figures} for row in rows], {name: totals[name] for name in figures})


def _merged(rows: Sequence[Row], figures: dict[str, Figure]) -> Row:
    """Return one row with the sums of several; its texts are those of the first one."""
    added = {name: figure for name, figure in figures.items() if figure.added is not Added.NOT}
    first = rows[0] if rows else {}
    return first | {name: _added(figure, [row[name] for row in rows]) for name, figure in added.items()}


def _added(figure: Figure, values: list[Any]) -> Any:
    if figure.form in BY_NAME:
        return dict(sum(map(Counter, values), Counter()))
    known = [one for one in values if one is not None]
    match figure.added:
        case Added.SUM:
            return sum(known)
        case Added.EARLIEST:
            return min(known, default=None)
        case Added.LATEST:
            return max(known, default=None)
        case Added.TOGETHER:
            return list(chain.from_iterable(known))
        case _:
            return max(known, default=0)


def _percentile(values: list[int]) -> int | None:
    """Return the 90th percentile by the nearest rank; None without a value."""
    return sorted(values)[-(-TENTHS * len(values) // 10) - 1] if values else None


def _quotient(figure: Figure, row: Row, totals: Row) -> float | int | None:
    """Return a quotient of sums, None if the lower one is 0; a length in whole microseconds."""
    above, below = (sum(_value(name, row, totals) for name in names) for names in (figure.above, figure.below))
    if below <= 0:
        return None
    return round(above / below) if figure.form is Form.LENGTH else above / below


def _value(name: str, row: Row, totals: Row) -> int:
    """Return the sum of that name: subtracted after a minus, of the total row after `total.`."""
    of = totals if name.startswith("total.") else row
    value: int = of[name.removeprefix("total.").removeprefix("-")]
    return -value if name.startswith("-") else value
