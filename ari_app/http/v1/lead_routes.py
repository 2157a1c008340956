"""The addresses of leads."""

from ari_app.http.v1 import leads
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged

LEADS = (
    ApiRoute(
        "GET",
        "/calls/{id}/lead",
        "getLeadOfCall",
        "What the agent sees of the customer: lead, calls before, script",
        "leads:read",
        leads.of_call,
        leads.LeadShown,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}/lead",
        "getLeadOfAgent",
        "The same of the agent's call, of the number that he looks at, or of the call he has just had",
        "leads:read",
        leads.of_agent,
        leads.LeadShown,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/leads",
        "findLeads",
        "The leads with a number, or all",
        "leads:read",
        leads.found,
        list[leads.LeadNow],  # type: ignore[valid-type] # made from the table of fields
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter(
                "number",
                "query",
                "with or without its country's code",
                {"type": "string", "pattern": f"^{leads.NUMBER}$"},
            ),
            ApiParameter("list", "query", "only in this list", {"type": "string"}),
            *paged("the `lead_id`", cursors={"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
        ),
    ),
    ApiRoute(
        "GET",
        "/leads/{lead_id}",
        "getLead",
        "One lead, and the calls with it",
        "leads:read",
        leads.lead,
        leads.LeadWhole,
        problems=(*READ_PROBLEMS, 404),
    ),
)
