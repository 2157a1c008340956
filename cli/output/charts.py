"""Small charts of letters: a sparkline, and a heat map with a row for each day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cli.output import time_zone

BARS = "▁▂▃▄▅▆▇█"
HEAT = "·░▒▓█"
HOUR = 3_600_000_000  # microseconds
WIDEST = 72  # letters of a sparkline; in longer periods a letter is several hours


def spark(numbers: Sequence[int]) -> str:
    """Return a letter for each number, its height relative to the largest; a space for 0."""
    most = max(numbers, default=0)
    return "".join(BARS[(number * len(BARS) - 1) // most] if number else " " for number in numbers)


class HourCounts:
    """Counts by the hour, in constant memory."""

    def __init__(self) -> None:
        self.counts: Counter[int] = Counter()  # by the number of hours since 1970 in UTC

    def add(self, at: int) -> None:
        """Count one more at that time, in microseconds UTC."""
        self.counts[at // HOUR] += 1

    def line(self) -> str:
        """Return the sparkline from the first to the last hour, with its scale; "" for less than two hours."""
        if len(self.counts) < 2:
            return ""
        first, last = min(self.counts), max(self.counts)
        width = -(-(last - first + 1) // WIDEST)
        sums = [sum(self.counts[hour] for hour in range(at, at + width)) for at in range(first, last + 1, width)]
        each = "hour" if width == 1 else f"{width} hours"
        return f"{_local(first):%a %H:%M} {spark(sums)} {_local(last):%a %H:%M}, a bar for each {each}"

    def days(self) -> Iterator[str]:
        """Yield a line for each local day with counts: its hours from 0 to 23, and the total.

        An hour that occurs twice on the clock is one letter; an hour that the clock skips is empty.
        """
        days: dict[str, Counter[int]] = {}
        for hour, count in sorted(self.counts.items()):
            local = _local(hour)
            days.setdefault(f"{local:%a %Y-%m-%d}", Counter())[local.hour] += count
        most = max((count for hours in days.values() for count in hours.values()), default=0)
        for day, hours in days.items():
            yield f"{day}  {heat((hours[hour] for hour in range(24)), most)}  {sum(hours.values())}"


def heat(numbers: Iterable[int], most: int) -> str:
    """Return a letter for each number, its darkness relative to `most`."""
    return "".join(HEAT[-(-number * (len(HEAT) - 1) // most) if most else 0] for number in numbers)


def _local(hour: int) -> datetime:
    return time_zone.local(hour * HOUR)
