"""Checks what chooses the leads that are dialled, and who sees them: filters, legal hours, campaigns of user groups."""

import shlex
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import cast

from cli.doctor.facts.check_facts import CheckFacts, unknown
from cli.doctor.facts.finding import Check, Finding, error, few, good, note, warning
from warmline.leads import legal_hours
from warmline.options.api_access_options import API_USER
from warmline.options.values.option_types import nearest_word
from warmline.store.database.database import StoreError
from warmline.store.dialling import filter_matches
from warmline.text import lead_filter

YEAR = timedelta(days=365)
GROUP = "user_group"


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


def groups(facts: CheckFacts) -> Iterator[Finding]:
    """Check that each campaign of a user group exists, and that the group's agents work in its campaigns."""
    campaigns, agents, clean = facts.entities("campaign"), facts.entities("agent"), True
    for group, options in facts.entities("user-group").items():
        allowed = [str(name) for name in cast(tuple[str, ...], options["allowed_campaigns"])]
        if not allowed:
            continue
        if missing := [name for name in allowed if name not in campaigns]:
            clean = False
            left = ",".join(name for name in allowed if name in campaigns)
            found = f"user group {group} allows campaigns that do not exist: {few(missing)}"
            why = "its people see no list, lead or figure of them; without any campaign, they would see those of all"
            fix = f"warmline user-group set {shlex.quote(group)} allowed_campaigns={shlex.quote(left or 'CAMPAIGN')}"
            yield warning("group_campaign_unknown", found, why, fix, by_hand=not left)
        own = [str(one["campaign"]) for one in agents.values() if one["user_group"] == group]
        if elsewhere := sorted({name for name in own if name and name not in allowed}):
            clean = False
            found = f"agents of user group {group} work in campaigns that it does not allow: {few(elsewhere)}"
            why = "they see the leads of their calls, and cannot search the others; their supervisors see no figure"
            every = ",".join([*(name for name in allowed if name in campaigns), *elsewhere])
            fix = f"warmline user-group set {shlex.quote(group)} allowed_campaigns={shlex.quote(every)}"
            yield note("group_agents_elsewhere", found, why, fix)
    for finding in _programs(facts):
        clean = False
        yield finding
    if clean:
        yield good("group_campaigns_good", "each campaign of a user group exists, and its agents work in them")


def _programs(facts: CheckFacts) -> Iterator[Finding]:
    """Yield a finding for each API user whose user group does not exist, if user groups bound anybody.

    The default ADMIN need not exist: it is VICIdial's group of those who see everything.
    """
    groups = facts.entities("user-group")
    if not any(options["allowed_campaigns"] for options in groups.values()):
        return
    default = API_USER.option(GROUP).default
    for name, options in facts.entities(API_USER.kind).items():
        group = str(options[GROUP])
        if group not in groups and group != default and options["active"] == "Y":
            found = f"API user {name} has the user group {group}, which does not exist"
            why = "the agent API lets it name the leads of every campaign, because no allowed_campaigns bound it"
            meant = nearest_word(group, groups)
            fix = f"warmline api-user set {shlex.quote(name)} {GROUP}={shlex.quote(meant or 'GROUP')}"
            yield warning("api_user_group_unknown", found, why, fix, by_hand=not meant)


CHECKS = (
    Check("lead filters", filters, "each `lead_filter` matches at least one lead, if its campaign has leads"),
    Check(
        "legal hours",
        hours,
        "no campaign dials automatically, or the legal hours of the countries of its lists are not older than a year",
    ),
    Check(
        "campaigns of user groups",
        groups,
        "each campaign in `allowed_campaigns` of a user group exists, and the group's agents work in these campaigns. "
        "Each API user is in a group that exists, or in ADMIN",
    ),
)
