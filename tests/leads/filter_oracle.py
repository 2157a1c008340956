"""Random filters, and a judge of them that shares no code with Warmline's: it looks at one lead in plain Python.

A filter is a tree: `("and" | "or", parts)` or `(field, operator, values)`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

TEXTS = ("city", "state", "owner", "status")
WORDS = ("", "Tokyo", "tokyo", "New York", "Washington, DC", "a|b", 'the "Inn"', "and", "x or y", "(x)", "É", "é", "x%")
NUMBERS = ("rank", "called_count")
TIMES = ("entry_date", "last_call")
DAYS = ("2026-10-24", "2026-10-25", "2026-10-26", "2026-11-23")  # the clocks of Berlin go back on the 25th of October
AGES = {"-7d": timedelta(7), "-0d": timedelta(), "-36h": timedelta(hours=36), "-90m": timedelta(minutes=90)}
ORDERED = ("<", "<=", ">", ">=")

Tree = tuple[Any, ...]

some_words = st.lists(st.sampled_from([*WORDS, "T*", "*", "New *"]), min_size=1, max_size=3)
some_numbers = st.lists(st.integers(-3, 3).map(str), min_size=1, max_size=3)
some_days = st.lists(st.sampled_from(["", *DAYS]), min_size=1, max_size=2)
one_of = st.sampled_from
comparison = st.one_of(
    st.tuples(one_of(TEXTS), one_of(["=", "!="]), some_words),
    st.tuples(one_of(NUMBERS), one_of(["=", "!="]), some_numbers),
    st.tuples(one_of(NUMBERS), one_of(ORDERED), some_numbers.map(lambda found: found[:1])),
    st.tuples(one_of(TIMES), one_of(["=", "!="]), some_days),
    st.tuples(one_of(TIMES), one_of(ORDERED), one_of([*DAYS, *AGES]).map(lambda found: [found])),
)
trees = st.recursive(
    comparison,
    lambda part: st.tuples(one_of(["and", "or"]), st.lists(part, min_size=2, max_size=3)),
    max_leaves=6,
)


def written(tree: Tree) -> str:
    """Return a tree as a text with every parenthesis and every quote."""
    if len(tree) == 2:
        return "(" + f" {tree[0]} ".join(map(written, tree[1])) + ")"
    field, operator, values = tree
    if field not in TEXTS:
        return f"{field} {operator} {'|'.join(values)}"
    quoted = ['"' + value.replace('"', '""') + '"' for value in values]
    return field + operator + " | ".join(quoted)


def holds(tree: Tree, lead: Mapping[str, Any], now: int, zone: ZoneInfo) -> bool:
    """Return whether a lead passes; its times and `now` are in microseconds UTC."""
    if len(tree) == 2:
        return (all if tree[0] == "and" else any)(holds(part, lead, now, zone) for part in tree[1])
    field, operator, values = tree
    found = any(_one(field, operator.replace("!=", "="), value, lead[field], now, zone) for value in values)
    return found != (operator == "!=")


def _one(field: str, operator: str, value: str, of_lead: Any, now: int, zone: ZoneInfo) -> bool:
    if field in TEXTS:
        mine, asked = _small(of_lead), _small(value)
        return mine.startswith(asked[:-1]) if asked.endswith("*") else mine == asked
    if field in NUMBERS:
        return _compared(operator, of_lead, int(value), int(value))
    if value in AGES:
        then = now - AGES[value] // timedelta(microseconds=1)
        return _compared(operator, of_lead or 0, then, then)
    if of_lead is None or not value:
        return (of_lead is None and not value) or (bool(value) and operator in ("<", "<="))
    on = datetime.fromtimestamp(of_lead / 1e6, zone).date().isoformat()
    return _compared(operator, on, value, value)


def _compared(operator: str, one: Any, low: Any, high: Any) -> bool:
    return {"=": low <= one <= high, "<": one < low, "<=": one <= high, ">": one > high, ">=": one >= low}[operator]


def _small(text: str) -> str:
    """Return a text in which capital letters of ASCII are small, as SQLite compares."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)
