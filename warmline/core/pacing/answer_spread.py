"""Learn how much the answer rate differs from one half minute to the next, because leads answer alike in blocks."""

from math import inf, sqrt
from typing import Any

HALF_MINUTE_US = 30_000_000
DECAY_PER_HALF_MINUTE = 0.5 ** (1 / 60)  # half of what was learnt is forgotten after 30 minutes of calls
HIGHEST_RATE_DEVIATIONS = 3  # above the mean rate: such a half minute is expected hardly ever
PRIOR_DISPERSION = 1.0  # of independent calls
PRIOR_HALF_MINUTES = 10.0  # the weight of this assumption


class AnswerSpread:
    """The answer rates of half minutes: their mean, and their over-dispersion.

    Independent calls have a dispersion of 1: the variance of their rates is that of a binomial distribution. A larger
    one comes from blocks of leads that answer alike (K. Pearson's statistic, divided by the number of half minutes).
    """

    __slots__ = ("answers", "answers_now", "calls", "calls_now", "half_minute", "half_minutes", "squares")

    def __init__(self) -> None:
        """Begin without a half minute."""
        self.calls = self.answers = 0.0  # of the half minutes that have ended
        self.squares = 0.0  # of the answers of each half minute, by its calls
        self.half_minutes = 0.0
        self.half_minute = self.calls_now = self.answers_now = 0  # the half minute that goes on

    def add(self, now_us: int, *, is_answered: bool) -> None:
        """Count a call that has ended in flight, at `now_us` (UTC)."""
        if now_us // HALF_MINUTE_US != self.half_minute:
            self._end_half_minute()
            self.half_minute = now_us // HALF_MINUTE_US
        self.calls_now += 1
        self.answers_now += is_answered

    def get_highest_rate(self) -> float:
        """Return the answer rate that a half minute hardly ever exceeds; 0 if nothing is known."""
        mean = self.answers / self.calls if self.calls else 0.0
        binomial_variance = mean * (1 - mean)  # the variance of one call
        if binomial_variance <= 0:
            return mean
        difference_sum = (self.squares - mean * self.answers) / binomial_variance
        dispersion = (PRIOR_DISPERSION * PRIOR_HALF_MINUTES + difference_sum) / (PRIOR_HALF_MINUTES + self.half_minutes)
        variance = max(0.0, dispersion - 1) * binomial_variance * self.half_minutes / self.calls
        return min(1.0, mean + HIGHEST_RATE_DEVIATIONS * sqrt(variance))

    def _end_half_minute(self) -> None:
        if not self.calls_now:
            return
        self.calls = self.calls * DECAY_PER_HALF_MINUTE + self.calls_now
        self.answers = self.answers * DECAY_PER_HALF_MINUTE + self.answers_now
        self.squares = self.squares * DECAY_PER_HALF_MINUTE + self.answers_now * self.answers_now / self.calls_now
        self.half_minutes = self.half_minutes * DECAY_PER_HALF_MINUTE + 1
        self.calls_now = self.answers_now = 0

    def as_record(self) -> dict[str, Any]:
        """Return what was learnt as plain data."""
        return {name: getattr(self, name) for name in self.__slots__}

    def restore(self, record: dict[str, Any], share: float) -> None:
        """Take over a record; it counts `share` of what it counted. Raises KeyError, TypeError, ValueError."""
        for name in self.__slots__:
            if not 0 <= record[name] < inf:  # NaN is refused too
                raise ValueError(f"{name} cannot be {record[name]!r}; allowed: 0 or more")
        for answers, calls in (("answers", "calls"), ("answers_now", "calls_now")):
            if record[answers] > record[calls]:
                raise ValueError(f"{answers} is {record[answers]!r}, more than {calls}: {record[calls]!r}")
        for name in ("calls", "answers", "squares", "half_minutes"):
            setattr(self, name, share * float(record[name]))
        for name in ("half_minute", "calls_now", "answers_now"):
            setattr(self, name, int(record[name]))
