"""How each route of the JSON API is bound to the agents that a user may see. Each route declares a bound."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from typing import NamedTuple

import msgspec

from ari_app.http.server import bearer_tokens
from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.problems import ProblemRaised, not_found
from ari_app.http.v1 import live_state, promised_callback
from ari_app.http.v1.bodies.body_errors import UNREADABLE
from ari_app.http.v1.live_state import JsonApi
from warmline.access.rights import Reach, UserRole, in_words, roles_with
from warmline.access.visible_agents import VisibleAgents
from warmline.ari.client.asterisk_unreadable import AsteriskUnreadable
from warmline.core.calls import take_call
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.model.call import Call
from warmline.store.calls import call_owners, call_story, last_agent
from warmline.store.configuration.users import User
from warmline.store.database.errors import Conflict, NotFound, unknown_call
from warmline.store.leads import callbacks
from warmline.store.reports import own_recordings, recordings

ME = "me"  # the user's own agent, in paths and in the parameter `agent`
TOPICS = ("call", "ingroup")  # parameters in place of which no agent is set


class RouteName(NamedTuple):
    """The route of a request: its name and its scope, for refusals."""

    name: str
    scope: str


class Bound(NamedTuple):
    """A bound in `words`, for the docs, and the function that returns the request as the user may make it.

    `narrow` is called only for users who may not see all agents; `request.visible` has those that they may see. It
    raises ProblemRaised (403, 404), StoreError.
    """

    words: str
    narrow: Callable[[JsonApi, ApiRequest, RouteName], Awaitable[ApiRequest]]


async def _nothing(_api: JsonApi, request: ApiRequest, _route: RouteName) -> ApiRequest:
    return request


async def _path(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    check(request, route, request.path_values["user"])
    if wanted := _in_body(request, "callback"):
        await _check_callback(api, request, route, wanted)
    return request


async def _query(_api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    if agent := request.query.get("agent", ""):
        check(request, route, agent)
    elif not visible(request).unassigned and request.query.keys().isdisjoint(TOPICS):
        request = replace(request, query={**request.query, "agent": own_agent(request)})
    return request


async def _conversation(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    """Check the agent, and the agents whose phones talk: the channel may be that of any phone."""
    check(request, route, _in_body(request, "agent"))
    channel = _in_body(request, "channel")
    try:
        found = await api.find_conversation(channel)
    except AsteriskUnreadable as error:
        raise live_state.asterisk_unreadable(error) from None
    if isinstance(found, OutsideTalk):
        phones = {leg.phone for leg in (found.named, found.other) if leg.phone}
        owners = {agent.id for agent in api.board.world.rules.agents.values() if agent.phone in phones}
        if not owners or not all(map(visible(request).include, owners)):
            raise out_of_reach(request, route, f"the conversation of {channel}")
    return request


async def _call(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    live = live_state.live_call(api.board.world, request.path_values["id"])
    if live and not sees_call(visible(request), live):
        if visible(request).include(live.agent, live.direct):  # only its campaign hides it
            raise live_state.no_live_call(request.path_values["id"])
        raise out_of_reach(request, route, f"call {live.id}")
    return request


async def _call_and_taker(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    check(request, route, taker := _in_body(request, "agent"))
    live = live_state.live_call(api.board.world, request.path_values["id"])
    if live and take_call.can_take_back(api.board.world, taker, live):
        return request
    return await _call(api, request, route)


async def _past_call(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    wanted = request.path_values["id"]
    if live := live_state.live_call(api.board.world, wanted):
        owner, campaign, is_unknown = live.outcome.last_agent, live.outcome.campaign, False
    else:
        found = await api.threads.look_up(last_agent.last_agent, api.db, wanted)
        owner, is_unknown = found[1] if found else "", found is None
        owners = await api.threads.look_up(call_owners.owners, api.db, [found[0]] if found else [])
        campaign = next((one.campaign for one in owners.values()), "")
    if not visible(request).include(owner):
        raise out_of_reach(request, route, f"call {wanted}")
    if is_unknown or not visible(request).include(owner, campaign=campaign):
        raise not_found(unknown_call(wanted))
    return request


async def _story(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    """Check the last agent of a past call. A story names other agents, too, so no agent reads one."""
    request = await _all(api, request, route)
    try:
        call = await api.threads.look_up(call_story.found, api.db, wanted := request.path_values["id"])
    except (NotFound, Conflict):
        return request  # the handler reports it
    owners = await api.threads.look_up(call_owners.owners, api.db, [call])
    owner = owners.get(call, call_owners.NO_OWNER)
    if not visible(request).include(owner.last_agent, owner.direct):
        raise out_of_reach(request, route, f"call {wanted}")
    if not visible(request).include(owner.last_agent, owner.direct, campaign=owner.campaign):
        raise not_found(unknown_call(wanted))
    return request


async def _receipt(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    found = await live_state.read_receipt(api, request.path_values["id"], request.by)
    if found.by != request.asker.client and not found.agent and visible(request).campaigns:  # it may be of any campaign
        raise live_state.unknown_receipt(request.path_values["id"])
    if found.by != request.asker.client and not visible(request).include(found.agent):
        raise out_of_reach(request, route, f"receipt {found.id}")
    return request


async def _callback(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    await _check_callback(api, request, route, request.path_values["id"])
    if taker := _in_body(request, "agent"):
        check(request, route, taker)
    return request


async def _agent_in_body(_api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    if (agent := _in_body(request, "agent")) or not visible(request).unassigned:
        check(request, route, agent)
    return request


async def _callback_to_change(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    found = await promised_callback.find(api, request.path_values["id"])
    if found.agent or visible(request).unassigned or not visible(request).include_campaign(found.campaign):
        return await _callback(api, request, route)
    raise ProblemRaised(
        HTTPStatus.FORBIDDEN,
        "callback_not_taken",
        "callback {callback} belongs to no agent; take it first, as with: warmline callback take {callback}",
        callback=found.id,
    )


async def _check_callback(api: JsonApi, request: ApiRequest, route: RouteName, wanted: str) -> None:
    found = await promised_callback.find(api, wanted)
    if found.agent and not visible(request).include(found.agent):
        raise out_of_reach(request, route, f"callback {found.id}")
    if not found.agent and not visible(request).include_campaign(found.campaign):
        raise not_found(callbacks.unknown_callback(wanted))


async def _lead(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    world, wanted = api.board.world, request.path_values["lead_id"]
    for session in (world.sessions[one] for one in visible(request).agents if one in world.sessions):
        live = world.calls.get(session.call or "")
        leads = (live.lead if live else 0, session.previewed.lead if session.previewed else 0)
        if wanted in [str(lead) for lead in leads if lead]:
            return request
    raise out_of_reach(request, route, f"lead {wanted}")


async def _recording(api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    wanted = request.path_values["id"]
    try:
        found = await api.threads.look_up(recordings.find, api.db, wanted)
    except NotFound:
        return request  # the handler reports it
    if not visible(request).include(found["agent"]):
        raise out_of_reach(request, route, f"recording {wanted}")
    if not visible(request).include(found["agent"], campaign=found["campaign"]):
        raise not_found(recordings.unknown_recording(wanted))
    if why := await api.threads.look_up(own_recordings.refusal, api.db, request.asker, wanted):
        raise ProblemRaised(HTTPStatus.FORBIDDEN, why.code, "{why}", why=why)
    return request


async def _all(_api: JsonApi, request: ApiRequest, route: RouteName) -> ApiRequest:
    if not visible(request).unassigned:
        assert isinstance(request.asker, User)
        raise bearer_tokens.role_missing(request.asker, route.name, route.scope, Reach.GROUP)
    return request


OWN_SESSION = Bound("their own session", _nothing)
FOR_ALL = Bound("the same for everyone", _nothing)
AGENT = Bound("the agent in the path, and that of a callback in the body", _path)
CONVERSATION = Bound("the agent in the body, and the agents whose phones talk", _conversation)
CALL = Bound("the agent of the call, or the one it waits for", _call)
CALL_AND_TAKER = Bound("the agent of the call, or whose wrap-up it is, and the one who gets it", _call_and_taker)
PAST_CALL = Bound("the last agent of the call", _past_call)
STORY = Bound("nothing for an agent, otherwise the last agent of the call", _story)
RECEIPT = Bound("the agent of the command, or who gave it", _receipt)
CALLBACK = Bound("the agent of the callback, if it has one, and the one in the body", _callback)
CALLBACK_AGENT = Bound("the agent in the body", _agent_in_body)
CALLBACK_CHANGE = Bound("the agent of the callback; an agent takes one of no agent first", _callback_to_change)
LEAD = Bound("the lead of the agent's current call or preview", _lead)
ROWS = Bound("only rows of these agents", _query)
OF_RECORDING = "the agent of the recording; an agent's are those of today, by `agent_recordings`"
RECORDING = Bound(OF_RECORDING, _nothing)  # the process of the calls checks it
RECORDING_ROW = Bound(OF_RECORDING, _recording)
EVERYTHING = Bound("nothing for an agent, otherwise all", _all)


def visible(request: ApiRequest) -> VisibleAgents:
    """Return the agents of a request that is bound."""
    assert request.visible is not None
    return request.visible


def sees_call(agents: VisibleAgents, live: Call) -> bool:
    """Return whether a live call belongs to one of these agents."""
    return agents.include(live.agent, live.direct, campaign=live.outcome.campaign)


def with_own_agent(request: ApiRequest) -> ApiRequest:
    """Return the request of a user with `me` replaced by the user's own agent. Raises ProblemRaised (403)."""
    paths, query = request.path_values, request.query
    if paths.get("user") == ME:
        request = replace(request, path_values={**paths, "user": own_agent(request)})
    if query.get("agent") == ME:
        request = replace(request, query={**query, "agent": own_agent(request)})
    return request


