"""The processor time of one decision, in campaigns that have run for a while."""

from time import process_time_ns

from tools.bench.tools.result import ResultRow, spread
from tools.simulation.dialling.counting_dialler import CountingDialler, level_lines
from tools.simulation.dialling.dialling_scenario import DiallingScenario
from tools.simulation.dialling.dialling_world import DiallingWorld
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.drop_budget import DropRules
from warmline.core.pacing.pacer import Pacer
from warmline.core.pacing.pacing_decision import Decision

AT_MOST = {5: 0.2, 20: 0.2, 50: 0.47, 200: 1.4}  # milliseconds
HOURS = 0.5
BREAK_IN = 0.5  # of the decisions: the first ones are made with few calls


class _TimedPacer(Pacer):
    """A pacer that remembers how long each decision took."""

    def __init__(self, rules: PacingRules) -> None:
        super().__init__(rules)
        self.took: list[float] = []

    def decide(self, now: int) -> Decision:
        """Decide, and take the time."""
        begun = process_time_ns()
        decision = super().decide(now)
        self.took.append((process_time_ns() - begun) / 1e6)
        return decision


class _TimedRatio(CountingDialler):
    """A fixed ratio that remembers how long each decision took."""

    def __init__(self) -> None:
        super().__init__()
        self.took: list[float] = []

    def decide(self, now: int) -> Decision:
        """Decide, and take the time."""
        begun = process_time_ns()
        decision = super().decide(now)
        self.took.append((process_time_ns() - begun) / 1e6)
        return decision

    def lines(self, now: int) -> int:
        """Return two lines for each READY agent."""
        return level_lines(self, 2.0, ready_only=True)


def rows() -> list[ResultRow]:
    """Return a row for each number of agents; the baseline is a fixed ratio, which only counts."""
    return [_row(agents, most) for agents, most in AT_MOST.items()]


def _row(agents: int, most: float) -> ResultRow:
    rules = DropRules(30)
    pacer, ratio = _TimedPacer(PacingRules(DialMethod.PREDICTIVE, drops=rules)), _TimedRatio()
    for dialler in (pacer, ratio):
        scenario = DiallingScenario(agents=agents, days=1, hours=HOURS)
        DiallingWorld(scenario, 1, dialler, rules, on_events=False).run()
    ours, theirs = (one.took[int(BREAK_IN * len(one.took)) :] for one in (pacer, ratio))
    mean = sum(ours) / len(ours)
    figures = {"ms": mean} | spread(ours)
    baseline = {"ms": sum(theirs) / len(theirs)} | spread(theirs)
    what = f"processor time of a decision, {agents} agents, mean"
    return ResultRow(what, "ms", figures, baseline, f"{most:g} ms or less", mean <= most)
