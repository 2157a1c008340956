"""The process that plays and captures for all parties. `rtp_stream.py` starts it; it uses the standard library alone.

It is a separate process, so that the parties' program (analysis, tests, garbage collection) cannot delay a packet. Both
use one SEQPACKET socket: commands come in, with the RTP socket of a new stream; captured packets go out once per tick.
The kernel notes when a packet arrives, so the engine reads all packets once per tick, too. It ends when the other end
is closed.
"""

import contextlib
import gc
import marshal
import os
import pickle
import select
import socket
import struct
import sys
import time
from collections import deque
from itertools import islice

TICK = 20_000_000  # ns
PCMU, SAMPLES = 0, 160
SO_TIMESTAMPNS = getattr(socket, "SO_TIMESTAMPNS", 35)  # the kernel's time of arrival
CHUNK = 100  # packets in a report at most, so that it fits into one datagram
BACKLOG = 200_000  # packets; with more, the reports are no longer read
HEAD = struct.Struct("!BBHII")
ARRIVED = struct.Struct("qq")  # of the kernel: seconds, nanoseconds

Captured = tuple[int, float, bool, int, int, int, int, bytes]
"""stream, arrival (CLOCK_MONOTONIC seconds), marker, payload type, sequence, timestamp, SSRC, payload"""


class Sender:
    """One stream in the engine: its remote address, its sound, and its RTP counters."""

    def __init__(self, number: int, rtp: socket.socket) -> None:
        self.number, self.rtp = number, rtp
        self.remote: tuple[str, int] | None = None
        self.payloads: tuple[bytes, ...] = (b"",)  # sent in turn
        self.first = 0  # the sequence number of the first one of a sound
        self.event_type = 101
        self.playing = False
        self.marker = True
        self.sequence, self.timestamp, self.ssrc = struct.unpack("!HII", os.urandom(10))
        self.event_timestamp = self.timestamp
        self.events: deque[tuple[bool, bytes] | None] = deque()  # None: a tick of audio between two digits

    def dial(self, digits: list[int], ticks: int, pause: int) -> None:
        """Queue RFC 4733 events of `ticks` packets, with the end sent three times and `pause` of audio after it."""
        for digit in digits:
            for n in range(ticks + 2):
                ended = n >= ticks - 1
                flags, duration = (0x80 if ended else 0) | 10, SAMPLES * min(n + 1, ticks)
                self.events.append((n == 0, struct.pack("!BBH", digit, flags, duration)))
            self.events.extend([None] * pause)

    def tick(self) -> None:
        """Send this tick's packet, if any."""
        self.timestamp = (self.timestamp + SAMPLES) & 0xFFFFFFFF
        event = self.events.popleft() if self.events else None
        if self.remote is None or not (event or self.playing):
            self.marker = True
            return
        if event:
            first, body = event
            if first:
                self.event_timestamp = self.timestamp
            self._send(self.event_type, first, self.event_timestamp, body)
        else:
            payload = self.payloads[(self.sequence - self.first) % len(self.payloads)]
            self._send(PCMU, self.marker, self.timestamp, payload)
            self.marker = False

    def _send(self, payload_type: int, marker: bool, timestamp: int, body: bytes) -> None:
        self.sequence = (self.sequence + 1) & 0xFFFF
        head = HEAD.pack(0x80, payload_type | (0x80 if marker else 0), self.sequence, timestamp, self.ssrc)
        with contextlib.suppress(OSError):  # a full or refusing socket loses a packet, as a network does
            self.rtp.sendto(head + body, self.remote)  # type: ignore[arg-type]  # tick() has looked


def parse(number: int, arrival: float, data: bytes) -> Captured | None:
    """Return an RTP packet in the form of a report, or None for anything else (RTCP, other data)."""
    if len(data) < 12 or data[0] >> 6 != 2 or 72 <= data[1] & 0x7F <= 76:
        return None
    first, kind, sequence, timestamp, ssrc = HEAD.unpack_from(data)
    start = 12 + 4 * (first & 0x0F)
    if first & 0x10 and len(data) >= start + 4:
        start += 4 + 4 * int.from_bytes(data[start + 2 : start + 4])
    end = len(data) - (data[-1] if first & 0x20 else 0)
    return number, arrival, bool(kind & 0x80), kind & 0x7F, sequence, timestamp, ssrc, data[start:end]


