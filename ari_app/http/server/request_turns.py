"""Requests take turns: one a turn of the loop, so that calls have their step between each two."""

import asyncio
from collections import OrderedDict, deque

from aiohttp import web
from aiohttp.typedefs import Handler

from ari_app.http.server.addresses import of_host


class RequestTurns:
    """Gives one turn each time the loop turns, to one address after the other."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._begun = False
        self._served = ""  # the address that has had the first turn, without waiting

    async def mine(self, address: str) -> None:
        """Wait for a turn; the first request of each turn of the loop waits for nothing.

        It lasts until the caller waits for anything.
        """
        loop = asyncio.get_running_loop()
        if not self._begun:
            self._begun, self._served = True, of_host(address)
            loop.call_soon(self._give)
            return
        turn = loop.create_future()
        self._waiting.setdefault(of_host(address), deque()).append(turn)
        await turn

    def _give(self) -> None:
        if self._served in self._waiting:
            self._waiting.move_to_end(self._served)
        self._served = ""
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


TURNS = web.AppKey("turns", RequestTurns)
AT_ONCE = {"/healthz"}  # costs less than waiting


@web.middleware
async def in_turn(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Each request waits for its turn before anything of it is read."""
    if request.path not in AT_ONCE:
        await request.app[TURNS].mine(request.remote or "")
    return await handler(request)
