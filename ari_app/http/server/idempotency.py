"""A command that is asked for again with the same key is not done again: the first one's answer is given."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from weakref import WeakValueDictionary

import msgspec

from ari_app.http.server.worker_threads import WorkerThreads
from ari_app.switchboard.call_control import CallControl
from ari_app.switchboard.switchboard import CommandReply, CommandTimeout
from warmline.core.model.commands import Command
from warmline.core.model.receipt import Outcome, Receipt

REMEMBERED = 1000  # keys whose receipt need not be looked up
LONGEST_KEY = 255


class KeyReusedError(Exception):
    """The key has been used for another command."""

    def __init__(self) -> None:
        super().__init__("this idempotency key belongs to another command; a new command needs a new key")


@dataclass(frozen=True, slots=True)
class CommandRequest:
    """A command as somebody asks for it; `digits` are what SEND_DTMF presses.

    `key` is his name for this one request, `request` the fingerprint of what he has said, but for the digits.
    """

    command: Command
    by: str
    source: str
    key: str = ""
    digits: str = ""
    request: str = ""


Complete = Callable[[Command], Command]
Judge = Callable[[Command], Awaitable[Command]]  # the command, or the same as impossible


class IdempotentCommands:
    """`stored(by, key)` looks a receipt up in the store; it may block, and is called in one of the `threads`.

    `judged` sees each command before it is given; `counted` names the agent whose commands it counts, "" if it counts
    none: these are given one after the other, or a hundred at once would all be the first. `looks_up` says whether
    `judged` may take long over a command: such a one goes on in a task of its own.
    """

    def __init__(
        self,
        board: CallControl,
        stored: Callable[[str, str], Receipt | None],
        judged: Judge | None = None,
        counted: Callable[[Command], str] = lambda command: "",
        threads: WorkerThreads | None = None,
        looks_up: Callable[[Command], bool] = lambda command: True,
    ) -> None:
        self._threads = threads or WorkerThreads()
        self._going: set[asyncio.Task[CommandReply]] = set()
        self._board = board
        self._stored = stored
        self._judged = judged
        self._counted = counted
        self._looks_up = looks_up
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._given: dict[tuple[str, str], tuple[CommandRequest, asyncio.Task[CommandReply]]] = {}
        self._late: dict[tuple[str, str], str] = {}  # the receipts of those that timed out

    async def ask(self, order: CommandRequest, complete: Complete = lambda command: command) -> CommandReply:
        """Give a command as `board.ask` does; if this asker has used the key before, only the answer he had then.

        `complete` makes the command ready when it is given for the first time: the live state may tell its agent.
        One that is looked up, or has a key, goes on where its asker waits no longer.
        Raises KeyReusedError, CommandTimeout, what `complete` raises, and StoreError or sqlite3.Error.
        """
        if not order.key and not self._looks_up(order.command):
            return await self._give(order, complete)
        if not order.key:
            return await asyncio.shield(self._goes_on(order, complete))
        name = (order.by, order.key)
        if name in self._given:
            first, answer = self._given[name]
            if (order.request, order.digits) != (first.request, first.digits):
                raise KeyReusedError
        else:
            answer = asyncio.create_task(self._first(order, complete))
            self._given[name] = order, answer
            answer.add_done_callback(partial(self._keep, name))
        return await asyncio.shield(answer)

    def _goes_on(self, order: CommandRequest, complete: Complete) -> "asyncio.Task[CommandReply]":
        """The command is decided, or journalled as refused, also where its look-up takes longer than the answer may."""
        going = asyncio.create_task(self._give(order, complete))
        self._going.add(going)
        going.add_done_callback(self._gone)
        return going

    def _gone(self, going: "asyncio.Task[CommandReply]") -> None:
        self._going.discard(going)
        if not going.cancelled():
            going.exception()  # whoever still waits has it; else the receipt tells

    async def _first(self, order: CommandRequest, complete: Complete) -> CommandReply:
        """The first request of that key since the app began."""
        by, key = order.by, order.key
        running = (one for one in self._board.world.receipts.values() if (one.by, one.key) == (by, key))
        receipt = next(running, None) or await self._threads.look_up(self._stored, by, key)
        if receipt is None and (late := self._late.get((by, key))):
            raise CommandTimeout(late)  # it has ended, and the disk has not taken it yet
        if receipt is None:
            return await self._give(order, complete)
        if receipt.request not in ("", order.request):  # those of older releases do not say
            raise KeyReusedError
        return _told(receipt)

    async def _give(self, order: CommandRequest, complete: Complete) -> CommandReply:
        command = complete(order.command)
        if not (agent := self._counted(command)):
            return await self._judge_and_ask(order, command)
        async with self._turns.setdefault(agent, asyncio.Lock()):
            return await self._judge_and_ask(order, command)

    async def _judge_and_ask(self, order: CommandRequest, command: Command) -> CommandReply:
        if self._judged:
            command = await self._judged(command)
        return await self._board.ask(command, order.by, order.source, order.key, order.digits, order.request)

    def _keep(self, name: tuple[str, str], done: "asyncio.Task[CommandReply]") -> None:
        """Answers are kept for a while; what failed is asked anew, since the receipt may say more by then."""
        problem = None if done.cancelled() else done.exception()
        if done.cancelled() or problem:
            self._given.pop(name, None)  # others may have pushed it out
        if isinstance(problem, CommandTimeout):
            self._late[name] = problem.receipt
        for kept in (self._given, self._late):
            while len(kept) > REMEMBERED:
                del kept[next(iter(kept))]


def fingerprint(said: object) -> str:
    """A short text, another one for everything else that somebody may say."""
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:32]


def _told(receipt: Receipt) -> CommandReply:
    """What was answered then. Raises CommandTimeout while there is nothing to tell."""
    if receipt.outcome is None and not receipt.told:
        raise CommandTimeout(receipt.id)
    begun = any(name == "dialling" for name, _ in receipt.steps)
    done = begun or receipt.outcome in (None, Outcome.COMPLETED)
    return CommandReply(receipt.id, "" if done else receipt.cause, refused=receipt.outcome is Outcome.REFUSED)
