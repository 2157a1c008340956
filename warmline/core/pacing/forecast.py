"""Compare the agents who will be free with the calls that will be answered, in each bin of the next 30 seconds."""

from collections.abc import Sequence
from math import erf, exp, sqrt

from warmline.core.pacing.prediction import BINS, EDGES, HOLD, Prediction, Row

LEAST_VARIANCE = 1e-6
LEAST_RATE = 1e-6  # after a long time without any answer it would be 0
DOUBT = 0.2  # standard error of the answer rate, as a share of it
IN_TEN_SECONDS = EDGES.index(10.0) - 1  # the bin that ends then
SOON = 5  # bins: the six seconds in which a call that is not given up may be answered
SQRT_2 = sqrt(2.0)
DENSITY = 0.3989422804014327  # of the standard normal distribution at 0


class Forecast:
    """The expected numbers of free agents and of answers by bin, with their variance.

    All numbers are normally distributed. `free` are agents, without those for callers who wait already. `answers` are
    answers until the end of a bin, and `arrivals` those within it.
    """

    __slots__ = ("answers", "arrivals", "free", "prediction", "variance")

    def __init__(
        self, prediction: Prediction, ready: int, waiting: int, agents: Sequence[Row], calls: Sequence[Row]
    ) -> None:
        """Add up the rows of the busy agents and of the calls in flight."""
        self.prediction = prediction
        busy, flying = _sums(agents, 2 * BINS), _sums(calls, 3 * BINS)
        stays = prediction.stays
        self.free = [ready * stays[n] - waiting + busy[n] for n in range(BINS)]
        self.variance = [
            LEAST_VARIANCE + ready * stays[n] * (1 - stays[n]) + busy[BINS + n] + flying[BINS + n] for n in range(BINS)
        ]
        self.answers, self.arrivals = flying[:BINS], flying[2 * BINS :]

    def expect_callers(self, per_second: float) -> None:
        """Take the agents away whom callers of in-groups will need."""
        for n in range(BINS):
            callers = per_second * (EDGES[n + 1] + HOLD)
            self.free[n] -= callers
            self.variance[n] += callers

    def add_call(self, row: Row) -> None:
        """Expect the answer of one more call."""
        for n in range(BINS):
            self.answers[n] += row[n]
            self.variance[n] += row[BINS + n]
            self.arrivals[n] += row[2 * BINS + n]

    def remove_call(self, row: Row) -> None:
        """Expect no answer of a call any more."""
        for n in range(BINS):
            self.answers[n] -= row[n]
            self.variance[n] = max(LEAST_VARIANCE, self.variance[n] - row[BINS + n])
            self.arrivals[n] -= row[2 * BINS + n]

    def free_soon(self) -> float:
        """Return how many agents are expected to be free in ten seconds, without those for callers who wait."""
        return max(0.0, self.free[IN_TEN_SECONDS])

    def drops(self) -> float:
        """Return how many of the calls in flight are expected to be dropped."""
        return sum([self.arrivals[n] * self._no_agent(n, DOUBT) for n in range(BINS)])

    def drops_of_one_more(self) -> tuple[float, float]:
        """Return how many drops one more call would add, and how many are expected of the others.

        A call adds the drop of its own answer, and those of calls from which it takes an agent.
        """
        row = self.prediction.in_flight[0]
        added = expected = 0.0
        for n in range(BINS):
            deviation = sqrt(self.variance[n] + (DOUBT * self.answers[n]) ** 2)
            distance = (0.5 - self.free[n] + self.answers[n]) / deviation
            no_agent = 0.5 * (1.0 + erf(distance / SQRT_2))
            added += row[2 * BINS + n] * no_agent
            expected += self.arrivals[n] * no_agent
            if n:
                last_agent = DENSITY * exp(-distance * distance / 2) / deviation
                added += self.arrivals[n] * row[n - 1] * last_agent
        return added, expected

    def short_at(self, rate: float) -> float:
        """Return how many agents would be missing if one more call and those in flight were answered at this rate."""
        row, times = self.prediction.in_flight[0], rate / max(LEAST_RATE, self.prediction.answer_rate)
        return max([times * (self.answers[n] + row[n]) - self.free[n] for n in range(BINS)])

    def no_agent_at_worst(self) -> float:
        """Return the largest probability of the next six seconds that one more answer finds no agent."""
        return max([self._no_agent(n, 0.0) for n in range(SOON)])

    def no_agent_soon(self, row: Row) -> float:
        """Return the probability that a call in flight finds no agent, if it is answered in the next six seconds."""
        weight = risk = 1e-12
        for n in range(SOON):
            risk += row[2 * BINS + n] * self._no_agent(n, 0.0, row[n])
            weight += row[2 * BINS + n]
        return risk / weight

    def _no_agent(self, n: int, doubt: float, own: float = 0.0) -> float:
        """Return the probability that there is no agent for an answer; `own` is the call's own share of the answers."""
        deviation = sqrt(self.variance[n] + (doubt * self.answers[n]) ** 2)
        return 0.5 * (1.0 + erf((0.5 - self.free[n] + self.answers[n] - own) / deviation / SQRT_2))


def _sums(rows: Sequence[Row], width: int) -> list[float]:
    """Return the sum of each column."""
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * width