def own_agent(request: ApiRequest) -> str:
    """Return the agent of the user who sends a request. Raises ProblemRaised (403) if there is none."""
    assert isinstance(request.asker, User)
    if not request.asker.agent:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "user_without_agent",
            "user {user} has no agent; to give one: warmline user set {user} agent=AGENT",
            user=request.asker.name,
        )
    return request.asker.agent


def check(request: ApiRequest, route: RouteName, agent: str) -> None:
    """Raise ProblemRaised (403) if the user may not see this agent."""
    if not visible(request).include(agent):
        raise out_of_reach(request, route, f"agent {agent}" if agent else "no agent")


def out_of_reach(request: ApiRequest, route: RouteName, what: str) -> ProblemRaised:
    """Return the 403 for something that belongs to another agent."""
    user = request.asker
    assert isinstance(user, User)
    own = user.role is UserRole.AGENT
    return ProblemRaised(
        HTTPStatus.FORBIDDEN,
        "agent_out_of_reach",
        "user {user} has the role {role} and may not use {name} for {what}; {whose} {roles}",
        user=user.name,
        role=user.role,
        name=route.name,
        what=what,
        whose="other agents take" if own else "agents of other groups take",
        roles=in_words(roles_with(route.scope, Reach.GROUP if own else Reach.ALL)),
    )


def _in_body(request: ApiRequest, name: str) -> str:
    """Return a text of a body, or ""; the handler reports a body that cannot be read."""
    try:
        body = msgspec.json.decode(request.body or b"{}")
    except UNREADABLE:
        return ""
    value = body.get(name) if isinstance(body, dict) else ""
    return value if isinstance(value, str) else ""
