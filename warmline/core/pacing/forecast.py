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
        self,
        prediction: Prediction,
        ready_agents: int,
        waiting_calls: int,
        agent_rows: Sequence[Row],
        call_rows: Sequence[Row],
    ) -> None:
        """Add up the rows of the busy agents and of the calls in flight."""
        self.prediction = prediction
        busy_sums, call_sums = _sum_columns(agent_rows, 2 * BIN_COUNT), _sum_columns(call_rows, 3 * BIN_COUNT)
        stay_chances = prediction.stay_chances
        self.free = [
            ready_agents * stay_chances[index] - waiting_calls + busy_sums[index] for index in range(BIN_COUNT)
        ]
        self.variance = [
            MIN_VARIANCE
            + ready_agents * stay_chances[index] * (1 - stay_chances[index])
            + busy_sums[BIN_COUNT + index]
            + call_sums[BIN_COUNT + index]
            for index in range(BIN_COUNT)
        ]
        self.answers, self.arrivals = call_sums[:BIN_COUNT], call_sums[2 * BIN_COUNT :]

    def expect_callers(self, per_second: float) -> None:
        """Take the agents away whom callers of in-groups will need."""
        for index in range(BIN_COUNT):
            callers = per_second * (BIN_EDGES[index + 1] + HOLD_SECONDS)
            self.free[index] -= callers
            self.variance[index] += callers

    def add_call(self, row: Row) -> None:
        """Expect the answer of one more call."""
        for index in range(BIN_COUNT):
            self.answers[index] += row[index]
            self.variance[index] += row[BIN_COUNT + index]
            self.arrivals[index] += row[2 * BIN_COUNT + index]

    def remove_call(self, row: Row) -> None:
        """Expect no answer of a call any more."""
        for index in range(BIN_COUNT):
            self.answers[index] -= row[index]
            self.variance[index] = max(MIN_VARIANCE, self.variance[index] - row[BIN_COUNT + index])
            self.arrivals[index] -= row[2 * BIN_COUNT + index]

    def predict_free_agents(self) -> float:
        """Return how many agents are expected to be free in ten seconds, without those for callers who wait."""
        return max(0.0, self.free[TEN_SECONDS_BIN])

    def predict_drops(self) -> float:
        """Return how many of the calls in flight are expected to be dropped."""
        return sum(
            [self.arrivals[index] * self._predict_miss_in_bin(index, ANSWER_RATE_ERROR) for index in range(BIN_COUNT)]
        )

    def predict_drops_of_one_more(self) -> tuple[float, float]:
        """Return how many drops one more call would add, and how many are expected of the others.

        A call adds the drop of its own answer, and those of calls from which it takes an agent.
        """
        row = self.prediction.calls_in_flight[0]
        added_drops = expected_drops = 0.0
        for index in range(BIN_COUNT):
            deviation = sqrt(self.variance[index] + (ANSWER_RATE_ERROR * self.answers[index]) ** 2)
            distance = (0.5 - self.free[index] + self.answers[index]) / deviation
            miss_probability = 0.5 * (1.0 + erf(distance / SQRT_2))
            added_drops += row[2 * BIN_COUNT + index] * miss_probability
            expected_drops += self.arrivals[index] * miss_probability
            if index:
                last_agent_density = NORMAL_DENSITY_AT_ZERO * exp(-distance * distance / 2) / deviation
                added_drops += self.arrivals[index] * row[index - 1] * last_agent_density
        return added_drops, expected_drops

    def predict_shortage(self, rate: float) -> float:
        """Return how many agents would be missing if one more call and those in flight were answered at this rate."""
        row, factor = self.prediction.calls_in_flight[0], rate / max(MIN_ANSWER_RATE, self.prediction.answer_rate)
        return max([factor * (self.answers[index] + row[index]) - self.free[index] for index in range(BIN_COUNT)])

    def predict_worst_miss(self) -> float:
        """Return the largest probability of the next six seconds that one more answer finds no agent."""
        return max([self._predict_miss_in_bin(index, 0.0) for index in range(SIX_SECONDS_BINS)])

    def predict_miss(self, row: Row) -> float:
        """Return the probability that a call in flight finds no agent, if it is answered in the next six seconds."""
        answer_chance = miss_chance = 1e-12
        for index in range(SIX_SECONDS_BINS):
            miss_chance += row[2 * BIN_COUNT + index] * self._predict_miss_in_bin(index, 0.0, row[index])
            answer_chance += row[2 * BIN_COUNT + index]
        return miss_chance / answer_chance

    def _predict_miss_in_bin(self, index: int, rate_error: float, own_share: float = 0.0) -> float:
        """Return the probability that an answer finds no agent; `own_share` is the call's share of the answers."""
        deviation = sqrt(self.variance[index] + (rate_error * self.answers[index]) ** 2)
        return 0.5 * (1.0 + erf((0.5 - self.free[index] + self.answers[index] - own_share) / deviation / SQRT_2))


def _sum_columns(rows: Sequence[Row], width: int) -> list[float]:
    """Return the sum of each column."""
    return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * width
