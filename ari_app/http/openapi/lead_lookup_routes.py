"""The routes that read leads: by number, by id, and those of calls and agents."""

from ari_app.http.management import agent_leads
from ari_app.http.v1 import (
    agent_bounds,
    leads,
    live_leads,
)
from ari_app.http.v1.api_route import READ_PROBLEMS, ApiParameter, ApiRoute, paged

TEXT = {"type": "string", "minLength": 1}
LEADS = (
    ApiRoute(
        "GET",
        "/calls/{id}/lead",
        "getLeadOfCall",
        "Show what the agent sees of the customer: lead, earlier calls, script",
        "leads:read",
        agent_bounds.CALL,
        live_leads.of_call,
        live_leads.LeadShown,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}/lead",
        "getLeadOfAgent",
        "Show the lead of the agent's call, of the previewed number, or of the call just ended",
        "leads:read",
        agent_bounds.AGENT,
        live_leads.of_agent,
        live_leads.LeadShown,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/agents/{user}/leads",
        "findLeadsOfAgent",
        "List the leads of the agent's campaign, or search them by name or number",
        "leads:read",
        agent_bounds.AGENT,
        agent_leads.found,
        list[agent_leads.LeadOfAgent],  # type: ignore[valid-type] # made from the table of fields
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter(
                "search",
                "query",
                "part of a name, or at least 3 digits of a number",
                {"type": "string", "maxLength": agent_leads.LONGEST_SEARCH},
            ),
            *paged("the `lead_id`", cursors={"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
        ),
    ),
    ApiRoute(
        "GET",
        "/leads",
        "findLeads",
        "Find leads by number, vendor code, e-mail address or name, or list all",
        "leads:read",
        agent_bounds.EVERYTHING,
        leads.found,
        list[leads.LeadNow],  # type: ignore[valid-type] # made from the table of fields
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter(
                "number",
                "query",
                "phone number, with or without its country code",
                {"type": "string", "pattern": f"^{leads.NUMBER}$"},
            ),
            ApiParameter("vendor_lead_code", "query", "the lead's id in another system", TEXT),
            ApiParameter("email", "query", "e-mail address, in upper or lower case", TEXT),
            ApiParameter("name", "query", "beginning of the last name, or of both names as `LAST, FIRST`", TEXT),
            ApiParameter("list", "query", "only in this list", {"type": "string"}),
            *paged("the `lead_id`", cursors={"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
        ),
    ),
    ApiRoute(
        "GET",
        "/leads/{lead_id}",
        "getLead",
        "Show a lead and its calls",
        "leads:read",
        agent_bounds.LEAD,
        leads.lead,
        leads.LeadWhole,
        problems=(*READ_PROBLEMS, 404),
    ),
    ApiRoute(
        "GET",
        "/leads/{lead_id}/explanation",
        "explainLead",
        "Explain whether a lead may be dialled now, rule by rule",
        "leads:read",
        agent_bounds.LEAD,
        leads.explained,
        leads.LeadExplained,
        problems=(*READ_PROBLEMS, 404),
        parameters=(
            ApiParameter(
                "campaign",
                "query",
                "the campaign whose rules are asked; without it, that of the list",
                {"type": "string"},
            ),
        ),
    ),
)
