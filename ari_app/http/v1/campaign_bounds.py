"""How each route of the JSON API is bound to the campaigns of a person's group. Each route has a bound here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import NamedTuple

import msgspec

from ari_app.http.server.api_request import ApiRequest, Asker
from ari_app.http.server.problems import ProblemRaised, not_found
from ari_app.http.v1 import live_leads, live_state
from ari_app.http.v1.bodies.body_errors import UNREADABLE
from ari_app.http.v1.live_state import JsonApi
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.store.calls import call_story
from warmline.store.configuration import campaign_owners
from warmline.store.configuration.users import User
from warmline.store.database.errors import Conflict, NotFound, unknown_call, unknown_lead

CODE = "campaigns_bound"
OF_AGENTS = "calls:read"  # the scope whose agents' calls show their leads


class CampaignBound(NamedTuple):
    """A bound in `words`, for the docs, and the function that returns the request as the person may make it.

    `narrow` is called only for people whose group allows some campaigns; `request.campaigns` has them. It raises
    ProblemRaised (403, 404, 422), StoreError. A name that does not exist and one that they may not see get the same
    answer.
    """

    words: str
    narrow: Callable[[JsonApi, ApiRequest], Awaitable[ApiRequest]]


async def _nothing(_api: JsonApi, request: ApiRequest) -> ApiRequest:
    return request


async def _query(_api: JsonApi, request: ApiRequest) -> ApiRequest:
    if named := request.query.get("campaign", ""):
        _check(request, named)
    return request


async def _campaign(api: JsonApi, request: ApiRequest) -> ApiRequest:
    wanted = request.path_values.get("campaign") or request.path_values["id"]
    if not allowed(request).include(wanted):
        raise live_state.unknown_campaign(wanted)
    return await _query(api, request)


async def _list(api: JsonApi, request: ApiRequest) -> ApiRequest:
    body = _body(request)
    await check_list(api, request, request.path_values["id"], HTTPStatus.NOT_FOUND)
    for named in (body.get("to_list"), body.get("against")):
        if isinstance(named, str) and named:
            await check_list(api, request, named)
    if body.get("duplicates") == "system":  # its count would tell what is in the lists of others
        raise bound(request.asker, "compare with the leads of all campaigns")
    return request


async def _list_in_body(api: JsonApi, request: ApiRequest) -> ApiRequest:
    if isinstance(named := _body(request).get("list_id"), str):
        await check_list(api, request, named)
    return request


async def _lead(api: JsonApi, request: ApiRequest) -> ApiRequest:
    if request.visible is None:  # otherwise it is the lead of the own call
        wanted = request.path_values["lead_id"]
        known = wanted.isascii() and wanted.isdigit() and len(wanted) < len(str(campaign_owners.LONGEST))
        if not known or not await _sees_lead(api, request, int(wanted)):
            raise not_found(unknown_lead(wanted))
    return await _query(api, request)


async def _lead_and_list(api: JsonApi, request: ApiRequest) -> ApiRequest:
    return await _list_in_body(api, await _lead(api, request))


async def _lead_in_body(api: JsonApi, request: ApiRequest) -> ApiRequest:
    lead = _body(request).get("lead")
    if isinstance(lead, int | float) and not isinstance(lead, bool):
        user = request.path_values.get("user", "")
        shown = live_leads.customer_of_agent(api.board.world, user) if user in api.board.world.sessions else None
        is_shown = shown is not None and await api.threads.look_up(live_leads.lead_on, api.db, shown) == lead
        if not is_shown and not await _sees_lead(api, request, int(lead)):
            raise not_found(unknown_lead(int(lead)))
    return request


async def _callback_in_body(api: JsonApi, request: ApiRequest) -> ApiRequest:
    return await _number(api, await _lead_in_body(api, request))


async def _agent(_api: JsonApi, request: ApiRequest) -> ApiRequest:
    """Check that the person sees the agent's calls. The scope `leads:read` alone shows the leads of all agents."""
    assert isinstance(request.asker, User)
    agents, user = request.asker.bound(OF_AGENTS), request.path_values["user"]
    if agents is not None and not agents.include(user):
        raise live_state.not_logged_in(user)
    return request


async def _call(api: JsonApi, request: ApiRequest) -> ApiRequest:
    assert isinstance(request.asker, User)
    agents, wanted = request.asker.bound(OF_AGENTS), request.path_values["id"]
    live = live_state.live_call(api.board.world, wanted)
    if live and agents is not None and not agents.include(live.agent, live.direct, campaign=live.outcome.campaign):
        raise live_state.no_live_call(wanted)
    return request


async def _number(_api: JsonApi, request: ApiRequest) -> ApiRequest:
    values = (request.path_values, request.query, _body(request))
    for named in (one.get("campaign", "") for one in values):
        if isinstance(named, str) and named:
            _check(request, named)
    return request


async def _attempt(api: JsonApi, request: ApiRequest) -> ApiRequest:
    wanted = request.path_values["id"]
    try:
        call = await api.threads.look_up(call_story.found, api.db, wanted)
    except (NotFound, Conflict):
        call = ""
    if not await api.threads.look_up(campaign_owners.sees_attempt, api.db, allowed(request), call):
        raise not_found(unknown_call(wanted))
    return request


async def _all(_api: JsonApi, request: ApiRequest) -> ApiRequest:
    raise bound(request.asker, "read or change the whole configuration")


