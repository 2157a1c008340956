"""The result of a benchmark: figures of Warmline and of its baseline side by side, and whether the goals are met."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from rich.table import Table

Figures = dict[str, float]
"""Named numbers, the one that is compared first."""


class CannotMeasureError(Exception):
    """A condition of the measurement was not met; the text says which."""


@dataclass(frozen=True)
class ResultRow:
    """One measurement of both sides. `met` is None if there is no goal."""

    what: str
    unit: str
    warmline: Figures
    baseline: Figures
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class BenchResult:
    """A benchmark's rows, the main one first. `against` is the name of the baseline."""

    name: str
    against: str
    rows: list[ResultRow]

    @property
    def met(self) -> bool:
        """Return whether every goal is met."""
        return all(row.met is not False for row in self.rows)

    @property
    def value(self) -> float:
        """Return Warmline's figure."""
        return _first(self.rows[0].warmline)

    @property
    def baseline(self) -> float:
        """Return the baseline's figure."""
        return _first(self.rows[0].baseline)

    @property
    def ratio(self) -> float | None:
        """Return Warmline's figure divided by the baseline's; None if that is 0."""
        return self.value / self.baseline if self.baseline else None

    def line(self) -> str:
        """Return the last line: the result, the goal, and whether it is met."""
        head = self.rows[0]
        told = [f"{self.name}: {_text(self.value)} {head.unit}", f"baseline {_text(self.baseline)} {head.unit}"]
        if self.ratio is not None:
            told.append(f"ratio {self.ratio:.2f}")
        short = [row.what for row in self.rows if row.met is False]
        verdict = f"short ({'; '.join(short)})" if short else "met"
        return f"{', '.join(told)}, goal {head.goal}: {verdict}"

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.rows[0].unit,
            "baseline": round(self.baseline, 3),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "goal": self.rows[0].goal,
            "met": self.met,
            "rows": [_row_as_json(row) for row in self.rows],
        }

    def table(self) -> Table:
        """Return all rows for the terminal: the measurement, then a line for each side and for the goal."""
        names = list(dict.fromkeys(name for row in self.rows for name in row.warmline))
        drawn = Table("", *names, box=None)
        for column in drawn.columns[1:]:
            column.justify = "right"
        for row in self.rows:
            drawn.add_row(f"{row.what}, {row.unit}")
            drawn.add_row("  Warmline", *_cells(row.warmline, names))
            drawn.add_row(f"  {self.against}", *_cells(row.baseline, names))
            if row.goal:
                drawn.add_row(f"  goal: {row.goal}", "met" if row.met else "short")
            drawn.add_section()
        return drawn


def times(
    what: str,
    warmline: Sequence[float],
    baseline: Sequence[float],
    ratio: float | None = None,
    beyond: float | None = None,
) -> ResultRow:
    """Compare two series of milliseconds by their medians.

    The goal, if any: at most `ratio` times the baseline's, or at most `beyond` milliseconds more.
    """
    ours, theirs = spread(warmline), spread(baseline)
    goal, met = "", None
    if ratio is not None:
        goal, met = f"{_text(ratio)} or less", ours["median"] <= ratio * theirs["median"]
    elif beyond is not None:
        goal, met = f"baseline + {_text(beyond)} ms or less", ours["median"] <= theirs["median"] + beyond
    return ResultRow(what, "ms", ours, theirs, goal, met)


def spread(values: Sequence[float]) -> Figures:
    """Return the median, 95th percentile (nearest rank), minimum, maximum and number of one or more values."""
    ordered = sorted(values)
    return {
        "median": median(ordered),
        "p95": percentile(ordered, 0.95),
        "least": ordered[0],
        "largest": ordered[-1],
        "n": len(ordered),
    }


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` of them do not exceed, by the nearest rank; there must be at least one value."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def _first(figures: Figures) -> float:
    return next(iter(figures.values()))


def _cells(figures: Figures, names: Sequence[str]) -> list[str]:
    return [_text(figures[name]) if name in figures else "" for name in names]


def _text(number: float) -> str:
    return f"{number:.1f}" if isinstance(number, float) and not number.is_integer() else f"{number:.0f}"


def _row_as_json(row: ResultRow) -> dict[str, Any]:
    return {
        "what": row.what,
        "unit": row.unit,
        "warmline": {name: round(figure, 3) for name, figure in row.warmline.items()},
        "baseline": {name: round(figure, 3) for name, figure in row.baseline.items()},
        "goal": row.goal,
        "met": row.met,
    }
