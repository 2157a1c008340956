"""Connections to Asterisk are opened a few at a time: its listen backlog is 10, and who finds it full waits 1 s.

That Asterisk has taken a connection out of its backlog shows only in the answer to the first request on it.
"""

import asyncio
from types import SimpleNamespace

import aiohttp

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
