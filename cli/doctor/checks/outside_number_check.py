"""Check that the numbers outside of agents can be dialled: each refusal counts as a missed call."""

import shlex
from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts, unknown
from cli.doctor.facts.finding import Check, Finding, error, good
from warmline.core.permission import dial_gate
from warmline.core.rules.configuration import Rules
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import StoreError
from warmline.store.database.reading import reading


def numbers(facts: CheckFacts) -> Iterator[Finding]:
    """Check each agent's `outside_number` by the dial rules of the agent's campaign."""
    try:
        with reading(facts.settings.db) as db:
            rules = load_rules(db)
    except StoreError as problem:
        raise unknown(problem) from None
    outside = [agent for agent in rules.agents.values() if agent.outside_number]
    faults = list(_refused(rules))
    yield from faults
    if not faults:
        told = f"{len(outside)} numbers outside" if outside else "no agent has an outside_number"
        yield good("outside_numbers_good", f"{told}{', each allowed by its campaign' * bool(outside)}")


def _refused(rules: Rules) -> Iterator[Finding]:
    for agent in rules.agents.values():
        campaign = rules.campaign(agent.campaign)
        why = dial_gate.agent_number_refused(rules, campaign, agent.outside_number) if agent.outside_number else ""
        if why:
            yield error(
                "outside_number_refused",
                f"agent {agent.id} is not called at {agent.outside_number}: {why}",
                "each call for the agent is missed",
                f"warmline campaign edit {shlex.quote(campaign.id)}",
            )


CHECKS = (Check("numbers outside", numbers, "the dial rules of an agent's campaign allow the `outside_number`"),)
