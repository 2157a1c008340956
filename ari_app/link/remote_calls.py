"""The call process as the API process sees it: a copy of the live state, and commands through the socket."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from ari_app.link import queue_requests, record_codec
from ari_app.link.call_client import CallLink, Update
from ari_app.link.call_control import (
    ANSWER_WITHIN,
    CallProcessAway,
    CommandReply,
    CommandTimeout,
    CommandUnrecorded,
    Orphans,
)
from ari_app.link.call_requests import CallRequests, GivenCommand, LateCommand
from ari_app.link.frames import FrameError
from ari_app.link.idempotency import CommandRequest, Complete
from ari_app.link.messages import Changes, Heartbeat, StateBegins, StateEnds, StatePart
from ari_app.link.queue_requests import QueueRequests
from ari_app.link.replica import Replica
from ari_app.link.requests import remote
from ari_app.live import live_snapshot
from ari_app.live.committed_turns import CommittedTurns, LiveState
from ari_app.live.live_changes import changed_by
from ari_app.live.server_records import ServerReach
from ari_app.live.shown_world import shown
from ari_app.process.broadcast import Broadcast
from ari_app.process.dial_stop_requests import DialStopClient
from warmline.core.messages.values.outside_talk import OutsideTalk
from warmline.core.model.dialler import PulseFacts
from warmline.core.model.receipt import Receipt
from warmline.core.moment import correct_times
from warmline.core.queue.queue_state import QueueState
from warmline.core.world.world import World
from warmline.store.journal import command_codec
from warmline.store.journal.storage_state import GOOD

LONGEST = 200  # characters of an error in the log
NO_FRAME = -1  # of a state that is not whole yet
MARGIN = 1.0  # seconds more than the call process takes at most
ASTERISK_WITHIN = 10.0  # seconds for a request that reads Asterisk
LOST = "call_process_lost"
NOT_ANSWERED = "the call process has not answered; repeat the request with the same key"
AskForCommand = Callable[..., Awaitable[GivenCommand | None]]
MAYBE_GIVEN = "the call process went away, and may have been given the command; repeat the request with the same key"


class RemoteCalls:
    """CallControl, TurnSource and CommandGiver over a socket.

    An answer to a command comes after the changes of its turn: the live state has its effect.
    """

    def __init__(self, path: str, program: str) -> None:
        self.link = CallLink(path, program, self)
        self._commands = remote(CallRequests, self.link, ANSWER_WITHIN + MARGIN)
        self._reads = remote(CallRequests, self.link, ASTERISK_WITHIN, _late)
        self._other = remote(CallRequests, self.link, ASTERISK_WITHIN)
        self._queues = remote(QueueRequests, self.link, queue_requests.WITHIN, queue_requests.late)
        self.connected = False
        self.lost_at = 0
        self.pulses: dict[str, PulseFacts] = {}
        self.storage = GOOD
        self.servers: dict[str, ServerReach] = {}
        self.status = Broadcast()  # rung after a change of `connected`, `lost_at`, `servers` or `storage`
        self.on_configuration: Callable[[], None] = lambda: None  # called after a change of the configuration
        self._copy = Replica()
        self._beginning = ""
        self._take: Callable[[CommittedTurns], None] | None = None
        self._begin_again: Callable[[LiveState], None] | None = None
        self._endings: dict[str, asyncio.Future[Receipt]] = {}

    # -- CallControl --

    @property
    def is_up(self) -> bool:
        return self.link.is_up

    @property
    def world(self) -> World:
        self._settle()
        return shown(self._copy.world)

    def _settle(self) -> None:
        """Decode what has come. After a bug in the other process, the next connection brings the whole state."""
        try:
            self._copy.settle()
        except record_codec.UNREADABLE as error:
            self.link.break_off(self._unreadable(error))

    @property
    def turns(self) -> "RemoteCalls":
        return self

    def waiting(self, queue: str) -> int:
        """Return how many calls wait in a queue."""
        return self._copy.queues.get(queue, 0)

    async def queues(self, ingroups: list[str]) -> list[QueueState]:
        """Return the state of the queues of these in-groups now. Raises CallProcessAway, at once if it is away."""
        self.link.check_up()
        return await self._queues.queues(ingroups)

    async def known(self) -> None:
        """Wait until the live state is known. Raises CallProcessAway after 3 s."""
        if not self._copy.row and not self.link.is_up:
            await self.link.up()

    def receipt(self, receipt: str) -> Receipt | None:
        """Return the receipt of that id, if its command is in progress or ended recently."""
        return self.world.receipts.get(receipt) or self._ended(receipt)

    def receipt_with(self, by: str, key: str) -> Receipt | None:
        """Return the receipt of a client's key, if its command is in progress or ended recently."""
        known = (*self.world.receipts.values(), *map(self._shown, self._copy.ended.values()))
        return next((one for one in known if (one.by, one.key) == (by, key)), None)

    async def outcome(self, receipt: str, within: float) -> Receipt:
        """Return how a recent command ended. Raises TimeoutError after `within` seconds."""
        self._settle()
        if found := self._ended(receipt):
            return found
        ending = self._endings.setdefault(receipt, asyncio.get_running_loop().create_future())
        return await asyncio.wait_for(asyncio.shield(ending), within)

    def _ended(self, receipt: str) -> Receipt | None:
        found = self._copy.ended.get(receipt)
        return self._shown(found) if found else None

    def _shown(self, receipt: Receipt) -> Receipt:
        return correct_times(receipt, self._copy.world.correction)

    # -- CommandGiver --

    async def give(self, order: CommandRequest, complete: Complete = lambda command: command) -> CommandReply:
        """Give a command, each key once: see IdempotentCommands.give.

        Raises CommandInvalid, ClientUnknown, CommandForbidden and CallProcessAway too.
        """
        parts = order.by, order.source, order.key, order.digits, order.request, order.token
        try:
            command = command_codec.written(complete(order.command))
        except Exception:
            if not order.key:
                raise
            if (earlier := await self._asked(self._commands.earlier, parts, key=True)) is None:
                raise
            return earlier
        return await self._give(command, *parts)

    async def _give(self, command: dict[str, object], *parts: str) -> CommandReply:
        reply = await self._asked(self._commands.give, (command, *parts), key=bool(parts[2]))
        assert reply
        return reply

    async def _asked(self, asked: AskForCommand, given: tuple[Any, ...], *, key: bool) -> CommandReply | None:
        """Return the reply to a command. One with a key is sent again if its answer was lost; the key makes this safe.

        Raises CommandTimeout, KeyReusedError, CommandInvalid, ClientUnknown, CommandForbidden, StoreError,
        CallProcessAway.
        """
        try:
            found = await asked(*given)
        except TimeoutError:
            raise CallProcessAway(LOST, NOT_ANSWERED, sent=True) from None
        except CallProcessAway as error:
            if not key or not error.sent:
                raise
            try:
                found = await asked(*given)
            except (CallProcessAway, TimeoutError):  # for any reason: the first one may have been given
                raise CallProcessAway(LOST, MAYBE_GIVEN, sent=True) from None
        if isinstance(found, LateCommand):
            raise (CommandUnrecorded if found.is_unrecorded else CommandTimeout)(found.receipt)
        return found

    # -- Asterisk, and figures --

    async def orphans(self) -> Orphans:
        """Return what Asterisk has beyond the records. Raises AsteriskUnreadable, CallProcessAway."""
        return await self._reads.orphans()

    async def conversation(self, channel: str) -> OutsideTalk | str:
        """Return the conversation of a channel or phone, or a reason. Raises AsteriskUnreadable, CallProcessAway."""
        return await self._reads.conversation(channel)

    async def figures(self, within: float) -> bytes:
        """Return the metrics of the call process. Raises CallProcessAway, TimeoutError after `within` seconds."""
        return await asyncio.wait_for(self._other.figures(), within)

    async def change_dial_stop(self, stopped: bool, why: str, client: DialStopClient) -> bool:
        """Change the emergency stop: see ChangeDialStop. The call process checks the client's token."""
        return await self._other.change_dial_stop(stopped, why, client.token)

    # -- TurnSource --

    @property
    def told_row(self) -> int:
        return self._copy.told_row

    def follow(self, take: Callable[[CommittedTurns], None], begin_again: Callable[[LiveState], None]) -> LiveState:
        """Return the live state, and call `take` with each later commit, or `begin_again` after a gap."""
        self._take, self._begin_again = take, begin_again
        return self._live_state()

    def leave(self) -> None:
        """Tell the follower nothing more."""
        self._take = self._begin_again = None

    def _live_state(self) -> LiveState:
        world = self.world
        return LiveState(self._copy.row, live_snapshot.agents(world), live_snapshot.whole_calls(world))

    # -- Follower --

    @property
    def place(self) -> tuple[str, int]:
        return self._beginning, self._copy.frame

    def welcomed(self, beginning: str) -> None:
        """Take the word of the call process's start."""
        if beginning != self._beginning:
            self._beginning, self._copy.frame = beginning, NO_FRAME

    def take(self, update: Update) -> None:
        """Take a message of the live state.

        Raises FrameError if it does not fit the state. The next connection then brings the whole state.
        """
        try:
            self._apply(update)
        except record_codec.UNREADABLE as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> FrameError:
        """Let the next connection bring the whole state; return the error of this one."""
        self._beginning = ""
        why = repr(error)[:LONGEST]
        return FrameError("live_state_unreadable", "a change of the live state cannot be read: {why}", why=why)

    def _apply(self, update: Update) -> None:
        match update:
            case Heartbeat():
                self.pulses = update.pulses
                told = update.connected, update.lost_at, update.storage, update.servers
                if told != (self.connected, self.lost_at, self.storage, self.servers):
                    self.connected, self.lost_at, self.storage, self.servers = told
                    self.status.ring()
            case StateBegins():
                self._copy.begin(update)
            case StatePart():
                self._copy.add(update)
            case StateEnds():
                self._copy.end(update)
                if self._begin_again:
                    self._begin_again(self._live_state())
            case Changes():
                self._changed(update)

    def _changed(self, update: Changes) -> None:
        self._copy.apply(update)
        changes = self._copy.settle() if self._take or self._endings else []
        if update.rules:
            self.on_configuration()
        for record, _ in changes:
            if isinstance(record, Receipt) and record.ended and record.id in self._endings:
                self._endings.pop(record.id).set_result(self._shown(record))
        if self._take:
            agents, calls = changed_by(changes, self.world, configured=bool(update.rules))
            self._take(CommittedTurns(update.row, update.rows, agents, calls))


def _late(error: CallProcessAway | TimeoutError) -> CallProcessAway:
    if isinstance(error, CallProcessAway):
        return error
    return CallProcessAway(
        "call_process_late",
        "the call process has not read Asterisk in {limit:g} s; try again in a moment",
        limit=ASTERISK_WITHIN,
    )
