"""Compare the agents who will be free with the calls that will be answered, in each bin of the next 30 seconds."""

from collections.abc import Sequence
from math import erf, exp, sqrt

from warmline.core.pacing.prediction import BIN_COUNT, BIN_EDGES, HOLD_SECONDS, Prediction, Row

MIN_VARIANCE = 1e-6
MIN_ANSWER_RATE = 1e-6  # after a long time without any answer it would be 0
ANSWER_RATE_ERROR = 0.2  # standard error of the answer rate, as a share of it
TEN_SECONDS_BIN = BIN_EDGES.index(10.0) - 1  # the bin that ends then
SIX_SECONDS_BINS = 5  # bins: the six seconds in which a call that is not given up may be answered
SQRT_2 = sqrt(2.0)
NORMAL_DENSITY_AT_ZERO = 0.3989422804014327  # of the standard normal distribution at 0


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
        busy, flying = _sum_columns(agents, 2 * BIN_COUNT), _sum_columns(calls, 3 * BIN_COUNT)
        stays = prediction.stays
        self.free = [ready * stays[n] - waiting + busy[n] for n in range(BIN_COUNT)]
        self.variance = [
            MIN_VARIANCE + ready * stays[n] * (1 - stays[n]) + busy[BIN_COUNT + n] + flying[BIN_COUNT + n]
            for n in range(BIN_COUNT)
        ]
        self.answers, self.arrivals = flying[:BIN_COUNT], flying[2 * BIN_COUNT :]

    def expect_callers(self, per_second: float) -> None:
        """Take the agents away whom callers of in-groups will need."""
        for n in range(BIN_COUNT):
            callers = per_second * (BIN_EDGES[n + 1] + HOLD_SECONDS)
            self.free[n] -= callers
            self.variance[n] += callers

    def add_call(self, row: Row) -> None:
        """Expect the answer of one more call."""
        for n in range(BIN_COUNT):
            self.answers[n] += row[n]
            self.variance[n] += row[BIN_COUNT + n]
            self.arrivals[n] += row[2 * BIN_COUNT + n]

    def remove_call(self, row: Row) -> None:
        """Expect no answer of a call any more."""
        for n in range(BIN_COUNT):
            self.answers[n] -= row[n]
            self.variance[n] = max(MIN_VARIANCE, self.variance[n] - row[BIN_COUNT + n])
            self.arrivals[n] -= row[2 * BIN_COUNT + n]

    def predict_free_agents(self) -> float:
        """Return how many agents are expected to be free in ten seconds, without those for callers who wait."""
        return max(0.0, self.free[TEN_SECONDS_BIN])

    def predict_drops(self) -> float:
        """Return how many of the calls in flight are expected to be dropped."""
        return sum([self.arrivals[n] * self._predict_miss_in_bin(n, ANSWER_RATE_ERROR) for n in range(BIN_COUNT)])

    def predict_drops_of_one_more(self) -> tuple[float, float]:
        """Return how many drops one more call would add, and how many are expected of the others.

        A call adds the drop of its own answer, and those of calls from which it takes an agent.
        """
        row = self.prediction.in_flight[0]
        added = expected = 0.0
        for n in range(BIN_COUNT):
            deviation = sqrt(self.variance[n] + (ANSWER_RATE_ERROR * self.answers[n]) ** 2)
            distance = (0.5 - self.free[n] + self.answers[n]) / deviation
            no_agent = 0.5 * (1.0 + erf(distance / SQRT_2))
            added += row[2 * BIN_COUNT + n] * no_agent
            expected += self.arrivals[n] * no_agent
            if n:
                last_agent = NORMAL_DENSITY_AT_ZERO * exp(-distance * distance / 2) / deviation
                added += self.arrivals[n] * row[n - 1] * last_agent
        return added, expected

    def predict_shortage(self, rate: float) -> float:
        """Return how many agents would be missing if one more call and those in flight were answered at this rate."""
        row, times = self.prediction.in_flight[0], rate / max(MIN_ANSWER_RATE, self.prediction.answer_rate)
        return max([times * (self.answers[n] + row[n]) - self.free[n] for n in range(BIN_COUNT)])

    def predict_worst_miss(self) -> float:
        """Return the largest probability of the next six seconds that one more answer finds no agent."""
        return max([self._predict_miss_in_bin(n, 0.0) for n in range(SIX_SECONDS_BINS)])

    def predict_miss(self, row: Row) -> float:
        """Return the probability that a call in flight finds no agent, if it is answered in the next six seconds."""
        weight = risk = 1e-12
        for n in range(SIX_SECONDS_BINS):
            risk += row[2 * BIN_COUNT + n] * self._predict_miss_in_bin(n, 0.0, row[n])
            weight += row[2 * BIN_COUNT + n]
        return risk / weight

    def _predict_miss_in_bin(self, n: int, doubt: float, own: float = 0.0) -> float:
        """Return the probability that there is no agent for an answer; `own` is the call's own share of the answers."""
        deviation = sqrt(self.variance[n] + (doubt * self.answers[n]) ** 2)
        return 0.5 * (1.0 + erf((0.5 - self.free[n] + self.answers[n] - own) / deviation / SQRT_2))


def _sum_columns(rows: Sequence[Row], width: int) -> list[float]:
    """Return the sum of each column."""
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * width
