"""A command that is asked for again with the same key is not done again: the first one's answer is given."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from warmline.ari_app.http.board import Board
from warmline.ari_app.switchboard import TimedOut, Told
from warmline.core.commands import Command, Kind
from warmline.core.receipt import Outcome, Receipt

REMEMBERED = 1000  # keys whose receipt need not be looked up
LONGEST_KEY = 255

# What makes two requests the same, beside agent, call and number: see _same.
ARGUMENTS = ("kind", "ingroup", "to_agent", "message", "status", "notes", "to")


class KeyReusedError(Exception):
    """The key has been used for another command."""

    def __init__(self) -> None:
        super().__init__("this idempotency key belongs to another command; a new command needs a new key")


@dataclass(frozen=True, slots=True)
class Order:
    """A command as somebody asks for it; `key` is his name for this one request, `digits` what SEND_DTMF presses."""

    command: Command
    by: str
    source: str
    key: str = ""
    digits: str = ""


Complete = Callable[[Command], Command]
Judge = Callable[[Command], Awaitable[Command]]  # the command, or the same as impossible


class Once:
    """`stored(by, key)` looks a receipt up in the store; it may block, and is called in a thread.

    `judged` sees each command before it is given.
    """

    def __init__(self, board: Board, stored: Callable[[str, str], Receipt | None], judged: Judge | None = None) -> None:
        self._board = board
        self._stored = stored
        self._judged = judged
        self._given: dict[tuple[str, str], tuple[Order, asyncio.Task[Told]]] = {}
        self._late: dict[tuple[str, str], str] = {}  # the receipts of those that timed out

    async def ask(self, order: Order, complete: Complete = lambda command: command) -> Told:
        """Give a command as `board.ask` does; if this asker has used the key before, only the answer he had then.

        `complete` makes the command ready when it is given for the first time: the live state may tell its agent.
        Raises KeyReusedError, TimedOut, what `complete` raises, and StoreError or sqlite3.Error.
        """
        if not order.key:
            return await self._give(order, complete)
        name = (order.by, order.key)
        if name in self._given:
            first, answer = self._given[name]
            if not _same(order.command, first.command) or order.digits != first.digits:
                raise KeyReusedError
        else:
            answer = asyncio.create_task(self._first(order, complete))
            self._given[name] = order, answer
            answer.add_done_callback(partial(self._keep, name))
        return await asyncio.shield(answer)

    async def _first(self, order: Order, complete: Complete) -> Told:
        """The first request of that key since the app began."""
        by, key = order.by, order.key
        running = (one for one in self._board.world.receipts.values() if (one.by, one.key) == (by, key))
        receipt = next(running, None) or await asyncio.to_thread(self._stored, by, key)
        if receipt is None and (late := self._late.get((by, key))):
            raise TimedOut(late)  # it has ended, and the disk has not taken it yet
        if receipt is None:
            return await self._give(order, complete)
        if not _same(order.command, receipt):
            raise KeyReusedError
        return _told(receipt)

    async def _give(self, order: Order, complete: Complete) -> Told:
        command = complete(order.command)
        if self._judged:
            command = await self._judged(command)
        return await self._board.ask(command, by=order.by, source=order.source, key=order.key, digits=order.digits)

    def _keep(self, name: tuple[str, str], done: "asyncio.Task[Told]") -> None:
        """Answers are kept for a while; what failed is asked anew, since the receipt may say more by then."""
        problem = None if done.cancelled() else done.exception()
        if done.cancelled() or problem:
            del self._given[name]
        if isinstance(problem, TimedOut):
            self._late[name] = problem.receipt
        for kept in (self._given, self._late):
            while len(kept) > REMEMBERED:
                del kept[next(iter(kept))]


def _same(command: Command, first: Command | Receipt) -> bool:
    said = [
        name for name in ("agent", "call", "number", "lead") if getattr(command, name) or not _may_lack(command, name)
    ]
    return all(getattr(command, name) == getattr(first, name) for name in (*ARGUMENTS, *said))


def _may_lack(command: Command, name: str) -> bool:
    """Whether the live state fills in what a request leaves out; or the number, from a lead or a preview."""
    return name != "number" or command.kind in (Kind.DIAL, Kind.PREVIEW)


def _told(receipt: Receipt) -> Told:
    """What was answered then. Raises TimedOut while there is nothing to tell."""
    if receipt.outcome is None and not receipt.told:
        raise TimedOut(receipt.id)
    begun = any(name == "dialling" for name, _ in receipt.steps)
    done = begun or receipt.outcome in (None, Outcome.COMPLETED)
    return Told(receipt.id, "" if done else receipt.cause, refused=receipt.outcome is Outcome.REFUSED)
