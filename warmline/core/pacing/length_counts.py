"""Counts of lengths in whole seconds, which forget old ones, and their distribution with lengths that still go on."""

from collections.abc import Iterable, Sequence
from typing import Any

MAX_WEIGHT = 1e6  # of the newest length's weight: then all weights are divided by it


class LengthCounts:
    """Lengths from 0 to `size` seconds in steps of one second; a longer one counts as the longest.

    A length counts half as much once `half_life` further ones have been added.
    """

    __slots__ = ("counts", "growth", "weight")

    def __init__(self, prior: Sequence[float], half_life: int) -> None:
        """Begin with a count for each second, from 0 up."""
        self.counts = list(prior)
        self.growth: float = 2.0 ** (1.0 / half_life)
        self.weight = 1.0  # of the newest length

    def add(self, seconds: float) -> None:
        """Count a length."""
        self.weight *= self.growth
        self.counts[min(len(self.counts) - 1, max(0, int(seconds)))] += self.weight  # a clock may be set back
        if self.weight > MAX_WEIGHT:
            self.counts, self.weight = self.get_weighted_counts(), 1.0

    def get_weighted_counts(self) -> list[float]:
        """Return the counts, in units of the newest length."""
        return [count / self.weight for count in self.counts]

    def compute_distribution(self, lasting_seconds: Iterable[float] = ()) -> list[float]:
        """Return the probability that a length is less than n seconds, for n from 0 to the size.

        `lasting_seconds` are the lengths, until now, of what still goes on. Without them, only short lengths would be
        known in the first hour (estimator of Kaplan and Meier).
        """
        second_count = len(self.counts)
        lasting_counts = [0.0] * second_count
        for seconds in lasting_seconds:
            lasting_counts[min(second_count - 1, max(0, int(seconds)))] += self.weight
        hazard, at_risk = [0.0] * second_count, 0.0
        for second in reversed(range(second_count)):
            at_risk += self.counts[second]
            at_risk_with_lasting = at_risk + lasting_counts[second]
            hazard[second] = self.counts[second] / at_risk_with_lasting if at_risk_with_lasting > 0 else 0.0
            at_risk = at_risk_with_lasting
        distribution, survival = [0.0], 1.0
        for second in range(second_count - 1):
            survival *= 1 - hazard[second]
            distribution.append(1 - survival)
        return [*distribution, 1.0]

    def as_record(self) -> dict[str, Any]:
        """Return the counts as plain data."""
        return {"weight": self.weight, "counts": list(self.counts)}

    def restore(self, record: dict[str, Any], share: float) -> None:
        """Take over counts that `as_record` returned, each times `share`. Raises KeyError, TypeError, ValueError."""
        counts = [share * float(count) for count in record["counts"]]
        if len(counts) != len(self.counts):
            raise ValueError(f"{len(counts)} lengths instead of {len(self.counts)}")
        self.counts, self.weight = counts, float(record["weight"])


def interpolate(distribution: Sequence[float], seconds: float) -> float:
    """Return the probability that a length is less than `seconds`, also between whole seconds."""
    if seconds <= 0:
        return 0.0
    second = int(seconds)
    if second >= len(distribution) - 1:
        return 1.0
    return distribution[second] + (seconds - second) * (distribution[second + 1] - distribution[second])
