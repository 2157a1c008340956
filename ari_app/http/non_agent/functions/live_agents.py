"""The functions about one agent or all agents who are logged in."""

from ari_app.http.non_agent.requests.non_agent_request import NonAgentRequest

SCOPE = "agents:read"


async def agent_status(asked: NonAgentRequest) -> str:
    """Answer with the state of one agent."""
    agent = asked["agent_user"]
    if len(agent) < 2:
        return asked.error(f"INVALID SEARCH PARAMETERS: {asked.by}|{agent}")
    seen = asked.visible(SCOPE)
    if agent not in asked.world.rules.agents or (seen is not None and not seen.include(agent)):
        return asked.error(f"AGENT NOT FOUND: {asked.by}|{agent}")
    return asked.error(f"AGENT NOT LOGGED IN: {asked.by}|{agent}")
