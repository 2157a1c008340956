"""The language of `lead_filter`: comparisons of a lead's fields, such as `state=TX|FL and rank>=5`."""

import re
from typing import NamedTuple

NUMBERS = ("rank", "called_count")
TEXTS = (
    "vendor_lead_code", "source_id", "phone_code", "phone_number", "title", "first_name", "last_name", "address1",
    "address2", "address3", "city", "state", "province", "postal_code", "country_code", "gender", "date_of_birth",
    "alt_phone", "email", "security_phrase", "comments", "owner",
)  # fmt: skip
COMPARISON = re.compile(r"([a-z_0-9]+)\s*(!=|<=|>=|=|<|>)\s*(.*)", re.DOTALL)
AND = re.compile(r"\s+and\s+", re.IGNORECASE)


class Comparison(NamedTuple):
    """A field of NUMBERS or TEXTS, an operator, and the texts it is compared with. A text may end in * for any end."""

    field: str
    operator: str
    values: tuple[str, ...]


def comparisons(text: str) -> list[Comparison]:
    """Return the comparisons of a text, all of which must hold. Raises ValueError, which names the wrong part."""
    return [_comparison(part) for part in AND.split(text.strip())] if text.strip() else []


def plain(text: str) -> str:
    """Return a filter in the form in which it is stored. Raises ValueError."""
    return " and ".join(f"{one.field}{one.operator}{'|'.join(one.values)}" for one in comparisons(text))


def _comparison(text: str) -> Comparison:
    found = COMPARISON.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no comparison")
    field, operator, given = found.groups()
    if field not in (*NUMBERS, *TEXTS):
        raise ValueError(f"{field!r} is no field; fields: {', '.join((*NUMBERS, *TEXTS))}")
    values = tuple(value.strip() for value in given.split("|"))
    if field in NUMBERS and not all(re.fullmatch("-?[0-9]{1,9}", value, re.ASCII) for value in values):
        raise ValueError(f"{field} is compared with numbers")
    if operator not in ("=", "!=") and (field not in NUMBERS or len(values) > 1):
        raise ValueError(f"{operator} compares a number with one other; numbers: {', '.join(NUMBERS)}")
    return Comparison(field, operator, values)
