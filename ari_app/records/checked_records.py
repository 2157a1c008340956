"""Writes of single leads over the link: the call process looks at the client's token, and at the lead's campaign."""

import asyncio

from msgspec import structs

from ari_app.link.command_rights import AGENTS, EVERY_FUNCTION, Client
from ari_app.records import lead_check
from ari_app.records.checked_clients import CheckedClients
from ari_app.records.record_writes import (
    CreateLead,
    DeleteLead,
    QueueLead,
    RecordWrite,
    RecordWriter,
    UnqueueLead,
    UpdateLead,
)
from ari_app.records.write_results import WriteRefused, not_on_screen
from warmline.store.configuration import campaign_owners
from warmline.store.configuration.api_users import ApiUser
from warmline.store.configuration.tokens import ApiToken
from warmline.store.configuration.users import User
from warmline.store.leads import list_change, screen_lead
from warmline.store.leads.duplicate_leads import UPDATE as UPDATES
from warmline.store.leads.leads import LeadOutcome

LEADS = "leads:write"
ChangedLead = UpdateLead | DeleteLead | QueueLead | UnqueueLead
ADD, UPDATE = "external_add_lead", "update_fields"  # functions of the agent API


class CheckedRecords:
    """RecordWriter for the API process, in front of `writer`. `db` is the database's path."""

    def __init__(self, writer: RecordWriter, clients: CheckedClients, db: str) -> None:
        self._writer, self._clients, self._db = writer, clients, db

    async def write(self, wanted: RecordWrite, token: str) -> LeadOutcome:
        """Make the change in the client's own name, after a check of its rights. Raises ClientUnknown, WriteRefused."""
        client = await self._clients.client(token)
        if isinstance(wanted, CreateLead):
            if not await self._may_create(client, wanted):
                raise _refused(client, f"create a lead in list {wanted.list_id}")
            seen = None if isinstance(client, ApiToken) or client.campaigns is None else client.campaigns.campaigns
            wanted = structs.replace(wanted, by=self._clients.name(client, wanted.by), campaigns=seen)
        elif isinstance(wanted, DeleteLead):
            if not await self._may_change(client, wanted):
                raise _refused(client, f"delete lead {wanted.lead}")
            if agent := await asyncio.to_thread(lead_check.shown_to, self._db, self._clients.world(), wanted.lead):
                raise list_change.in_use(wanted.lead, f"is on the screen of agent {agent}")
            wanted = structs.replace(wanted, by=self._clients.name(client, wanted.by))
        elif not isinstance(wanted, UpdateLead):
            if not await self._may_change(client, wanted):
                raise _refused(client, f"put lead {wanted.lead} before the others")
            wanted = structs.replace(wanted, by=self._clients.name(client, wanted.by))
        else:
            await self._check_update(client, wanted)
            wanted = structs.replace(wanted, by=self._clients.name(client, wanted.by))
        return await self._writer.write(wanted, token)

    async def _check_update(self, client: Client, wanted: UpdateLead) -> None:
        """Raise WriteRefused if a client may change the lead neither in its list nor on the screen of its agent."""
        if not await self._may_change(client, wanted):
            if _beyond_fields(wanted) or not self._may_edit(client, wanted.agent):
                raise _refused(client, f"change lead {wanted.lead}")
            shown = lead_check.on_screen(self._clients.world(), wanted.agent)
            if await asyncio.to_thread(screen_lead.lead_of, self._db, shown) != wanted.lead:
                raise not_on_screen(wanted.agent, wanted.lead)

    async def _may_create(self, client: Client, wanted: CreateLead) -> bool:
        updates = any(rule.then == UPDATES for rule in (wanted.rule, *wanted.more_rules))
        if not (client.may(LEADS) if updates else _may(client, LEADS, ADD)):
            return False
        if isinstance(client, ApiToken) or client.campaigns is None:
            return True
        if await asyncio.to_thread(campaign_owners.sees_list, self._db, client.campaigns, wanted.list_id):
            return True
        campaigns = map(self._clients.world().rules.campaign, client.campaigns.campaigns)
        return wanted.list_id in {one.manual_dial_list_id for one in campaigns}  # it may be the list of every campaign

    async def _may_change(self, client: Client, wanted: ChangedLead) -> bool:
        if not client.may(LEADS):
            return False
        if isinstance(client, ApiToken) or client.campaigns is None:
            return True
        target = wanted.to_list if isinstance(wanted, UpdateLead) else ""
        if target and not await asyncio.to_thread(campaign_owners.sees_list, self._db, client.campaigns, target):
            return False
        return await asyncio.to_thread(campaign_owners.sees_lead, self._db, client.campaigns, wanted.lead)

    def _may_edit(self, client: Client, agent: str) -> bool:
        """Return whether a client may change the lead on the screen of an agent; "" is no agent."""
        person = client.user if isinstance(client, ApiUser) else client
        visible = person.bound(AGENTS) if isinstance(person, User) else None
        return bool(agent) and _may(client, AGENTS, UPDATE) and (visible is None or visible.include(agent))


def _beyond_fields(wanted: UpdateLead) -> bool:
    """Return whether a change is about more than the fields that an agent sees."""
    return bool(wanted.to_list or wanted.reset or wanted.user is not None or wanted.called_count is not None)


def _may(client: Client, scope: str, function: str) -> bool:
    """Return whether a client has the scope, or as an API user the function of the agent API."""
    if isinstance(client, ApiUser) and client.user is None:
        return bool(client.functions & {EVERY_FUNCTION, function}) or client.may(scope)
    person = client.user if isinstance(client, ApiUser) else client
    return person is not None and person.may(scope)


def _refused(client: Client, what: str) -> WriteRefused:
    return WriteRefused(
        "lead_write_refused",
        "{client} may not {what}; it takes the scope {scope}, and a list of a campaign that its user group allows",
        client=client.client,
        what=what,
        scope=LEADS,
    )
