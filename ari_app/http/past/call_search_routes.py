"""The routes of past calls."""

from ari_app.http.past import call_search
from ari_app.http.v1 import bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged
from warmline.store.reports.call_filter import OUTCOMES
from warmline.store.reports.transfers import KINDS

TEXT = {"type": "string"}
FILTERS = (
    ApiParameter("since", "query", "calls since this time, such as 24h, today or 2026-11-20T09:00; default: 24h", TEXT),
    ApiParameter("day", "query", "only calls of this day, week or month: today, lastweek or 2026-11-20", TEXT),
    ApiParameter("between", "query", "only calls from A until before B, such as 2026-11-01..2026-11-08", TEXT),
    ApiParameter("timezone", "query", "time zone of these times; default: the setting", TEXT),
    ApiParameter("campaign", "query", "only calls of this campaign's agents", TEXT),
    ApiParameter("ingroup", "query", "only calls that waited in this in-group", TEXT),
    ApiParameter("agent", "query", "only calls that this agent was in", TEXT),
    ApiParameter("number", "query", "only calls from or to this number", TEXT),
    ApiParameter("lead", "query", "only calls with this lead", {"type": "integer", "minimum": 1}),
    ApiParameter("disposition", "query", "only calls with this disposition", TEXT),
    ApiParameter("transfer", "query", "only calls with this transfer", {"enum": list(KINDS)}),
    ApiParameter("outcome", "query", "only calls with this outcome", {"enum": list(OUTCOMES)}),
    ApiParameter("recorded", "query", "only calls with a recording, or without one", {"type": "boolean"}),
    ApiParameter("length", "query", "only calls with such a talk time: 10s..2m, 1h.. or ..5s", TEXT),
    ApiParameter(
        "notes",
        "query",
        "only calls with all of these words in the agent's notes; a word finds longer ones, too",
        {"type": "string", "maxLength": call_search.LONGEST_SEARCH},
    ),
)

PAST_CALLS = (
    ApiRoute(
        "GET",
        "/past-calls",
        "listPastCalls",
        "List the calls that match filters and words in their notes, the newest first",
        "calls:read",
        bounds.ROWS,
        call_search.listed,
        list[call_search.PastCallRow],
        problems=(*READ_PROBLEMS, 404, 409),
        parameters=(*FILTERS, *paged("the `call`")),
    ),
    ApiRoute(
        "GET",
        "/past-calls/{id}",
        "getPastCall",
        "Show the whole story of a call, by its id, the beginning of its id, its agc_id or a channel's id",
        "calls:read",
        bounds.STORY,
        call_search.story,
        call_search.PastCallStory,
        problems=(*READ_PROBLEMS, 404, 409),
    ),
)
