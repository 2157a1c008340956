"""A program on this machine that gets webhooks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

HOSTS = ("127.0.0.1", "127.0.0.2")


class Receiver:
    """Stores the requests that it gets on `port`, on both HOSTS; `answer` makes its answers."""

    def __init__(self) -> None:
        self.requests: list[web.BaseRequest] = []
        self.answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]] = self.ok
        self.port = 0
        self._arrival = asyncio.Event()

    async def ok(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer OK."""
        return web.Response(text="thanks")

    async def nothing(self, request: web.BaseRequest) -> web.StreamResponse:
        """Never answer."""
        await asyncio.Event().wait()
        return web.Response()

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Store a request, and answer it."""
        self.requests.append(request)
        self._arrival.set()
        return await self.answer(request)

    async def request(self, number: int, within: float) -> web.BaseRequest:
        """Return the request of that number, from 1, once it has come. Raises TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while len(self.requests) < number:
                self._arrival.clear()
                await self._arrival.wait()
        return self.requests[number - 1]


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """Provide a receiver that listens."""
    receiver = Receiver()
    runner = web.ServerRunner(web.Server(receiver.serve), shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOSTS[0], 0).start()
        receiver.port = runner.addresses[0][1]
        await web.TCPSite(runner, HOSTS[1], receiver.port).start()
        yield receiver
    finally:
        await runner.cleanup()
