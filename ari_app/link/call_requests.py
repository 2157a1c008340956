"""The requests about calls, and their answers in the call process."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import msgspec
from msgspec import Struct

from ari_app.link import command_check
from ari_app.link.call_control import (
    ChangeDialStop,
    CommandReply,
    CommandTimeout,
    CommandUnrecorded,
    FindConversation,
    FindOrphans,
    Orphans,
)
from ari_app.link.command_check import CommandInvalid
from ari_app.link.idempotency import CommandRequest, IdempotentCommands, KeyReusedError
from ari_app.link.requests import Line, request
from ari_app.process.dial_stop_file import DialStopUnwritable
from warmline.ari.client.asterisk_unreadable import AsteriskUnreadable
from warmline.core.messages.commands import CommandFields
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.store.database.database import StoreError
from warmline.store.journal import command_codec

NO_COMMAND = CommandFields()  # of a request that only looks for an earlier answer


class LateCommand(Struct, frozen=True):
    """The answer for CommandTimeout, or for CommandUnrecorded."""

    receipt: str
    is_unrecorded: bool


GivenCommand = CommandReply | LateCommand
COMMAND_ERRORS = (KeyReusedError, CommandInvalid, StoreError)


class CallRequests(Protocol):
    @request(*COMMAND_ERRORS)
    async def give(
        self, command: dict[str, Any], by: str, source: str, key: str, digits: str, request: str
    ) -> GivenCommand:
        """Give a command, with its fields as the journal writes them. Raises COMMAND_ERRORS."""

    @request(*COMMAND_ERRORS)
    async def earlier(self, by: str, source: str, key: str, digits: str, request: str) -> GivenCommand | None:
        """Return the answer to the earlier command with this key, or None. Raises COMMAND_ERRORS."""

    @request(AsteriskUnreadable)
    async def orphans(self) -> Orphans:
        """Find channels and bridges of Asterisk under Warmline's name that belong to no call or agent session."""

    @request(AsteriskUnreadable)
    async def conversation(self, channel: str) -> OutsideTalk | str:
        """Find the conversation of a channel outside Warmline, or why there is none."""

    @request()
    async def figures(self) -> bytes:
        """Read the metrics of the call process, in Prometheus' text format."""

    @request(DialStopUnwritable)
    async def change_dial_stop(self, stopped: bool, by: Line) -> bool:
        """Stop all automatic dialling, or allow it again, for a client; return whether that is new."""


class CallAnswers:
    """CallRequests in the call process. `read_figures` returns its metrics, and `dial_stop` changes its file."""

    def __init__(
        self,
        once: IdempotentCommands,
        orphans: FindOrphans,
        conversation: FindConversation,
        read_figures: Callable[[], bytes],
        dial_stop: ChangeDialStop,
    ) -> None:
        self._once, self._read_figures, self._dial_stop = once, read_figures, dial_stop
        self._orphans, self._conversation = orphans, conversation

    async def orphans(self) -> Orphans:
        """Read Asterisk. Raises AsteriskUnreadable."""
        return await self._orphans()

    async def conversation(self, channel: str) -> OutsideTalk | str:
        """Read Asterisk. Raises AsteriskUnreadable."""
        return await self._conversation(channel)

    async def change_dial_stop(self, stopped: bool, by: str) -> bool:
        """Change the file. Raises DialStopUnwritable."""
        return await self._dial_stop(stopped, by)

    async def figures(self) -> bytes:
        """Return the metrics."""
        return self._read_figures()

    async def give(
        self, command: dict[str, Any], by: str, source: str, key: str, digits: str, request: str
    ) -> GivenCommand:
        """Give a command, after a check of its texts."""
        try:
            read = command_codec.read(str(command.get("kind", "")), command)
        except (ValueError, KeyError, msgspec.ValidationError) as error:
            raise CommandInvalid("command_unreadable", "the command cannot be read: {why}", why=error) from None
        order = CommandRequest(read, by, source, key, digits, request)
        command_check.check(order)
        reply = await _answered(self._once.give(order))
        assert reply
        return reply

    async def earlier(self, by: str, source: str, key: str, digits: str, request: str) -> GivenCommand | None:
        """Return the answer to the earlier command with this key, or None."""
        order = CommandRequest(NO_COMMAND, by, source, key, digits, request)
        command_check.check_beside(order)
        return await _answered(self._once.earlier(order))


async def _answered(reply: Awaitable[CommandReply | None]) -> GivenCommand | None:
    try:
        return await reply
    except CommandTimeout as late:
        return LateCommand(late.receipt, isinstance(late, CommandUnrecorded))
    except StoreError as error:
        raise StoreError("unreadable", "{why}", why=error) from None
