"""The requests about calls, and their answers in the call process."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from ari_app.link import command_check
from ari_app.link.call_control import (
    CommandReply,
    CommandTimeout,
    CommandUnrecorded,
    FindConversation,
    FindOrphans,
    Orphans,
)
from ari_app.link.command_check import CommandInvalid
from ari_app.link.command_rights import ClientUnknown, CommandClients, CommandForbidden
from ari_app.link.idempotency import CommandRequest, IdempotentCommands, KeyReusedError
from ari_app.link.requests import Line, request
from ari_app.process.dial_stop_requests import DialStopRefused, DialStops, DialStopUnwritable
from warmline.ari.client.asterisk_unreadable import AsteriskUnreadable
from warmline.core.messages.commands import CommandFields
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict
from warmline.store.journal import command_codec

NO_COMMAND = CommandFields()  # of a request that only looks for an earlier answer


class LateCommand(Struct, frozen=True):
    """The answer for CommandTimeout, or for CommandUnrecorded."""

    receipt: str
    is_unrecorded: bool


GivenCommand = CommandReply | LateCommand
COMMAND_ERRORS = (KeyReusedError, CommandInvalid, ClientUnknown, CommandForbidden, StoreError)


class CallRequests(Protocol):
    @request(*COMMAND_ERRORS)
    async def give(
        self, command: dict[str, Any], by: str, source: str, key: str, digits: str, request: str, token: Line
    ) -> GivenCommand:
        """Give a command of the client with this token, with its fields as the journal writes them.

        Only a program of this machine, with the machine's own token, says by whom it is. Raises COMMAND_ERRORS.
        """

    @request(*COMMAND_ERRORS)
    async def earlier(
        self, by: str, source: str, key: str, digits: str, request: str, token: Line
    ) -> GivenCommand | None:
        """Return the answer to the earlier command with this key of this client, or None. Raises COMMAND_ERRORS."""

    @request(AsteriskUnreadable)
    async def orphans(self) -> Orphans:
        """Find channels and bridges of Asterisk under Warmline's name that belong to no call or agent session."""

    @request(AsteriskUnreadable)
    async def conversation(self, channel: str) -> OutsideTalk | str:
        """Find the conversation of a channel outside Warmline, or why there is none."""

    @request()
    async def figures(self) -> bytes:
        """Read the metrics of the call process, in Prometheus' text format."""

    @request(DialStopUnwritable, DialStopRefused, Conflict, StoreError)
    async def change_dial_stop(self, stopped: bool, why: Line, token: str) -> bool:
        """Stop all automatic dialling, or lift the stop, for the client of a token; return whether that is new."""


class CallAnswers:
    """CallRequests in the call process. `read_figures` returns its metrics, and `dial_stops` changes their file."""

    def __init__(
        self,
        once: IdempotentCommands,
        clients: CommandClients,
        orphans: FindOrphans,
        conversation: FindConversation,
        read_figures: Callable[[], bytes],
        dial_stops: DialStops,
    ) -> None:
        self._once, self._clients = once, clients
        self._read_figures, self._dial_stops = read_figures, dial_stops
        self._orphans, self._conversation = orphans, conversation

    async def orphans(self) -> Orphans:
        """Read Asterisk. Raises AsteriskUnreadable."""
        return await self._orphans()

    async def conversation(self, channel: str) -> OutsideTalk | str:
        """Read Asterisk. Raises AsteriskUnreadable."""
        return await self._conversation(channel)

    async def change_dial_stop(self, stopped: bool, why: str, token: str) -> bool:
        """Change the file after a check of the token."""
        return await self._dial_stops.change_for(stopped, why, token)

    async def figures(self) -> bytes:
        """Return the metrics."""
        return self._read_figures()

    async def give(
        self, command: dict[str, Any], by: str, source: str, key: str, digits: str, request: str, token: str
    ) -> GivenCommand:
        """Give a command, after a check of its texts and of its client."""
        try:
            read = command_codec.read(str(command.get("kind", "")), command)
        except (ValueError, KeyError, msgspec.ValidationError) as error:
            raise CommandInvalid("command_unreadable", "the command cannot be read: {why}", why=error) from None
        order = CommandRequest(read, by, source, key, digits, request, token)
        command_check.check(order)
        reply = await _answered(self._once.give(await self._clients.checked(order)))
        assert reply
        return reply

    async def earlier(
        self, by: str, source: str, key: str, digits: str, request: str, token: str
    ) -> GivenCommand | None:
        """Return the answer to the earlier command with this key, or None."""
        order = CommandRequest(NO_COMMAND, by, source, key, digits, request, token)
        command_check.check_beside(order)
        return await _answered(self._once.earlier(await self._clients.named(order)))


async def _answered(reply: Awaitable[CommandReply | None]) -> GivenCommand | None:
    try:
        return await reply
    except CommandTimeout as late:
        return LateCommand(late.receipt, isinstance(late, CommandUnrecorded))
    except StoreError as error:
        raise StoreError("unreadable", "{why}", why=error) from None
