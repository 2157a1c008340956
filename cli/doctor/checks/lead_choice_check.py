"""Checks what chooses the leads that are dialled: the filters of campaigns, and the table of legal hours."""

import shlex
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from cli.doctor.facts.check_facts import CheckFacts, unknown
from cli.doctor.facts.finding import Check, Finding, error, few, good, warning
from warmline.leads import legal_hours
from warmline.store.database.database import StoreError
from warmline.store.dialling import filter_matches
from warmline.text import lead_filter

YEAR = timedelta(days=365)


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


def hours(facts: CheckFacts, today: date | None = None) -> Iterator[Finding]:
    """Check the age of the legal hours of the places that are dialled. The day is that of the machine in UTC."""
    today = today or datetime.now(UTC).date()
    dialling = {name for name, options in facts.entities("campaign").items() if options["dial_method"] != "MANUAL"}
    lists = [options for options in facts.entities("list").values() if options["campaign"] in dialling]
    countries = {str(options["country"]) for options in lists}
    # A list without a country may have leads in any.
    used = [one for one in legal_hours.table().values() if "" in countries or one.id.partition("-")[0] in countries]
    if old := [one for one in used if today - one.as_of > YEAR]:
        oldest = min(one.as_of for one in old)
        found = f"legal hours older than a year: {few([one.name for one in old])}; the oldest are of {oldest}"
        why = "laws may have changed since, and the dialler would call outside the legal hours"
        fix = "install a newer release; until then, set local_call_time to hours that are legal today"
        yield warning("legal_hours_old", found, why, fix, by_hand=True)
    else:
        yield good("legal_hours_good", "the legal hours of the places that are dialled are not older than a year")


CHECKS = (
    Check("lead filters", filters, "each `lead_filter` matches at least one lead, if its campaign has leads"),
    Check(
        "legal hours",
        hours,
        "no campaign dials automatically, or the legal hours of the countries of its lists are not older than a year",
    ),
)
