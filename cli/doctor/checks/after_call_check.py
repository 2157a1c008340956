"""Check that the dialplan has [warmline-after], if a campaign sends customers there."""

from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts
from cli.doctor.facts.finding import Check, Finding, few, good, warning

AFTER = "warmline-after"


def context(facts: CheckFacts) -> Iterator[Finding]:
    """Check that campaigns with `continue_after_hangup` lead to a context that is there."""
    found = [name for name, row in facts.entities("campaign").items() if row["continue_after_hangup"] == "Y"]
    if found and facts.dialplan and AFTER not in facts.dialplan:
        fix = " && ".join(f"warmline campaign set {name} continue_after_hangup=N" for name in found)
        yield warning(
            "after_context_missing",
            f"the dialplan has no [{AFTER}], and campaign {few(found)} has continue_after_hangup=Y",
            "a customer whose agent hangs up is hung up; docs/how-to/after-the-call.md has examples of the context",
            fix,
        )
    else:
        yield good("after_call_good", f"[{AFTER}] is there, or no campaign needs it")


CHECKS = (Check("after the call", context, f"`[{AFTER}]` is there, or no campaign has `continue_after_hangup`"),)
