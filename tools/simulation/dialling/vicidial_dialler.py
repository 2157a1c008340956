"""The adaptive dial level of VICIdial, in its rhythm: lines every 2.5 s, a sample every second, a level every 15 s.

Its other delays, such as the polls after an answer, are left out: they would only count against it. Agents in wrap-up
are paused for it, so they count for nothing.
"""

from collections import deque
from enum import StrEnum

from tools.simulation.dialling.counting_dialler import CountingDialler, level_lines
from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.pacing_decision import EMPTY_DECISION, Decision

SECOND = 1_000_000
PULSE = 0.5  # seconds between two calls of `decide`
SAMPLES = 15  # of a second each
CALLS_FIRST = 50  # before the drop rate counts
OPENS, LATEST = 9, 2100  # the hour at which a simulated day begins, and adaptive_latest_server_time
HALF_DAY = 12 * 3600 * SECOND


class AdaptMethod(StrEnum):
    """The reaction to a drop rate above the limit."""

    HARD_LIMIT = "ADAPT_HARD_LIMIT"
    AVERAGE = "ADAPT_AVERAGE"
    TAPERED = "ADAPT_TAPERED"


class VicidialDialler(CountingDialler):
    """A campaign of VICIdial. `limit` is `adaptive_dropped_percentage`; the other options have their names."""

    def __init__(
        self,
        method: AdaptMethod,
        limit: float,
        *,
        maximum_level: float = 3.0,
        available_only: bool = False,
        difference_target: float = 0.0,
    ) -> None:
        """Begin at level 1.0."""
        super().__init__()
        self.method, self.limit, self.maximum_level = method, limit, maximum_level
        self.available_only, self.difference_target = available_only, difference_target
        self.level = 1.0
        self._samples: deque[tuple[int, int]] = deque(maxlen=SAMPLES)  # READY agents, waiting calls
        self._pulses, self._last, self._day_began = 0, 0, 0
        self._dials = self._answers = self._drops = 0  # of the day
        self._seen_dials, self._seen_rate = 0, 0.0  # the same, as the level knows them: renewed each minute

    def decide(self, now: int) -> Decision:
        """Sample, change the level, or dial, whichever is due at this pulse."""
        if now - self._last > HALF_DAY:
            self._begin_day(now)
        self._last = now
        self._pulses += 1
        if self._pulses % 2 == 0:
            self._sample(now, self._pulses // 2)
        if self._pulses % 5:
            return EMPTY_DECISION
        decision = super().decide(now)
        self._dials += decision.new_calls
        return decision

    def lines(self, now: int) -> int:
        """Return how many calls there are to be."""
        return level_lines(self, self.level, ready_only=self.available_only)

    def note_connection(self, call: str, agent: str, now: int) -> None:
        """Count an answer of today."""
        super().note_connection(call, agent, now)
        self._answers += 1

    def count_dropped_call(self, call: str, now: int) -> None:
        """Count a drop of today."""
        super().count_dropped_call(call, now)
        self._answers += 1
        self._drops += 1

    def _begin_day(self, now: int) -> None:
        self._day_began, self._pulses = now, 0
        self._dials = self._answers = self._drops = self._seen_dials = 0
        self._seen_rate = 0.0

    def _sample(self, now: int, seconds: int) -> None:
        self._samples.append((self.count(AgentActivity.READY), len(self.waiting)))
        if seconds % 60 == 1:
            self._seen_dials, self._seen_rate = self._dials, 100 * self._drops / max(1, self._answers)
        if seconds % SAMPLES == 0:
            self.level = max(1.0, self._limited(self._wanted(), now))

    def _wanted(self) -> float:
        """Return the level by the agents who were READY and the calls that waited."""
        ready = sum(ready for ready, _ in self._samples) / len(self._samples)
        waiting = sum(waiting for _, waiting in self._samples) / len(self._samples)
        change = (ready - waiting + self.difference_target) / max(1, len(self.activities))
        return min(self.maximum_level, max(1.0, round(self.level * (1 + change), 3)))

    def _limited(self, level: float, now: int) -> float:
        """Return the level after the reaction to today's drop rate."""
        if self._seen_dials <= CALLS_FIRST or self._seen_rate <= self.limit:
            return level
        if self.method is AdaptMethod.HARD_LIMIT:
            return 1.0
        if self.method is AdaptMethod.AVERAGE:
            return level / 2
        minutes = OPENS * 60 + (now - self._day_began) // (60 * SECOND)
        left = LATEST - (minutes // 60 * 100 + minutes % 60)
        return level * min(1.0, left / 1000) if left > 0 else 1.0
