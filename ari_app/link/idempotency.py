"""Answers a command that is repeated with the same key with the first answer, and does not give it again."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import msgspec

from ari_app.link.call_control import CommandReply, CommandSwitchboard, CommandTimeout
from warmline.core.messages.commands import Command
from warmline.core.model.receipt import Outcome, Receipt
from warmline.core.rules import reasons
from warmline.store.database.database import StoreError
from warmline.text.coded_error import CodedError

REMEMBERED = 1000  # keys whose receipts are in memory
AT_ONCE = 500  # commands with a key that are in progress, also those whose client has gone
LONGEST_KEY = 255


class KeyReusedError(CodedError):
    """The key has been used for another command."""

    def __init__(self) -> None:
        super().__init__(
            "idempotency_key_reused", "this idempotency key belongs to another command; a new command needs a new key"
        )


@dataclass(frozen=True, slots=True)
class CommandRequest:
    """A command as a client requests it; `digits` are the keys of SEND_DTMF.

    `key` is the client's name for this request. `request` is the fingerprint of its content without the digits.
    `token` is the client's: the call process takes the client's name and rights from it if the command comes over the
    link.
    """

    command: Command
    by: str
    source: str
    key: str = ""
    digits: str = ""
    request: str = ""
    token: str = field(default="", repr=False)


Given = tuple[tuple[str, str], asyncio.Task[CommandReply]]  # a request's content, and its answer
Complete = Callable[[Command], Command]
FindByKey = Callable[[str, str], Awaitable[Receipt | None]]
"""Returns the stored receipt of a client's key, or None. Raises StoreError."""


class CommandGiver(Protocol):
    """Gives commands, each key once: IdempotentCommands, or the same in the call process through its socket."""

    async def give(self, order: CommandRequest, complete: Complete = lambda command: command) -> CommandReply:
        """Give a command, or return the answer to the earlier one with its key: see IdempotentCommands.give."""


class IdempotentCommands:
    """The commands of the switchboard, each key once. `stored` looks a receipt up in the database."""

    def __init__(self, board: CommandSwitchboard, stored: FindByKey) -> None:
        self._board = board
        self._stored = stored
        self._running: dict[tuple[str, str], Given] = {}
        self._ended: dict[tuple[str, str], Given] = {}  # the last commands that succeeded

    async def give(self, order: CommandRequest, complete: Complete = lambda command: command) -> CommandReply:
        """Give a command as `board.ask` does; if this client has used the key before, return only the earlier answer.

        `complete` finishes the command when it is given for the first time, such as with the agent from the live state.
        A command with a key continues if its client disconnects.
        Raises KeyReusedError, CommandTimeout, the errors of `complete`, and StoreError, also
        if too many commands with a key are in progress.
        """
        if not order.key:
            return await self._give(order, complete)
        answer = self._same(order)
        if answer is None:
            if len(self._running) >= AT_ONCE:
                count = len(self._running)
                raise StoreError("commands_wait", "{count} commands are in progress; try again later", count=count)
            name = (order.by, order.key)
            answer = asyncio.create_task(self._first(order, complete))
            self._running[name] = _content(order), answer
            answer.add_done_callback(partial(self._keep, name))
        return await asyncio.shield(answer)

    async def earlier(self, order: CommandRequest) -> CommandReply | None:
        """Return the answer to the earlier command with this key, or None if there is none.

        Raises KeyReusedError, CommandTimeout, StoreError.
        """
        answer = self._same(order)
        return await (asyncio.shield(answer) if answer else self._stored_answer(order))

    def _same(self, order: CommandRequest) -> "asyncio.Task[CommandReply] | None":
        """Return the recent or pending answer to the same request; None if its key is new. Raises KeyReusedError."""
        name = (order.by, order.key)
        first, answer = self._running.get(name) or self._ended.get(name) or (None, None)
        if first and _content(order) != first:
            raise KeyReusedError
        return answer

    async def _first(self, order: CommandRequest, complete: Complete) -> CommandReply:
        """Answer the first request with that key since the app started."""
        return await self._stored_answer(order) or await self._give(order, complete)

    async def _stored_answer(self, order: CommandRequest) -> CommandReply | None:
        """Return the answer in the receipt with this key, or None."""
        by, key = order.by, order.key
        receipt = self._board.receipt_with(by, key) or await self._stored(by, key)
        if receipt is None:
            return None
        if receipt.request not in ("", order.request):  # receipts of older releases have no fingerprint
            raise KeyReusedError
        return _told(receipt)

    async def _give(self, order: CommandRequest, complete: Complete) -> CommandReply:
        command = complete(order.command)
        reply = await self._board.ask(command, order.by, order.source, order.key, order.digits, order.request)
        if reply.why and reasons.DO_NOT_CALL_UNREADABLE.matches(reply.why):
            raise StoreError("dial_facts_unreadable", "{why}", why=reply.why)
        return reply

    def _keep(self, name: tuple[str, str], done: "asyncio.Task[CommandReply]") -> None:
        """Keep recent answers; forget failures, because a repeated request may find more in the receipt."""
        given = self._running.pop(name)
        if not done.cancelled() and not done.exception():
            self._ended[name] = given
        while len(self._ended) > REMEMBERED:
            del self._ended[next(iter(self._ended))]


def _content(order: CommandRequest) -> tuple[str, str]:
    return order.request, order.digits


def fingerprint(said: object) -> str:
    """Return a short text that differs for different content."""
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:32]


def _told(receipt: Receipt) -> CommandReply:
    """Return the earlier answer. Raises CommandTimeout while there is none."""
    if receipt.outcome is None and not receipt.told:
        raise CommandTimeout(receipt.id)
    begun = any(name == "dialling" for name, _ in receipt.steps)
    done = begun or receipt.outcome in (None, Outcome.COMPLETED)
    return CommandReply(receipt.id, "" if done else receipt.cause, refused=receipt.outcome is Outcome.REFUSED)
