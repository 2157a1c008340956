"""`python -m tools.bench.capacity.rtp_generator`: plays and hears the sound of hundreds of legs through one socket.

Any sender of packets to the socket is a leg. All legs play the same tone, in the same packets, some of them every
2.5 ms. The program prints its port on a line. It answers an empty line with the number of legs. It answers a number of
seconds with the sound that it heard in that time, as JSON. It ends when its standard input ends.

It is a separate process with high priority, if that is allowed, so that it does not limit the measurement.
"""

import dataclasses
import json
import os
import select
import signal
import socket
import struct
import sys
import time
from contextlib import suppress

from lab.sip import tones
from tools.bench.capacity.datagrams import Incoming, Outgoing
from tools.bench.capacity.heard_packets import HZ, LISTENED, count

PARTS = 8  # of 20 ms; real callers do not all speak at the same moment
TURN = tones.PACKET_SECONDS / PARTS
BEHIND = 0.010  # seconds after which a turn counts as late
BUFFER = 1 << 22

_HEADER = struct.Struct("!BBHII")


class Legs:
    """The far ends of all calls."""

    def __init__(self, sound: socket.socket) -> None:
        self.known: set[bytes] = set()
        self.late = 0  # turns
        self._socket = sound
        self._incoming = Incoming(sound, LISTENED)
        self._packet = bytearray(_HEADER.size) + tones.tone_packet(HZ)
        self._parts = [Outgoing(self._packet, ()) for _ in range(PARTS)]
        self._turns = 0
        self._due = time.monotonic()

    def wait(self) -> float:
        """Return the seconds until the next turn."""
        return max(0.0, self._due - time.monotonic())

    def turn(self) -> bytes:
        """Send the packets that are due, and return the packets that have arrived as one piece."""
        self.late += time.monotonic() - self._due > BEHIND
        self._due += TURN
        packets, part = divmod(self._turns, PARTS)
        if part == 0:
            sequence, timestamp = packets & 0xFFFF, packets * tones.PACKET & 0xFFFFFFFF
            _HEADER.pack_into(self._packet, 0, 0x80, 0, sequence, timestamp, 1)
        self._parts[part].send(self._socket)
        self._turns += 1
        return self._incoming.read()

    def meet(self, read: bytes) -> None:
        """Send packets to each new leg from now on."""
        before = len(self.known)
        self.known.update(packet.sender for packet in self._incoming.packets(read))
        if len(self.known) > before:
            parts: list[list[bytes]] = [[] for _ in range(PARTS)]
            for address in self.known:
                parts[_port(address) // 2 % PARTS].append(address)  # RTP's ports are even and random
            self._parts = [Outgoing(self._packet, part) for part in parts]

    def listen(self, seconds: float) -> None:
        """Store the packets that arrive during some seconds.

        A child process then counts them, while this one continues to send.
        """
        late, dropped, used = self.late, self._incoming.dropped, time.process_time()
        begun, pieces = time.time_ns(), []
        ended = begun + round(seconds * 1e9)
        while time.time_ns() < ended:
            time.sleep(self.wait())
            pieces.append(self.turn())
        own = {
            "used": time.process_time() - used,
            "late_turns": self.late - late,
            "dropped": self._incoming.dropped - dropped,
        }
        if os.fork() == 0:
            packets = (packet for piece in pieces for packet in self._incoming.packets(piece))
            print(json.dumps(dataclasses.asdict(count(packets, self.known, begun, ended)) | own), flush=True)
            os._exit(0)


def _port(address: bytes) -> int:
    return int.from_bytes(address[2:4], "big")


def main() -> None:
    """Serve until the standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the parent does not wait for its children
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(1))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sound:
        sound.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
        sound.bind(("127.0.0.1", 0))
        print(sound.getsockname()[1], flush=True)
        legs = Legs(sound)
        while True:
            asked, _, _ = select.select([sys.stdin], [], [], legs.wait())
            if not asked:
                legs.meet(legs.turn())
            elif not (line := sys.stdin.readline()):
                return
            elif line.strip():
                legs.listen(float(line))
            else:
                print(len(legs.known), flush=True)


if __name__ == "__main__":
    main()
