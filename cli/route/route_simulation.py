"""A simulated call: what the rules decide for it."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from cli.route import agents_file
from warmline import agi
from warmline.core.explain.route_simulation import RouteForecast, as_they_are, forecast, with_agents
from warmline.core.rules import routing
from warmline.core.rules.configuration import AGENTDIRECT, Rules
from warmline.core.rules.routing import RuleStep
from warmline.core.state.world import Turn
from warmline.store.agi import routing_facts
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import StoreError, connect
from warmline.store.journal import open_state


@dataclass(frozen=True, slots=True)
class SimulatedCall:
    """A call to the number `did`, or straight to an in-group, at `at` (microseconds UTC), from the number `cid`.

    `agents` is the file with the agents who are logged in; without it, they are read from the database.
    """

    did: str
    ingroup: str
    cid: str
    at: int
    agents: Path | None


@dataclass(frozen=True, slots=True)
class SimulationResult:
    """The result. `route` and `goto` are those of a RoutingDecision; `outcome` is one line.

    `forecast` is None if no in-group is reached. `routed`: whether the call goes anywhere but the fallback.
    """

    steps: tuple[RuleStep, ...]
    route: str
    goto: str
    forecast: RouteForecast | None
    outcome: str
    routed: bool


def load(database: str) -> Rules:
    """Return the current configuration. Raises StoreError."""
    with closing(connect(database)) as connection:
        return load_rules(connection)


def simulate(database: str, rules: Rules, asked: SimulatedCall) -> SimulationResult:
    """Apply all rules, first those of the number, then those of the in-group. Raises StoreError, OptionError."""
    if asked.ingroup:
        return _in_group((), f"ingroup,{asked.ingroup}", forecast(_stage(database, rules, asked), asked.ingroup))
    decision = _decision(database, asked)
    if not decision.route:
        outcome = f"to the dialplan at {decision.goto}" if decision.goto else f"to the fallback: {decision.reason}"
        return SimulationResult(tuple(decision.steps), "", decision.goto, None, outcome, bool(decision.goto))
    kind, _, name = decision.route.partition(",")
    turn = _stage(database, rules, asked)
    found = forecast(turn, AGENTDIRECT, name) if kind == "agent" else forecast(turn, name)
    return _in_group(decision.steps, decision.route, found)


def _decision(database: str, asked: SimulatedCall) -> routing.RoutingDecision:
    try:
        return routing.did(routing_facts.did(database, routing.plain(asked.did), asked.cid, asked.at))
    except routing_facts.FactsError as error:
        raise StoreError(error.code, "{why}", why=error) from None


def _stage(database: str, rules: Rules, asked: SimulatedCall) -> Turn:
    """Return a turn with the current agents and calls."""
    if asked.agents:
        said = agents_file.read(asked.agents, rules, asked.at)
        return with_agents(said.sessions, said.rules, asked.at, agi.new_id())
    with closing(connect(database)) as connection:
        return as_they_are(open_state.load(connection), rules, asked.at, agi.new_id())


def _in_group(before: Iterable[RuleStep], route: str, found: RouteForecast) -> SimulationResult:
    """Return the result in an in-group; `before` are the steps of the number's rules, and none is repeated."""
    said = {(step.rule, step.why) for step in before}
    steps = (*before, *(step for step in found.steps if (step.rule, step.why) not in said))
    where = f"agent {found.direct}'s own queue" if found.direct else f"in-group {found.ingroup}"
    outcome = f"to the fallback: {found.outcome}" if found.refused else f"{where}: {found.outcome}"
    return SimulationResult(steps, "" if found.refused else route, found.goto, found, outcome, not found.refused)
