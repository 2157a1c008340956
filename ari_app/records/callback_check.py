"""Whether a client may make a callback for a lead, or cancel it, as the call process looks at it."""

import asyncio
from dataclasses import replace

from ari_app.link import command_rights
from ari_app.link.command_rights import Client, CommandForbidden
from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.messages.agent_command_types import ChangeCallback, MakeCallback
from warmline.core.messages.values.callback import Callback
from warmline.core.rules.configuration import Rules
from warmline.store.configuration import campaign_owners
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ApiToken
from warmline.store.database.errors import NotFound
from warmline.store.leads import callbacks


def campaigns_of(client: Client) -> VisibleCampaigns | None:
    """Return the campaigns whose leads a client sees; None for all."""
    return None if isinstance(client, ApiToken) else client.campaigns


async def complete(
    path: str, rules: Rules, client: Client, visible: VisibleAgents | None, command: MakeCallback
) -> MakeCallback:
    """Return the command with the lead's number, and with the campaign of its list if it names none.

    The client chooses lead, time, agent, campaign, code and comments. Raises CommandForbidden, StoreError.
    """
    said = command.callback
    if said is None:
        return command
    seen = campaigns_of(client)
    try:
        made = await asyncio.to_thread(callbacks.for_lead, path, said, seen)
    except NotFound as error:
        raise CommandForbidden(error.code, "{why}", why=error) from None
    if not _sees(rules, client, made.campaign):
        raise command_rights.out_of_reach(client, command, f"campaign {made.campaign}")
    if made.agent and (made.agent not in rules.agents or (visible is not None and not visible.include(made.agent))):
        raise command_rights.out_of_reach(client, command, f"agent {made.agent}")
    return replace(command, callback=made)


def promised(rules: Rules, client: Client, stored: Callback, said: Callback) -> Callback:
    """Return a stored callback with the campaign and the code that a client with leads:write gives it.

    Without that right, and with a campaign that the client does not see, it stays as it is.
    """
    if not client.may(command_rights.LEADS) or not _sees(rules, client, said.campaign):
        return stored
    return replace(stored, campaign=said.campaign or stored.campaign, status=said.status or stored.status)


def _sees(rules: Rules, client: Client, campaign: str) -> bool:
    seen = campaigns_of(client)
    return not campaign or (campaign in rules.campaigns and (seen is None or seen.include(campaign)))


async def check_program(path: str, client: Client, command: ChangeCallback, stored: Callback) -> None:
    """Check that an API user sees the lead of a stored callback. Raises CommandForbidden, StoreError."""
    seen = campaigns_of(client)
    if seen is None or not isinstance(client, ApiUser) or client.user:
        return
    if not await asyncio.to_thread(campaign_owners.sees_lead, path, seen, stored.lead):
        raise command_rights.out_of_reach(client, command, f"callback {stored.id}")
