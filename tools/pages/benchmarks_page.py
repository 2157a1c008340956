"""Writes the table of docs/explanation/benchmarks.md from the newest results in tools/bench/results."""

import json
from typing import Any

from tools.pages.marked_text import PROJECT, cell, rows, with_tables

PAGE = PROJECT / "docs/explanation/benchmarks.md"
RESULTS = PROJECT / "tools/bench/results"
NAMES = {"p95": "95th percentile", "p99": "99th percentile", "share": "mean", "rate": "highest rate"}


def newest() -> str:
    """Return a row for each benchmark with a result: its first figure."""
    return rows(
        ("benchmark", "figure", "Warmline", "baseline", "goal", "goal met", "date"),
        *((f"[{one['name']}](#{one['name']})", *_figures(one["rows"][0]), one["date"]) for one in _results().values()),
    )


def _results() -> dict[str, dict[str, Any]]:
    return {file.stem: json.loads(file.read_text()) for file in sorted(RESULTS.glob("*.json"))}


def _figures(row: dict[str, Any]) -> tuple[str, ...]:
    met = {True: "yes", False: "**no**", None: ""}[row["met"]]
    return cell(row["what"]), *(_figure(row[side], row["unit"]) for side in ("warmline", "baseline")), row["goal"], met


def _figure(figures: dict[str, float], unit: str) -> str:
    """Return the first of some figures with its unit and name."""
    if not figures:
        return ""
    name, value = next(iter(figures.items()))
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit}" if name in ("median", "count", unit) else f"{text} {unit} ({NAMES.get(name, name)})"


def filled(text: str) -> str:
    """Return the page with a new table."""
    return with_tables(text, {"newest": newest})
