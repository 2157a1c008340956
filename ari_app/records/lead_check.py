"""Whether a command is about leads of the campaigns that its client's group allows, as the call process looks at it."""

import asyncio

from ari_app.link import command_rights
from ari_app.link.command_rights import Client
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.messages.agent_command_types import CustomerDial, DialNext, Preview
from warmline.core.messages.call_command_types import SwitchLead
from warmline.core.model.call_states import AgentState
from warmline.core.world.world import World
from warmline.store.configuration import campaign_owners
from warmline.store.configuration.tokens import ApiToken
from warmline.store.leads import screen_lead
from warmline.store.leads.screen_lead import OnScreen


async def check(path: str, world: World, client: Client, command: CustomerDial | SwitchLead) -> None:
    """Check the lead of a command, or those that it shows on the agent's screen: of a typed number, or the next ones.

    A lead that is on the screen already may be dialled. An agent who is bound as the client is may be shown any lead.
    Raises CommandForbidden, StoreError.
    """
    seen = None if isinstance(client, ApiToken) else client.campaigns
    if seen is None:
        return
    if command.lead:
        if not await asyncio.to_thread(_knows, path, seen, command.lead, on_screen(world, command.agent)):
            raise command_rights.out_of_reach(client, command, f"lead {command.lead}")
    elif isinstance(command, Preview | DialNext) and not command.callback:
        session = world.sessions.get(command.agent)
        if isinstance(command, DialNext) and (session is None or seen.include(session.campaign)):
            return
        shown = await asyncio.to_thread(campaign_owners.of_agent, path, command.agent)
        if shown is None or not shown.campaigns <= seen.campaigns:
            why = f"it shows agent {command.agent} leads of other campaigns"
            raise command_rights.forbidden(client, command, why)


def on_screen(world: World, agent: str) -> OnScreen:
    """Return what an agent has on the screen: the call, the preview, or the call just ended."""
    session = world.sessions.get(agent)
    if session is None:
        return OnScreen(agent)
    if live := world.calls.get(session.call or ""):
        return OnScreen(agent, live.lead, call=live.id)
    if session.previewed:
        return OnScreen(agent, session.previewed.lead, session.previewed_number)
    return OnScreen(agent, call=session.last.call if session.state is AgentState.DISPO else "")


def shown_to(path: str, world: World, lead: int) -> str:
    """Return an agent who has the lead on the screen, or "". Raises StoreError."""
    screens = (on_screen(world, agent) for agent in list(world.sessions))
    shown = (one for one in screens if one.lead or one.number or one.call)
    return next((one.agent for one in shown if screen_lead.lead_of(path, one) == lead), "")


def _knows(path: str, seen: VisibleCampaigns, lead: int, shown: OnScreen) -> bool:
    return campaign_owners.sees_lead(path, seen, lead) or screen_lead.lead_of(path, shown) == lead
