"""What an option may hold: each type knows its texts, and says in words what it allows."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_network
from typing import Protocol
from zoneinfo import available_timezones

from warmline.text import webhook_url
from warmline.text.article import article

Value = str | int | tuple[str, ...]


class Type(Protocol):
    """What an option may hold."""

    @property
    def allowed(self) -> str:
        """What may be given, for people."""

    def parse(self, text: str) -> Value:
        """The value of a text. Raises ValueError (empty, or with a hint) if it is not allowed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]

    @property
    def allowed(self) -> str:
        return ", ".join(self.values)

    def parse(self, text: str) -> str:
        if text not in self.values:
            raise ValueError(nearest(text, self.values))
        return text


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `low` to `high`; `unit` is for people."""

    low: int
    high: int
    unit: str = ""

    @property
    def allowed(self) -> str:
        return f"{self.low} to {self.high} {self.unit}".rstrip()

    def parse(self, text: str) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,9}", text) or not self.low <= int(text) <= self.high:
            raise ValueError
        return int(text)


@dataclass(frozen=True, slots=True)
class TimeOfDay(Number):
    """A time of the day written as a number, 1805 for five past six in the evening."""

    def parse(self, text: str) -> int:
        value = Number.parse(self, text)
        if value % 100 > 59:
            raise ValueError(f"{value % 100} are no minutes")
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one form; `allowed` says it in words."""

    pattern: str
    allowed: str

    def parse(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            raise ValueError
        return text


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of one form, separated by commas; `allowed` says the form in words."""

    pattern: str
    form: str

    @property
    def allowed(self) -> str:
        return f"{self.form}, separated by commas; may be empty"

    def parse(self, text: str) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
        for word in words:
            if not re.fullmatch(self.pattern, word, re.ASCII):
                raise ValueError(f"{word} is none")
        return words


@dataclass(frozen=True, slots=True)
class Rated(Texts):
    """Texts that each begin with the name of an entity and a colon."""

    entity: str


@dataclass(frozen=True, slots=True)
class Secret:
    """Like Text, but only a hash of it is kept, and nothing shows it again."""

    pattern: str
    allowed: str

    def parse(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            raise ValueError
        return text


@dataclass(frozen=True, slots=True)
class Token(Secret):
    """A Secret of 256 random bits: nobody guesses it, so its hash need not be slow."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of another entity, or what stands for none; None: there must be one. `never`: one that will not do."""

    entity: str
    none: str | None = ""
    never: str = ""

    @property
    def allowed(self) -> str:
        name = f"the name of {article(self.entity)}"
        return name if self.none is None else f"{name}, or {self.none or 'empty'}"

    def parse(self, text: str) -> str:
        if text:
            if text == self.never:
                raise ValueError(f"but not {text}")
            return text
        if self.none is None:
            raise ValueError
        return self.none


@dataclass(frozen=True, slots=True)
class References:
    """Names of other entities, separated by commas or blanks."""

    entity: str

    @property
    def allowed(self) -> str:
        return f"names of {self.entity}s, separated by commas; may be empty"

    def parse(self, text: str) -> tuple[str, ...]:
        return _words(text)


@dataclass(frozen=True, slots=True)
class Addresses:
    """IP addresses and networks, separated by commas or blanks."""

    @property
    def allowed(self) -> str:
        return "addresses and networks, as 192.0.2.7,10.0.0.0/8,2001:db8::/32; may be empty"

    def parse(self, text: str) -> tuple[str, ...]:
        words = _words(text)
        for word in words:
            ip_network(word, strict=False)
        return words


@dataclass(frozen=True, slots=True)
class Words:
    """Some of the words of a list, separated by commas or blanks."""

    values: tuple[str, ...]

    @property
    def allowed(self) -> str:
        return "one or more of " + ", ".join(self.values)

    def parse(self, text: str) -> tuple[str, ...]:
        words = _words(text)
        if not words:
            raise ValueError
        for word in words:
            if word not in self.values:
                raise ValueError(nearest(word, self.values))
        return words


@dataclass(frozen=True, slots=True)
class Url:
    """A webhook's address, as webhook_url.py reads it, or nothing."""

    @property
    def allowed(self) -> str:
        return "an http:// or https:// address, VAR may lead, with --A--name--B-- for values of the call; may be empty"

    def parse(self, text: str) -> str:
        if not text:
            return text
        if not re.fullmatch(r"[!-~]{1,2000}", text):
            raise ValueError("up to 2000 letters and signs, no blanks")
        webhook_url.host(text)
        return text


@dataclass(frozen=True, slots=True)
class RouteTarget:
    """Where a call leads: `kind:NAME`, of `kinds` (entities) or `places` (the dialplan's); or one of `words`.

    `instead`: routes that lead nowhere, each with what to write.
    """

    kinds: tuple[str, ...]
    places: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()

    @property
    def allowed(self) -> str:
        return " or ".join((*(f"{kind}:NAME" for kind in (*self.kinds, *self.places)), *self.words))

    def parse(self, text: str) -> str:
        if not text or text in self.words:
            return text
        kind, colon, name = text.partition(":")
        if not colon or not name or kind not in (*self.kinds, *self.places):
            raise ValueError(nearest(kind, (*self.kinds, *self.places, *self.words)))
        if kind in self.places and not re.fullmatch(PLACE, name, re.ASCII):
            raise ValueError(f"{name} is no {kind}")
        if right := dict(self.instead).get(text):
            raise ValueError(f"write {right}")
        return text


PLACE = r"[0-9A-Za-z*#+_.-]{1,60}(@[A-Za-z0-9_.-]{1,60})?"


@dataclass(frozen=True, slots=True)
class Date:
    """A day."""

    @property
    def allowed(self) -> str:
        return "a day, as 2026-12-25"

    def parse(self, text: str) -> str:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text).isoformat()


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone of the IANA database; `required`: not empty."""

    required: bool = False

    @property
    def allowed(self) -> str:
        return "a time zone, as Europe/Berlin" + "; may be empty" * (not self.required)

    def parse(self, text: str) -> str:
        if (text or self.required) and text not in available_timezones():
            raise ValueError(nearest(text, available_timezones()))
        return text


def references(type: Type, value: Value) -> tuple[tuple[str, str], ...]:
    """The (kind, name) of every entity that the value of an option of this type names."""
    match type, value:
        case Rated() as rated, tuple(texts):
            return tuple((rated.entity, text.partition(":")[0]) for text in texts)
        case Reference(entity, none), str(name) if name != none:
            return ((entity, name),)
        case References(entity), tuple(names):
            return tuple((entity, name) for name in names)
        case RouteTarget() as route, str(text):
            kind, _, name = text.partition(":")
            return ((kind, name),) if kind in route.kinds else ()
        case _:
            return ()


def as_text(value: Value) -> str:
    """A value as it is written after `option=`."""
    return ",".join(value) if isinstance(value, tuple) else str(value)


def nearest(text: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """`did you mean …?`, or nothing if none is near: 1 is equal, 0 has no letter in common."""
    known = list(known)
    by_lower = {word.lower(): word for word in known}
    near = difflib.get_close_matches(text.lower(), by_lower, n=1, cutoff=cutoff)
    return f"did you mean {by_lower[near[0]]}?" if near else ""


def _words(text: str) -> tuple[str, ...]:
    """The words in order, each once."""
    return tuple(dict.fromkeys(word for word in re.split(r"[,\s]+", text) if word))
