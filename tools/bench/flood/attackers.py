"""The attackers: a separate process, which ends by itself.

`python -m tools.bench.flood.attackers PORT SECONDS` reads an AttackPlan from its standard input, attacks that port of
this machine, and prints what it did as JSON.
"""

import json
import os
import re
import selectors
import socket
import sys
import time
from collections import Counter, deque
from contextlib import suppress

from tools.bench.flood.attack_plan import AttackPlan

NICE = 5
MOST = 600  # connections
LONGEST = 120.0  # seconds
PAUSE = 0.05  # seconds before a closed connection is opened again
BEHIND = 0.5  # seconds; older requests that could not be sent are left out
STATUS = re.compile(rb"HTTP/1\.1 (\d{3})")


class AttackConnection:
    """One connection: `rest` is the part of its request that is not sent yet."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.socket: socket.socket | None = None
        self.rest = memoryview(b"")
        self.again = 0.0  # when a closed connection is opened again
        self.is_open = False


class Attackers:
    """All connections of a plan, served by one loop."""

    def __init__(self, plan: AttackPlan, port: int) -> None:
        self._plan, self._port = plan, port
        self._selector = selectors.DefaultSelector()
        count = min(plan.connections, MOST)
        self._all = [AttackConnection(plan.addresses[at % len(plan.addresses)]) for at in range(count)]
        self._free: deque[AttackConnection] = deque()
        self._closed = deque(self._all)
        self._next = 0  # the number of the next request
        self._opened = 0
        self._bytes = 0
        self._most_open = 0
        self._answers: Counter[str] = Counter()

    def run(self, seconds: float) -> None:
        """Attack for this time."""
        begun = time.monotonic()
        self._due = begun
        while (now := time.monotonic()) < begun + seconds:
            self._open(now)
            self._send(now)
            for key, mask in self._selector.select(0.005):
                self._serve(key.data, mask)
            self._most_open = max(self._most_open, sum(one.is_open for one in self._all) if self._closed else 0)
        if not self._closed:
            self._most_open = len(self._all)

    def figures(self, seconds: float) -> dict[str, object]:
        """Return what was sent, how many connections were open at once, and the answers by their status."""
        return {
            "rate": self._plan.rate,
            "requests": self._next,
            "opened": self._opened,
            "at once": self._most_open,
            "bytes": self._bytes,
            "seconds": seconds,
            "answers": dict(self._answers),
        }

    def _open(self, now: float) -> None:
        while self._closed and self._closed[0].again <= now:
            one = self._closed.popleft()
            one.socket = socket.socket()
            one.socket.setblocking(False)
            with suppress(BlockingIOError):
                one.socket.bind((one.address, 0))
                one.socket.connect(("127.0.0.1", self._port))
            self._selector.register(one.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, one)

    def _send(self, now: float) -> None:
        """Give each due request to a connection that has sent its previous one."""
        if not self._plan.rate:
            while self._free:
                self._begin(self._free.popleft())
            return
        self._due = max(self._due, now - BEHIND)
        while self._due <= now and self._free:
            self._begin(self._free.popleft())
            self._due += 1 / self._plan.rate

    def _begin(self, one: AttackConnection) -> None:
        if one.is_open:
            one.rest = memoryview(self._plan.requests[self._next % len(self._plan.requests)])
            self._next += 1
            self._write(one)

    def _serve(self, one: AttackConnection, mask: int) -> None:
        if mask & selectors.EVENT_WRITE and not one.is_open:
            assert one.socket
            if one.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                self._close(one)
                return
            one.is_open = True
            self._opened += 1
            self._selector.modify(one.socket, selectors.EVENT_READ, one)
            self._free.append(one)
        elif mask & selectors.EVENT_WRITE:
            self._write(one)
        if mask & selectors.EVENT_READ and one.is_open:
            self._read(one)

    def _write(self, one: AttackConnection) -> None:
        assert one.socket
        try:
            sent = one.socket.send(one.rest)
        except BlockingIOError:
            sent = 0
        except OSError:
            self._close(one)
            return
        self._bytes += sent
        one.rest = one.rest[sent:]
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if one.rest else 0)
        self._selector.modify(one.socket, events, one)
        if not one.rest and self._plan.rate:
            self._free.append(one)

    def _read(self, one: AttackConnection) -> None:
        assert one.socket
        try:
            came = one.socket.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            came = b""
        if not came:
            self._close(one)
            return
        self._answers.update(status.decode() for status in STATUS.findall(came))

    def _close(self, one: AttackConnection) -> None:
        assert one.socket
        self._selector.unregister(one.socket)
        one.socket.close()
        with suppress(ValueError):
            self._free.remove(one)
        one.socket, one.is_open, one.rest = None, False, memoryview(b"")
        one.again = time.monotonic() + PAUSE
        self._closed.append(one)


def main(port: int, seconds: float) -> None:
    """Attack as the plan on standard input says."""
    os.nice(NICE)
    attackers = Attackers(AttackPlan.from_json(sys.stdin.readline()), port)
    seconds = min(seconds, LONGEST)
    attackers.run(seconds)
    print(json.dumps(attackers.figures(seconds)))


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
