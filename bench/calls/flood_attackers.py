"""The attackers of `python -m bench flood`, and the listener that is their control: separate processes.

`python -m bench.calls.flood_attackers PORT CONNECTIONS SECONDS` sends forms of 10,000 one-byte chunks repeatedly, and
prints what it sent as JSON. `python -m bench.calls.flood_attackers discard` prints the port where it reads and
discards.
"""

import json
import os
import select
import selectors
import socket
import sys
import threading
import time
from contextlib import suppress

CHUNKS = 10_000
HEAD = (
    b"POST /agc/api.php HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)
REQUEST = HEAD + b"1\r\na\r\n" * CHUNKS + b"0\r\n\r\n"
MOST = 500  # connections
LONGEST = 60.0  # seconds
NICE = 5
OF_ONE, OF_ALL = 20, 400  # requests per second of one connection, and of all together
PAUSE = 0.01  # seconds before a closed connection is opened again


def main(arguments: list[str]) -> None:
    """Attack or discard, as the command line says."""
    if arguments == ["discard"]:
        discard()
        return
    port, connections, seconds = int(arguments[0]), min(int(arguments[1]), MOST), min(float(arguments[2]), LONGEST)
    os.nice(NICE)
    until, sent = time.monotonic() + seconds, [0] * connections
    attackers = [threading.Thread(target=_attack, args=(port, until, sent, at)) for at in range(connections)]
    for one in attackers:
        one.start()
    for one in attackers:
        one.join()
    print(json.dumps({"bytes": sum(sent), "seconds": seconds}))


def _attack(port: int, until: float, sent: list[int], at: int) -> None:
    each = max(1 / OF_ONE, len(sent) / OF_ALL)
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1.0) as connection:
            connection.setblocking(False)
            _send(connection, until, each, sent, at)
        time.sleep(PAUSE)


def _send(connection: socket.socket, until: float, each: float, sent: list[int], at: int) -> None:
    """Send the request every `each` seconds, and read the answers. Raises OSError when the connection is closed."""
    rest, due = memoryview(REQUEST), time.monotonic()
    while (now := time.monotonic()) < until:
        wants = [connection] if now >= due else []
        readable, writable, _ = select.select([connection], wants, [], min(until - now, 0.2 if wants else due - now))
        if readable and not connection.recv(65536):
            return
        if writable:
            number = connection.send(rest)
            sent[at] += number
            rest = rest[number:]
            if not rest:
                rest, due = memoryview(REQUEST), due + each


def discard() -> None:
    """Read and discard all data, until the process is ended."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=MOST)
    print(listener.getsockname()[1], flush=True)
    ready = selectors.DefaultSelector()
    ready.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in ready.select():
            one = key.fileobj
            assert isinstance(one, socket.socket)
            if one is listener:
                ready.register(listener.accept()[0], selectors.EVENT_READ)
            elif not _read(one):
                ready.unregister(one)
                one.close()


def _read(one: socket.socket) -> bytes:
    try:
        return one.recv(1 << 18)
    except OSError:
        return b""


if __name__ == "__main__":
    main(sys.argv[1:])
