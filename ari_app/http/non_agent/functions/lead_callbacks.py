"""Callbacks of leads."""

from ari_app.http.non_agent.requests.non_agent_request import NonAgentRequest
from warmline.store.database.reading import Row


async def of_new_lead(asked: NonAgentRequest, lead: int) -> str:
    """Return the lines about the callback of a new lead; "" if none is wanted."""
    return ""


async def of_known_lead(asked: NonAgentRequest, lead: Row) -> str:
    """Return the lines about the callback that a request makes, changes or removes; "" if it says nothing of one."""
    return ""
