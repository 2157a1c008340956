"""The functions that count calls by status: call_status_stats by hour, and call_dispo_report."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from ari_app.http.non_agent.requests import periods
from ari_app.http.non_agent.requests.non_agent_request import NonAgentRequest
from ari_app.http.non_agent.requests.periods import AskedPeriod
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.daily_reports.today import bounds_of
from warmline.store.lookups import status_counts
from warmline.store.lookups.status_counts import GroupCount

SCOPE = "reports:read"
ALL = "---ALL---"
HOURS = 24

Counts = Mapping[str, GroupCount]
"""Counts by the name of a campaign or an in-group."""


async def call_status_stats(asked: NonAgentRequest) -> str:
    """Answer with a row for each campaign, and then for each in-group: calls, by hour and by status."""
    if not asked["campaigns"]:
        source = asked["source"]
        return asked.error(f"INVALID OR MISSING CAMPAIGNS - {source}") + f"ERROR: Invalid Source: |{source}|\n"
    date = asked["query_date"] or periods.today(asked.now, asked.zone)
    period = periods.day(date, asked.zone)
    if period is None:
        return asked.error(f"INVALID QUERY DATE - {asked.by}|{date}")
    campaigns, ingroups = await _counts(asked, period, asked["ingroups"] or ALL)
    return "".join(
        f"{name}|{one.calls}|{one.human}|{_by_hour(one.hours)}|{_by_status(one.statuses)}|\n"
        for name, one in (*campaigns.items(), *ingroups.items())
    )


async def call_dispo_report(asked: NonAgentRequest) -> str:
    """Answer with the calls of each campaign and in-group in some days, and with `status_breakdown` for each status."""
    first = asked["query_date"] or periods.today(asked.now, asked.zone)
    last = asked["end_date"] or first
    period = periods.days(first, last, asked.zone)
    if not asked["campaigns"] and not asked["ingroups"]:
        return asked.error(f"INVALID OR MISSING CAMPAIGNS OR INGROUPS: {asked.by}|")
    if period is None:
        return asked.error(f"INVALID DATES: {asked.by}|{first}|{last}")
    campaigns, ingroups = await _counts(asked, period, asked["ingroups"])
    rows = [*campaigns.items(), *ingroups.items()]
    total = GroupCount(sum(one.calls for _, one in rows))
    for _, one in rows:
        total.statuses += one.statuses
    shown = sorted(total.statuses) if asked.is_on("status_breakdown") else []
    lines = [["CAMPAIGN", "TOTAL CALLS", *shown]]
    lines += [
        [name, str(one.calls), *(str(one.statuses[code]) for code in shown)] for name, one in [*rows, ("TOTAL", total)]
    ]
    return "\n".join(",".join(line) for line in lines)


async def _counts(asked: NonAgentRequest, period: AskedPeriod, ingroups: str) -> tuple[Counts, Counts]:
    """Return the counts of the campaigns that the request names and its user may see, and of these in-groups."""
    query = ReportQuery(
        start=period.start, end=period.end, now=asked.now, zone=asked.zone, **bounds_of(asked.visible(SCOPE))
    )
    found = await asked.look(status_counts.counts, query, frozenset(_named(asked["statuses"])))
    rules = asked.world.rules
    sees = asked.campaigns.include if asked.campaigns else rules.campaigns.__contains__
    campaigns = _chosen(found.campaigns, asked["campaigns"], rules.campaigns, sees)
    return campaigns, _chosen(found.ingroups, ingroups, rules.ingroups, rules.ingroups.__contains__)


def _chosen(
    found: Mapping[str, GroupCount], wanted: str, known: Iterable[str], sees: Callable[[str], bool]
) -> dict[str, GroupCount]:
    """Return the named ones in order of name, with zeros for one without calls; of all, those with calls."""
    names = set(found) if ALL in wanted else _named(wanted) & {*known, *found}
    return {name: found.get(name, GroupCount()) for name in sorted(names) if sees(name)}


def _named(text: str) -> set[str]:
    """Return the names in a field, which have dashes or bars between them."""
    return {name for name in text.replace("|", "-").split("-") if name}


def _by_hour(hours: Counter[int]) -> str:
    return ",".join(f"{hour:02d}-{hours[hour]}" for hour in range(HOURS))


def _by_status(statuses: Counter[str]) -> str:
    return ",".join(f"{code}-{statuses[code]}" for code in sorted(statuses))
