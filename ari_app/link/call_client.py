"""A process's connection to the call process, which is made again whenever it breaks."""

import asyncio
import logging
import time
from collections.abc import Callable
from itertools import count
from typing import Protocol

from ari_app.link.call_control import CallProcessAway
from ari_app.link.first_message import VERSION, Hello
from ari_app.link.frames import LARGEST_BACK, FrameError, FrameProtocol, not_allowed
from ari_app.link.messages import (
    Answer,
    Changes,
    FromCalls,
    Heartbeat,
    Raised,
    Refusal,
    Request,
    Returned,
    StateBegins,
    StateEnds,
    StatePart,
    Welcome,
)
from warmline.system.socket_messages.frame import frame
from warmline.system.unix_paths import shorten_socket_path
from warmline.text.coded_error import CodedError

WAIT = 3.0  # seconds that a request waits for the connection
AGAIN = 0.05  # seconds until the next attempt to connect
SILENT = 3.0  # seconds without a heartbeat until a follower connects again
SAID_AFTER = 1.0  # seconds without a connection; both processes may be starting
SAID_AGAIN = 10.0  # seconds between two lines about a connection that cannot be made

Update = StateBegins | StatePart | StateEnds | Changes | Heartbeat

log = logging.getLogger("warmline.link")


class Follower(Protocol):
    """Takes the live state."""

    @property
    def place(self) -> tuple[str, int]:
        """The beginning and number of the last frame; ("", 0) before the first."""

    def welcomed(self, beginning: str) -> None:
        """Take the word of the call process's start."""

    def take(self, update: Update) -> None:
        """Take a message."""


class OtherVersionError(CodedError):
    """The call process has another version. This process has to end: its next start has the installed version."""


