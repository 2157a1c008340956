"""Sends webhooks, each within a time limit, a few to one host at once, those of a call one after the other.

The core says when, and how often.
"""

import asyncio
import hashlib
import hmac
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import NamedTuple
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from ari_app.background.webhook_addresses import AddressNotAllowed, Allowed, CheckedResolver, check_host
from ari_app.process.logs import about
from warmline.core.model.actions import SendWebhook
from warmline.core.model.events import WebhookTried
from warmline.core.model.webhook import Webhook
from warmline.store.database.database import StoreError
from warmline.text import webhook_url

log = logging.getLogger("warmline.webhooks")

WITHIN = 10.0  # seconds for one try, from the name's look-up to the answer's status
LISTEN = 2.0  # seconds more for the rest of the answer
AT_ONCE = 4  # to one host
LARGEST = 64 * 1024  # bytes of an answer that are waited for; nobody reads them


class WebhookSources(NamedTuple):
    """What a try needs to know: the open webhook of an id, the values of its variables (may block), where it may go."""

    find: Callable[[str], Webhook | None]
    facts: Callable[[Webhook], Mapping[str, str]]
    allowed: Allowed


class WebhookSender:
    """`post` takes what has come of each try; with a `secret` the receiver can tell that it was us."""

    def __init__(self, sources: WebhookSources, post: Callable[[WebhookTried], None], secret: str = "") -> None:
        self._sources = sources
        self._post = post
        self.sign_with(secret)
        self._asked: asyncio.Queue[str] = asyncio.Queue()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._orders: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()  # of a call, to a host

    def sign_with(self, secret: str) -> None:
        """From now on; with '' nothing is signed."""
        self._secret = secret.encode()

    def ask(self, action: SendWebhook) -> None:
        """Try this one; returns at once."""
        self._asked.put_nowait(action.webhook)

    async def run(self) -> None:
        """Send for ever. What is under way when it is cancelled is broken off, and sent again at the next start."""
        connector = aiohttp.TCPConnector(
            resolver=CheckedResolver(self._sources.allowed), use_dns_cache=False, force_close=True, limit=0
        )
        async with aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        ) as session:
            try:
                while True:
                    name = await self._asked.get()
                    if name not in self._under_way:
                        task = asyncio.create_task(self._send(session, name))
                        self._under_way[name] = task
                        task.add_done_callback(partial(self._over, name))
            finally:
                for task in self._under_way.values():
                    task.cancel()

    def _over(self, name: str, task: asyncio.Task[None]) -> None:
        del self._under_way[name]
        if not task.cancelled() and (bug := task.exception()):
            self._post(WebhookTried(name, why=type(bug).__name__))
            raise bug  # the loop reports it

    async def _send(self, session: aiohttp.ClientSession, name: str) -> None:
        webhook = self._sources.find(name)
        if webhook is None:
            return
        try:
            tried = await self._try(session, webhook)
        except AddressNotAllowed as error:
            tried = WebhookTried(name, why=str(error), final=True)
        except ValueError:
            tried = WebhookTried(name, why="what its address becomes is none", final=True)
        except TimeoutError:
            tried = WebhookTried(name, why=f"no answer within {WITHIN:.0f} s")
        except (aiohttp.ClientError, OSError, StoreError, sqlite3.Error) as error:
            tried = WebhookTried(name, why=_words(error))
        if tried.why:  # the address may hold a secret: it is not told
            log.warning("webhook %s (%s): %s", name, webhook.hook, tried.why, extra=about(webhook.call))
        self._post(tried)

    async def _try(self, session: aiohttp.ClientSession, webhook: Webhook) -> WebhookTried:
        host = webhook_url.host(webhook.url)
        in_order = self._orders.setdefault((webhook.call, host), asyncio.Lock())
        async with in_order, self._hosts.setdefault(host, asyncio.Semaphore(AT_ONCE)):
            check_host(host, self._sources.allowed())  # as the list is now: it may have waited for long
            async with asyncio.timeout(WITHIN):
                response = await self._get(session, webhook, host)
            async with response:  # its word is in the status, whatever becomes of the rest
                with suppress(asyncio.IncompleteReadError, aiohttp.ClientError, OSError):
                    async with asyncio.timeout(LISTEN):  # many a program ends when nobody listens any more
                        await response.content.readexactly(LARGEST)
        status = response.status
        why = "" if 200 <= status < 300 else f"HTTP {status}"
        return WebhookTried(webhook.id, status, f"{why}: redirects are not followed" if status // 100 == 3 else why)

    async def _get(self, session: aiohttp.ClientSession, webhook: Webhook, host: str) -> aiohttp.ClientResponse:
        facts = await asyncio.to_thread(self._sources.facts, webhook)
        url = URL(webhook_url.filled(webhook.url, facts), encoded=True)
        if (url.raw_host or "").lower() != host:
            raise ValueError("two readings of one address")  # the host that was checked is the one that is connected
        return await session.get(url, headers=self._headers(webhook, url, int(time.time())), allow_redirects=False)

    def _headers(self, webhook: Webhook, url: URL, now: int) -> dict[str, str]:
        headers = {
            "User-Agent": "Warmline",
            "Warmline-Webhook-Id": webhook.id,
            "Warmline-Webhook-Time": str(now),
            "Warmline-Webhook-Try": str(len(webhook.tries) + 1),
        }
        if self._secret:
            headers["Warmline-Webhook-Signature"] = signature(self._secret, webhook.id, now, url.raw_path_qs)
        return headers


def signature(secret: bytes, webhook: str, now: int, target: str) -> str:
    """`sha256=` and the HMAC of `ID.TIME.TARGET`; the target is what stands in the request line: path and query."""
    return "sha256=" + hmac.new(secret, f"{webhook}.{now}.{target}".encode(), hashlib.sha256).hexdigest()


def _words(error: Exception) -> str:
    """What went wrong, without the address: its path may hold a secret."""
    cause = getattr(error, "os_error", None) or error
    text = getattr(cause, "strerror", None)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
