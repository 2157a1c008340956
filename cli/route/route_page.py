"""A simulated call, for people and as JSON."""

from datetime import tzinfo

from cli.output.table import NAME, print_table
from cli.output.time_format import iso, with_zone
from cli.route.route_simulation import SimulatedCall, SimulationResult
from warmline.core.explain.route_simulation import RouteForecast
from warmline.text.printable import is_shown
from warmline.text.written_time import WrittenTime


def print_page(asked: SimulatedCall, found: SimulationResult, when: WrittenTime, zone: tzinfo) -> None:
    """Print the time, the rules with their answers, the call's destination, and the agents in their order."""
    to = asked.did or f"in-group {asked.ingroup}"
    print(f"A call from {asked.cid or 'unknown'} to {to} at {with_zone(when.at, zone)}")
    if when.note:
        print(when.note)
    if asked.data:
        print("with " + ", ".join(f"{name}={_shown(value)}" for name, value in asked.data))
    print()
    print_table(
        ("rule", "answer", "why"), [(step.rule, "yes" if step.passed else "no", step.why) for step in found.steps]
    )
    print(f"\n{found.outcome}")
    if found.forecast and found.forecast.ranking:
        print()
        print_table(
            ("agent", NAME, "rank", "why"),
            [(one.agent, one.full_name, str(one.position or "-"), one.reason) for one in found.forecast.ranking],
            free=("why",),
            if_any=(NAME,),
        )


def _shown(value: str) -> str:
    """Return a value without characters that could control a terminal."""
    return "".join(sign if is_shown(sign) else "\ufffd" for sign in value)


def document(asked: SimulatedCall, found: SimulationResult, when: WrittenTime, zone: str) -> dict[str, object]:
    """Return the simulation for programs; fields that do not apply are empty, 0 or null."""
    return {
        "did": asked.did,
        "cid": asked.cid,
        "at": iso(when.at),
        "timezone": zone,
        "data": dict(asked.data),
        "note": when.note,
        "steps": [{"rule": step.rule, "passed": step.passed, "why": step.why} for step in found.steps],
        "routed": found.routed,
        "route": found.route,
        "goto": found.goto,
        "outcome": found.outcome,
        "ingroup": found.forecast and _ingroup(found.forecast),
    }


def _ingroup(found: RouteForecast) -> dict[str, object]:
    return {
        "name": found.ingroup,
        "direct": found.direct,
        "agent": found.agent,
        "place": found.position,
        "status": found.status,
        "action": found.action,
        "message": found.message,
        "ranking": [
            {"agent": one.agent, "full_name": one.full_name, "rank": one.position, "why": one.reason}
            for one in found.ranking
        ],
    }
