"""Entries that the values of a suggested line name: a line that creates one comes first if it does not exist."""

import re
import shlex
from typing import TYPE_CHECKING

from cli.arguments.completion import entry_names
from cli.output.secret_words import HIDDEN

if TYPE_CHECKING:
    from warmline.options.values.entity import Entity

# Opening hours as text: `mon-fri 09:00-17:00`, `9-17`, `Mon to Fri, 9am-5pm`.
HOURS = re.compile(
    r"(?P<days>[a-z]{3,9}( ?(-|to) ?[a-z]{3,9})?[ ,:]+)?"
    r"(?P<start>[0-9]{1,2})(:?(?P<from>[0-9]{2}))? ?(?P<morning>[ap]m)? ?(-|to|until) ?"
    r"(?P<stop>[0-9]{1,2})(:?(?P<till>[0-9]{2}))? ?(?P<evening>[ap]m)?",
    re.IGNORECASE,
)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WORKDAYS = ("weekdays", "weekday", "workdays", "working")
CALL_TIME, OFFICE = "call-time", "OFFICE"
CLOSE = 0.8  # similarity of a name that was misspelled: 1 is equal


def existing(entity: "Entity", found: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    """Return the lines that create what these values name and does not exist, and the values with existing names.

    A misspelled name becomes the existing one. Opening hours become the name of a call time that has them.
    """
    from warmline.options.values.option_types import nearest_word

    before: list[str] = []
    values = dict(found)
    for option, text in found.items():
        kinds = {kind for kind, _ in named(entity, option, "X")}
        if CALL_TIME in kinds and (hours := HOURS.fullmatch(text.strip())):
            name = _free(entry_names(CALL_TIME))
            before.append(_of_hours(name, hours))
            values[option] = name
            continue
        for kind, name in named(entity, option, text):
            known = entry_names(kind)
            if name in known or name == HIDDEN:
                continue
            if near := nearest_word(name, known, CLOSE):
                values[option] = values[option].replace(name, near)
            elif line := _created(kind, name):
                before.append(line)
    return list(dict.fromkeys(before)), values


def named(entity: "Entity", option: str, text: str) -> tuple[tuple[str, str], ...]:
    """Return the kind and the name of each entry that a value names; none if the value is invalid."""
    from warmline.options.references import references

    type_ = entity.option(option).type
    try:
        return references(type_, type_.parse(text))
    except ValueError:
        return ()


def items(value: object) -> tuple[str, ...]:
    """Return the items of a list's value; none for another value."""
    return tuple(map(str, value)) if isinstance(value, tuple | list) else ()


def _created(kind: str, name: str) -> str:
    """Return the line that creates an entry; "" if the name is invalid for its kind."""
    from warmline.options.option_table import ENTITIES, OptionError, check_name

    entity = ENTITIES[kind]
    try:
        check_name(kind, name)
    except OptionError:
        return ""
    needed = {one.name for one in entity.options if one.required}
    pairs = [pair for pair in entity.example[1:] if pair.partition("=")[0] in needed]
    return shlex.join((kind, "create", name, *pairs))


def _free(known: list[str]) -> str:
    """Return a name for a new call time."""
    names = (OFFICE, *(f"{OFFICE}{number}" for number in range(2, len(known) + 3)))
    return next(name for name in names if name not in known)


def times(text: str) -> tuple[str, ...]:
    """Return the options of a call time of such hours; none if the text is no hours."""
    hours = HOURS.fullmatch(text.strip())
    return _times(hours) if hours else ()


def _of_hours(name: str, hours: re.Match[str]) -> str:
    """Return the line that creates a call time of such hours."""
    return shlex.join((CALL_TIME, "create", name, *_times(hours)))


def _times(hours: re.Match[str]) -> tuple[str, ...]:
    start = _clock(hours["start"], hours["from"], hours["morning"])
    stop = _clock(hours["stop"], hours["till"], hours["evening"])
    closed = [f"ct_{day}_{end}=2400" for day in _closed(hours["days"] or "") for end in ("start", "stop")]
    return (f"ct_default_start={start}", f"ct_default_stop={stop}", *closed)


def _closed(text: str) -> list[str]:
    """Return the days that are not in a text such as `mon-fri`; none if it names no day."""
    words = re.findall("[a-z]{3,}", text.lower())
    if set(words) & set(WORKDAYS):
        return list(DAYS[5:])
    named = [place for word in words for place, day in enumerate(DAYS) if day.startswith(word[:3])]
    if not named:
        return []
    days = len(DAYS)
    opened = {(named[0] + one) % days for one in range((named[-1] - named[0]) % days + 1)}
    return [day for place, day in enumerate(DAYS) if place not in opened]


def _clock(hour: str, minutes: str | None, half: str | None) -> int:
    """Return a time of day as a call time has it: 1730 for half past five in the afternoon."""
    number = int(hour)
    if half:
        number = number % 12 + (12 if half.lower() == "pm" else 0)
    return number * 100 + int(minutes or 0)
