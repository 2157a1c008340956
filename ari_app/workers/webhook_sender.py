"""Sends webhooks: each within a time limit, a few at once to one host, and those of one call one after another.

The core decides when to send, and how often to retry.
"""

import asyncio
import hashlib
import hmac
import logging
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple
from weakref import WeakValueDictionary

import aiohttp
from yarl import URL

from ari_app.process.logs import about
from ari_app.workers import webhook_connections
from ari_app.workers.webhook_addresses import check_host
from warmline.core.messages.webhook_messages import WebhookTried
from warmline.core.model.webhook import Webhook
from warmline.text import webhook_url

log = logging.getLogger("warmline.webhooks")

AT_ONCE = 4  # to one host


class WebhookFacts(NamedTuple):
    """The values of the webhook's variables, and the hosts that all webhooks may contact, both from the database."""

    values: Mapping[str, str]
    hosts: tuple[str, ...]


class WebhookSender:
    """Sends webhooks; `post` receives the result of each try. With a `secret`, the receiver can verify the sender.

    `secrets` is the setting `webhook_secrets`: the values for {secret:NAME} in addresses.

    `read` returns the facts of a try. It runs in a thread, just before the try.
    """

    def __init__(
        self,
        read: Callable[[Webhook], WebhookFacts],
        post: Callable[[WebhookTried], None],
        secret: str = "",
        secrets: str = "",
    ) -> None:
        self._read = read
        self._post = post
        self.use(secret, secrets)
        self._hosts_allowed: tuple[str, ...] = ()  # as the last try read them
        self._asked: asyncio.Queue[Webhook] = asyncio.Queue()
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._hosts: dict[str, asyncio.Semaphore] = {}
        self._orders: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()  # by call and host

    def use(self, secret: str, secrets: str = "") -> None:
        """Sign all later webhooks with `secret`, "" for no signature; `secrets` are those of addresses."""
        self._secret, self._secrets = secret.encode(), webhook_url.named_secrets(secrets)

    def ask(self, webhook: Webhook) -> None:
        """Queue one try of this webhook and return at once; nothing happens if one is under way."""
        self._asked.put_nowait(webhook)

    async def run(self) -> None:
        """Send without end. A cancelled try is sent again after the next start."""
        async with webhook_connections.opened(lambda: self._hosts_allowed) as session:
            try:
                while True:
                    webhook = await self._asked.get()
                    if webhook.id not in self._under_way:
                        task = asyncio.create_task(self._send(session, webhook))
                        self._under_way[webhook.id] = task
                        task.add_done_callback(partial(self._over, webhook.id))
            finally:
                for task in self._under_way.values():
                    task.cancel()

    def _over(self, name: str, task: asyncio.Task[None]) -> None:
        del self._under_way[name]
        if not task.cancelled() and (bug := task.exception()):
            self._post(WebhookTried(name, why=type(bug).__name__))
            raise bug  # the event loop reports it

    async def _send(self, session: aiohttp.ClientSession, webhook: Webhook) -> None:
        name = webhook.id
        try:
            tried = await self._try(session, webhook)
        except Exception as error:
            if (failed := webhook_connections.failure(error)) is None:
                raise
            tried = WebhookTried(name, why=failed.why, final=failed.final)
        if tried.why:  # the log omits the address, because it may contain a secret
            log.warning("webhook %s (%s): %s", name, webhook.hook, tried.why, extra=about(webhook.call))
        self._post(tried)

    async def _try(self, session: aiohttp.ClientSession, webhook: Webhook) -> WebhookTried:
        host = webhook_url.host(webhook.url)
        in_order = self._orders.setdefault((webhook.call, host), asyncio.Lock())
        async with in_order, self._hosts.setdefault(host, asyncio.Semaphore(AT_ONCE)):
            async with asyncio.timeout(webhook_connections.WITHIN):
                facts = await asyncio.to_thread(self._read, webhook)
                check_host(host, facts.hosts)  # with the current list: this try may have waited for long
                self._hosts_allowed = facts.hosts
                response = await self._get(session, webhook, host, facts.values)
            async with response:  # the status decides, whatever happens to the rest
                await webhook_connections.read_rest(response)
        return WebhookTried(webhook.id, response.status, webhook_connections.why_failed(response.status))

    async def _get(
        self, session: aiohttp.ClientSession, webhook: Webhook, host: str, values: Mapping[str, str]
    ) -> aiohttp.ClientResponse:
        url = URL(webhook_url.filled(webhook.url, values, self._secrets), encoded=True)
        if (url.raw_host or "").lower() != host:
            raise ValueError("two readings of one address")  # the checked host must be the connected one
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
    """Return `sha256=` and the HMAC of `ID.TIME.TARGET`; the target is the path and query of the request line."""
    return "sha256=" + hmac.new(secret, f"{webhook}.{now}.{target}".encode(), hashlib.sha256).hexdigest()
