"""The client of a command over the link: the call process finds it by its token, and looks at its rights itself."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from ari_app.link import command_rights
from ari_app.link.call_control import FindConversation, adoption
from ari_app.link.command_rights import Client, CommandForbidden, client_unknown
from ari_app.link.idempotency import CommandRequest
from ari_app.records import callback_check, lead_check
from warmline.access.visible_agents import VisibleAgents
from warmline.ari.client.asterisk_unreadable import AsteriskUnreadable
from warmline.core.calls import take_call
from warmline.core.messages.agent_command_types import (
    ChangeCallback,
    CorrectDisposition,
    CustomerDial,
    MakeCallback,
    SetDisposition,
)
from warmline.core.messages.call_command_types import Adopt, SwitchLead, TakeCall
from warmline.core.messages.command_classes import NumberDial
from warmline.core.messages.commands import Command
from warmline.core.messages.values.callback import CANCELLED, PENDING, Callback, explain_closed
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.world.world import World
from warmline.store.calls import call_owners, last_agent
from warmline.store.configuration.tokens import ALL, ApiToken
from warmline.store.configuration.users import User
from warmline.store.database.errors import NotFound
from warmline.store.leads import callbacks
from warmline.system import token_file

LOCAL = ApiToken("local", frozenset({ALL}))  # a program of the user of this process
LOOKS = 2  # clients that are looked up at once; the threads are those of the command line's socket too
LOCAL_NAME = re.compile(r"(local:[A-Za-z0-9._-]{1,32}|token:local)( \(uid [0-9]+\))?")

FindClient = Callable[[str], Awaitable[Client | None]]
"""Returns the client of a token, or None. Raises StoreError."""


class CheckedClients:
    """CommandClients for the API process. `world` returns the live state, and `db` is the database's path.

    The token of the folder `run` counts if this process's user wrote it. An API process with a user of its own has made
    that token itself.
    """

    def __init__(
        self, find: FindClient, conversation: FindConversation, world: Callable[[], World], db: str, run: str
    ) -> None:
        self._find, self._conversation, self.world, self._db, self._run = find, conversation, world, db, run
        self._turns = asyncio.Semaphore(LOOKS)

    async def checked(self, order: CommandRequest) -> CommandRequest:
        """Return the command with its client's own name, and with what only the client's rights allow.

        Raises ClientUnknown, CommandForbidden, StoreError.
        """
        client, command = await self.client(order.token), order.command
        command_rights.check(client, command)
        visible = command_rights.bound(client, command)
        if visible is not None:
            command_rights.check_agents(client, visible, command)
            await self._check_call(client, visible, command)
        if isinstance(command, NumberDial):
            command = replace(command, by_person=command.by_person and isinstance(client, User))
        if isinstance(command, CustomerDial | SwitchLead):
            await lead_check.check(self._db, self.world(), client, command)
        if isinstance(command, Adopt) and visible is not None:
            command = await self._adopted(client, visible, command)
        if isinstance(command, MakeCallback):
            command = await callback_check.complete(self._db, self.world().rules, client, visible, command)
        if isinstance(command, ChangeCallback | CustomerDial | SetDisposition) and command.callback:
            command = await self._with_callback(client, visible, command, command.callback)
        return replace(order, command=command, by=self.name(client, order.by))

    async def named(self, order: CommandRequest) -> CommandRequest:
        """Return a look for an earlier command with the client's own name. Raises ClientUnknown, StoreError."""
        return replace(order, by=self.name(await self.client(order.token), order.by))

    async def client(self, token: str) -> Client:
        """Return the client of a token. Raises ClientUnknown, StoreError."""
        async with self._turns:
            client = await self._find(token)
        if client:
            return client
        if token_file.is_own(self._run, token):
            return LOCAL
        raise client_unknown()

    async def _check_call(self, client: Client, visible: VisibleAgents, command: Command) -> None:
        """Check whose call a command names. The core refuses another call than the agent's, except for a few kinds."""
        if not command.call or (command.agent and not isinstance(command, command_rights.OF_ANY_CALL)):
            return
        live, owners, campaign = self.world().calls.get(command.call), list[str | None](), ""
        if live is not None:
            of_last = isinstance(command, CorrectDisposition)
            owners = [live.outcome.last_agent] if of_last else [live.agent, live.direct]
            if isinstance(command, TakeCall) and take_call.can_take_back(self.world(), command.to_agent, live):
                owners = [command.to_agent]
            campaign = live.outcome.campaign
        elif isinstance(command, CorrectDisposition):
            found = await asyncio.to_thread(last_agent.last_agent, self._db, command.call)
            owners = [found[1] if found else ""]
            past = await asyncio.to_thread(call_owners.owners, self._db, [found[0]] if found else [])
            campaign = next((one.campaign for one in past.values()), "")
        else:
            return  # the core refuses it
        if not visible.include(*owners, campaign=campaign):
            raise command_rights.out_of_reach(client, command, f"call {command.call}")

    async def _adopted(self, client: Client, visible: VisibleAgents, command: Adopt) -> Adopt:
        """Return the command with the conversation that Asterisk has, if all its phones are those of these agents."""
        try:
            found = await self._conversation(command.channel)
        except AsteriskUnreadable as error:
            raise CommandForbidden(error.code, "{why}", why=error) from None
        if not isinstance(found, OutsideTalk):
            return replace(command, conversation=None, impossible=found)
        phones = {leg.phone for leg in (found.named, found.other) if leg.phone}
        owners = {agent.id for agent in self.world().rules.agents.values() if agent.phone in phones}
        if not owners or not all(map(visible.include, owners)) or not visible.include(command.agent):
            raise command_rights.out_of_reach(client, command, f"the conversation of {command.channel}")
        app = command.conversation.app if command.conversation else ""
        allowed = adoption(command.channel, found, app=app)
        return replace(command, conversation=allowed.conversation, impossible=allowed.impossible)

    async def _with_callback(
        self,
        client: Client,
        visible: VisibleAgents | None,
        command: ChangeCallback | CustomerDial | SetDisposition,
        said: Callback,
    ) -> Command:
        """Return the command with the stored callback, of which the client may change a few fields."""
        if isinstance(command, SetDisposition):  # a new one, which the core completes
            self._check_owner(client, visible, command, said.agent)
            new = Callback(id="", call="", number="", agent=said.agent, at=said.at, comments=said.comments)
            return replace(command, callback=new)
        try:
            stored = await asyncio.to_thread(callbacks.find, self._db, said.id, time.time_ns() // 1000)
        except NotFound as error:
            raise CommandForbidden(error.code, "{why}", why=error) from None
        self._check_owner(client, visible, command, stored.agent)
        if visible is not None and not (stored.agent or visible.include_campaign(stored.campaign)):
            raise command_rights.out_of_reach(client, command, f"callback {stored.id}")
        if isinstance(command, CustomerDial):
            return replace(command, callback=stored, number=stored.number or command.number)
        await callback_check.check_program(self._db, client, command, stored)
        self._check_owner(client, visible, command, said.agent)
        if visible is not None and not (stored.agent or said.agent or visible.unassigned):
            raise command_rights.out_of_reach(client, command, f"callback {stored.id}")
        state = said.state if said.state in (PENDING, CANCELLED) else stored.state
        stored = callback_check.promised(self.world().rules, client, stored, said)
        changed = replace(stored, agent=said.agent, at=said.at, comments=said.comments, state=state, ended=said.ended)
        changed = replace(changed, by=client.client)
        return replace(command, callback=changed, impossible=command.impossible or explain_closed(stored))

    def _check_owner(self, client: Client, visible: VisibleAgents | None, command: Command, agent: str) -> None:
        if agent and visible is not None and not visible.include(agent):
            raise command_rights.out_of_reach(client, command, f"a callback of agent {agent}")

    def name(self, client: Client, said: str) -> str:
        """Return a client's name in records. A program of this process's user names the person at the machine."""
        return said if client is LOCAL and LOCAL_NAME.fullmatch(said) else client.client
