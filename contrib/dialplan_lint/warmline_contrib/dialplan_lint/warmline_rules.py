"""Rules for dialplans that include dialplan/warmline.conf."""

from collections.abc import Iterator
from contextlib import suppress

from warmline.store.agi.routing_facts import FactsError
from warmline_contrib.dialplan_lint.application_data import arguments, calls, is_fixed
from warmline_contrib.dialplan_lint.call_rules import FIRST_WARMLINE
from warmline_contrib.dialplan_lint.dialplan import Dialplan, DialplanExtension, DialplanPriority
from warmline_contrib.dialplan_lint.dialplan_flow import jumps
from warmline_contrib.dialplan_lint.lint_finding import LintFinding, at
from warmline_contrib.dialplan_lint.surrounding_files import Surroundings

PREFIX = "warmline-"
AWAY, LOGIN = "warmline-away", "warmline-login"
AFTER, ENDED = "warmline-after", "warmline-ended"
KINDS = {"warmline-ingroup": "ingroup", "warmline-agent": "agent", FIRST_WARMLINE: "did"}
SCRIPTS = {"enter_ingroup": "ingroup", "enter_agentdirect": "agent", "route_did": "did"}
LEADS_BACK = (FIRST_WARMLINE, "warmline-ingroup", "warmline-agent", "warmline-enter", "warmline-fallback")


def warmline(plan: Dialplan) -> Iterator[LintFinding]:
    """Report faults around Warmline's contexts; nothing if no other context leads to them."""
    if FIRST_WARMLINE not in plan.contexts or not _is_used(plan):
        return
    if AWAY not in plan.contexts:
        found = f"there is no [{AWAY}]"
        yield LintFinding("away_missing", found, plan.contexts[FIRST_WARMLINE].place)
    elif plan.find(AWAY, "s") is None and not plan.is_open(AWAY):
        yield LintFinding("away_without_s", f"[{AWAY}] has no extension s", plan.contexts[AWAY].place, AWAY)
    for name in (AFTER, ENDED):
        if name in plan.contexts and plan.find(name, "s") is None and not plan.is_open(name):
            yield LintFinding("after_without_s", f"[{name}] has no extension s", plan.contexts[name].place, name)
    logins = set()
    for extension, priority, target in jumps(plan):
        if extension.context == AWAY and target.context in LEADS_BACK:
            found = f"[{AWAY}] leads to {target.context}"
            yield at("away_loops", found, extension, priority)
        if target.context == LOGIN:
            logins.add(extension.context)
    yield from _includes(plan, logins)


def _is_used(plan: Dialplan) -> bool:
    """Return whether a context of the administrator includes one of Warmline's, or jumps to it."""
    included = any(
        include.context.startswith(PREFIX)
        for context in plan.contexts.values()
        if not context.name.startswith(PREFIX)
        for include in context.includes
    )
    return included or any(
        (target.context or "").startswith(PREFIX) and not extension.context.startswith(PREFIX)
        for extension, _, target in jumps(plan)
    )


def _includes(plan: Dialplan, logins: set[str]) -> Iterator[LintFinding]:
    for context in plan.contexts.values():
        for include in context.includes:
            name = include.context
            if name.startswith(PREFIX) and name not in (FIRST_WARMLINE, AWAY, AFTER, ENDED) and name in plan.contexts:
                found = f"[{context.name}] includes {name}"
                yield LintFinding("warmline_internal_included", found, include.place, context.name)
            elif context.name in logins and FIRST_WARMLINE in [one.name for one in plan.reached(name)]:
                found = f"[{context.name}] has the login of agents, and includes {FIRST_WARMLINE}"
                yield LintFinding("warmline_in_phones", found, include.place, context.name, certain=False)


def names(plan: Dialplan, facts: Surroundings) -> Iterator[LintFinding]:
    """Report in-groups, agents and DIDs that Warmline's database does not have."""
    if facts.warmline is None:
        return
    reasons: dict[tuple[str, str], str] = {}
    for extension, priority, kind, name in _named(plan):
        if is_fixed(name) and (kind, name) not in reasons:
            with suppress(FactsError):  # the database cannot be read any more, or not asked for this name
                reasons[kind, name] = facts.warmline.find_missing(kind, name)
        if reason := reasons.get((kind, name), ""):
            yield at("warmline_unknown", reason, extension, priority)


def _named(plan: Dialplan) -> Iterator[tuple[DialplanExtension, DialplanPriority, str, str]]:
    """Yield the in-groups, agents and DIDs that the dialplan names, with their kind."""
    for extension, priority, target in jumps(plan):
        if target.context in KINDS and target.extension and target.extension not in ("h", "i", "t"):
            yield extension, priority, KINDS[target.context], target.extension
    for extension in plan.extensions():
        for priority in extension.in_order():
            for name, data in calls(priority.application, priority.data):
                script, *words = arguments(data)
                if name == "agi" and script in SCRIPTS and words and words[0]:
                    yield extension, priority, SCRIPTS[script], words[0]
