"""A party's sound: one RTP stream that plays a tone and stores every packet that it gets.

Times are seconds of CLOCK_MONOTONIC (`time.monotonic()`); the kernel takes them when a packet arrives.
"""

import asyncio
import contextlib
import marshal
import pickle
import socket
import subprocess
import sys
import time
import weakref
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from lab.sip import rtp_engine, tones
from lab.sip.sdp import DTMF
from lab.sip.waiting import Changed

DIGITS = "0123456789*#ABCD"
LATENCY = 0.3  # seconds that a tone may be under way after its party has changed it
_BUFFER = 1 << 20
_arrival = attrgetter("time")

T = TypeVar("T")


class Packet(NamedTuple):
    """One RTP packet as it arrived."""

    time: float
    marker: bool
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes


class Stream:
    """One party's RTP in one call. It plays nothing until `remote()` gives an address."""

    def __init__(self, rtp: "Rtp", number: int, port: int, limit: int) -> None:
        self.port = port
        self.received: list[Packet] = []
        self.limit = limit  # packets that are stored at least; of twice as many, the older half is removed
        self.kept_since = 0.0
        self.event_type = DTMF
        self.amplitude = tones.AMPLITUDE
        self.tones: list[tuple[float, int]] = []  # (since, Hz)
        self._playing = True
        self._open = True
        self._rtp, self._number = rtp, number

    @property
    def hz(self) -> int:
        """Return the tone that it plays, 0 for silence."""
        return self.tones[-1][1] if self.tones else 0

    def remote(self, host: str, port: int, event_type: int = DTMF) -> None:
        """Send to this address from now on, and accept packets from this address alone."""
        self.event_type = event_type
        self._command("event_type", event_type)
        self._command("remote", (host, port))
        self._command("playing", self._playing)

    def tone(self, hz: int, amplitude: int = tones.AMPLITUDE) -> None:
        """Play this tone from the next packet on; 0 is silence, sent as packets. Raises what `tone_packet` raises."""
        turning = self._rtp.turning and hz
        packets = tones.turning_tone(hz, amplitude) if turning else (tones.tone_packet(hz, amplitude),)
        self._command("payloads", packets)
        self.amplitude = amplitude
        self.tones.append((time.monotonic(), hz))

    def sound(self, packets: Sequence[bytes]) -> None:
        """Play these packets of 20 ms mu-law from the first one on, again and again, until the next `tone`.

        They are seven seconds at most.
        """
        self._command("sound", tuple(packets))

    def key_tone(self, key: str) -> None:
        """Play the two tones of a key in place of the party's tone, until the next `tone`."""
        self._command("payloads", tones.key_tone(key))

    def play(self, on: bool = True) -> None:
        """Start or stop sending packets; capturing continues in any case."""
        self._playing = on
        self._command("playing", on)

    def dial(self, digits: str, milliseconds: int = 100, pause: int = 60) -> float:
        """Send digits as RFC 4733 events, each this long and with this pause after it.

        Returns the time when the last is sent. Raises ValueError for other characters.
        """
        if unknown := set(digits.upper()) - set(DIGITS):
            raise ValueError(f"cannot dial {''.join(sorted(unknown))!r}: digits are {DIGITS}")
        ticks, gap = max(1, milliseconds // 20), max(1, pause // 20)
        self._command("dial", ([DIGITS.index(digit) for digit in digits.upper()], ticks, gap))
        return time.monotonic() + (ticks + 2 + gap) * len(digits) * tones.PACKET_SECONDS

    def dialled(self) -> list[tuple[float, str]]:
        """Return the digits received: (time of the first packet, digit)."""
        found: list[tuple[float, str]] = []
        last = None
        for packet in self.received:
            if packet.payload_type == self.event_type and len(packet.payload) >= 4 and packet.timestamp != last:
                last = packet.timestamp
                if packet.payload[0] < len(DIGITS):
                    found.append((packet.time, DIGITS[packet.payload[0]]))
        return found

    @property
    def captured_until(self) -> float:
        """Return a time; every packet that arrived before it, and since `kept_since`, is in `received`."""
        return self._rtp.captured_until

    def between(self, since: float, until: float) -> list[Packet]:
        """Return the packets that arrived from `since` until before `until`."""
        first = bisect_left(self.received, since, key=_arrival)
        return self.received[first : bisect_left(self.received, until, first, key=_arrival)]

    def tones_at(self, moment: float) -> set[int]:
        """Return the tones that others can hear from it at a time: the current one, and one that just ended."""
        changes = [*self.tones, (float("inf"), 0)]
        return {hz for (since, hz), (end, _) in pairwise(changes) if hz and since <= moment < end + LATENCY}

    async def until(self, find: Callable[[], T | None], within: float, what: str) -> T:
        """Wait until `find()` returns a value; it is called after each report. Raises WaitTimeout."""
        return await self._rtp.until(find, within, what)

    async def settled(self) -> float:
        """Wait until the last `tone`, `play` or `close` is in force; return a time after that."""
        return await self._rtp.settled()

    def close(self) -> None:
        """Stop and release the port; captured packets stay."""
        if self._open:
            self._command("close")
            self._open = False

    def take(self, packet: Packet) -> None:
        """Store one packet, and remove old ones when there are too many."""
        self.received.append(packet)
        if len(self.received) > 2 * self.limit:
            del self.received[: self.limit]
            self.kept_since = self.received[0].time

    def _command(self, command: str, value: Any = None) -> None:
        if self._open:
            self._rtp.command(command, self._number, value)


class Rtp:
    """The engine's process and all streams in it; an async context manager.

    With `turning`, all tones are turning ones, so that `Hearing.unheard` can find the packets that arrived.
    """

    def __init__(self, turning: bool = False) -> None:
        self.turning = turning
        self.lateness = 0.0  # the largest delay of a sent packet, in seconds
        self.captured_until = 0.0  # every packet that arrived before this is in its stream
        self._streams: weakref.WeakValueDictionary[int, Stream] = weakref.WeakValueDictionary()
        self._opened = 0
        self._told = self._obeyed = 0  # commands
        self._news = Changed()
        self._gone = False

    async def __aenter__(self) -> Self:
        self._control, self._process = _start_engine()
        asyncio.get_running_loop().add_reader(self._control, self._read)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        try:
            await asyncio.to_thread(self._process.wait, 2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def open(self, limit: int = 30_000) -> Stream:
        """Open a stream on a free even port; it stores its last `limit` packets (30 000 are 10 minutes)."""
        rtp = _even_port()
        self._opened += 1
        stream = self._streams[self._opened] = Stream(self, self._opened, rtp.getsockname()[1], limit)
        with rtp:
            self.command("open", self._opened, descriptors=[rtp.fileno()])
        stream.tone(0)
        return stream

    def command(self, command: str, number: int, value: Any = None, descriptors: Sequence[int] = ()) -> None:
        """Send the engine a command. Raises RuntimeError if it has died."""
        self._told += 1
        try:
            socket.send_fds(self._control, [pickle.dumps((command, number, value))], descriptors)
        except OSError:
            self._gone = True
            self._check()

    async def settled(self) -> float:
        """Wait until all commands are in force; return a time after that."""
        told = self._told
        await self.until(lambda: self._obeyed >= told or None, 5, "the RTP engine did not obey")
        return time.monotonic()

    async def until(self, find: Callable[[], T | None], within: float, what: str) -> T:
        """Wait until `find()` returns a value; it is called after each report. Raises WaitTimeout."""

        def look() -> T | None:
            self._check()
            return find()

        return await self._news.until(look, within, what)

    def _check(self) -> None:
        if self._gone:
            code = self._process.poll()
            raise RuntimeError(f"the RTP engine has died (exit code {code}): its error is on the terminal")

    def _read(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while data := self._control.recv(1 << 18, socket.MSG_DONTWAIT):
                until, self._obeyed, lateness, captured = marshal.loads(data)  # noqa: S302  # from our own child process
                self.lateness = max(self.lateness, lateness)
                self.captured_until = max(self.captured_until, until)
                for number, *packet in captured:
                    if stream := self._streams.get(number):
                        stream.take(Packet(*packet))
                self._news.tell()
            self._gone = True
            self._news.tell()
            asyncio.get_running_loop().remove_reader(self._control)


def _start_engine() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-I", str(Path(rtp_engine.__file__).resolve()), str(theirs.fileno())]
        # A separate session: Ctrl-C is for this process, which ends the engine after all calls.
        return ours, subprocess.Popen(
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True
        )


def _even_port() -> socket.socket:
    """Bind a loopback port whose successor, RTCP's port, is not used for RTP."""
    while True:
        rtp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        rtp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        rtp.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
        rtp.bind(("127.0.0.1", 0))
        if rtp.getsockname()[1] % 2 == 0:
            return rtp
        rtp.close()
