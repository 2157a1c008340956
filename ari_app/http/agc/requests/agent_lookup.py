"""Finds agents by the names in requests, ignoring case as VICIdial's database does."""

from warmline.core.model.session import Session
from warmline.core.world.world import World


def session_of(world: World, agent: str) -> Session | None:
    """Return the agent's session, or None if the agent is not logged in."""
    if session := world.sessions.get(agent):
        return session
    return next((one for user, one in world.sessions.items() if user.lower() == agent.lower()), None)


def alt_agent(world: World, custom: str) -> str:
    """Return the agent with that custom_three, the lowest id of several, or ""."""
    found = [agent.id for agent in world.rules.agents.values() if agent.custom_three.lower() == custom.lower()]
    return min(found, default="")
