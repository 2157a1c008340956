"""A request to the non-agent API after its login, and the functions that answer it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from ari_app.http.agc.requests.command_tickets import CommandTickets
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.command_check import CommandInvalid
from ari_app.link.command_rights import CommandForbidden
from ari_app.link.idempotency import CommandGiver, CommandRequest
from ari_app.records.lead_callbacks import CallbackClient
from ari_app.records.privileged_write_types import PrivilegedWrite
from ari_app.records.record_writes import RecordWrite
from ari_app.records.recording_audio import LINKS
from ari_app.records.write_results import WriteClient, WriteOutcome
from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.messages.commands import Command
from warmline.core.world.world import World
from warmline.store.configuration.api_users import ApiUser
from warmline.store.leads.leads import LeadOutcome
from warmline.store.lookups.signed_recording_links import RecordingLink
from warmline_contrib.vicidial_api.requests.answer_rows import LINE_ENDS, Separators

OF_USER = 2  # queries at once
NEWLINE = "newline"  # as `stage`, of these functions alone
WITH_NEWLINE = ("lead_all_info", "lead_callback_info")
LONGEST_SOURCE = 40  # characters of a program's name in a receipt

P = ParamSpec("P")
R = TypeVar("R")


class NonAgentParts(NamedTuple):
    """The parts that the functions use: those of the app, the tickets of users, and turns for each user's queries."""

    api: JsonApi
    tickets: CommandTickets
    turns: dict[str, asyncio.Semaphore]


@dataclass(frozen=True, slots=True)
class NonAgentRequest:
    """A request that its user may make. A missing field is "". `now` is in microseconds UTC.

    `host` is the beginning of the addresses of this server, as the client wrote it, such as http://pbx:8080.
    """

    parts: NonAgentParts
    fields: Mapping[str, str]
    user: ApiUser
    now: int
    host: str = ""

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def by(self) -> str:
        """Return the name of the user as answers print it."""
        return self.user.name

    @property
    def world(self) -> World:
        """Return the live state."""
        return self.parts.api.board.world

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the setting, in which answers print times."""
        return ZoneInfo(self.world.rules.timezone or "UTC")

    @property
    def separators(self) -> Separators:
        """Return what `stage` and `header` ask for."""
        stage = self["stage"] if self["stage"] != NEWLINE or self["function"] in WITH_NEWLINE else ""
        return Separators.of(stage, self["header"])

    @property
    def campaigns(self) -> VisibleCampaigns | None:
        """Return the campaigns whose lists and leads the user may see; None for all."""
        return self.user.campaigns

    def sees_campaign(self, name: str) -> bool:
        """Return whether the user may see what a campaign has, if there is such a campaign."""
        return self.campaigns is None or self.campaigns.include(name)

    def sees_agent(self, scope: str, agent: str) -> bool:
        """Return whether the user's right of a scope is about an agent, if there is such an agent."""
        seen = self.visible(scope)
        return seen is None or seen.include(agent)

    def is_on(self, name: str) -> bool:
        """Return whether a flag is Y, the only value that VICIdial takes. Any other one must not delete or write."""
        return self[name] == "Y"

    def shows(self, name: str) -> bool:
        """Return whether a function that only reads is to show more: Y, YES or 1, in any case."""
        return self[name].upper() in ("Y", "YES", "1")

    def visible(self, scope: str) -> VisibleAgents | None:
        """Return the agents that the user's right of a scope is about; None for all."""
        return self.user.bound(scope)

    def line(self, kind: str, text: str, function: str = "") -> str:
        """Return a line that begins with its kind, such as ERROR, and the function's name, or that of another one.

        Line ends in the text become spaces, because a value could otherwise be read as another line.
        """
        return f"{kind}: {function or self['function']} {text.translate(LINE_ENDS)}\n"

    def error(self, text: str) -> str:
        """Return an error's line."""
        return self.line("ERROR", text)

    async def look(self, do: Callable[Concatenate[str, P], R], *args: P.args, **more: P.kwargs) -> R:
        """Run a query with the database's path in a thread; it is interrupted after 5 s. Raises what it raises.

        Queries of one user wait for each other: a lead form that sends many requests at once is not refused.
        """
        async with self.parts.turns.setdefault(self.user.client, asyncio.Semaphore(OF_USER)):
            return await self.parts.api.threads.report("", do, self.parts.api.db, *args, **more)

    async def write(self, wanted: RecordWrite) -> LeadOutcome:
        """Make a write of a single record in the user's name. Raises OptionError, NotFound, Conflict, WriteRefused."""
        give = partial(self.parts.api.records.write, wanted)
        return await self.parts.tickets.use(self.by, self["pass"], give)

    async def give(self, command: Command) -> str:
        """Give a command in the user's name; return why it was refused, or "". Raises TimeoutError, StoreError."""
        order = CommandRequest(command, self.user.client, self["source"][:LONGEST_SOURCE])
        try:
            told = await self.parts.tickets.use(
                self.by, self["pass"], lambda ticket: self.parts.api.once.give(replace(order, token=ticket))
            )
        except (CommandInvalid, CommandForbidden) as refused:
            return str(refused)
        return told.why

    async def links(self, recordings: list[str]) -> list[RecordingLink]:
        """Return a signed link to each recording, none if the user may make none. Raises StoreError."""
        found: list[RecordingLink | None] = []
        for start in range(0, len(recordings), LINKS):
            give = partial(self.parts.api.audio.links, recordings[start : start + LINKS])
            found += map(RecordingLink.of_token, await self.parts.tickets.use(self.by, self["pass"], give))
        return [link for link in found if link]

    async def change(self, wanted: PrivilegedWrite) -> WriteOutcome:
        """Make a write that needs a scope in the user's name. Raises OptionError, NotFound, Conflict, WriteRefused."""

        async def give(ticket: str) -> WriteOutcome:
            return await self.parts.api.privileged.write(wanted, WriteClient(self.user.client, ticket))

        return await self.parts.tickets.use(self.by, self["pass"], give)

    async def call_back(self, do: Callable[[CommandGiver, CallbackClient], Awaitable[R]]) -> R:
        """Make or change a callback in the user's name. Raises CommandForbidden, CommandTimeout, WriteRefused."""

        async def give(ticket: str) -> R:
            return await do(self.parts.api.once, CallbackClient(self.user.client, self["source"], ticket))

        return await self.parts.tickets.use(self.by, self["pass"], give)


Answer = Callable[[NonAgentRequest], Awaitable[str]]
"""Answers a request with its whole page."""


class NonAgentFunction(NamedTuple):
    """A function: its answer, the scope that it takes, and the words of the refusal for a user without that scope.

    `bar` is the end of the refusal, which differs from function to function. `said_by` is the function that the refusal
    names, if it names another one.
    """

    answer: Answer
    scope: str
    denied: str
    bar: str = "|"
    said_by: str = ""


def now() -> int:
    """Return the time in microseconds UTC."""
    return time.time_ns() // 1000
