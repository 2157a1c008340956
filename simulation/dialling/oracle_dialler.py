"""A dialler that knows beforehand which leads will answer, and after how many seconds, but not when agents are free.

It shows how much a perfect prediction of calls could gain. It dials only leads that answer, so in its world every lead
answers after the same time.
"""

from dataclasses import replace
from itertools import pairwise

from warmline.core.model.dial_lead import DropBudget, DropWindow, WindowCount
from warmline.core.pacing import pacing_decision
from warmline.core.pacing.call_outcomes import LONGEST
from warmline.core.pacing.drop_budget import DropRules
from warmline.core.pacing.pacer import Pacer
from warmline.core.pacing.pacing_rules import Decision, DialMethod, PacingRules
from warmline.core.pacing.prediction import BINS, EDGES, Prediction, Row
from warmline.simulated_dialling.dialling_scenario import DiallingScenario, Length

DIALS = 2.0  # seconds until it rings
UNLIMITED = DropRules(limit=1000)
FULL = DropBudget("2026-01-01", (WindowCount(DropWindow.PERIOD, 0, 2**62, answered=10**9),))


def answering(scenario: DiallingScenario) -> DiallingScenario:
    """Return the same world with the leads alone that answer, each after the usual time."""
    ring = Length(scenario.ring_time.mean, 0.0)
    return replace(scenario, answer_rate=1.0, drifts=False, failures=0.0, dialling_time=(DIALS, DIALS), ring_time=ring)


class OracleDialler(Pacer):
    """The product's pacer with the known answer of each call, and without the guard."""

    def __init__(self, drops: DropRules, scenario: DiallingScenario) -> None:
        """Know the world in which it dials; `drops` is the limit that its feedback aims at."""
        super().__init__(PacingRules(DialMethod.PREDICTIVE, drops=drops))
        self._rows = tuple(_row(age + 0.5, DIALS + scenario.ring_time.mean) for age in range(LONGEST))
        self.prediction = self._knowing(self.prediction)

    def predict_again(self, now: int) -> None:
        """Predict agents from what was learnt, and know the calls."""
        super().predict_again(now)
        self.prediction = self._knowing(self.prediction)

    def decide(self, now: int) -> Decision:
        """Decide without a guard: the feedback alone keeps the limit."""
        free = replace(self.rules, drops=UNLIMITED, give_up=False)
        return pacing_decision.decide(free, FULL, self.prediction, self.situation(now))

    def _knowing(self, prediction: Prediction) -> Prediction:
        return replace(prediction, in_flight=self._rows, answer_rate=1.0)


def _row(age: float, answered: float) -> Row:
    """Return the row of a call of this age that is answered after so many seconds."""
    by = [float(age < answered <= age + edge) for edge in EDGES]
    return (*by[1:], *(0.0,) * BINS, *(later - sooner for sooner, later in pairwise(by)))
