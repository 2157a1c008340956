"""The language of `lead_filter`: comparisons of a lead's fields, such as `state=TX|FL and (rank>=5 or last_call<-7d)`.

    filter     = all, {"or", all};
    all        = one, {"and", one};
    one        = "(", filter, ")" | FIELD, OPERATOR, [value], {"|", [value]};
    value      = WORD, {WORD} | QUOTED;

A value in double quotes may have any character; two double quotes stand for one. FIELD is a field of every lead, or
`custom.NAME` for a custom field of its list, which is a text.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple, NoReturn

NUMBERS = ("rank", "called_count")
TIMES = ("entry_date", "last_call")
TEXTS = (
    "status", "vendor_lead_code", "source_id", "phone_code", "phone_number", "title", "first_name", "last_name",
    "address1", "address2", "address3", "city", "state", "province", "postal_code", "country_code", "gender",
    "date_of_birth", "alt_phone", "email", "security_phrase", "comments", "owner",
)  # fmt: skip
FIELDS = (*NUMBERS, *TIMES, *TEXTS)
CUSTOM = "custom."  # begins a custom field of the lead's list
CUSTOM_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)
EQUAL = ("=", "!=")
DEEPEST = 10  # parentheses in one another
TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"(?:[^"]|"")*")|(?P<operator>!=|<=|>=|=|<|>)|(?P<mark>[()|,"])"""
    r"""|(?P<word>(?:[^\s()|,"=<>!]|!(?!=))+))"""
)
AGE = re.compile(r"-([0-9]{1,5})([mhd])", re.ASCII)
DAY = re.compile(r"(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
SEVERAL = "write several values as city=Tokyo|Osaka, and a value with signs in double quotes"


class Comparison(NamedTuple):
    """A field of FIELDS or `custom.NAME`, an operator, and the values that it is compared with.

    A text may end in * for any end. A time is a day, an age such as -7d, or "" for never.
    """

    field: str
    operator: str
    values: tuple[str, ...]


class Joined(NamedTuple):
    """Parts of a filter, of which all (`and`) or at least one (`or`) must hold."""

    word: str
    parts: tuple["LeadFilter", ...]


LeadFilter = Comparison | Joined


def read(text: str) -> LeadFilter | None:
    """Return the filter that a text describes; None for an empty one.

    Raises:
        ValueError: the text is no filter. The sentence names the place, and how to write it.
    """
    return _Reader(text).whole() if text.strip() else None


def custom_names(one: LeadFilter | None) -> set[str]:
    """Return the names of the custom fields in a filter."""
    if isinstance(one, Joined):
        return set[str]().union(*map(custom_names, one.parts))
    return {one.field.removeprefix(CUSTOM)} if one and one.field.startswith(CUSTOM) else set()


def plain(text: str) -> str:
    """Return a filter in the form in which it is stored. Raises ValueError."""
    found = read(text)
    return _written(found) if found else ""


def _written(one: LeadFilter) -> str:
    if isinstance(one, Comparison):
        return f"{one.field}{one.operator}{'|'.join(map(_written_value, one.values))}"
    parts = (
        f"({_written(part)})" if isinstance(part, Joined) and one.word == "and" else _written(part)
        for part in one.parts
    )
    return f" {one.word} ".join(parts)


def _written_value(value: str) -> str:
    words = [found.group("word") for found in TOKEN.finditer(value)]
    bare = None not in words and " ".join(words) == value and not {word.lower() for word in words} & {"and", "or"}
    return value if bare else '"' + value.replace('"', '""') + '"'


class _Token(NamedTuple):
    kind: str  # quoted, operator, mark, word, or end
    text: str
    at: int  # the first character is 1

    @property
    def mark(self) -> str:
        """Return a parenthesis, a comma, | or ", or "" for another token."""
        return self.text if self.kind == "mark" else ""

    @property
    def joins(self) -> str:
        """Return and, or, or ""."""
        return self.text.lower() if self.kind == "word" and self.text.lower() in ("and", "or") else ""


class _Reader:
    """Reads the tokens of a text from left to right."""

    def __init__(self, text: str) -> None:
        found = ((one, one.lastgroup or "word") for one in TOKEN.finditer(text))
        self.tokens = [_Token(kind, one[kind], one.start(kind) + 1) for one, kind in found]
        self.tokens.append(_Token("end", "", len(text) + 1))
        self.next = 0
        self.depth = 0

    def whole(self) -> LeadFilter:
        found = self._any()
        if self._now.kind != "end":
            self._refuse("no parenthesis is open here")
        return found

    @property
    def _now(self) -> _Token:
        return self.tokens[self.next]

    def _take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def _refuse(self, why: str, at: _Token | None = None) -> NoReturn:
        token = at or self._now
        where = f"at character {token.at}, {token.text!r}" if token.text else "at its end"
        raise ValueError(f"{where}: {why}")

    def _any(self) -> LeadFilter:
        return self._joined("or", lambda: self._joined("and", self._one))

    def _joined(self, word: str, part: Callable[[], LeadFilter]) -> LeadFilter:
        parts = [part()]
        while self._now.joins == word:
            self._take()
            parts.append(part())
        return Joined(word, tuple(parts)) if len(parts) > 1 else parts[0]

    def _one(self) -> LeadFilter:
        if self._now.mark != "(":
            return self._comparison()
        opened = self._take()
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse(f"allowed are {DEEPEST} parentheses in one another", opened)
        found = self._any()
        if self._now.mark != ")":
            self._refuse("this parenthesis is not closed", opened)
        self._take()
        self.depth -= 1
        return found

    def _comparison(self) -> Comparison:
        field = self._take()
        if field.kind != "word" or field.joins or self._now.kind != "operator":
            self._refuse(f"no comparison begins here; write FIELD=VALUE, such as state=TX; {SEVERAL}", field)
        named = field.text.startswith(CUSTOM) and CUSTOM_NAME.fullmatch(field.text.removeprefix(CUSTOM))
        if field.text not in FIELDS and not named:
            self._refuse(f"unknown field; fields: {', '.join(FIELDS)}, and {CUSTOM}NAME for a custom field", field)
        operator, first = self._take(), self._now
        values = [self._value()]
        while self._now.mark == "|":
            self._take()
            values.append(self._value())
        if self._now.kind != "end" and not self._now.joins and self._now.mark != ")":
            self._refuse(f"after a value may follow | and, or; {SEVERAL}")
        if why := _why_not(field.text, operator.text, values):
            self._refuse(why, first if first.kind in ("word", "quoted") else operator)
        return Comparison(field.text, operator.text, tuple(values))

    def _value(self) -> str:
        if self._now.kind == "quoted":
            return self._take().text[1:-1].replace('""', '"')
        words = []
        while self._now.kind == "word" and not self._now.joins:
            words.append(self._take().text)
        return " ".join(words)


def _why_not(field: str, operator: str, values: list[str]) -> str:
    """Return why an operator and values do not fit a field, or ""."""
    if operator not in EQUAL and len(values) > 1:
        return f"{operator} takes one value"
    if field in NUMBERS:
        whole = all(re.fullmatch("-?[0-9]{1,9}", value, re.ASCII) for value in values)
        return "" if whole else f"{field} is compared with whole numbers, such as {field}>=5"
    if field in TEXTS or field.startswith(CUSTOM):
        return "" if operator in EQUAL else f"{field} is a text; its operators are = and !=, such as {field}=A|B"
    if all(_is_day(value) or (value == "" and operator in EQUAL) for value in values):
        return ""
    if AGE.fullmatch(values[0]) and operator not in EQUAL:
        return ""
    return (
        f"{field} takes a day, such as {field}>=2026-11-20; or an age in m, h or d after < or >, such as {field}<-7d; "
        "or nothing after = or !=, for never"
    )


def _is_day(value: str) -> bool:
    try:
        return bool(DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False
