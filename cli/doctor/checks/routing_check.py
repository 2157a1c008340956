"""Check that calls are sent where an agent takes them, or to a place in the dialplan that exists.

Agents at a number outside can be called there.
"""

import shlex
from collections.abc import Iterator

from cli.doctor.checks.dialplan_check import first_extension
from cli.doctor.facts.check_facts import CheckFacts, unknown
from cli.doctor.facts.finding import Check, Finding, error, few, good, note
from warmline.core.permission import dial_gate
from warmline.core.queue import exit_keys
from warmline.core.rules import data_rules, exit_actions
from warmline.core.rules.configuration import AGENTDIRECT, Ingroup, Rules
from warmline.store.configuration.configuration_snapshot import load_rules
from warmline.store.database.database import StoreError
from warmline.store.database.reading import reading


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


def numbers(facts: CheckFacts) -> Iterator[Finding]:
    """Check each agent's `outside_number` by the dial rules of the agent's campaign."""
    rules = _rules(facts)
    outside = [agent for agent in rules.agents.values() if agent.outside_number]
    faults = list(_refused(rules))
    yield from faults
    if not faults:
        told = f"{len(outside)} numbers outside" if outside else "no agent has an outside_number"
        yield good("outside_numbers_good", f"{told}{', each allowed by its campaign' * bool(outside)}")


def _rules(facts: CheckFacts) -> Rules:
    try:
        with reading(facts.settings.db) as db:
            return load_rules(db)
    except StoreError as problem:
        raise unknown(problem) from None


def exits(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each place exists to which an in-group sends callers: by a key, or by an action."""
    places: dict[str, list[str]] = {}
    for group in _rules(facts).ingroups.values():
        for option, goto in _places(group) if group.active == "Y" else ():
            if not goto or goto.startswith(f"{exit_actions.VOICEMAIL_CONTEXT},"):
                continue
            places.setdefault(goto, []).append(f"{option} of {group.id}")
    missing = False
    for goto, options in places.items():
        context, _, exten = goto.partition(",")
        if first_extension(facts.console(f"dialplan show {exten}@{context}")).pattern:
            continue
        missing = True
        yield error(
            "exit_place_missing",
            f"the dialplan has no extension {exten} in [{context}], which {few(options)} names",
            "the caller who leaves there is hung up",
            f"in [{context}] of extensions.conf: exten => {exten},1,… and then: {facts.rx('dialplan reload')}",
            by_hand=True,
        )
    if not missing:
        told = f"{len(places)} places in the dialplan" if places else "no in-group sends callers to the dialplan"
        yield good("exit_places_good", f"{told}{', each is there' * bool(places)}")


def _places(group: Ingroup) -> Iterator[tuple[str, str]]:
    """Yield each option that sends callers into the dialplan, with CONTEXT,EXTEN; mailboxes are Asterisk's own."""
    for rule in group.exit_keys:
        key, _, route = (part.strip() for part in rule.partition(data_rules.ROUTE_SIGN.strip()))
        yield f"{exit_keys.EXIT_OPTION} {key}", exit_actions.read_route(group, exit_keys.EXIT_OPTION, route, None).goto
    for option in exit_actions.TARGET_OPTIONS:
        if (action := getattr(group, option)) in exit_actions.ACTIONS:
            yield option, exit_actions.read_exit(group, option, action, None).goto


def _refused(rules: Rules) -> Iterator[Finding]:
    for agent in rules.agents.values():
        campaign = rules.campaign(agent.campaign)
        why = dial_gate.refuse_agent_number(rules, campaign, agent.outside_number) if agent.outside_number else ""
        if why:
            yield error(
                "outside_number_refused",
                f"agent {agent.id} is not called at {agent.outside_number}: {why}",
                "each call for the agent is missed",
                f"warmline campaign edit {shlex.quote(campaign.id)}",
            )


CHECKS = (
    Check("in-groups", ingroups, "each active in-group has at least one active agent"),
    Check("exits", exits, "the dialplan has each place to which `exit_keys` or an action of an in-group sends callers"),
    Check("numbers outside", numbers, "the dial rules of an agent's campaign allow the `outside_number`"),
)
