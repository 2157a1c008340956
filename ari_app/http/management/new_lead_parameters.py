"""The parameters of a request that creates a lead: the rule about known leads, and the do-not-call lists."""

from typing import Any, Literal, cast

from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.problems import invalid_request
from ari_app.http.v1.api_route import ApiParameter
from warmline.store.leads import dnc, duplicate_leads
from warmline.store.leads.duplicate_leads import NewLeadRule

ON_DUPLICATE = (duplicate_leads.CREATE, duplicate_leads.REFUSE, duplicate_leads.UPDATE)
DUPLICATES = (duplicate_leads.IN_LIST, duplicate_leads.IN_CAMPAIGN, duplicate_leads.IN_SYSTEM)
DNC_CHECKS = (dnc.OF_SYSTEM, dnc.OF_CAMPAIGN, dnc.OF_BOTH)
MOST_DAYS = 3660


def _one_of(values: tuple[str, ...], **more: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values), **more}


PARAMETERS = (
    ApiParameter(
        "on_duplicate",
        "query",
        "for a lead with a known vendor_lead_code or number: create another one, refuse it, or update the known one. A "
        "refusal is a 409 with the address of the known lead. An update is a 200.",
        _one_of(ON_DUPLICATE, default=duplicate_leads.CREATE),
    ),
    ApiParameter(
        "duplicates",
        "query",
        "scope of known leads: the list, the lists of its campaign, or all lists that you may see",
        _one_of(DUPLICATES, default=duplicate_leads.IN_LIST),
    ),
    ApiParameter(
        "days",
        "query",
        "only leads of at most so many days count as known; 0 for any age",
        {"type": "integer", "minimum": 0, "maximum": MOST_DAYS, "default": 0},
    ),
    ApiParameter(
        "dnc_check",
        "query",
        "refuse a number on the do-not-call list of the system, of the list's campaign, or on one of both (409)",
        _one_of(DNC_CHECKS),
    ),
)


def new_lead_rule(request: ApiRequest) -> NewLeadRule:
    """Return the rule about known leads. Raises ProblemRaised (422)."""
    then = _chosen(request, "on_duplicate", ON_DUPLICATE) or duplicate_leads.CREATE
    where = _chosen(request, "duplicates", DUPLICATES) or duplicate_leads.IN_LIST
    days = request.query.get("days", "0")
    if not (days.isascii() and days.isdigit() and len(days) < len(str(MOST_DAYS)) + 1 and int(days) <= MOST_DAYS):
        raise invalid_request("days", f"must be a number from 0 to {MOST_DAYS}")
    if then == duplicate_leads.CREATE and not request.query.keys().isdisjoint(("duplicates", "days")):
        raise invalid_request("on_duplicate", "must be refuse or update with duplicates and days")
    return NewLeadRule(cast(Any, then), cast(Any, where), int(days))


def dnc_check(request: ApiRequest) -> Literal["", "system", "campaign", "both"]:
    """Return the do-not-call lists that must not have the number; "" for none. Raises ProblemRaised (422)."""
    return cast(Literal["", "system", "campaign", "both"], _chosen(request, "dnc_check", DNC_CHECKS))


def _chosen(request: ApiRequest, name: str, allowed: tuple[str, ...]) -> str:
    given = request.query.get(name, "")
    if name in request.query and given not in allowed:
        raise invalid_request(name, f"must be {', '.join(allowed[:-1])} or {allowed[-1]}")
    return given
