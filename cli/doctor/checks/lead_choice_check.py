"""Checks what chooses the leads that are dialled: the filters of campaigns."""

import shlex
import time
from collections.abc import Iterator

from cli.doctor.facts.check_facts import CheckFacts, unknown
from cli.doctor.facts.finding import Check, Finding, error, good, warning
from warmline.store.database.database import StoreError
from warmline.store.dialling import filter_matches
from warmline.text import lead_filter


def filters(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each filter can be read, and matches leads if its campaign has any."""
    texts = {name: str(options["lead_filter"]) for name, options in facts.entities("campaign").items()}
    found = [finding for name, text in texts.items() if text for finding in _of_filter(facts, name, text)]
    yield from found or [good("lead_filters_good", "each lead_filter matches leads, or its campaign has none")]


def _of_filter(facts: CheckFacts, name: str, text: str) -> Iterator[Finding]:
    fix = f"warmline campaign set {shlex.quote(name)} lead_filter="
    try:
        lead_filter.read(text)
    except ValueError as wrong:
        why = f"no lead of it is dialled except due callbacks and other numbers; {wrong}"
        yield error("lead_filter_unreadable", f"campaign {name}: lead_filter={text} is no filter", why, fix)
        return
    try:
        count = filter_matches.count(facts.settings.db, name, time.time_ns() // 1000)
    except StoreError as failed:
        raise unknown(failed) from None
    if count.leads and not count.matching:
        found = f"campaign {name}: lead_filter={text} matches none of {count.leads} leads"
        yield warning("lead_filter_matches_none", found, "the campaign dials no lead of its lists", fix)


CHECKS = (Check("lead filters", filters, "each `lead_filter` matches at least one lead, if its campaign has leads"),)
