"""Opens connections to Asterisk a few at a time: its listen backlog is 10, and a full backlog delays a client by 1 s.

Asterisk has accepted a connection only when it answers the first request on it.
The connector also checks that the listener is Asterisk, because another user's program may hold the port
(warmline/system/ari_listener.py).
"""

import asyncio
from types import SimpleNamespace
from typing import Any
from weakref import WeakSet

import aiohttp
from aiohttp.tracing import Trace

from warmline.system.ari_listener import AriListener, StrangerError

AT_ONCE = 8


def a_few_at_a_time() -> aiohttp.TraceConfig:
    """Return a trace that delays a new connection of an aiohttp session while AT_ONCE others wait for an answer."""
    opening = asyncio.Semaphore(AT_ONCE)

    async def begin(session: aiohttp.ClientSession, request: SimpleNamespace, _: object) -> None:
        if not getattr(request, "opens", False):  # else it is a second connection for this request
            await opening.acquire()
            request.opens = True

    async def end(session: aiohttp.ClientSession, request: SimpleNamespace, _: object) -> None:
        if getattr(request, "opens", False):  # otherwise the request used an open connection
            request.opens = False
            opening.release()

    config = aiohttp.TraceConfig()
    config.on_connection_create_start.append(begin)
    config.on_request_end.append(end)
    config.on_request_exception.append(end)
    return config


class NotAsteriskError(aiohttp.ClientConnectionError):
    """The listener is not Asterisk, so the password was not sent; the text says why."""


class ThrottledConnector(aiohttp.TCPConnector):
    """A connector that checks each new connection with `listener` before a request is sent on it."""

    def __init__(self, listener: AriListener, **how: Any) -> None:
        super().__init__(**how)
        self._listener = listener
        self._looked_at: WeakSet[object] = WeakSet()

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own signature
    ) -> aiohttp.connector.Connection:
        """Return a connection; a new one's listener is checked first. Raises NotAsteriskError."""
        made = await super().connect(req, traces, timeout)
        if made.protocol is not None and made.protocol not in self._looked_at:
            try:
                look(self._listener)
            except NotAsteriskError:
                made.close()
                raise
            self._looked_at.add(made.protocol)
        return made


def looks_before(listener: AriListener) -> aiohttp.TraceConfig:
    """Return a trace that checks the listener before an aiohttp session connects.

    A foreign program could escape both checks only if Asterisk stopped and started again around it within moments.
    """

    async def begin(*_: object) -> None:
        look(listener)

    config = aiohttp.TraceConfig()
    config.on_connection_create_start.append(begin)
    return config


def look(listener: AriListener) -> None:
    """Check the listener. Raises NotAsteriskError if it is not Asterisk, or no program listens."""
    try:
        listener.check()
    except (StrangerError, ConnectionRefusedError) as problem:
        raise NotAsteriskError(str(problem)) from None
