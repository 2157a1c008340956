"""Limits requests to one per turn of the event loop, so that calls are handled between requests."""

import asyncio
from collections import OrderedDict, deque

from aiohttp import web
from aiohttp.typedefs import Handler

from ari_app.http.server import client_address
from ari_app.http.server.http_connection import HttpConnection
from ari_app.http.server.limits.addresses import of_host

Waiting = OrderedDict[str, deque[asyncio.Future[None]]]  # by host; the next one first


class RequestTurns:
    """Gives one request a turn in each turn of the event loop, alternating between addresses.

    Requests of clients that have logged in go before those of strangers.
    """

    def __init__(self) -> None:
        self._known: Waiting = OrderedDict()
        self._strangers: Waiting = OrderedDict()
        self._begun = False
        self._served = ""  # the address whose request went first without waiting

    async def mine(self, address: str, *, known: bool = False) -> None:
        """Wait for a turn; the first request in a turn of the event loop does not wait.

        The turn ends when the caller next awaits.
        """
        loop = asyncio.get_running_loop()
        if not self._begun:
            self._begun, self._served = True, of_host(address)
            loop.call_soon(self._give)
            return
        turn = loop.create_future()
        waiting = self._known if known else self._strangers
        waiting.setdefault(of_host(address), deque()).append(turn)
        await turn

    def _give(self) -> None:
        for waiting in (self._known, self._strangers):
            if self._served in waiting:
                waiting.move_to_end(self._served)
        self._served = ""
        while waiting := self._known or self._strangers:
            host, turns = waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                waiting[host] = turns  # behind the others
            if not turn.done():  # otherwise its request was cancelled
                turn.set_result(None)
                asyncio.get_running_loop().call_soon(self._give)
                return
        self._begun = False


TURNS = web.AppKey("turns", RequestTurns)
AT_ONCE = {"/healthz"}  # cheaper than waiting


@web.middleware
async def in_turn(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let each request wait for its turn before it is read."""
    if request.path not in AT_ONCE:
        await turn_of(request)
    return await handler(request)


async def turn_of(request: web.Request) -> None:
    """Wait for a turn for this request."""
    known = isinstance(request.protocol, HttpConnection) and request.protocol.has_login
    await request.app[TURNS].mine(client_address.of_request(request), known=known)
