"""Opens connections to Asterisk a few at a time: its listen backlog is 10, and a full backlog delays a client by 1 s.

Asterisk has accepted a connection only when it answers the first request on it.
The connector also checks that the listener is Asterisk, because another user's program may hold the port
(warmline/system/ari_listener.py).
"""

import asyncio
from typing import Any
from weakref import WeakSet

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.tracing import Trace

from warmline.system.ari_listener import AriListener, StrangerError

AT_ONCE = 8


class NotAsteriskError(aiohttp.ClientConnectionError):
    """The listener is not Asterisk, so the password was not sent; the text says why."""


class ThrottledConnector(aiohttp.TCPConnector):
    """A connector that checks each new connection with `listener` before a request is sent on it.

    With `throttled`, a new connection waits while AT_ONCE others wait for their first answer. All this concerns new
    connections only: traces of aiohttp would cost each request a fifth of its processor time.
    """

    def __init__(self, listener: AriListener, *, throttled: bool = False, **how: Any) -> None:
        super().__init__(**how)
        self._listener = listener
        self._looked_at: WeakSet[object] = WeakSet()
        self._opening = asyncio.Semaphore(AT_ONCE) if throttled else None

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own signature
    ) -> aiohttp.connector.Connection:
        """Return a connection; a new one's listener is checked first. Raises NotAsteriskError."""
        made = await super().connect(req, traces, timeout)
        if made.protocol is not None and made.protocol not in self._looked_at:
            if self._opening:
                made.add_callback(self._opening.release)  # at the end of its first request
            try:
                look(self._listener)
            except NotAsteriskError:
                made.close()
                raise
            self._looked_at.add(made.protocol)
        return made

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own signature
    ) -> ResponseHandler:
        """Check the listener, and open a connection. Raises NotAsteriskError.

        A foreign program could escape both checks only if Asterisk stopped and started again around it within moments.
        """
        if not self._opening:
            look(self._listener)
            return await super()._create_connection(req, traces, timeout)
        await self._opening.acquire()
        try:
            look(self._listener)
            return await super()._create_connection(req, traces, timeout)
        except BaseException:
            self._opening.release()
            raise


def look(listener: AriListener) -> None:
    """Check the listener. Raises NotAsteriskError if it is not Asterisk, or no program listens."""
    try:
        listener.check()
    except (StrangerError, ConnectionRefusedError) as problem:
        raise NotAsteriskError(str(problem)) from None