class CallLink:
    """The connection to the socket at `path`. With a follower, it is usable when the live state is whole.

    `led` gets the epoch of the call process at each connection, before anything else.
    """

    def __init__(
        self,
        path: str,
        program: str,
        follower: Follower | None = None,
        led: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._path, self._program, self._follower, self._led = path, program, follower, led
        self._greeted: asyncio.Transport  # the connection on which Hello was sent
        self._transport: asyncio.Transport | None = None  # the same once the call process has welcomed it
        self._heard = 0.0  # the time of the loop when the last message came
        self._usable = asyncio.Event()
        self._numbers = count(1)
        self._asked: dict[int, asyncio.Future[Answer]] = {}
        self._told = float("-inf")
        self._broken: FrameError | None = None  # why this process ended the connection
        self.away_since = time.monotonic()

    @property
    def is_up(self) -> bool:
        """Return whether requests are answered now."""
        return self._usable.is_set()

    async def run(self) -> None:
        """Connect, and connect again whenever the connection ends, without end. Raises OtherVersionError."""
        while True:
            try:
                await self._connected()
                why = "it closed the connection"
            except (OSError, FrameError, TimeoutError) as error:
                why = str(error) or type(error).__name__
            finally:
                self._lost()
            now = time.monotonic()
            if now - self.away_since > SAID_AFTER and now - self._told > SAID_AGAIN:
                self._told = now
                log.warning("the call process cannot be reached at %s: %s", self._path, why)
            await asyncio.sleep(AGAIN)

    def break_off(self, error: FrameError) -> None:
        """End the connection for a reason that this process found, and connect again."""
        if self._transport:
            self._broken = error
            self._transport.abort()

    async def usable(self) -> None:
        """Wait until requests are answered, without limit."""
        await self._usable.wait()

    async def up(self) -> None:
        """Wait until requests are answered, WAIT seconds at most. Raises CallProcessAway."""
        try:
            await asyncio.wait_for(self.usable(), WAIT)
        except TimeoutError:
            raise _away() from None

    def check_up(self) -> None:
        """Raise CallProcessAway if requests are not answered now, for a request that must not wait."""
        if not self.is_up:
            raise _away()

    async def ask(self, request: Callable[[int], Request], within: float) -> Answer:
        """Send a request, and return its answer; wait WAIT seconds at most for the connection.

        Raises CallProcessAway, TimeoutError after `within` seconds.
        """
        while (transport := self._transport) is None or not self.is_up:  # it may be lost again at once
            await self.up()
        if transport.is_closing():  # it has ended, and `run` will notice; such a transport may not be written to
            raise _away()
        number = next(self._numbers)
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            transport.write(frame(request(number)))
            async with asyncio.timeout(within):  # wait_for of Python 3.11 loses a cancellation beside an answer
                return await answer
        finally:
            del self._asked[number]

    async def _connected(self) -> None:
        """Connect, and take messages until the connection ends."""
        loop = asyncio.get_running_loop()
        frames = FrameProtocol[FromCalls](FromCalls, LARGEST_BACK, self._take)
        with shorten_socket_path(self._path) as path:
            self._heard = loop.time()
            self._greeted, _ = await loop.create_unix_connection(lambda: frames, path)
        try:
            beginning, after = self._follower.place if self._follower else ("", 0)
            hello = Hello(VERSION, self._program, self._follower is not None, beginning, after)
            self._greeted.write(frame(hello))
            await self._until_end(frames.ended)
        finally:
            self._greeted.close()
        broken, self._broken = self._broken, None
        if broken:
            raise broken

    async def _until_end(self, ended: "asyncio.Future[None]") -> None:
        """Wait for the end of the connection. Raises its error, and TimeoutError if nothing is heard for too long."""
        while not ended.done():
            left = None
            if self._follower or not self._transport:
                left = self._heard + SILENT - asyncio.get_running_loop().time()
                if left <= 0:
                    raise TimeoutError
            await asyncio.wait({ended}, timeout=left)
        ended.result()

    def _take(self, message: FromCalls) -> None:
        self._heard = asyncio.get_running_loop().time()
        match message:
            case _ if not self._transport:
                self._welcome(message)
            case Changes() | Heartbeat() | StateBegins() | StatePart() | StateEnds():
                self._update(message)
            case Returned() | Raised():
                if (asked := self._asked.get(message.id)) and not asked.done():
                    asked.set_result(message)
            case Refusal(why):
                raise FrameError("call_process_refuses", "{why}", why=why)
            case _:
                raise not_allowed(message)

    def _welcome(self, first: FromCalls) -> None:
        """Take the first message of a connection. Raises FrameError, OtherVersionError."""
        if isinstance(first, Refusal) and first.version not in (0, VERSION):
            raise OtherVersionError("call_process_version", "{why}", why=first.why)
        if not isinstance(first, Welcome):
            why = first.why if isinstance(first, Refusal) else "it sent no welcome"
            raise FrameError("call_process_refuses", "{why}", why=why)
        self._led(first.epoch)
        if self._follower:
            self._follower.welcomed(first.beginning)
        self._transport = self._greeted
        if not self._follower:
            self._begin()

    def _update(self, message: Update) -> None:
        if self._follower is None:
            raise not_allowed(message)
        self._follower.take(message)
        if isinstance(message, Heartbeat):  # after the whole state, or the frames that were missed
            self._begin()

    def _begin(self) -> None:
        if not self._usable.is_set():
            log.info("the call process is connected")
            self._told = float("-inf")
            self._usable.set()

    def _lost(self) -> None:
        """Fail every pending request, because its answer will not come."""
        if self._usable.is_set():
            self.away_since = time.monotonic()
        self._usable.clear()
        self._transport = None
        for asked in self._asked.values():
            if not asked.done():
                asked.set_exception(
                    CallProcessAway(
                        "call_process_lost",
                        "the call process went away before it answered; repeat the request with the same key",
                        sent=True,
                    )
                )


def _away() -> CallProcessAway:
    """Return the error for a request that was not sent."""
    return CallProcessAway(
        "call_process_away", "the call process is away; calls that are connected go on; try again in a moment"
    )
