"""The type of an option with opening hours of days of the week."""

import re
from dataclasses import dataclass

from warmline.core.rules.call_times import DAYS
from warmline.options.values.option_forms import HHMM
from warmline.options.values.option_types import Texts

DAY = r"mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
PATTERN = rf"({DAY})(?:-({DAY}))?:([0-9]{{1,2}}:?[0-9]{{2}})-([0-9]{{1,2}}:?[0-9]{{2}})"
MOST = 70  # windows of a week


@dataclass(frozen=True, slots=True)
class DayHours(Texts):
    """Opening hours of days, separated by commas or blanks: DAY:START-STOP, or DAY-DAY:START-STOP for several days."""

    pattern: str = PATTERN
    form: str = "opening hours of days"

    @property
    def allowed(self) -> str:
        return "hours such as mon-fri:1300-1700,sat:1400-1600; may be empty"

    def parse(self, text: str) -> tuple[str, ...]:
        """Return an item for each day, such as monday:1300-1700, in the order of the week. Raises ValueError."""
        found: set[tuple[int, int, int]] = set()
        for word in filter(None, re.split(r"[,\s]+", text.lower())):
            found.update(_windows(word))
        if len(found) > MOST:
            raise ValueError(f"these are {len(found)} windows, and {MOST} are allowed")
        return tuple(f"{DAYS[day]}:{start:04d}-{stop:04d}" for day, start, stop in sorted(found))


def _windows(word: str) -> list[tuple[int, int, int]]:
    """Return day of the week, start and stop of each window. Raises ValueError."""
    parts = re.fullmatch(PATTERN, word, re.ASCII)
    if not parts:
        raise ValueError(f"{word} is not DAY:START-STOP")
    first, last = (_day(parts[name] or parts[1]) for name in (1, 2))
    start, stop = HHMM.parse(parts[3]), HHMM.parse(parts[4])
    if start in (stop, 2400):
        raise ValueError(f"{word} has no minute")
    return [((first + one) % len(DAYS), start, stop) for one in range((last - first) % len(DAYS) + 1)]


def _day(name: str) -> int:
    return next(place for place, day in enumerate(DAYS) if day.startswith(name[:3]))
