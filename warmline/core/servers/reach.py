"""How an agent is brought to a call on a server, and the server on which an agent's own phone or dial begins.

Every agent can be brought to every server. So no agent is ready while a call waits that the agent may take.
"""

from enum import Enum, auto

from warmline.core.model.session import Session
from warmline.core.rules import reasons
from warmline.core.rules.configuration import Agent
from warmline.core.servers.placement import can_take_calls, choose_server
from warmline.core.world.world import World


class AgentReach(Enum):
    """The way of an agent to a call."""

    ON_SERVER = auto()  # the phone's line is on the call's server already
    RING = auto()  # the call's server calls the phone; a line on another server is hung up first
    OFFER = auto()  # the page with the browser phone offers it to the call's server


def get_reach(world: World, session: Session, server: str) -> AgentReach:
    """Return how this agent is brought to a call on that server."""
    leg = world.legs.get(session.leg or "")
    if leg is not None and leg.server == server:
        return AgentReach.ON_SERVER
    return AgentReach.OFFER if session.browser else AgentReach.RING


def choose_phone_server(world: World, session: Session) -> str:
    """Return the server that calls an agent's phone now, or to which a page offers its browser phone.

    It is that of the agent's call. Without a call, it is the server that had the phone's line last, or any other one
    while that is away.
    """
    call = world.calls.get(session.call or "")
    last_name = session.phone_loss.server
    if call or not world.servers:
        return call.server if call else last_name
    last_server = world.servers.get(last_name)
    is_reached = last_server is not None and not last_server.away and last_name not in world.held_servers
    return last_name if is_reached else choose_server(world) or last_name


def choose_dial_server(world: World, session: Session) -> str:
    """Return the server of a call that an agent dials: that of the phone's line if it takes calls, or the best one."""
    line_server = world.server_of(session)
    if not world.servers:
        return line_server
    server = world.servers.get(line_server)
    if session.leg and server and can_take_calls(world, server):
        return line_server
    return choose_server(world) or line_server


def get_nailed_up_refusal(world: World, agent: Agent) -> str:
    """Return why this agent's phone cannot stay on the line, or "".

    The line is on one server, and calls are on all of them. A phone that answers by itself is rung where the call is.
    """
    campaign = world.rules.campaign(agent.campaign)
    is_rung = agent.phone_mode == "on_hook" or agent.outside_number
    if not world.servers or is_rung or campaign.phone_headers:
        return ""
    return reasons.NAILED_UP_SERVERS.text(agent=agent.id, campaign=campaign.id)
