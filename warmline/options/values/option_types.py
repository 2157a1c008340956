"""Types of options: each type parses a text and describes in words the values that it allows."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from ipaddress import ip_network
from typing import Protocol
from zoneinfo import available_timezones

from warmline.text import webhook_url
from warmline.text.article import article

Value = str | int | tuple[str, ...]


class Type(Protocol):
    """The type of an option."""

    @property
    def allowed(self) -> str:
        """Return the allowed values in words."""

    def parse(self, text: str) -> Value:
        """Return the value of a text. Raises ValueError, empty or with a hint, if the text is not allowed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    values: tuple[str, ...]

    @property
    def allowed(self) -> str:
        return ", ".join(self.values)

    def parse(self, text: str) -> str:
        if text not in self.values:  # ENABLED is no misspelled DISABLED
            raise ValueError(nearest(text, (value for value in self.values if value[:1].lower() == text[:1].lower())))
        return text


@dataclass(frozen=True, slots=True)
class Aliased(Choice):
    """One of a few words; each alias is read as the word that it names."""

    aliases: tuple[tuple[str, str], ...]

    def parse(self, text: str) -> str:
        return Choice.parse(self, dict(self.aliases).get(text, text))


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `low` to `high`; `unit` appears only in texts for people."""

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
    """A time of day as a number, such as 1805 for five past six in the evening; 18:05 is read, too."""

    def parse(self, text: str) -> int:
        value = Number.parse(self, re.sub(r"^([0-9]{1,2}):([0-9]{2})$", r"\1\2", text))
        if value % 100 > 59:
            raise ValueError(f"{value % 100} is not a minute")
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """A text that matches `pattern`; `allowed` describes the pattern in words."""

    pattern: str
    allowed: str

    def parse(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            raise ValueError
        return text


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts that each match `pattern`, separated by commas; `form` describes the pattern in words."""

    pattern: str
    form: str

    @property
    def allowed(self) -> str:
        return f"{self.form}, separated by commas; may be empty"

    def parse(self, text: str) -> tuple[str, ...]:
        words = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
        for word in words:
            if not re.fullmatch(self.pattern, word, re.ASCII):
                raise ValueError(f"{word} is invalid")
        return words


@dataclass(frozen=True, slots=True)
class FewTexts(Texts):
    """At most `most` such texts."""

    most: int

    def parse(self, text: str) -> tuple[str, ...]:
        words = Texts.parse(self, text)
        if len(words) > self.most:
            raise ValueError(f"these are {len(words)}")
        return words


@dataclass(frozen=True, slots=True)
class TimesOfDay(Texts):
    """Times of the day as HH:MM, at most `most`, kept in order; VICIdial's form 0900-1700 is read, too."""

    pattern: str = r"([01]?[0-9]|2[0-3]):?([0-5][0-9])"
    form: str = "times of the day"
    most: int = 24

    @property
    def allowed(self) -> str:
        return f"up to {self.most} {self.form}, such as 09:00,17:00; may be empty"

    def parse(self, text: str) -> tuple[str, ...]:
        words = [word for word in re.split(r"[,\s-]+", text) if word]
        if text.strip() and not words:
            raise ValueError
        times = {self._time(word) for word in words}
        if len(times) > self.most:
            raise ValueError(f"these are {len(times)}")
        return tuple(sorted(times))

    def _time(self, word: str) -> str:
        found = re.fullmatch(self.pattern, word, re.ASCII)
        if not found:
            raise ValueError(f"{word} is invalid")
        return f"{found[1]:0>2}:{found[2]}"


@dataclass(frozen=True, slots=True)
class Rated(Texts):
    """Texts that each begin with an entity's name and a colon."""

    entity: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A text of which only a hash is stored, so that no command can show it."""

    pattern: str
    allowed: str

    def parse(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            raise ValueError
        return text


@dataclass(frozen=True, slots=True)
class Token(Secret):
    """A Secret of 256 random bits, which cannot be guessed; a fast hash of it is enough."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of another entity.

    `none` is the value for no entity; if it is None, a name is required. `never` is a name that is refused.
    """

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
        return "addresses and networks, such as 192.0.2.7,10.0.0.0/8,2001:db8::/32; may be empty"

    def parse(self, text: str) -> tuple[str, ...]:
        words = _words(text)
        for word in words:
            ip_network(word, strict=False)
        return words


@dataclass(frozen=True, slots=True)
class Words:
    """One or more words of a list, separated by commas or blanks."""

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
    """A webhook's URL, in the form that webhook_url.py reads; may be empty."""

    @property
    def allowed(self) -> str:
        return (
            "an http:// or https:// URL, with or without VAR before it; --A--name--B-- inserts a value, "
            "{secret:NAME} one of the setting webhook_secrets; may be empty"
        )

    def parse(self, text: str) -> str:
        if not text:
            return text
        if not re.fullmatch(r"[!-~]{1,2000}", text):
            raise ValueError("up to 2000 characters, no blanks")
        webhook_url.host(text)
        webhook_url.secrets(text)
        return text


@dataclass(frozen=True, slots=True)
class PageUrl(Url):
    """The URL of a page that agents open, in the form that webhook_url.py reads; may be empty. It has no secret."""

    @property
    def allowed(self) -> str:
        return "an http:// or https:// URL; --A--name--B-- inserts a value; may be empty"

    def parse(self, text: str) -> str:
        if Url().parse(text) and (text.startswith("VAR") or webhook_url.secrets(text)):
            raise ValueError("agents see the URL: it has no secret, and no VAR before it")
        return text


@dataclass(frozen=True, slots=True)
class Date:
    """A day; may be empty if `optional`."""

    optional: bool = False

    @property
    def allowed(self) -> str:
        return "a day, such as 2026-12-25" + "; may be empty" * self.optional

    def parse(self, text: str) -> str:
        if not text and self.optional:
            return text
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text).isoformat()


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone of the IANA database; not empty if `required`."""

    required: bool = False

    @property
    def allowed(self) -> str:
        return "a time zone, such as Europe/Berlin" + "; may be empty" * (not self.required)

    def parse(self, text: str) -> str:
        if (text or self.required) and not is_zone(text):
            raise ValueError(nearest(text, available_timezones()))
        return text


def is_zone(name: str) -> bool:
    """Return whether this machine has a time zone of that name.

    A search of its files takes 10 ms, so it is repeated only for an unknown name, whose zone may be installed later.
    """
    return name in _zones() or name in available_timezones()


@cache
def _zones() -> set[str]:
    return available_timezones()


def as_text(value: Value) -> str:
    """Return a value as text, as it is written after `option=`."""
    return ",".join(value) if isinstance(value, tuple) else str(value)


def nearest_word(text: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the word of `known` that is nearest to `text`, or an empty text.

    `cutoff` is the least similarity, from 0 (no letter in common) to 1 (equal).
    """
    by_lower = {word.lower(): word for word in known}
    near = difflib.get_close_matches(text.lower(), by_lower, n=1, cutoff=cutoff)
    return by_lower[near[0]] if near else ""


def nearest(text: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return `did you mean …?` with the word that `nearest_word` finds, or an empty text."""
    word = nearest_word(text, known, cutoff)
    return f"did you mean {word}?" if word else ""


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, each once."""
    return tuple(dict.fromkeys(word for word in re.split(r"[,\s]+", text) if word))
