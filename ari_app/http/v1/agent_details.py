"""The rest of an agent's page, beside the live state: the customer, or the agent's last calls, and codes."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct

from ari_app.http.server.worker_threads import in_time
from ari_app.http.v1 import call_history, dispositions, live_leads
from ari_app.http.v1.live_state import JsonApi
from ari_app.live.live_copy import LiveCopy
from warmline.core.model import shown_state
from warmline.core.model.call_states import AgentState

PAST = 5  # the agent's own calls that are sent between two calls


class AgentDetails(Struct, frozen=True):
    """The customer of the call, or without a call the agent's last calls; and the codes that the agent may choose.

    A part is null while the agent has none of it, or if the token may not read it.
    """

    lead: live_leads.LeadShown | None
    history: list[call_history.HistoryCall] | None
    codes: list[dispositions.DispositionChoice] | None


class Shown(NamedTuple):
    """The facts that decide which details an agent has; equal facts mean equal details."""

    state: str
    call: str
    call_state: str
    lead: int | None
    last_call: str
    last_status: str


NOTHING = Shown("", "", "", None, "", "")
LOGGED_OUT = NOTHING._replace(state=shown_state.LOGGED_OUT)


def shown_now(copy: LiveCopy, user: str) -> Shown:
    """Return the facts about an agent in the copy."""
    agent = copy.agent(user)
    if agent is None:
        return LOGGED_OUT
    call = copy.call(agent.call or "")
    return Shown(
        state=agent.state,
        call=call.id if call else "",
        call_state=call.state if call else "",
        lead=call.lead if call else None,
        last_call=agent.last_call,
        last_status=agent.last_status,
    )


async def find(api: JsonApi, user: str, shown: Shown, may: Callable[[str], bool]) -> AgentDetails:
    """Return the details of an agent, as far as `may` allows the scopes. Raises StoreError."""
    world = api.board.world
    session = world.sessions.get(user)
    if shown == LOGGED_OUT or session is None:
        return AgentDetails(None, None, None)
    is_over = shown.state in (AgentState.DISPO, AgentState.DEAD)
    codes = dispositions.choices_of(session, world.rules) if is_over else None
    if shown.call:
        live = world.calls.get(shown.call)
        lead = await live_leads.of_live(api, live) if live and may("leads:read") else None
        return AgentDetails(lead, None, codes)
    if not may("calls:read"):
        return AgentDetails(None, None, codes)
    history = await in_time(call_history.of_agent, api.db, user, session.campaign, PAST, names=may("leads:read"))
    return AgentDetails(None, history, codes)
