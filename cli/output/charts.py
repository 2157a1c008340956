"""Small charts of letters: a sparkline, and a row of heat for each day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cli.output import time_zone

BARS = "▁▂▃▄▅▆▇█"
HEAT = "·░▒▓█"
HOUR = 3_600_000_000  # microseconds
WIDEST = 72  # letters of a sparkline: longer stretches have a letter for several hours


def spark(numbers: Sequence[int]) -> str:
    """A letter for each number, as high as it is beside the largest; nothing for 0."""
    most = max(numbers, default=0)
    return "".join(BARS[(number * len(BARS) - 1) // most] if number else " " for number in numbers)


class HourCounts:
    """Counts things by the hour, in constant memory."""

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()  # by the hour's number since 1970, on a clock that is never set

    def add(self, at: int) -> None:
        """One more at that time, in microseconds UTC."""
        self.counts[at // HOUR] += 1

    def line(self) -> str:
        """The sparkline from the first hour to the last, and what a letter of it is; "" if there is one hour only."""
        if len(self.counts) < 2:
            return ""
        first, last = min(self.counts), max(self.counts)
        width = -(-(last - first + 1) // WIDEST)
        sums = [sum(self.counts[hour] for hour in range(at, at + width)) for at in range(first, last + 1, width)]
        each = "hour" if width == 1 else f"{width} hours"
        return f"{_local(first):%a %H:%M} {spark(sums)} {_local(last):%a %H:%M}, a bar for each {each}"

    def days(self) -> Iterator[str]:
        """A line for each day of the clock that had any: its hours from 0 to 23, and how many there were.

        An hour that the clock has twice counts for one; one that it leaps over is empty.
        """
        days: dict[str, Counter[int]] = {}
        for hour, count in sorted(self.counts.items()):
            local = _local(hour)
            days.setdefault(f"{local:%a %Y-%m-%d}", Counter())[local.hour] += count
        most = max((count for hours in days.values() for count in hours.values()), default=0)
        for day, hours in days.items():
            yield f"{day}  {heat((hours[hour] for hour in range(24)), most)}  {sum(hours.values())}"


def heat(numbers: Iterable[int], most: int) -> str:
    """A letter for each number, as dark as it is beside the largest there is."""
    return "".join(HEAT[-(-number * (len(HEAT) - 1) // most) if most else 0] for number in numbers)


def _local(hour: int) -> datetime:
    return time_zone.local(hour * HOUR)
