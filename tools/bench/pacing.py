"""Measures how much agents talk with Warmline's pacing, in simulated campaigns, and how many persons are dropped.

The core's own pacer decides; agents, leads and time are simulated. The baseline dials the same campaigns: VICIdial's
algorithm with its usual settings, and tuned with hindsight.
"""

from dataclasses import dataclass, replace

from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, Figures, ResultRow
from tools.simulation.dialling import contenders
from tools.simulation.dialling.dialling_result import DiallingResult
from tools.simulation.dialling.dialling_scenario import DiallingScenario
from warmline.core.pacing.drop_budget import DropRules

COUNT = 10  # tenths of the usual simulated time
DAYS = {5: 3.0, 10: 3.0, 20: 3.0, 50: 1.0, 200: 0.5}  # of eight hours, by the number of agents
LIMITS = (30, 10)  # per mille
USUAL_LIMIT, STRICT_LIMIT = LIMITS
SEED = 1
MAIN = 20  # agents
WORLDS = {
    "10 % answered": DiallingScenario(answer_rate=0.1),
    "35 % answered, half by machines": DiallingScenario(answer_rate=0.35, machines=0.5),
}
NUMBER = len(DAYS) * len(LIMITS) + len(WORLDS)  # of campaigns
TALK = "% talk"
DROPPED = "% dropped"


@dataclass(frozen=True, slots=True)
class Compared:
    """The figures of all diallers in one campaign."""

    warmline: DiallingResult
    shipped: DiallingResult
    tuned: DiallingResult


async def measure(count: int, step: Step) -> BenchResult:
    """Play all campaigns for `count` tenths of their usual days."""
    played = 0

    def advance() -> None:
        """Step as far as this campaign goes in the whole."""
        nonlocal played
        played += 1
        for _ in range(played * count // NUMBER - (played - 1) * count // NUMBER):
            step()

    return BenchResult("pacing", "VICIdial's algorithm", rows(count, advance))


def rows(count: int, step: Step) -> list[ResultRow]:
    """Play the campaigns; return their rows, that of 20 agents first."""
    teams = {
        (agents, limit): _compare(_scenario(DiallingScenario(), agents, count), DropRules(limit), step)
        for limit in LIMITS
        for agents in DAYS
    }
    others = {
        world: _compare(_scenario(scenario, MAIN, count), DropRules(USUAL_LIMIT), step)
        for world, scenario in WORLDS.items()
    }
    found = [row for (agents, limit), one in teams.items() for row in _team_rows(f"{agents} agents", limit, one)] + [
        row for world, one in others.items() for row in _team_rows(f"20 agents, {world}", USUAL_LIMIT, one)
    ]
    found.sort(key=lambda row: not row.what.startswith(f"{MAIN} agents, limit 3 %"))
    return found + [_lower_limit(agents, teams[agents, STRICT_LIMIT], teams[agents, USUAL_LIMIT]) for agents in DAYS]


def _scenario(scenario: DiallingScenario, agents: int, tenths: int) -> DiallingScenario:
    """Return the scenario with so many agents, for its share of the usual time."""
    hours = DAYS[agents] * 8 * tenths / 10
    return replace(scenario, agents=agents, days=max(1, round(hours / 8)), hours=min(8.0, hours))


def _compare(scenario: DiallingScenario, rules: DropRules, step: Step) -> Compared:
    found = Compared(
        warmline=contenders.warmline().play(scenario, rules, SEED),
        shipped=contenders.vicidial().play(scenario, rules, SEED),
        tuned=contenders.tuned(contenders.vicidial_settings(scenario.agents), scenario, rules, SEED),
    )
    step()
    return found


def _team_rows(name: str, limit: int, one: Compared) -> list[ResultRow]:
    """Return the rows of a campaign: talk beside each baseline, and the windows above the limit."""
    where = f"{name}, limit {limit / 10:g} %"
    ours, shipped = one.warmline, one.shipped
    above = {"persons": float(ours.above), "% at worst": 100 * ours.worst_window()}
    theirs = {"persons": float(shipped.above), "% at worst": 100 * shipped.worst_window()}
    return [
        _more(f"{where}: talk, beside VICIdial tuned with hindsight", ours, one.tuned),
        _more(f"{where}: talk, beside VICIdial's usual settings", ours, shipped, fewer_drops=True),
        ResultRow(f"{where}: persons at whom a window was above", "persons", above, theirs, "0", not ours.above),
    ]


def _more(what: str, ours: DiallingResult, theirs: DiallingResult, *, fewer_drops: bool = False) -> ResultRow:
    """Return the row of a comparison: Warmline must talk more, if asked for with no more drops."""
    more = ours.talk_share() > theirs.talk_share()
    met = more and not (fewer_drops and ours.drop_rate() > theirs.drop_rate())
    return ResultRow(
        what, TALK, _figures(ours), _figures(theirs), "more, with no more drops" if fewer_drops else "more", met
    )


def _lower_limit(agents: int, strict: Compared, usual: Compared) -> ResultRow:
    """Return the row of the lower limit beside VICIdial at the higher one: more talk with fewer drops."""
    ours, theirs = strict.warmline, usual.tuned
    return _more(
        f"{agents} agents: talk at the limit of 1 %, beside VICIdial tuned for 3 %", ours, theirs, fewer_drops=True
    )


def _figures(result: DiallingResult) -> Figures:
    return {
        TALK: 100 * result.talk_share(),
        DROPPED: 100 * result.drop_rate(),
        "s between calls": result.seconds_between_calls(),
        "persons": float(result.persons),
    }
