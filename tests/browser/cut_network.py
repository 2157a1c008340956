"""The network between a page and the server, which a test can cut: nothing arrives, and nothing is refused.

A TCP relay is before the API, and a UDP relay before Asterisk. The page's offers and their answers are changed, so that
its audio takes the relay.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from playwright.async_api import BrowserContext, Error, Route

CANDIDATE = re.compile(r"a=candidate:\S+ 1 udp \d+ (\S+) (\d+) typ host.*\r\n", re.IGNORECASE)
ANY_CANDIDATE = re.compile(r"a=candidate:.*\r\n")
PIECE = 65536
Address = tuple[str, int]


class Side(asyncio.DatagramProtocol):
    """One of the two sockets of a UDP relay; `peer` is the address of its last packet, or the fixed one."""

    def __init__(self, network: "CutNetwork", peer: Address | None = None) -> None:
        self._network, self.peer = network, peer
        self.other: Side
        self.transport: asyncio.DatagramTransport

    def datagram_received(self, data: bytes, addr: Address) -> None:
        """Pass a packet on, unless the network is cut."""
        self.peer = addr
        if self._network.whole.is_set() and self.other.peer and not self._network.loses():
            asyncio.get_running_loop().call_later(self._network.delay, self.other.send, data)

    def send(self, data: bytes) -> None:
        """Send a packet, unless the relay has been closed."""
        if self.peer and not self.transport.is_closing():
            self.transport.sendto(data, self.peer)


class CutNetwork:
    """The relays, which can also be slow and lose packets of audio.

    `whole` is set while the network is not cut; `url` is the address of the server for pages.
    """

    def __init__(self) -> None:
        self.whole = asyncio.Event()
        self.whole.set()
        self.url = ""
        self.delay = 0.0  # seconds that a packet of audio takes
        self.lose_every = 0  # of so many packets of audio, one is lost; 0 for none
        self._packets = 0
        self._links: set[asyncio.Task[None]] = set()
        self._sides: list[Side] = []

    def cut(self) -> None:
        """Let nothing pass any more."""
        self.whole.clear()

    def restore(self) -> None:
        """Let everything pass again; what was sent over TCP arrives late."""
        self.whole.set()

    def loses(self) -> bool:
        """Count a packet of audio; return whether it is lost."""
        self._packets += 1
        return self.lose_every > 0 and self._packets % self.lose_every == 0

    async def leads(self, context: BrowserContext) -> None:
        """Lead the audio of the pages of a window through the relay."""
        await context.route("**/workspace/phone?*", self._offer)

    async def _offer(self, route: Route) -> None:
        offer = ANY_CANDIDATE.sub("", route.request.post_data or "")
        with suppress(Error):  # the page has given up
            answer = await route.fetch(post_data=offer)
            text = await answer.text()
            if answer.status == 201:
                text = await self._through_relay(text)
            await route.fulfill(response=answer, body=text)

    async def _through_relay(self, answer: str) -> str:
        """Return an answer whose only candidate is the relay's."""
        found = CANDIDATE.search(answer)
        assert found, answer
        inner, outer = Side(self, (found[1], int(found[2]))), Side(self)
        inner.other, outer.other = outer, inner
        loop = asyncio.get_running_loop()
        for side in (inner, outer):
            side.transport, _ = await loop.create_datagram_endpoint(lambda side=side: side, ("127.0.0.1", 0))  # type: ignore[misc] # a default
            self._sides.append(side)
        port = outer.transport.get_extra_info("sockname")[1]
        line = found[0].replace(f"{found[1]} {found[2]}", f"127.0.0.1 {port}")
        first = ANY_CANDIDATE.search(answer)
        assert first
        return answer[: first.start()] + line + ANY_CANDIDATE.sub("", answer[first.start() :])

    async def link(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
        """Relay a connection of the page to this port of the server."""
        task = asyncio.current_task()
        assert task
        self._links.add(task)
        try:
            theirs, ours = await asyncio.open_connection("127.0.0.1", port)
            with suppress(asyncio.CancelledError):
                await asyncio.gather(self._pump(reader, ours), self._pump(theirs, writer))
            ours.close()
        finally:
            writer.close()
            self._links.discard(task)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(PIECE):
                await self.whole.wait()
                writer.write(data)
                await writer.drain()
        await self.whole.wait()
        writer.close()

    async def close(self) -> None:
        """End all links."""
        for link in list(self._links):
            link.cancel()
        await asyncio.gather(*self._links, return_exceptions=True)
        for side in self._sides:
            side.transport.close()


@asynccontextmanager
async def cut_network(api: str) -> AsyncIterator[CutNetwork]:
    """Provide a network before the server `api`."""
    network, port = CutNetwork(), int(api.rpartition(":")[2])
    server = await asyncio.start_server(lambda reader, writer: network.link(reader, writer, port), "127.0.0.1", 0)
    network.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield network
    finally:
        network.restore()
        server.close()
        await network.close()