class Engine:
    """All streams, in one schedule."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.senders: dict[int, Sender] = {}
        self.captured: deque[Captured] = deque()
        self.read_at = time.monotonic_ns()  # when packets were read last
        self.obeyed = 0
        self.lateness = 0.0
        self.commands = select.poll()
        self.commands.register(control, select.POLLIN)
        self.packets = select.epoll()
        self.listening: dict[int, Sender] = {}  # by descriptor

    def run(self) -> None:
        """Play and capture until the program at the other end has ended."""
        due = time.monotonic_ns() + TICK
        while True:
            wait = due - time.monotonic_ns()
            if wait > 1_000_000:  # poll counts whole milliseconds
                more = self.serve((wait - 1_000_000) / 1e6)
            else:
                time.sleep(max(0, wait) / 1e9)
                self.lateness = max(self.lateness, (time.monotonic_ns() - due) / 1e9)
                for sender in self.senders.values():
                    sender.tick()
                now = time.monotonic()
                self.capture()
                more = self.serve(0)
                self.report(now)
                due += TICK
            if not more:
                return

    def serve(self, milliseconds: float) -> bool:
        """Wait for a command and handle it; return False when no more can come."""
        return not self.commands.poll(milliseconds) or self.obey()

    def obey(self) -> bool:
        """Handle one command; return False when no more can come."""
        data, descriptors, _, _ = socket.recv_fds(self.control, 65536, 1)
        if not data:
            return False
        self.obeyed += 1
        command, number, value = pickle.loads(data)  # noqa: S301  # from our own parent process
        if command == "open":
            self.open(number, socket.socket(fileno=descriptors[0]))
        elif sender := self.senders.get(number):
            if command in ("close", "remote"):  # packets that have arrived are judged by the remote until now
                self.capture()
            if command == "close":
                self.close(sender)
            elif command == "dial":
                sender.dial(*value)
            elif command == "sound":
                sender.payloads, sender.first = value, sender.sequence
            else:
                setattr(sender, command, value)
        return True

    def open(self, number: int, rtp: socket.socket) -> None:
        """Accept the RTP socket of a new stream."""
        rtp.setblocking(False)
        rtp.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        sender = self.senders[number] = Sender(number, rtp)
        self.packets.register(rtp, select.EPOLLIN)
        self.listening[rtp.fileno()] = sender

    def close(self, sender: Sender) -> None:
        """Close a stream's socket."""
        self.packets.unregister(sender.rtp)
        del self.listening[sender.rtp.fileno()], self.senders[sender.number]
        sender.rtp.close()

    def capture(self) -> None:
        """Read the packets that have arrived, one of each stream in turn, until there are no more.

        The kernel stamps them by a clock that may be set. None came before the last reading, and none comes later.
        """
        before, self.read_at = self.read_at, time.monotonic_ns()
        offset = self.read_at - time.time_ns()
        while ready := self.packets.poll(0):
            for descriptor, _ in ready:
                sender = self.listening[descriptor]
                try:
                    data, ancillary, _, source = sender.rtp.recvmsg(2048, 64)
                except (BlockingIOError, ConnectionRefusedError):
                    continue
                if sender.remote and source != sender.remote:
                    continue  # a late packet of the port's previous owner
                seconds, nanoseconds = ARRIVED.unpack(ancillary[0][2])
                arrival = max(before, min(seconds * 1_000_000_000 + nanoseconds + offset, time.monotonic_ns()))
                if packet := parse(sender.number, arrival / 1e9, data):
                    self.captured.append(packet)

    def report(self, now: float) -> None:
        """Send captured packets, as many as the other end accepts.

        The last report has the time until which all packets are sent.
        """
        if len(self.captured) > BACKLOG:
            sys.exit(f"no program has read {BACKLOG} captured packets: giving up")
        while True:
            chunk = list(islice(self.captured, CHUNK))
            last = len(chunk) == len(self.captured)
            news = (now if last else 0.0, self.obeyed, self.lateness, chunk)
            try:
                self.control.send(marshal.dumps(news), socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            self.lateness = 0.0
            for _ in chunk:
                self.captured.popleft()
            if last:
                return


def main(descriptor: int) -> None:
    """Run until the socket at `descriptor` is closed at the other end."""
    # This process needs high priority on a busy machine, and 2 % of a processor for ten parties. Only root can set it.
    with contextlib.suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    gc.disable()  # nothing here makes cycles
    with contextlib.suppress(ConnectionError, KeyboardInterrupt):
        Engine(socket.socket(fileno=descriptor)).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
