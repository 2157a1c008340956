"""Agents by what requests call them. Upper and lower case are the same, as in VICIdial's database."""

from warmline.core.model.session import Session
from warmline.core.state.world import World


def session_of(world: World, agent: str) -> Session | None:
    """The agent's session, if they are logged in."""
    if session := world.sessions.get(agent):
        return session
    return next((one for user, one in world.sessions.items() if user.lower() == agent.lower()), None)


def alt_agent(world: World, custom: str) -> str:
    """The agent with that custom_three, the lowest id of several; "" if there is none."""
    found = [agent.id for agent in world.rules.agents.values() if agent.custom_three.lower() == custom.lower()]
    return min(found, default="")
