"""The routes of past calls."""

from ari_app.http.management.recording_routes import CALL_FILTERS, LEAD, TEXT
from ari_app.http.past import call_search, call_timeline, comments_of_calls
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged
from warmline.store.calls.call_comments import MARKS
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
    ApiParameter(
        "mark", "query", "only calls with a comment that has this mark; not for agents", {"enum": list(MARKS)}
    ),
)
WRITE_PROBLEMS = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)

PAST_CALLS = (
    ApiRoute(
        "GET",
        "/past-calls",
        "listPastCalls",
        "List the calls that match filters and words in their notes, the newest first",
        "calls:read",
        agent_bounds.ROWS,
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
        agent_bounds.STORY,
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
        agent_bounds.STORY,
        call_timeline.show,
        call_timeline.PastCallTimeline,
        problems=(*READ_PROBLEMS, 404, 409),
    ),
    ApiRoute(
        "POST",
        "/past-calls/{id}/comments",
        "commentOnCall",
        "Write a comment on a call, mark the call, or both",
        "calls:write",
        agent_bounds.STORY,
        comments_of_calls.add,
        comments_of_calls.CallComment,
        201,
        problems=WRITE_PROBLEMS,
        takes=comments_of_calls.CallCommentBody,
        example=comments_of_calls.CallCommentBody(comment="Ask for the number first.", mark="coaching"),
    ),
    ApiRoute(
        "DELETE",
        "/past-calls/{id}/comments/{comment}",
        "deleteCallComment",
        "Delete a comment on a call; a supervisor deletes only their own",
        "calls:write",
        agent_bounds.STORY,
        comments_of_calls.delete,
        comments_of_calls.CallCommentDeleted,
        problems=WRITE_PROBLEMS,
    ),
)
