"""The routes of the list of recordings."""

from ari_app.http.management import recording_link_answers, recording_list
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged

SCOPE = "recordings:read"
TEXT = {"type": "string"}
LEAD = {"type": "integer", "minimum": 1, "maximum": 10**18 - 1}
CALL_FILTERS = (  # of lists of past calls, too
    ApiParameter("since", "query", "calls since this time, such as 24h, today or 2026-11-20T09:00; default: 24h", TEXT),
    ApiParameter("day", "query", "only calls of this day, week or month: today, lastweek or 2026-11-20", TEXT),
    ApiParameter("between", "query", "only calls from A until before B, such as 2026-11-01..2026-11-08", TEXT),
    ApiParameter("timezone", "query", "time zone of these times; default: the setting", TEXT),
    ApiParameter("campaign", "query", "only calls of this campaign's agents", TEXT),
    ApiParameter("ingroup", "query", "only calls that waited in this in-group", TEXT),
    ApiParameter("agent", "query", "only calls that this agent was in", TEXT),
    ApiParameter("number", "query", "only calls from or to this number", TEXT),
)
FILTERS = (
    *CALL_FILTERS,
    ApiParameter("call", "query", "only the call with this id", TEXT),
    ApiParameter("lead", "query", "only calls with this lead, of any time without a period", LEAD),
)

RECORDING_ROUTES = (
    ApiRoute(
        "GET",
        "/recordings",
        "listRecordings",
        "List the recordings of calls, the last one first",
        SCOPE,
        agent_bounds.ROWS,
        recording_list.listed,
        list[recording_list.RecordingShown],
        problems=(*READ_PROBLEMS, 404),
        parameters=(*FILTERS, *paged("the `id`")),
    ),
    ApiRoute(
        "GET",
        "/recordings/{id}/details",
        "describeRecording",
        "Show a recording: its rule, its call, its length and the state of its file",
        SCOPE,
        agent_bounds.RECORDING_ROW,
        recording_list.details,
        recording_list.RecordingDetails,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "POST",
        "/recordings/{id}/link",
        "makeRecordingLink",
        "Make a link that plays a recording in a browser without a login, as long as the link is valid",
        SCOPE,
        agent_bounds.RECORDING,
        recording_link_answers.make,
        recording_link_answers.RecordingLinkMade,
        problems=(*READ_PROBLEMS, 400, 404, 413, 415),
        takes=recording_link_answers.RecordingLinkBody,
        example=recording_link_answers.RecordingLinkBody(days=2),
    ),
    ApiRoute(
        "DELETE",
        "/recordings/{id}/link",
        "revokeRecordingLink",
        "End all links to a recording",
        SCOPE,
        agent_bounds.RECORDING,
        recording_link_answers.revoke,
        recording_link_answers.RecordingLinksRevoked,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "DELETE",
        "/recordings/links",
        "revokeAllRecordingLinks",
        "End the links to all recordings",
        "users:write",
        agent_bounds.EVERYTHING,
        recording_link_answers.revoke_all,
        recording_link_answers.RecordingLinksRevoked,
    ),
)
