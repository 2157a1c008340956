"""Reads a request's body within a time limit."""

import asyncio

from aiohttp import web

from ari_app.http.server.request_turns import turn_of

WITHIN = 10.0  # seconds from the request's head to the end of its body


async def whole(request: web.Request) -> bytes:
    """Return the whole body.

    Raises web.HTTPRequestTimeout (408), web.HTTPBadRequest if the client has gone away, web.RequestPayloadError.
    """
    try:
        async with asyncio.timeout(WITHIN):
            body = await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout(headers={"Connection": "close"}) from None
    except (ConnectionResetError, RuntimeError):  # aiohttp raises the second one if it has gone before the first byte
        if request.transport is not None:
            raise
        raise web.HTTPBadRequest(headers={"Connection": "close"}) from None
    if body:
        await turn_of(request)  # parsing it is the expensive part
    return body
