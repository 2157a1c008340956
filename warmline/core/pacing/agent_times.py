"""Learn how long agents of a campaign talk and wrap up, how often they are READY afterwards, and how they vanish."""

from math import exp
from typing import Any

from warmline.core.pacing.length_counts import LengthCounts

MAX_TALK_SECONDS = 600  # a longer talk counts as this one
MAX_WRAP_UP_SECONDS = 120
HALF_LIFE_LENGTHS = 3000
DECAY_PER_WRAP_UP = 0.995  # of the share that becomes READY, with each further wrap-up
READY_MEMORY_SECONDS = 20_000.0  # of READY time, for the rate at which agents vanish


class AgentTimes:
    """The talk times, wrap-ups and READY times of a campaign's agents that have ended."""

    __slots__ = ("ended", "left", "ready", "ready_seconds", "talk", "vanished", "wrap_up")

    def __init__(self) -> None:
        """Begin with mean times of 80 s and 15 s, and with few agents who pause."""
        self.talk = LengthCounts(_make_prior(80, MAX_TALK_SECONDS), HALF_LIFE_LENGTHS)
        self.wrap_up = LengthCounts(_make_prior(15, MAX_WRAP_UP_SECONDS), HALF_LIFE_LENGTHS)
        self.ready, self.ended = 9.5, 10.0
        self.vanished, self.left, self.ready_seconds = 0.5, 0.5, 3600.0

    def add_talk(self, seconds: float) -> None:
        """Count a talk that has ended."""
        self.talk.add(seconds)

    def add_wrap_up(self, seconds: float, *, is_ready: bool) -> None:
        """Count a wrap-up that has ended, and whether the agent became READY."""
        self.wrap_up.add(seconds)
        self.ready = self.ready * DECAY_PER_WRAP_UP + is_ready
        self.ended = self.ended * DECAY_PER_WRAP_UP + 1

    def add_ready_time(self, seconds: float, *, has_vanished: bool, has_left: bool = False) -> None:
        """Count a READY time that has ended: with a call of the campaign, or because the agent vanished.

        `has_left`: the agent vanished, and not for a call.
        """
        decay = max(0.0, 1 - seconds / READY_MEMORY_SECONDS)
        self.vanished = self.vanished * decay + has_vanished
        self.left = self.left * decay + has_left
        self.ready_seconds = self.ready_seconds * decay + seconds

    def get_ready_share(self) -> float:
        """Return the share of wrap-ups after which the agent becomes READY."""
        return self.ready / self.ended

    def get_vanish_rate(self) -> float:
        """Return how often a READY agent vanishes in a second: paused, logged out, or in another call."""
        return self.vanished / max(1.0, self.ready_seconds)

    def get_leave_rate(self) -> float:
        """Return how often a READY agent pauses or logs out in a second. Calls of others are not counted."""
        return self.left / max(1.0, self.ready_seconds)

    def as_record(self) -> dict[str, Any]:
        """Return what was learnt as plain data."""
        return {
            "talk": self.talk.as_record(),
            "wrap_up": self.wrap_up.as_record(),
            "ready": self.ready,
            "ended": self.ended,
            "vanished": self.vanished,
            "left": self.left,
            "ready_seconds": self.ready_seconds,
        }

    def restore(self, record: dict[str, Any], share: float) -> None:
        """Take over a record; it counts `share` of what it counted. Raises KeyError, TypeError, ValueError."""
        self.talk.restore(record["talk"], share)
        self.wrap_up.restore(record["wrap_up"], share)
        self.ready, self.ended = share * float(record["ready"]), share * float(record["ended"])
        self.vanished, self.ready_seconds = share * float(record["vanished"]), share * float(record["ready_seconds"])
        self.left = share * float(record.get("left", record["vanished"]))  # a record of 0.9 has no `left`


def _make_prior(mean: float, second_count: int) -> list[float]:
    """Return twenty lengths that fall off from second to second."""
    return [20 * (exp(-second / mean) - exp(-(second + 1) / mean)) for second in range(second_count)]
