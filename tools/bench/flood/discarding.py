"""The control: `python -m tools.bench.flood.discarding` prints its port, reads and discards, until it is ended."""

import selectors
import socket
import sys
from contextlib import suppress

BACKLOG = 600


def main() -> None:
    """Accept every connection, and read everything that comes."""
    with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as listener:
        print(listener.getsockname()[1], flush=True)
        ready = selectors.DefaultSelector()
        ready.register(listener, selectors.EVENT_READ)
        ready.register(sys.stdin, selectors.EVENT_READ)  # its end is the end of the benchmark
        while True:
            for key, _ in ready.select():
                one = key.fileobj
                if one is sys.stdin:
                    return
                assert isinstance(one, socket.socket)
                if one is listener:
                    ready.register(listener.accept()[0], selectors.EVENT_READ)
                elif not _read(one):
                    ready.unregister(one)
                    one.close()


def _read(one: socket.socket) -> bytes:
    with suppress(OSError):
        return one.recv(1 << 18)
    return b""


if __name__ == "__main__":
    main()
