"""The diallers that a simulated campaign compares: the product's own pacer and VICIdial's algorithm."""

from collections.abc import Callable
from dataclasses import dataclass

from tools.simulation.dialling.dialling_result import DiallingResult
from tools.simulation.dialling.dialling_scenario import DiallingScenario
from tools.simulation.dialling.dialling_world import DiallingWorld, SimulatedDialler
from tools.simulation.dialling.vicidial_dialler import PULSE, AdaptMethod, VicidialDialler
from warmline.core.model.dialler import DROP_THOUSANDTHS
from warmline.core.pacing.dial_method import DialMethod, PacingRules
from warmline.core.pacing.drop_budget import DropRules
from warmline.core.pacing.pacer import Pacer

EACH_EVENT_UP_TO = 50  # agents: with so many or more, a pacer decides at its pulse alone
LEVELS = (2.0, 3.0, 4.0, 5.5, 7.0, 9.0)  # for READY agents
LEVELS_OF_ALL = (1.1, 1.3, 1.6)  # for agents who are READY or talk


@dataclass(frozen=True, slots=True)
class Contender:
    """A dialler with its settings, for people in `name`."""

    name: str
    make: Callable[[DiallingScenario, DropRules], SimulatedDialler]
    pulse: float = 0.25
    paces: bool = False  # as the product does: after each event too

    def play(self, scenario: DiallingScenario, rules: DropRules, seed: int) -> DiallingResult:
        """Let it dial a campaign; return the figures."""
        world = DiallingWorld(
            scenario,
            seed,
            self.make(scenario, rules),
            rules,
            pulse=self.pulse,
            on_events=self.paces and scenario.agents < EACH_EVENT_UP_TO,
        )
        return world.run()


def warmline(method: DialMethod = DialMethod.PREDICTIVE, level: float = 1.0) -> Contender:
    """Return the product's own pacer."""
    return Contender(method, lambda _, rules: Pacer(PacingRules(method, level, drops=rules)), paces=True)


def vicidial(
    method: AdaptMethod = AdaptMethod.AVERAGE,
    maximum_level: float = 3.0,
    *,
    available_only: bool = False,
    difference_target: float = 0.0,
) -> Contender:
    """Return VICIdial's algorithm; without arguments with its usual settings."""

    def make(_: DiallingScenario, rules: DropRules) -> VicidialDialler:
        return VicidialDialler(
            method,
            100 * rules.limit_permille / DROP_THOUSANDTHS,
            maximum_level=maximum_level,
            available_only=available_only,
            difference_target=difference_target,
        )

    tally = "READY agents" if available_only else "all agents"
    return Contender(f"{method}, level up to {maximum_level} of {tally}, target {difference_target}", make, PULSE)


def tuned(candidates: list[Contender], scenario: DiallingScenario, rules: DropRules, seed: int) -> DiallingResult:
    """Return the most talk within the limit, chosen with hindsight on the same days; otherwise the fewest drops."""
    played = [one.play(scenario, rules, seed) for one in candidates]
    kept = [result for result in played if DROP_THOUSANDTHS * result.dropped <= rules.limit_permille * result.persons]
    return max(kept, key=DiallingResult.talk_share) if kept else min(played, key=DiallingResult.drop_rate)


def vicidial_settings(agents: int) -> list[Contender]:
    """Return settings of VICIdial that an administrator may try with so many agents."""
    target = -2.0 if agents < EACH_EVENT_UP_TO else -agents / 15
    tried = ((AdaptMethod.HARD_LIMIT, 0.0), (AdaptMethod.HARD_LIMIT, target), (AdaptMethod.AVERAGE, target))
    of_ready = [
        vicidial(method, level, available_only=True, difference_target=wanted)
        for method, wanted in tried
        for level in LEVELS
    ]
    return of_ready + [vicidial(maximum_level=level) for level in LEVELS_OF_ALL]
