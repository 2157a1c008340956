"""Turns `lead_filter` into conditions of SQL. Its fields are those of a table, and its values are parameters."""

from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from warmline.text import written_time
from warmline.text.lead_filter import AGE, CUSTOM, NUMBERS, TIMES, Comparison, LeadFilter, read

AT = "filter_at"  # the parameter with the moment from which ages count


class LeadConditions(NamedTuple):
    """A condition of SQL about a row of `lead`; "" if every lead is dialled."""

    sql: str = ""
    values: dict[str, str | int] = {}  # noqa: RUF012 - never changed

    def parameters(self, at: int) -> dict[str, str | int]:
        """Return the parameters of the SQL at a moment, in microseconds UTC."""
        return {**self.values, AT: at}


NO_LEAD = LeadConditions("FALSE")


def of(text: str, zone: tzinfo) -> LeadConditions:
    """Return the conditions of a filter, whose days begin in that zone.

    Raises:
        ValueError: the text is no filter.
    """
    values = dict[str, str | int]()
    found = read(text)
    return LeadConditions(_sql(found, zone, values), values) if found else LeadConditions()


def _sql(one: LeadFilter, zone: tzinfo, values: dict[str, str | int]) -> str:
    if isinstance(one, Comparison):
        single = [_single(one, value, zone, values) for value in one.values]
        return f"{'NOT ' if one.operator == '!=' else ''}({' OR '.join(single)})"
    return f"({f' {one.word.upper()} '.join(_sql(part, zone, values) for part in one.parts)})"


def _single(one: Comparison, value: str, zone: tzinfo, values: dict[str, str | int]) -> str:
    """Return the condition for one value; that of != is the one of =."""
    operator = "=" if one.operator == "!=" else one.operator
    if one.field in TIMES:
        return _of_time(one.field, operator, value, zone, values)
    if one.field in NUMBERS:
        return f"{one.field} {operator} {_parameter(int(value), values)}"
    begin, field = value.removesuffix("*"), _text_of(one.field)
    field = f"substr({field}, 1, {len(begin)})" if value != begin else field
    same = f"{field} = {_parameter(begin, values)} COLLATE NOCASE"
    return f"({_has(begin, values)} AND {same})" if one.field.startswith(CUSTOM) and _is_in_json(begin) else same


def _is_in_json(value: str) -> bool:
    """Return whether JSON with this value has its letters as they are, so that LIKE finds them in little time."""
    return bool(value) and value.isascii() and value.isprintable() and not set(value) & {'"', "\\", "%"}


def _has(value: str, values: dict[str, str | int]) -> str:
    """Return a condition that each lead with a custom field of this value fulfils; most others need no look into it."""
    return f"custom_fields LIKE {_parameter(f'%{value}%', values)}"


def _text_of(field: str) -> str:
    """Return the SQL of a text; the language allows only letters, digits and _ in the name of a custom field."""
    name = field.removeprefix(CUSTOM)
    return field if name == field else f"ifnull(json_extract(custom_fields, '$.{name}'), '')"


def _of_time(field: str, operator: str, value: str, zone: tzinfo, values: dict[str, str | int]) -> str:
    column = f"ifnull({field}, 0)"  # a lead that was never called was called before all others
    if not value:
        return f"{column} = 0"
    if age := AGE.fullmatch(value):
        ago = _parameter(int(age[1]) * written_time.UNITS[age[2]], values)
        return f"{column} {operator} :{AT} - {ago}"
    day = date.fromisoformat(value)
    first = _parameter(written_time.midnight(day, zone), values)
    after = _parameter(written_time.midnight(day + timedelta(1), zone), values)
    return {
        "=": f"({column} >= {first} AND {column} < {after})",
        "<": f"{column} < {first}",
        "<=": f"{column} < {after}",
        ">": f"{column} >= {after}",
        ">=": f"{column} >= {first}",
    }[operator]


def _parameter(value: str | int, values: dict[str, str | int]) -> str:
    """Add a value, and return the name that SQL has for it."""
    name = f"filter_{len(values)}"
    values[name] = value
    return f":{name}"
