"""Readers of events come and go: each place becomes free again, whatever ended the connection."""

import asyncio
import ctypes
import os
import socket
import struct
from collections.abc import Callable
from contextlib import closing

import pytest

from ari_app.http.server import vanished_peers
from ari_app.http.streams import stream_readers
from tests.http.json_site import JsonSite
from tests.http.v1.test_json_events import append_row

WITHIN = 20  # seconds
SO_ATTACH_FILTER = 26  # linux/asm-generic/socket.h


def vanish(connection: socket.socket) -> None:
    """Let the kernel drop every packet to this connection, so that it acknowledges nothing more."""
    drop_all = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))  # a filter of one line: accept 0 bytes
    connection.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HxxxxxxP", 1, ctypes.addressof(drop_all)))


@pytest.fixture
def may_vanish() -> None:
    """Skip the test if the kernel lets this user not drop packets; some do so for root alone, who skips nothing."""
    with socket.socket() as unused:
        try:
            vanish(unused)
        except PermissionError:
            if os.geteuid() == 0:
                raise
            pytest.skip("the kernel lets only root drop the packets of a connection")


async def connected(site: JsonSite, query: str = "") -> socket.socket:
    """Return a connection that has received the beginning of the stream."""
    connection = socket.create_connection((site.client.host, site.client.port))
    connection.setblocking(False)
    loop = asyncio.get_running_loop()
    head = f"GET /api/v1/events{query} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {site.token}\r\n\r\n"
    await loop.sock_sendall(connection, head.encode())
    came = b""
    while b"id: " not in came:
        came += await loop.sock_recv(connection, 4096)
    return connection


async def until(is_so: Callable[[], bool]) -> None:
    for _ in range(WITHIN * 100):
        if is_so():
            return
        await asyncio.sleep(0.01)  # no event tells that a place is free
    raise TimeoutError


@pytest.mark.usefixtures("may_vanish")
@pytest.mark.parametrize("events", [0, 1], ids=["idle", "with unacknowledged events"])
def test_a_reader_whose_machine_has_vanished_loses_its_place(
    site: JsonSite, monkeypatch: pytest.MonkeyPatch, events: int
) -> None:
    monkeypatch.setattr(stream_readers, "LOOKS_EVERY", 0.1)
    monkeypatch.setattr(vanished_peers, "IDLE", 1)
    monkeypatch.setattr(vanished_peers, "PROBES", 1)
    monkeypatch.setattr(vanished_peers, "ACKNOWLEDGES_WITHIN", 500)

    async def read() -> None:
        with closing(await connected(site)) as gone, closing(await connected(site)):
            vanish(gone)
            for _ in range(events):
                append_row(site)
            await until(lambda: len(site.api.readers.open) == 1)

    site.do(read())


def test_a_closed_connection_is_noticed_without_events(site: JsonSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_readers, "LOOKS_EVERY", 0.05)

    async def read() -> None:
        (await connected(site, "?agent=NONE")).close()
        await until(lambda: not site.api.readers.open)

    site.do(read())
