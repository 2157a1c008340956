"""Check that calls are sent where an agent takes them."""

from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, few, good, note
from warmline.core.rules.configuration import AGENTDIRECT


def ingroups(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each active in-group has an agent who takes its calls."""
    inactive = {name for name, one in facts.entities("campaign").items() if one["active"] != "Y"}
    agents = [one for one in facts.entities("agent").values() if one["active"] == "Y"]
    taken = {name for one in agents if one["campaign"] not in inactive for name in _words(one["ingroups"])}
    found = facts.entities("ingroup").items()
    empty = [name for name, one in found if one["active"] == "Y" and name not in taken and name != AGENTDIRECT]
    if not empty:
        yield good("ingroup_agents_good", "each in-group has an active agent")
        return
    why = "calls wait until drop_call_seconds have passed, unless an agent chooses the in-group"
    yield note(
        "ingroup_without_agents", f"no active agent has {few(empty)} among the ingroups", why, "warmline agent list"
    )


def _words(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


CHECKS = (Check("in-groups", ingroups, "each active in-group has at least one active agent"),)
