"""The functions that count calls by status: call_status_stats by hour, and call_dispo_report."""

from collections import Counter
from collections.abc import Collection, Mapping

from warmline.core.rules.configuration import AGENTDIRECT
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.daily_reports.today import bounds_of
from warmline_contrib.vicidial_api.lookups import status_counts
from warmline_contrib.vicidial_api.lookups.status_counts import GroupCount, GroupCounts
from warmline_contrib.vicidial_api.requests import periods
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest
from warmline_contrib.vicidial_api.requests.periods import AskedPeriod

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
    period = _period(asked)
    if period is None:
        return asked.error(f"INVALID QUERY DATE - {asked.by}|{asked['query_date']}")
    rules, found = asked.world.rules, await _counts(asked, period)
    # The agents of each campaign may serve each in-group, so that these are the in-groups of any campaign.
    seen, ingroups = _seen(asked), rules.ingroups if asked["ingroups"] else rules.ingroups.keys() - {AGENTDIRECT}
    rows = _rows(found.campaigns, asked["campaigns"], seen)
    if asked["ingroups"] or any(name in seen for name, _ in rows):
        rows += _rows(found.ingroups, asked["ingroups"] or ALL, ingroups)
    return "".join(
        f"{name}|{one.calls}|{one.human}|{_by_hour(one.hours)}|{_by_status(one.statuses)}|\n" for name, one in rows
    )


async def call_dispo_report(asked: NonAgentRequest) -> str:
    """Answer with the calls of each campaign and in-group in some days, and with `status_breakdown` for each status."""
    dids = "" if asked["ingroups"] else asked["did_patterns"]
    if not (asked["campaigns"] or asked["ingroups"] or dids):
        source = asked["source"]
        told = asked.error(f"INVALID OR MISSING CAMPAIGNS, INGROUPS, OR DIDS - {source}")
        return told + f"ERROR: Invalid Source: |{source}|\n"
    period = _period(asked)
    if period is None:
        return asked.error(f"INVALID DATES: {asked.by}|{asked['query_date']}|{asked['end_date']}")
    found = await _counts(asked, period)
    rows = [
        *_rows(found.campaigns, asked["campaigns"], _seen(asked)),
        *_rows(found.ingroups, asked["ingroups"], asked.world.rules.ingroups),
        *_rows(found.dids, dids, found.dids),
    ]
    rows = [(name, one) for name, one in rows if one.calls]
    total = GroupCount(sum(one.calls for _, one in rows))
    for _, one in rows:
        total.statuses += one.statuses
    shown = sorted(total.statuses) if asked.shows("status_breakdown") else []
    lines = [["CAMPAIGN", "TOTAL CALLS", *shown]]
    shares = asked.shows("show_percentages")
    for name, one in (*rows, ("TOTAL", total)):
        values = (_share(one.statuses[code], one.calls, shares=shares) for code in shown)
        lines.append([name, str(one.calls), *values])
    return "\n".join(",".join(line) for line in lines)


def _share(count: int, whole: int, *, shares: bool) -> str:
    return f"{count} ({count * 100 / whole:.1f}%)" if shares else str(count)


def _period(asked: NonAgentRequest) -> AskedPeriod | None:
    first = asked["query_date"] or periods.today(asked.now, asked.zone)
    last = asked["end_date"] or first
    begins, ends = asked["query_time"] or "00:00:00", asked["end_time"] or "23:59:59"
    return periods.between(f"{first} {begins}", f"{last} {ends}", asked.zone)


async def _counts(asked: NonAgentRequest, period: AskedPeriod) -> GroupCounts:
    """Return the counts of each campaign and in-group by the calls that the user may see."""
    query = ReportQuery(
        start=period.start, end=period.end, now=asked.now, zone=asked.zone, **bounds_of(asked.visible(SCOPE))
    )
    return await asked.look(status_counts.counts, query, frozenset(_named(asked["statuses"])))


def _seen(asked: NonAgentRequest) -> set[str]:
    return {name for name in asked.world.rules.campaigns if asked.sees_campaign(name)}


def _rows(found: Counts, wanted: str, seen: Collection[str]) -> list[tuple[str, GroupCount]]:
    """Return the named ones in order of name, with zeros for one without calls, or which the user may not see."""
    names = {*seen} if ALL in wanted else _named(wanted)
    return [(name, found.get(name, GroupCount()) if name in seen else GroupCount()) for name in sorted(names)]


def _named(text: str) -> set[str]:
    """Return the names in a field, which have dashes or bars between them."""
    return {name for name in text.replace("|", "-").split("-") if name}


def _by_hour(hours: Counter[int]) -> str:
    return ",".join(f"{hour:02d}-{hours[hour]}" for hour in range(HOURS))


def _by_status(statuses: Counter[str]) -> str:
    return ",".join(f"{code}-{statuses[code]}" for code in sorted(statuses))
