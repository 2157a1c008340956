"""What agents may dial: a campaign without dial rules and without limits is what toll fraud looks for."""

import shlex
from collections.abc import Iterator

from cli.doctor.check_facts import CheckFacts
from cli.doctor.finding import Check, Finding, few, good, note

RULES = ("dial_allow", "dial_deny", "daily_limit_manual", "manual_calls_at_once")
WHY = "whoever gets into an agent's place, or into a CRM, makes expensive calls without end"


def limits(facts: CheckFacts) -> Iterator[Finding]:
    """Each campaign has a dial rule or a limit."""
    campaigns = facts.entities("campaign")
    open_ones = [name for name, options in campaigns.items() if not any(options[rule] for rule in RULES)]
    if not open_ones:
        yield good(f"{len(campaigns)} campaigns, each with dial rules or limits")
        return
    of, they = ("campaigns", "they like") if len(open_ones) > 1 else ("campaign", "it likes")
    new = "daily_limit_manual=200 manual_calls_at_once=20"
    mend = " && ".join(f"warmline campaign set {shlex.quote(name)} {new}" for name in open_ones)
    yield note(f"{of} {few(open_ones)} may dial any number as often as {they}", WHY, mend)


def legs(facts: CheckFacts) -> Iterator[Finding]:
    """The setting that keeps a flood of calls from everybody else."""
    most = facts.entities("setting").get("warmline", {}).get("max_legs", 0)
    if most:
        yield good(f"at most {most} phones are on the line at once")
        return
    why = "a flood of calls slows every call down; operations.md says how to measure what this machine has room for"
    yield note("max_legs is 0: any number of phones may be on the line", why, "warmline setting set max_legs=300")


CHECKS = (
    Check(
        "dial rules and limits",
        limits,
        "each campaign has `dial_allow`, `dial_deny`, `daily_limit_manual` or `manual_calls_at_once`",
    ),
    Check("phones at once", legs, "the setting `max_legs` limits the number of phones on the line"),
)
