"""The routes that create and change leads, and those of the do-not-call lists."""

from ari_app.http.management import lead_changes, lead_lists, new_lead_parameters
from ari_app.http.v1 import agent_bounds, leads
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged
from ari_app.http.v1.commands import KEY_HEADER

WRITE = "leads:write"
LEAD_PROBLEMS = (400, 401, 403, 413, 415, 422, 429, 503)
KEY = ApiParameter(
    KEY_HEADER,
    "header",
    "your name for this one request: if it is sent again, no second lead is created, and the first one is returned",
    {"type": "string", "maxLength": 255, "pattern": "^[ -~]*$"},
)

LEAD_CHANGES = (
    ApiRoute(
        "POST",
        "/leads",
        "createLead",
        "Create a lead in a list; one that is known may be refused or updated instead",
        WRITE,
        agent_bounds.EVERYTHING,
        lead_changes.create,
        leads.LeadNow,
        status=201,
        other_status=200,
        problems=(*LEAD_PROBLEMS, 409),
        takes=lead_changes.NewLeadBody,
        example=lead_changes.NewLeadBody(list_id="101", phone_number="7275551212", first_name="Ada"),
        parameters=(KEY, *new_lead_parameters.PARAMETERS),
    ),
    ApiRoute(
        "PATCH",
        "/leads/{lead_id}",
        "changeLead",
        "Change fields of a lead, all or none, or move it to another list",
        WRITE,
        agent_bounds.EVERYTHING,
        lead_changes.change,
        leads.LeadNow,
        problems=(*LEAD_PROBLEMS, 404),
        takes=lead_changes.LeadFieldsBody,
        example=lead_changes.LeadFieldsBody(last_name="Byron", rank=10),
    ),
    ApiRoute(
        "DELETE",
        "/leads/{lead_id}",
        "deleteLead",
        "Delete a lead that is in no live call and on no agent's screen; its calls stay",
        WRITE,
        agent_bounds.EVERYTHING,
        lead_changes.delete,
        lead_changes.LeadDeleted,
        problems=(401, 403, 404, 409, 422, 429, 503),
    ),
    ApiRoute(
        "PATCH",
        "/agents/{user}/lead",
        "changeLeadOfAgent",
        "Change fields of the lead that the agent has on the screen, all or none",
        "agents:write",
        agent_bounds.AGENT,
        lead_changes.change_of_agent,
        leads.LeadNow,
        problems=(*LEAD_PROBLEMS, 404, 409),
        takes=lead_changes.AgentLeadBody,
        example=lead_changes.AgentLeadBody(lead_id=1, last_name="Byron"),
    ),
)

LIST_ROUTES = (
    ApiRoute(
        "GET",
        "/lists/{id}/leads",
        "listLeadsOfList",
        "List the leads of a list that match a filter, each with its last call",
        "leads:read",
        agent_bounds.EVERYTHING,
        lead_lists.listed,
        list[lead_lists.LeadOfList],  # type: ignore[valid-type] # made from the table of fields
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter("where", "query", "only these leads, written as a `lead_filter`", {"type": "string"}),
            *paged("the `lead_id`", cursors={"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
        ),
    ),
    ApiRoute(
        "POST",
        "/lists/{id}/change",
        "changeLeadsOfList",
        "Change or delete the leads of a list that match a filter, up to 1000 in each request",
        WRITE,
        agent_bounds.EVERYTHING,
        lead_lists.change,
        lead_lists.LeadsChangedNow,
        problems=(*LEAD_PROBLEMS, 404),
        takes=lead_lists.LeadsChangeBody,
        example=lead_lists.LeadsChangeBody(where="status=NA and called_count>=5", status="DEAD", dry_run=True),
    ),
)
