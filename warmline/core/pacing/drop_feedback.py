"""Correct the risk that is taken by the drops that happen, so that the drop rate follows its target."""

from math import exp, log
from typing import Any

SPEED = 0.1  # of the logarithm of the threshold, for each drop
LEAST, LARGEST = log(0.003), log(0.95)
RESERVE = 10.0  # drops of the balance that are kept back, and a fifth of the worst case
WORST_SHARE = 0.2
WORST_KEPT = 0.9997  # of the worst case, with each decision


class DropFeedback:
    """The threshold of a campaign: how many drops are risked for one more answer."""

    __slots__ = ("log_threshold", "worst")

    def __init__(self) -> None:
        """Begin with a tenth of a drop for each answer."""
        self.log_threshold = log(0.1)
        self.worst = 1.0  # how many of the calls in flight could have been dropped lately

    def threshold(self) -> float:
        """Return how many drops may be risked for one more answer."""
        return exp(self.log_threshold)

    def count(self, limit: float, balance: float, *, dropped: bool) -> None:
        """Count a person who was answered.

        `limit` is the largest share of drops, and `balance` how many persons may still be dropped. The threshold rises
        as long as the balance is larger than its reserve.
        """
        target = limit * min(1.0, max(0.0, balance / (RESERVE + WORST_SHARE * self.worst)))
        self.log_threshold = min(LARGEST, max(LEAST, self.log_threshold + SPEED * (target - dropped)))

    def see(self, short: int) -> None:
        """Remember how many of the calls in flight would have no agent if all were answered now."""
        self.worst = max(self.worst * WORST_KEPT, short)

    def as_record(self) -> dict[str, Any]:
        """Return the state as plain data."""
        return {"log_threshold": self.log_threshold, "worst": self.worst}

    def restore(self, record: dict[str, Any]) -> None:
        """Take over a record. Raises KeyError, TypeError, ValueError."""
        self.log_threshold = min(LARGEST, max(LEAST, float(record["log_threshold"])))
        self.worst = float(record["worst"])
