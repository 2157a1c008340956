"""WebSocket frames to the feed of the workspace: cut, unmasked, huge, of no kind. A good page still gets its screen."""

import asyncio
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from hypothesis import strategies as st

from ari_app.http.workspace.feed import FEEDS, LARGEST
from tests.fuzz import hostile, workspace_site
from tests.fuzz.entry_point import Attack, Door

PATIENCE = 0.05  # seconds; a feed that is still open then waits for more, as it may
ENDED = 5.0  # seconds until a feed whose connection was aborted is gone
MASK = b"\x01\x02\x03\x04"
HELLO = {"hello": {"page": "k3J9", "phone": True}}
PAYLOADS = (
    b"", b"{", b"\xff\xfe", b'{"hello": 1}', b'{"hello": {"page": "", "phone": true}}', b"[" * 3000,
    b"x" * (LARGEST + 1),
    b"\x03\xe8", b"\x03\xe8\xff", b"\x00\x00", b"\x0f\xa1bye", b'{"hello":{"page":"a","phone":false},"hello":null}',
)  # fmt: skip


class Frame(NamedTuple):
    """A frame (RFC 6455); `size` replaces the length of the payload if it is not None."""

    first: int  # FIN, RSV and opcode
    masked: bool
    payload: bytes
    size: int | None = None

    def written(self) -> bytes:
        """Return its bytes."""
        size = len(self.payload) if self.size is None else self.size
        bit = 0x80 if self.masked else 0
        if size < 126:
            head = bytes([self.first, bit | size])
        elif size < 1 << 16:
            head = bytes([self.first, bit | 126]) + struct.pack("!H", size)
        else:
            head = bytes([self.first, bit | 127]) + struct.pack("!Q", size)
        if not self.masked:
            return head + self.payload
        return head + MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(self.payload))


hellos = hostile.spoilt(st.just(HELLO)).map(hostile.written)
frames = st.builds(
    Frame,
    st.sampled_from([0x81] * 6 + [0x01, 0x80, 0x00, 0x82, 0x88, 0x89, 0x8A, 0x83, 0xC1, 0x91, 0x09, 0xFF]),
    st.sampled_from([True] * 8 + [False]),
    st.one_of(hellos, hellos, st.sampled_from(PAYLOADS), st.binary(max_size=130)),
    st.sampled_from([None] * 12 + [0, 125, 126, 65_535, 65_536, 2**63 - 1, 2**64 - 1]),
)
visits = st.tuples(
    st.lists(frames.map(Frame.written), min_size=1, max_size=5).map(b"".join).flatmap(
        lambda whole: st.one_of(st.just(whole), hostile.damaged(st.just(whole)))
    ),
    st.sampled_from(["agent", "agent", "agent", "overview", "none", ""]),
    st.booleans(),
)  # fmt: skip


async def _visit(site: workspace_site.Site, data: bytes, view: str, *, after_hello: bool) -> bytes:
    reader, writer = await asyncio.open_connection(*site.host.split(":"))
    head = {**site.own, "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    lines = [f"{name}: {value}" for name, value in {**head, "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}.items()]
    hello = Frame(0x81, True, hostile.written(HELLO)).written() if after_hello else b""
    came = b""
    try:
        writer.write("\r\n".join([f"GET /workspace/feed?view={view} HTTP/1.1", *lines, "", ""]).encode() + hello + data)
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while piece := await reader.read(65536):
                    came += piece
    finally:
        writer.transport.abort()
    return came


async def _alone(site: workspace_site.Site) -> None:
    """Wait until no feed is left."""
    async with asyncio.timeout(ENDED):
        while len(site.app[FEEDS]):  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0.005)  # the server gives no event


async def _works(site: workspace_site.Site) -> None:
    """Check that a good page gets its screen."""
    async with site.feed() as told:
        assert told["whole"] and told["agent"]["user"] == workspace_site.AGENT


@contextmanager
def opened() -> Iterator[Attack]:
    with workspace_site.site() as site:

        def attacked(given: tuple[bytes, str, bool]) -> None:
            data, view, after_hello = given
            came = site.door.do(_visit(site, data, view, after_hello=after_hello))
            status = came[9:12]
            expected = b"101" if view in ("agent", "") else b"4"
            assert status.startswith(expected) or (view == "" and status == b"422") or not came, came[:300]
            assert b"Traceback" not in came
            site.door.do(_alone(site))
            site.door.do(_works(site))
            site.door.do(_alone(site))
            site.check()

        yield attacked


DOOR = Door("feed of the workspace", visits, opened, quick=4)
