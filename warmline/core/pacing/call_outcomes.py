"""Learn how often calls of a campaign are answered, and how long they are in flight until they end."""

from typing import Any

from warmline.core.pacing.length_counts import LengthCounts

MAX_FLIGHT_SECONDS = 64  # a call that is longer in flight counts as this one
DECAY_PER_CALL = 0.5 ** (1 / 300)  # of the answer rate with each further call: half after 300
HALF_LIFE_CALLS = 8000  # calls, of the times in flight


def _get_answered_prior(second: int) -> float:
    return 30 / 22 if 2 <= second < 24 else 1e-3


def _get_unanswered_prior(second: int) -> float:
    if 2 <= second < 8:
        return 1.0
    return 8.0 if 26 <= second < 29 else 1e-3


class CallOutcomes:
    """The calls of a campaign that have ended in flight: answered, or not."""

    __slots__ = ("answered", "answers", "ended", "unanswered")

    def __init__(self) -> None:
        """Begin cautiously: every second call is answered, at any time."""
        self.answers, self.ended = 10.0, 20.0
        self.answered = LengthCounts(
            [_get_answered_prior(second) for second in range(MAX_FLIGHT_SECONDS)], HALF_LIFE_CALLS
        )
        self.unanswered = LengthCounts(
            [_get_unanswered_prior(second) for second in range(MAX_FLIGHT_SECONDS)], HALF_LIFE_CALLS
        )

    def add(self, seconds: float, *, is_answered: bool) -> None:
        """Count a call that was in flight for so long. A call that was given up is not counted: its end is unknown."""
        self.answers = self.answers * DECAY_PER_CALL + is_answered
        self.ended = self.ended * DECAY_PER_CALL + 1
        (self.answered if is_answered else self.unanswered).add(seconds)

    def get_answer_rate(self) -> float:
        """Return the share of calls that are answered."""
        return self.answers / self.ended

    def as_record(self) -> dict[str, Any]:
        """Return what was learnt as plain data."""
        return {
            "answers": self.answers,
            "ended": self.ended,
            "answered": self.answered.as_record(),
            "unanswered": self.unanswered.as_record(),
        }

    def restore(self, record: dict[str, Any], share: float) -> None:
        """Take over a record; it counts `share` of what it counted. Raises KeyError, TypeError, ValueError."""
        self.answers, self.ended = share * float(record["answers"]), share * float(record["ended"])
        self.answered.restore(record["answered"], share)
        self.unanswered.restore(record["unanswered"], share)