NO_CAMPAIGN = CampaignBound("-", _nothing)
CALLS = CampaignBound("calls without an agent: their campaign", _nothing)  # VisibleAgents has the campaigns
ROWS = CampaignBound("only rows of these campaigns", _query)
CAMPAIGN = CampaignBound("the campaign in the path", _campaign)
LIST = CampaignBound("the campaign of the list, and of other lists in the body", _list)
LIST_IN_BODY = CampaignBound("the campaign of the list in the body", _list_in_body)
IMPORT = CampaignBound("the campaign of the import's list", _nothing)  # import_routes checks it: only they have the job
LEAD = CampaignBound("the campaign of the lead's list", _lead)
LEAD_AND_LIST = CampaignBound("the campaigns of the lead's list and of the list in the body", _lead_and_list)
LEAD_IN_BODY = CampaignBound("the campaign of the list of a lead in the body", _lead_in_body)
CALLBACK_IN_BODY = CampaignBound("the campaign of the lead's list, and the campaign in the body", _callback_in_body)
LEAD_OF_AGENT = CampaignBound("the agent is one whose calls they see", _agent)
LEAD_OF_CALL = CampaignBound("the call is one that they see", _call)
NUMBERS = CampaignBound("the campaign of the do-not-call list; the system's is everyone's", _number)
ATTEMPT = CampaignBound("the campaign of the call to a lead", _attempt)
ENTITY = CampaignBound("the campaign of the entry, and campaigns and lists that it names", _nothing)
ALL = CampaignBound("people whose group allows every campaign", _all)

_OF_NAMES: Mapping[CampaignBound, str] = {
    NO_CAMPAIGN: """
        listServers
        listAgents getAgent listDispositions listPauseCodes listDestinations getAgentScreen
        logInAgent pauseAgent resumeAgent logOutAgent ringAgent dialNextLead skipPreview muteAgent unmuteAgent keepNotes
        disposeOfCall undoDisposition transferOwnCall hold unhold parkOrGrabOwn hangUpOwn recordOwnCall playOwnAudio
        sendOwnDtmf askHelp endHelp changeLeadOfAgent listenToAgent whisperToAgent bargeIn
        adoptCall describeRecording getRecording makeRecordingLink revokeRecordingLink
        listIngroups getIngroup listOrphans stopDialling allowDialling
    """,
    CALLS: """
        listCalls getCall transferCall parkOrGrab hangUp recordCall sendDtmf setVmMessage takeCall getReceipt
        correctDisposition
        getPastCall getPastCallTimeline commentOnCall deleteCallComment
        listHistory followLiveState
    """,
    ROWS: """
        listDiallers findLeads auditAttempts auditDrops listRecordings getOverview getWallboard
        followEvents listPastCalls
    """,
    CAMPAIGN: "getDialler startDialler stopDialler countLeadsOfCampaign getHopper",
    LIST: "countLeadsOfList listLeadsOfList changeLeadsOfList resetList placeList beginImport",
    LIST_IN_BODY: "createLead",
    IMPORT: "listImports uploadImport getImport getRejectedLines removeImport",
    LEAD: "getLead explainLead deleteLead",
    LEAD_AND_LIST: "changeLead",
    LEAD_IN_BODY: "dialCustomer previewNumber",
    LEAD_OF_AGENT: "getLeadOfAgent findLeadsOfAgent",
    LEAD_OF_CALL: "getLeadOfCall",
    NUMBERS: "beginDncImport",
    ALL: """
        revokeAllRecordingLinks drainServer resumeServer
    """,
}
OF_ROUTES: Mapping[str, CampaignBound] = {name: one for one, names in _OF_NAMES.items() for name in names.split()}


def of_route(name: str) -> CampaignBound:
    """Return the bound of a route; one without a bound is refused."""
    return OF_ROUTES.get(name, ALL)


async def narrowed(api: JsonApi, request: ApiRequest, campaign_bound: CampaignBound) -> ApiRequest:
    """Return a request as a person may make it whose group allows some campaigns; other requests as they are.

    Raises ProblemRaised (403, 404, 422), StoreError.
    """
    if not isinstance(request.asker, User) or request.asker.campaigns is None:
        return request
    request = replace(request, campaigns=request.asker.campaigns)
    return await campaign_bound.narrow(api, request)


def allowed(request: ApiRequest) -> VisibleCampaigns:
    """Return the campaigns of a request that is bound."""
    assert request.campaigns is not None
    return request.campaigns


async def check_list(
    api: JsonApi, request: ApiRequest, wanted: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> None:
    """Check that a person may see a list, if they are bound. Raises ProblemRaised, StoreError."""
    seen = request.campaigns
    if seen and not await api.threads.look_up(campaign_owners.sees_list, api.db, seen, wanted):
        raise _missing(request, "list", wanted, status)


def bound(asker: Asker, what: str) -> ProblemRaised:
    """Return the 403 for something that takes all campaigns."""
    return ProblemRaised(
        HTTPStatus.FORBIDDEN,
        CODE,
        "user {user} is in a group with allowed_campaigns, and may not {what}; a person who sees every campaign can",
        user=asker.name,
        what=what,
    )


async def _sees_lead(api: JsonApi, request: ApiRequest, lead: int) -> bool:
    return await api.threads.look_up(campaign_owners.sees_lead, api.db, allowed(request), lead)


def _check(request: ApiRequest, campaign: str) -> None:
    if not allowed(request).include(campaign):
        raise _missing(request, "campaign", campaign, HTTPStatus.NOT_FOUND)


def _missing(request: ApiRequest, kind: str, name: str, status: HTTPStatus) -> ProblemRaised:
    why = campaign_owners.unknown_to(allowed(request), kind, name)
    return ProblemRaised(status, why.code, "{why}", why=why)


def _body(request: ApiRequest) -> dict[str, object]:
    """Return the fields of a body, none if it cannot be read; the handler reports that."""
    try:
        body = msgspec.json.decode(request.body or b"{}")
    except UNREADABLE:
        return {}
    return body if isinstance(body, dict) else {}
