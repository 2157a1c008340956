"""Correct the risk that is taken by the drops that happen, so that the drop rate follows its target."""

from math import exp, log
from typing import Any

LOG_STEP_PER_DROP = 0.1  # of the logarithm of the threshold, for each drop
MIN_LOG_THRESHOLD, MAX_LOG_THRESHOLD = log(0.003), log(0.95)
RESERVED_DROPS = 10.0  # drops of the balance that are kept back, and a fifth of the worst case
RESERVED_WORST_SHARE = 0.2
WORST_DECAY_PER_DECISION = 0.9997  # of the worst case, with each decision


class DropFeedback:
    """The threshold of a campaign: how many drops are risked for one more answer."""

    __slots__ = ("log_threshold", "worst")

    def __init__(self) -> None:
        """Begin with a tenth of a drop for each answer."""
        self.log_threshold = log(0.1)
        self.worst = 1.0  # how many of the calls in flight could have been dropped lately

    def get_threshold(self) -> float:
        """Return how many drops may be risked for one more answer."""
        return exp(self.log_threshold)

    def count_person(self, max_drop_share: float, balance: float, *, is_dropped: bool) -> None:
        """Count a person who was answered.

        `max_drop_share` is the largest share of drops, and `balance` how many persons may still be dropped. The
        threshold rises as long as the balance is larger than its reserve.
        """
        target = max_drop_share * min(1.0, max(0.0, balance / (RESERVED_DROPS + RESERVED_WORST_SHARE * self.worst)))
        self.log_threshold = min(
            MAX_LOG_THRESHOLD, max(MIN_LOG_THRESHOLD, self.log_threshold + LOG_STEP_PER_DROP * (target - is_dropped))
        )

    def note_shortage(self, missing_agents: int) -> None:
        """Remember how many of the calls in flight would have no agent if all were answered now."""
        self.worst = max(self.worst * WORST_DECAY_PER_DECISION, missing_agents)

    def as_record(self) -> dict[str, Any]:
        """Return the state as plain data."""
        return {"log_threshold": self.log_threshold, "worst": self.worst}

    def restore(self, record: dict[str, Any]) -> None:
        """Take over a record. Raises KeyError, TypeError, ValueError."""
        self.log_threshold = min(MAX_LOG_THRESHOLD, max(MIN_LOG_THRESHOLD, float(record["log_threshold"])))
        self.worst = float(record["worst"])
