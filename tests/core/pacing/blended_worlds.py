"""Random worlds with callers, pausing agents and lost lines, each drawn from its seed, and what their windows show."""

from dataclasses import dataclass
from random import Random

from tools.simulation.dialling.blended_world import BlendedWorld, Callers
from tools.simulation.dialling.dialling_scenario import DiallingScenario
from warmline.core.model.dialler import DROP_THOUSANDTHS, DropBudget, DropWindow, WindowCount
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.drop_budget import DropRules
from warmline.core.pacing.pacer import Pacer

AGENT_HOURS = 12.0
ENOUGH_PERSONS = {30: 34, 10: 100}  # persons of whom one may be dropped, by the limit in thousandths


@dataclass(frozen=True)
class Judged:
    """The end of a world: each limited window, with its drops above the limit that no lost line caused."""

    seed: int
    world: BlendedWorld
    windows: tuple[WindowCount, ...]

    def above(self) -> list[float]:
        """Return the drops above the limit of each window with enough persons that is above it."""
        return [surplus for window in self.windows if self._is_big(window) and (surplus := self._over(window)) > 0]

    def dropped_of_few(self) -> int:
        """Return the most drops of a window with few persons."""
        return max((self._own_drops(window) for window in self.windows if not self._is_big(window)), default=0)

    def unpreventable(self) -> bool:
        """Return whether callers of a higher rank took the agents, or all agents logged out while leads rang."""
        callers, at_end = self.world.callers, self.world.caller_result.drops_at_end
        largest_surplus = max((self.dropped_of_few(), *self.above()))
        return (callers.outrank and callers.an_hour > 0) or largest_surplus <= 1 + at_end

    def _is_big(self, window: WindowCount) -> bool:
        return window.answered >= ENOUGH_PERSONS[self.world.result.rules.limit_permille]

    def _own_drops(self, window: WindowCount) -> int:
        return max(0, window.dropped - self.world.caller_result.drops_by_line)

    def _over(self, window: WindowCount) -> float:
        return self._own_drops(window) - self.world.result.rules.limit_permille * window.answered / DROP_THOUSANDTHS

    def __str__(self) -> str:
        scenario, result, callers = self.world.scenario, self.world.result, self.world.caller_result
        counts = ", ".join(f"{window.kind.value} {window.dropped} of {window.answered}" for window in self.windows)
        waits = sorted(callers.waits)
        return (
            f"seed {self.seed}: {counts}; limit {result.rules.limit_permille}, {callers.drops_by_line} by a lost line, "
            f"{callers.drops_at_end} at the end of a day; "
            f"{scenario.agents} agents, answer rate {scenario.answer_rate}, machines {scenario.machines}, "
            f"patience {scenario.patience}, pauses {scenario.vanishes_an_hour:g}/h, "
            f"callers {self.world.callers.an_hour:.0f}/h{' that outrank' * self.world.callers.outrank}; "
            f"talk {result.talk_share():.3f}, callers hung up {callers.hung_up} of {callers.came}, "
            f"wait p95 {waits[int(0.95 * len(waits))] if waits else 0:.1f} s"
        )


def play_world(seed: int, method: DialMethod = DialMethod.PREDICTIVE, agent_hours: float = AGENT_HOURS) -> Judged:
    """Draw the world of a seed, play it, and judge its windows."""
    draw = Random(f"blended {seed}")  # noqa: S311 - a simulation
    agents = round(200 ** draw.random())
    scenario = DiallingScenario(
        agents=agents,
        days=draw.choice((1, 2)),
        hours=min(3.0, max(0.15, agent_hours / agents)),
        answer_rate=round(draw.uniform(0.04, 0.6), 3),
        machines=draw.choice((0.0, 0.0, 0.3)),
        patience=draw.choice((1.0, 2.0, 15.0)),
        dial_timeout=draw.choice((20.0, 25.0, 60.0)),
        vanishes_an_hour=draw.choice((0.0, 12.0, 40.0)),
    )
    callers = Callers(
        an_hour=agents * draw.choice((0.0, draw.uniform(2, 20), draw.uniform(2, 20))),
        outrank=draw.random() < 0.2,
        lines_lost_an_hour=draw.choice((0.0, 1.0)),
    )
    drops = DropRules(draw.choice((10, 30, 30)), draw.choice(tuple(DropWindow)))
    world = BlendedWorld(scenario, seed, Pacer(PacingRules(method, drops=drops)), callers)
    result = world.run()
    windows = DropBudget("", (*result.ended, *result.budget.windows)).get_limited_windows(drops.window)
    return Judged(seed, world, windows)
