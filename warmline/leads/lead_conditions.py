"""Turns `lead_filter` into conditions of SQL. Its fields are those of a table, and its values are parameters."""

from typing import NamedTuple

from warmline.text.lead_filter import NUMBERS, Comparison, comparisons


class LeadConditions(NamedTuple):
    """A condition of SQL about a row of `lead`, and its parameters; "" if every lead is dialled."""

    sql: str = ""
    values: dict[str, str | int] = {}  # noqa: RUF012 - never changed


def of(text: str) -> LeadConditions:
    """Return the conditions of a checked filter."""
    parts, values = list[str](), dict[str, str | int]()
    for one in comparisons(text):
        single = [_single(one, value, values) for value in one.values]
        parts.append(f"{'NOT ' if one.operator == '!=' else ''}({' OR '.join(single)})")
    return LeadConditions(" AND ".join(parts), values)


def _single(one: Comparison, value: str, values: dict[str, str | int]) -> str:
    name = f"filter_{len(values)}"
    if one.field in NUMBERS:
        values[name] = int(value)
        return f"{one.field} {'=' if one.operator == '!=' else one.operator} :{name}"
    values[name] = begin = value.removesuffix("*")
    field = f"substr({one.field}, 1, {len(begin)})" if value != begin else one.field
    return f"{field} = :{name} COLLATE NOCASE"
