"""Connections of webhooks and event hooks: only to allowed addresses, without cookies, and errors without addresses."""

import asyncio
from contextlib import suppress
from typing import NamedTuple

import aiohttp

from ari_app.workers.webhook_addresses import AddressNotAllowed, Allowed, CheckedResolver
from warmline.store.database.database import StoreError
from warmline.text import webhook_url

WITHIN = 10.0  # seconds for one try, from the look-up of the name to the status of the answer
LISTEN = 2.0  # seconds more for the rest of the answer
LARGEST = 64 * 1024  # bytes of the answer to wait for; they are ignored
SHORT = 0.05  # seconds after which an event hook's next event does not wait for the rest of an answer
RESTS = 20  # answers whose rest is read at once for an event hook


class Failure(NamedTuple):
    """Why a try failed. `final`: another try would fail in the same way."""

    why: str
    final: bool = False


def opened(allowed: Allowed, *, kept: bool = False) -> aiohttp.ClientSession:
    """Return a session that connects to allowed addresses; with `kept`, a connection serves several requests."""
    connector = aiohttp.TCPConnector(
        resolver=CheckedResolver(allowed), use_dns_cache=False, force_close=not kept, limit=0
    )
    return aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)


async def read_rest(response: aiohttp.ClientResponse) -> None:
    """Read the rest of an answer for a moment: many programs stop when the client disconnects."""
    with suppress(asyncio.IncompleteReadError, aiohttp.ClientError, OSError):
        async with asyncio.timeout(LISTEN):
            await response.content.readexactly(LARGEST)


class AnswerRests:
    """Reads the rests of answers beside the next requests: a receiver that drips its answers delays no other event."""

    def __init__(self) -> None:
        self._reading: set[asyncio.Task[None]] = set()

    async def read(self, response: aiohttp.ClientResponse) -> None:
        """Read and close an answer. Return when it is read, or soon, unless many others are not read either."""
        task = asyncio.create_task(self._read(response))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)
        await asyncio.wait([task], timeout=SHORT)
        if len(self._reading) >= RESTS:
            await asyncio.wait(self._reading, return_when=asyncio.FIRST_COMPLETED)

    async def _read(self, response: aiohttp.ClientResponse) -> None:
        async with response:
            await read_rest(response)


def why_failed(status: int) -> str:
    """Return why an HTTP status is no success; "" if it is one."""
    why = "" if 200 <= status < 300 else f"HTTP {status}"
    return f"{why}: redirects are not followed" if status // 100 == 3 else why


def failure(error: Exception) -> Failure | None:
    """Return an error of a try in words, without the address, because it may contain a secret; None for a bug."""
    match error:
        case AddressNotAllowed():
            return Failure(str(error), final=True)
        case webhook_url.SecretMissing():  # it may be added, so the webhook is sent again
            return Failure(f"the settings have no secret {error}: add {error}=… to webhook_secrets")
        case ValueError():
            return Failure("the URL is invalid with its variables filled in", final=True)
        case TimeoutError():
            return Failure(f"no answer within {WITHIN:.0f} s")
        case aiohttp.ClientError() | OSError() | StoreError():
            return Failure(_words(error))
    return None


def _words(error: Exception) -> str:
    """Return the error without the address, because its path may contain a secret."""
    cause = getattr(error, "os_error", None) or error
    text = getattr(cause, "strerror", None)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
