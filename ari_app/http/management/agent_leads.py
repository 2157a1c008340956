"""The leads that an agent may dial, as JSON: those in the lists of the agent's campaign."""

from http import HTTPStatus

import msgspec
from msgspec import defstruct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import ProblemRaised, invalid_request
from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import leads, live_leads, live_state
from ari_app.http.v1.live_state import JsonApi
from warmline.store.leads import lead_search

LONGEST_SEARCH = 100


LeadOfAgent = defstruct(
    "LeadOfAgent",
    [("do_not_call", str)],
    bases=(leads.LeadNow,),
    namespace={"__doc__": "A lead. `do_not_call` names the do-not-call list that has its number, or is empty."},
    frozen=True,
    kw_only=True,
)


async def found(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with leads of the agent's campaign, page by page; `search` is part of a name or a number.

    Raises ProblemRaised (403, 404, 422, 429), StoreError.
    """
    user, search = request.path_values["user"], request.query.get("search", "").strip()
    session = api.board.world.sessions.get(user)
    if session is None:
        raise live_state.not_logged_in(user)
    if api.board.world.rules.campaign(session.campaign).agent_lead_list == "N":
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "leads_hidden",
            "the campaign {campaign} hides its leads from agents; an administrator shows them with: "
            "warmline campaign set {campaign} agent_lead_list=Y",
            campaign=session.campaign,
        )
    if len(search) > LONGEST_SEARCH:
        raise invalid_request("search", f"at most {LONGEST_SEARCH} characters")
    if request.campaigns and not request.campaigns.include(session.campaign):
        return ApiAnswer(b"[]")  # the agent works in a campaign of others
    after, limit = leads.after_lead(request), paging.limit(request, paging.USUAL, paging.ROWS)
    told = await api.threads.report(asker_of(request), _found, api.db, session.campaign, search, after, limit)
    return ApiAnswer(told)


async def on_screen(api: JsonApi, user: str) -> int:
    """Return the lead_id on an agent's screen; 0 if there is none. Raises ProblemRaised (404), StoreError."""
    customer = live_leads.customer_of_agent(api.board.world, user)
    return await in_time(live_leads.lead_on, api.db, customer) if customer else 0


def _found(db: str, campaign: str, search: str, after: int, limit: int) -> bytes:
    """Return the rows as JSON. Raises StoreError."""
    return msgspec.json.encode(
        [leads.shown(row, LeadOfAgent) for row in lead_search.of_campaign(db, campaign, search, after, limit)]
    )
