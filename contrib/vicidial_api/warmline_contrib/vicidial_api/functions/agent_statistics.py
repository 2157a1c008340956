"""agent_stats_export: the calls, sessions and times of each agent in a period."""

from collections.abc import Callable

from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.daily_reports.today import bounds_of
from warmline.store.database.reading import Row
from warmline_contrib.vicidial_api.lookups import agent_statistics
from warmline_contrib.vicidial_api.requests import periods
from warmline_contrib.vicidial_api.requests.non_agent_request import NonAgentRequest

SCOPE = "reports:read"
WHOLE = len("2026-11-20 00:00:00")
NAMES = (
    *("user", "full_name", "user_group", "calls", "login_time", "total_talk_time", "avg_talk_time", "avg_wait_time"),
    *("pct_of_queue", "pause_time", "sessions", "avg_session", "pauses", "avg_pause_time", "pause_pct"),
    *("pauses_per_session", "wait_time", "talk_time", "dispo_time", "dead_time"),
)


async def agent_stats_export(asked: NonAgentRequest) -> str:
    """Answer with a row for each agent who was logged in, with `group_by_campaign=YES` for each of the campaigns."""
    first, last = asked["datetime_start"], asked["datetime_end"]
    period = periods.between(first, last, asked.zone)
    about = f"{asked.by}|{asked['agent_user']}|{first}|{last}|{asked['campaign_id']}"
    if min(len(first), len(last)) < WHOLE or (period is None and not periods.are_times(first, last, asked.zone)):
        return asked.error(f"INVALID SEARCH PARAMETERS: {about}")
    if period is None:  # it ends before it begins
        return asked.error(f"NO RECORDS FOUND - {about}")
    by_campaign = asked.shows("group_by_campaign")
    query = ReportQuery(
        start=period.start,
        end=period.end,
        now=asked.now,
        agent=asked["agent_user"],
        campaign=asked["campaign_id"],
        by="campaign" if by_campaign or asked.campaigns else "",
        **bounds_of(asked.visible(SCOPE)),
    )
    found = await asked.look(agent_statistics.times, query)
    if asked.campaigns:
        found = [row for row in found if asked.campaigns.include(row["campaign"])]
    if not found:
        return asked.error(f"NO RECORDS FOUND - {about}")
    calls, form = sum(row["calls"] for row in found), FORMS.get(asked["time_format"].upper(), _hours)
    names = ("campaign_id", *NAMES) if by_campaign else NAMES
    rows = ([row["campaign"], *_row(row, calls, form)][not by_campaign :] for row in found)
    return asked.separators.page(names, rows)


def _row(row: Row, calls: int, form: Callable[[int], str]) -> list[object]:
    """Return the values of an agent; `calls` are those of all agents.

    The average talk time is 0 and the time of pauses is in seconds, as VICIdial prints them.
    """
    seconds = {name: row[name] // 1_000_000 for name in ("logged_in", "talk", "wait", "dispo", "dead", "pause")}
    return [
        *(row["agent"], row["full_name"], row["user_group"], row["calls"]),
        *(form(seconds["logged_in"]), form(seconds["talk"]), form(0)),
        form(_average(seconds["wait"], row["calls"])),
        _percent(row["calls"], calls),
        *(seconds["pause"], row["sessions"], form(_average(seconds["logged_in"], row["sessions"]))),
        *(row["pauses"], form(_average(seconds["pause"], row["pauses"]))),
        _percent(seconds["pause"], seconds["logged_in"]),
        f"{row['pauses'] / row['sessions']:.1f}".removesuffix(".0"),
        *(form(seconds[name]) for name in ("wait", "talk", "dispo", "dead")),
    ]


def _average(total: int, count: int) -> int:
    return round(total / count) if count else 0


def _percent(part: int, whole: int) -> str:
    return f"{part * 100 / whole if whole else 0:.1f}".removesuffix(".0") + "%"


def _hours(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


FORMS: dict[str, Callable[[int], str]] = {"HF": _hours, "H": _hours, "M": _minutes, "S": str}
