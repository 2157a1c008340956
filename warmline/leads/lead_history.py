"""The history of a lead, which only an import sets: its id, times, counts and user in the system that it comes from."""

import re
from collections.abc import Mapping
from datetime import tzinfo

from warmline.options.values.entity import OptionError
from warmline.text import written_time

TIMES = ("entry_date", "modify_date", "last_call")
NUMBERS = ("lead_id", "called_count", "passes")
HISTORY = (*NUMBERS, *TIMES, "user")

HIGHEST = {"lead_id": (1 << 32) - 1, "called_count": 65_535, "passes": 65_535}  # as in VICIdial
LONGEST_USER = 40
FIRST = 631_152_000_000_000  # 1990 in microseconds: no call centre has older leads
AHEAD = 86_400_000_000  # microseconds; a file's time zone may be another one
NEVER = re.compile(r"0000-00-00.*|2008-01-01 00:00:00|0?")  # VICIdial's times of leads that were never called
PASSES = re.compile(r"N|D|Y[0-9]{0,2}")  # called_since_last_reset of VICIdial: Y1 is the first try after Y


def read(given: Mapping[str, str], zone: tzinfo, now: int) -> dict[str, str | int]:
    """Return fields of the history as they are stored; an empty text is left out.

    Times without an offset are in `zone`; `now` is in microseconds UTC. Raises OptionError.
    """
    texts = {name: text.strip() for name, text in given.items()}
    return {name: _read(name, text, zone, now) for name, text in texts.items() if not _is_empty(name, text)}


def _is_empty(name: str, text: str) -> bool:
    return not text or (name in TIMES and NEVER.fullmatch(text) is not None)


def _read(name: str, text: str, zone: tzinfo, now: int) -> str | int:
    value: str | int = text
    if name in TIMES:
        try:
            value = written_time.whole(text, zone)
        except ValueError as error:
            raise _refused(name, text, allowed(name)) from error
    elif name == "passes" and PASSES.fullmatch(text):
        value = 1 + int(text[1:] or 0) if text[0] == "Y" else 0
    elif name in NUMBERS and text.isascii() and text.isdecimal():
        value = int(text)
    if not is_usable(name, value, now):
        raise _refused(name, text, allowed(name))
    return value


def is_usable(name: str, value: str | int, now: int) -> bool:
    """Return whether a lead can have that value; `now` is in microseconds UTC."""
    if name == "user":
        return isinstance(value, str) and len(value) <= LONGEST_USER and value.isprintable()
    if not isinstance(value, int):
        return False
    return FIRST <= value <= now + AHEAD if name in TIMES else (name == "lead_id") <= value <= HIGHEST[name]


def allowed(name: str) -> str:
    """Return the allowed values of a field in words."""
    if name == "user":
        return f"up to {LONGEST_USER} characters"
    if name in TIMES:
        return f"a time since 1990 and not in the future, such as {written_time.WHOLE_FORMS}"
    return f"a number from {int(name == 'lead_id')} to {HIGHEST[name]}"


def _refused(name: str, text: str, may: str) -> OptionError:
    return OptionError(
        "lead_history_invalid", "{field} cannot be {value!r}; allowed: {allowed}", field=name, value=text, allowed=may
    )
