"""The routes of past calls."""

from ari_app.http.management.recording_routes import CALL_FILTERS, LEAD, TEXT
from ari_app.http.past import call_search, call_timeline
from ari_app.http.v1 import bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged
from warmline.store.reports.call_filter import OUTCOMES
from warmline.store.reports.transfers import KINDS

FILTERS = (
    *CALL_FILTERS,
    ApiParameter("lead", "query", "only calls with this lead", LEAD),
    ApiParameter("disposition", "query", "only calls with this disposition", TEXT),
    ApiParameter("transfer", "query", "only calls with this transfer", {"enum": list(KINDS)}),
    ApiParameter("outcome", "query", "only calls with this outcome", {"enum": list(OUTCOMES)}),
    ApiParameter("recorded", "query", "only calls with a recording, or without one", {"type": "boolean"}),
    ApiParameter("length", "query", "only calls with such a talk time: 10s..2m, 1h.. or ..5s", TEXT),
    ApiParameter("server", "query", "only calls on this Asterisk server", TEXT),
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
    ApiRoute(
        "GET",
        "/past-calls/{id}/timeline",
        "getPastCallTimeline",
        "Show the story of a call for a picture: a lane for each party, who heard whom, the steps and the recordings",
        "calls:read",
        bounds.STORY,
        call_timeline.show,
        call_timeline.PastCallTimeline,
        problems=(*READ_PROBLEMS, 404, 409),
    ),
)
