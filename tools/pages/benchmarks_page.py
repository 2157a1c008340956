"""Writes the tables of docs/explanation/benchmarks.md from the newest results in tools/bench/results."""

import json
import re
from functools import partial
from typing import Any

from tools.pages.marked_text import PROJECT, cell, rows, with_tables

PAGE = PROJECT / "docs/explanation/benchmarks.md"
RESULTS = PROJECT / "tools/bench/results"
NAMES = {"p95": "95th percentile", "p99": "99th percentile", "share": "mean", "rate": "highest rate"}
SECTION = re.compile(r"^<!-- result-([a-z]+) -->$", re.MULTILINE)


def newest() -> str:
    """Return a row for each benchmark with a result: its first figure."""
    return rows(
        ("benchmark", "figure", "Warmline", "baseline", "goal", "goal met", "date"),
        *((f"[{one['name']}](#{one['name']})", *_figures(one["rows"][0]), one["date"]) for one in _results().values()),
    )


def details(name: str) -> str:
    """Return a row for each figure of a benchmark, and the machine it was measured on."""
    if (one := _results().get(name)) is None:
        return "There is no result yet."
    table = rows(("figure", "Warmline", one["against"], "goal", "goal met"), *map(_figures, one["rows"]))
    return f"{table}\n\n{_measured(one)}"


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


def _measured(one: dict[str, Any]) -> str:
    machine = one["machine"]
    parts = [f"{machine['processors']} processors", machine["system"], f"Python {machine['python']}"]
    commit = f", commit `{one['commit']}`" if one["commit"] else ""
    source = "" if one["source"] == "measured" else f" Source: {one['source']}."
    return f"Measured on {one['date']}{commit}: {', '.join(parts)}.{source}"


def filled(text: str) -> str:
    """Return the page with new tables."""
    sections = {f"result-{name}": partial(details, name) for name in SECTION.findall(text)}
    return with_tables(text, {"newest": newest, **sections})
