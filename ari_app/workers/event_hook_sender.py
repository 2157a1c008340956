"""Sends one event to an event hook: a signed POST, with the guard of the addresses that webhooks have."""

import asyncio
import hashlib
import hmac
import time
from typing import NamedTuple

import aiohttp
import msgspec
from yarl import URL

from ari_app.live.event_now import event_now
from ari_app.workers import webhook_connections
from ari_app.workers.webhook_addresses import check_host
from warmline.store.event_hooks.event_facts import EventFacts
from warmline.store.event_hooks.hook_work import EventHook
from warmline.store.events.journal_events import JournalEvent
from warmline.text import webhook_url


class HookAnswer(NamedTuple):
    """The HTTP status, 0 without an answer, and why the event was not delivered; "" if it was."""

    status: int
    why: str


class HookRequest(NamedTuple):
    """An event for a hook. `delivery` is the same at each attempt."""

    delivery: str
    type: str
    body: bytes


def request(hook: str, event: JournalEvent, facts: EventFacts) -> HookRequest:
    """Return an event as a hook gets it: the event of the stream, and the facts beside it."""
    body = msgspec.to_builtins(event_now(event)) | msgspec.to_builtins(facts)
    return HookRequest(f"{hook}-{event.id}", event.type, msgspec.json.encode(body))


def signature(secret: str, now: int, body: bytes) -> str:
    """Return the header for a body that is sent at `now`, in seconds: `t=NOW,v1=` and the HMAC of `NOW.BODY`."""
    signed = hmac.new(secret.encode(), b"%d.%b" % (now, body), hashlib.sha256).hexdigest()
    return f"t={now},v1={signed}"


async def post(
    session: aiohttp.ClientSession,
    hook: EventHook,
    wanted: HookRequest,
    secrets: dict[str, str],
    rests: webhook_connections.AnswerRests | None = None,
) -> HookAnswer:
    """Send an event once; `secrets` are those that an address may name.

    `rests` reads the rest of the answer beside later events. Without it, the rest is read before the return.
    """
    try:
        async with asyncio.timeout(webhook_connections.WITHIN):
            try:
                response = await _post(session, hook, wanted, secrets)
            except aiohttp.ClientConnectorError:
                raise
            except aiohttp.ClientConnectionError:  # a kept connection, which the receiver has closed
                response = await _post(session, hook, wanted, secrets)
        if rests:
            await rests.read(response)
        else:
            async with response:
                await webhook_connections.read_rest(response)
    except Exception as error:
        if (failed := webhook_connections.failure(error)) is None:
            raise
        return HookAnswer(0, failed.why)
    return HookAnswer(response.status, webhook_connections.why_failed(response.status))


async def _post(
    session: aiohttp.ClientSession, hook: EventHook, wanted: HookRequest, secrets: dict[str, str]
) -> aiohttp.ClientResponse:
    host = webhook_url.host(hook.url)
    check_host(host, hook.hosts)
    url = URL(webhook_url.filled(hook.url, {}, secrets), encoded=True)
    if (url.raw_host or "").lower() != host:
        raise ValueError("two readings of one address")  # the checked host must be the connected one
    headers = {
        "User-Agent": "Warmline",
        "Content-Type": "application/json",
        "Warmline-Event": wanted.type,
        "Warmline-Delivery": wanted.delivery,
        "Warmline-Signature": signature(hook.secret, int(time.time()), wanted.body),
    }
    return await session.post(url, data=wanted.body, headers=headers, allow_redirects=False)
