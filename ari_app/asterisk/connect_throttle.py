"""Connections to Asterisk are opened a few at a time: its listen backlog is 10, and who finds it full waits 1 s.

That Asterisk has taken a connection out of its backlog shows only in the answer to the first request on it.
And it is made sure that it is Asterisk: its port may have been taken by another user's program
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
    """What makes an aiohttp session wait with a new connection while AT_ONCE others have had no answer yet."""
    opening = asyncio.Semaphore(AT_ONCE)

    async def begin(session: aiohttp.ClientSession, request: SimpleNamespace, _: object) -> None:
        if not getattr(request, "opens", False):  # else aiohttp opens a second one for it: the first was closed
            await opening.acquire()
            request.opens = True

    async def end(session: aiohttp.ClientSession, request: SimpleNamespace, _: object) -> None:
        if getattr(request, "opens", False):  # else it went out on a connection that was there
            request.opens = False
            opening.release()

    config = aiohttp.TraceConfig()
    config.on_connection_create_start.append(begin)
    config.on_request_end.append(end)
    config.on_request_exception.append(end)
    return config


class NotAsteriskError(aiohttp.ClientConnectionError):
    """The password was not sent; the text says why."""


class ThrottledConnector(aiohttp.TCPConnector):
    """Connects to whom `listener` lets through: looked at once for each connection, before a request goes out on it."""

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
        """Get a connection; a new one's other end is looked at. Raises NotAsteriskError."""
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
    """What makes an aiohttp session look at who listens before it connects.

    A program that listened in between, and has gone, would need Asterisk to end and start again within a moment.
    """

    async def begin(*_: object) -> None:
        look(listener)

    config = aiohttp.TraceConfig()
    config.on_connection_create_start.append(begin)
    return config


def look(listener: AriListener) -> None:
    """Raises NotAsteriskError."""
    try:
        listener.check()
    except (StrangerError, ConnectionRefusedError) as problem:
        raise NotAsteriskError(str(problem)) from None
