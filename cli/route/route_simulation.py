"""A simulated call: what the rules decide for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cli.route import agents_file
from warmline import agi
from warmline.core.explain.route_simulation import (
    RouteForecast,
    build_turn_from_records,
    build_turn_with_agents,
    forecast_route,
)
from warmline.core.rules import call_data, routing
from warmline.core.rules.call_data import CallData
from warmline.core.rules.configuration import AGENTDIRECT, Rules
from warmline.core.rules.routing import RuleStep
from warmline.core.world.turn import Turn
from warmline.store.agi import routing_facts
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import StoreError
from warmline.store.database.reading import reading
from warmline.store.journal import open_state

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SimulatedCall:
    """A call to the number `did`, or straight to an in-group, at `at` (microseconds UTC), from the number `cid`.

    `agents` is the file with the agents who are logged in; without it, they are read from the database. `data` are the
    names and values that the dialplan has set.
    """

    did: str
    ingroup: str
    cid: str
    at: int
    agents: Path | None
    data: CallData = ()


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
    with reading(database) as connection:
        return load_rules(connection)


def simulate(database: str, rules: Rules, asked: SimulatedCall) -> SimulationResult:
    """Apply all rules, first those of the number, then those of the in-group. Raises StoreError, OptionError."""
    data, left_out = _passed(database, asked.data)
    if asked.ingroup:
        found = forecast_route(_stage(database, rules, asked), asked.ingroup, call_data=data)
        return _in_group(left_out, f"ingroup,{asked.ingroup}", found)
    decision = _decision(database, asked, data)
    decision.steps[:0] = left_out
    if not decision.route:
        outcome = f"to the dialplan at {decision.goto}" if decision.goto else f"to the fallback: {decision.reason}"
        return SimulationResult(tuple(decision.steps), "", decision.goto, None, outcome, bool(decision.goto))
    kind, _, name = decision.route.partition(",")
    turn = _stage(database, rules, asked)
    found = (
        forecast_route(turn, AGENTDIRECT, name, data) if kind == "agent" else forecast_route(turn, name, call_data=data)
    )
    return _in_group(decision.steps, decision.route, found)


def _passed(database: str, items: CallData) -> tuple[CallData, list[RuleStep]]:
    """Return the data that a script would pass with the call, and a step for each item that stays behind."""
    if not items:
        return (), []
    _, _, names, headers = _facts(lambda: routing_facts.targets(database, ""))
    known = {name.lower() for name in (*names, *map(call_data.to_item_name, headers))}
    unnamed = (name for name, _ in items if name.lower() not in known)
    kept, left_out = call_data.check_items([item for item in items if item[0].lower() in known])
    whys = (*(f"{name} is left out, because call_data does not name it" for name in unnamed), *left_out)
    return kept, [RuleStep("data", False, why) for why in whys]


def _decision(database: str, asked: SimulatedCall, data: CallData) -> routing.RoutingDecision:
    facts = _facts(lambda: routing_facts.did(database, routing.strip_plus(asked.did), asked.cid, asked.at))
    facts.call_data = data
    return routing.route_did(facts)


def _facts(read: Callable[[], T]) -> T:
    """Return what a script would read from the database. Raises StoreError."""
    try:
        return read()
    except routing_facts.FactsError as error:
        raise StoreError(error.code, "{why}", why=error) from None


def _stage(database: str, rules: Rules, asked: SimulatedCall) -> Turn:
    """Return a turn with the current agents and calls."""
    if asked.agents:
        said = agents_file.read(asked.agents, rules, asked.at)
        return build_turn_with_agents(said.sessions, said.rules, asked.at, agi.new_id())
    with reading(database) as connection:
        return build_turn_from_records(open_state.load(connection), rules, asked.at, agi.new_id())


def _in_group(before: Iterable[RuleStep], route: str, found: RouteForecast) -> SimulationResult:
    """Return the result in an in-group; `before` are the steps of the number's rules, and none is repeated."""
    said = {(step.rule, step.why) for step in before}
    steps = (*before, *(step for step in found.steps if (step.rule, step.why) not in said))
    where = f"agent {found.direct}'s own queue" if found.direct else f"in-group {found.ingroup}"
    outcome = f"to the fallback: {found.outcome}" if found.refused else f"{where}: {found.outcome}"
    return SimulationResult(steps, "" if found.refused else route, found.goto, found, outcome, not found.refused)
