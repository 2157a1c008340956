"""Small charts of letters: a sparkline, and counts by the hour."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from cli.output import time_zone

BARS = "▁▂▃▄▅▆▇█"
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


def _local(hour: int) -> datetime:
    return time_zone.local(hour * HOUR)
