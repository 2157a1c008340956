"""The destinations that an agent's screen offers for a transfer: presets, in-groups, other agents."""

from msgspec import Struct

from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.v1 import live_state
from ari_app.http.v1.live_state import JsonApi
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.core.model.shown_state import to_shown_state
from warmline.core.rules.routing import AGENTDIRECT
from warmline.core.world.world import World
from warmline.operations.live_records import Time, iso
from warmline.store.configuration import config
from warmline.store.configuration.group_view import viewer


class PresetDestination(Struct, frozen=True):
    """A number of the campaign's presets; `name` is its label."""

    preset: str
    name: str
    number: str


class IngroupDestination(Struct, frozen=True):
    """An in-group; `ready` is how many READY agents serve it."""

    ingroup: str
    group_name: str
    ready: int


class AgentDestination(Struct, frozen=True):
    """Another logged-in agent. A transfer to them needs the state READY."""

    user: str
    full_name: str
    state: str
    since: Time


class Destinations(Struct, frozen=True):
    """The presets of the agent's campaign, the active in-groups, and the other agents who are logged in."""

    presets: list[PresetDestination]
    ingroups: list[IngroupDestination]
    agents: list[AgentDestination]


async def of_agent(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with the destinations of an agent; a supervisor of a group gets agents of that group alone.

    Raises ProblemRaised (404), StoreError.
    """
    user, world = request.path_values["user"], api.board.world
    session = world.sessions.get(user)
    if session is None:
        raise live_state.not_logged_in(user)
    presets = await api.threads.look_up(_presets, api.db, session.campaign)
    world = api.board.world
    leads = viewer(request.asker)
    seen = leads.visible.agents if leads and leads.visible else world.sessions.keys()
    others = [world.sessions[one] for one in sorted(world.sessions) if one != user and one in seen]
    return reply(Destinations(presets, _ingroups(world), [_agent(world, one) for one in others]))


def _presets(db: str, campaign: str) -> list[PresetDestination]:
    """Return the presets of a campaign, by name. Raises StoreError."""
    found = config.show_all(db, "preset").items()
    return [
        PresetDestination(name, str(one["preset_name"] or name), str(one["preset_number"]))
        for name, one in found
        if one["campaign"] == campaign
    ]


def _ingroups(world: World) -> list[IngroupDestination]:
    ready = [one for one in world.sessions.values() if one.state is AgentState.READY]
    return [
        IngroupDestination(name, group.group_name, sum(name in one.ingroups for one in ready))
        for name, group in sorted(world.rules.ingroups.items())
        if group.active == "Y" and name != AGENTDIRECT
    ]


def _agent(world: World, session: Session) -> AgentDestination:
    known, live = world.rules.agents.get(session.agent), world.calls.get(session.call or "")
    return AgentDestination(
        session.agent, known.full_name if known else "", to_shown_state(session, live), iso(session.since)
    )
