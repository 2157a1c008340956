"""A relay that delivers what it gets a fixed time later, both ways, as a network would.

Its own process runs it: python -m tools.simulation.postgresql.relay LISTEN TARGET SECONDS
"""

import ctypes
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread

from tools.simulation.postgresql.cluster import free_port

PR_SET_TIMERSLACK = 29  # of this thread, and of those that it starts
SIZE = 1 << 16  # bytes of a chunk
TRIES = 100  # chunks that a relay carries before it begins


@contextmanager
def relay(target: int, seconds: float) -> Iterator[int]:
    """Run a relay to a port until the end of the block; yield its own port."""
    port = free_port()
    asked = [sys.executable, "-m", __name__, str(port), str(target), str(seconds)]
    with subprocess.Popen(asked, stdout=subprocess.PIPE) as program:
        try:
            assert program.stdout and program.stdout.readline() == b"ready\n"
            yield port
        finally:
            program.kill()


def _deliver(chunks: "SimpleQueue[tuple[float, bytes]]", to: socket.socket) -> None:
    while True:
        due, chunk = chunks.get()
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            if not chunk:
                to.shutdown(socket.SHUT_WR)
                return
            to.sendall(chunk)
        except OSError:
            return


def _read(one: socket.socket, chunks: "SimpleQueue[tuple[float, bytes]]", seconds: float) -> None:
    while True:
        try:
            chunk = one.recv(SIZE)
        except OSError:
            chunk = b""
        chunks.put((time.monotonic() + seconds, chunk))
        if not chunk:
            return


def _join(one: socket.socket, other: socket.socket, seconds: float) -> None:
    """Carry what one socket gets to the other."""
    chunks: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
    Thread(target=_read, args=(one, chunks, seconds), daemon=True).start()
    Thread(target=_deliver, args=(chunks, other), daemon=True).start()


def _lateness(seconds: float) -> float:
    """Return how much later than that the soonest chunk arrives: threads wake up late, and sleeps end late."""
    (near, one), (other, far) = socket.socketpair(), socket.socketpair()
    _join(one, other, seconds)
    took = list[float]()
    with near, far:
        for _ in range(TRIES):
            begun = time.monotonic()
            near.sendall(b".")
            far.recv(1)
            took.append(time.monotonic() - begun)
    return min(took) - seconds


def run(listen: int, target: int, seconds: float) -> None:
    """Relay connections until the process is ended."""
    ctypes.CDLL(None).prctl(PR_SET_TIMERSLACK, 1)  # the kernel may end a sleep 50 us late, which is much of a network
    seconds -= min(seconds, _lateness(seconds))
    with socket.create_server(("127.0.0.1", listen)) as server:
        print("ready", flush=True)
        while True:
            near, _ = server.accept()
            try:
                far = socket.create_connection(("127.0.0.1", target))
            except OSError:
                near.close()
                continue
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _join(near, far, seconds)
            _join(far, near, seconds)


if __name__ == "__main__":
    run(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
