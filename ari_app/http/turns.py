"""Requests take turns: one a turn of the loop, so that calls have their step between each two."""

import asyncio
from collections import OrderedDict, deque

from aiohttp import web
from aiohttp.typedefs import Handler

from warmline.ari_app.http.addresses import of_host


class Turns:
    """Gives one turn each time the loop turns, to one address after the other."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._begun = False

    async def mine(self, address: str) -> None:
        """Wait for a turn; it lasts until the caller waits for anything."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.setdefault(of_host(address), deque()).append(turn)
        if not self._begun:
            self._begun = True
            loop.call_soon(self._give)
        await turn

    def _give(self) -> None:
        while self._waiting:
            host, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[host] = turns  # behind the others
            if not turn.done():  # else its request has been cancelled
                turn.set_result(None)
                asyncio.get_running_loop().call_soon(self._give)
                return
        self._begun = False


TURNS = web.AppKey("turns", Turns)
AT_ONCE = {"/healthz"}  # costs less than waiting


@web.middleware
async def in_turn(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Each request waits for its turn before anything of it is read."""
    if request.path not in AT_ONCE:
        await request.app[TURNS].mine(request.remote or "")
    return await handler(request)
