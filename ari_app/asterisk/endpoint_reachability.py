"""Reports whether Asterisk can reach the agents' phones: a snapshot of their endpoints, then each registration change.

The changes come on a separate event stream. A subscription to an endpoint also brings all events of its channels,
which would arrive twice on the stream of the calls. On this stream, Asterisk filters them out.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import NoReturn

import aiohttp
import msgspec

from warmline.ari.client import json_errors
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.ari_event_stream import REFUSED_RETRY_SECONDS
from warmline.ari.client.json_errors import UNREADABLE_ERRORS

log = logging.getLogger("warmline.ari_app.asterisk.endpoints")

CONNECT_LIMIT = 5.0  # seconds
HEARTBEAT = 5.0
AGAIN = 2.0  # seconds until the app reconnects
LOOK = 1.0  # seconds between two checks for other phones
PICTURE = 60.0  # seconds between two snapshots, because a reload of Asterisk's configuration adds and removes endpoints
AT_ONCE = 50  # endpoints in one request
TECHNOLOGY = "PJSIP"
KINDS = ("ContactStatusChange", "PeerStatusChange")
GONE = ("Unreachable", "Removed")


class _Endpoint(msgspec.Struct):
    resource: str = ""
    technology: str = ""
    state: str = ""


class _Contact(msgspec.Struct):
    contact_status: str = ""


class _Peer(msgspec.Struct):
    peer_status: str = ""


class _Said(msgspec.Struct):
    type: str = ""
    endpoint: _Endpoint | None = None
    contact_info: _Contact | None = None
    peer: _Peer | None = None


_said = msgspec.json.Decoder(_Said).decode


class EndpointChange(msgspec.Struct, frozen=True):
    """The status of a contact of `phone`, or of all its contacts together if `endpoint` is true."""

    phone: str
    reachable: bool
    endpoint: bool


def change(text: str | bytes) -> EndpointChange | None:
    """Return the change that an event reports of a phone, or None. Never raises."""
    try:
        said = _said(text)
    except UNREADABLE_ERRORS:
        return None
    if said.type not in KINDS or said.endpoint is None or said.endpoint.technology != TECHNOLOGY:
        return None
    whole = said.type == "PeerStatusChange"
    status = (said.peer.peer_status if said.peer else "") if whole else _contact(said)
    return EndpointChange(said.endpoint.resource, status not in GONE, whole) if status else None


def _contact(said: _Said) -> str:
    return said.contact_info.contact_status if said.contact_info else ""


class EndpointMonitor:
    """Calls `on_picture` with each phone's state (online, offline, unknown), and `on_change` with each change.

    `wanted` returns the endpoints of the phones. An endpoint that Asterisk does not know is left out.
    `on_lost` is called when the connection ends and no state is known any more.
    """

    def __init__(
        self,
        client: AriClient,
        wanted: Callable[[], frozenset[str]],
        on_picture: Callable[[Mapping[str, str]], None],
        on_change: Callable[[EndpointChange], None],
        on_lost: Callable[[], None],
    ) -> None:
        self._client = client
        self._app = f"{client.app}-phones"
        self._wanted = wanted
        self._on_picture, self._on_change, self._on_lost = on_picture, on_change, on_lost
        self._said = ""
        self._pause = AGAIN

    async def run(self) -> NoReturn:
        """Listen and reconnect without end."""
        async with self._client.session() as session:
            while True:
                self._pause = AGAIN
                lost = await self._connection(session)
                self._on_lost()
                if lost != self._said:  # logged once, not at each try
                    log.info("the registrations of phones cannot be read: %s; trying again", lost)
                    self._said = lost
                await asyncio.sleep(self._pause)

    async def _connection(self, session: aiohttp.ClientSession) -> str:
        """Open a connection and read it until it ends; return the reason of its end."""
        query = {"app": self._app, "subscribeAll": "false"}
        limits = aiohttp.ClientWSTimeout(ws_close=1.0)
        try:
            async with asyncio.timeout(CONNECT_LIMIT):
                url = f"{self._client.url}/events"
                socket = await session.ws_connect(url, params=query, heartbeat=HEARTBEAT, timeout=limits)
        except (aiohttp.ClientError, OSError) as error:
            if isinstance(error, aiohttp.WSServerHandshakeError) and error.status in (401, 403):
                self._pause = REFUSED_RETRY_SECONDS  # Asterisk logs each wrong password
            return f"{type(error).__name__}: {error}"
        minding = asyncio.create_task(self._mind(socket))
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT and (found := change(message.data)):
                    self._on_change(found)
            if minding.done() and (why := minding.exception()):
                return str(why)
            return f"the connection was closed ({socket.close_code})"
        finally:
            minding.cancel()
            await asyncio.wait([minding])
            await socket.close()

    async def _mind(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Subscribe to each phone, and read a snapshot at intervals; an ARI error closes the connection."""
        try:
            filters = {"allowed": [{"type": kind} for kind in KINDS]}
            await self._client.request(
                "PUT", "applications", self._app, "eventFilter", body=filters, has_long_timeout=True
            )
            heard, wanted, due = frozenset[str](), frozenset[str](), 0.0
            while True:
                if self._wanted() != wanted or time.monotonic() >= due:
                    wanted, due = self._wanted(), time.monotonic() + PICTURE
                    heard = await self._picture(wanted, heard)
                await asyncio.sleep(LOOK)
        except AriError:
            await socket.close()
            raise

    async def _picture(self, wanted: frozenset[str], heard: frozenset[str]) -> frozenset[str]:
        """Read all endpoints and subscribe to new ones; return the endpoints with a subscription."""
        found = json_errors.read(
            await self._client.request("GET", "endpoints", TECHNOLOGY, has_long_timeout=True), list[_Endpoint]
        )
        states = {one.resource: one.state for one in found if one.resource in wanted}
        new = sorted(states.keys() - heard)
        for start in range(0, len(new), AT_ONCE):
            sources = ",".join(f"endpoint:{TECHNOLOGY}/{name}" for name in new[start : start + AT_ONCE])
            path = ("applications", self._app, "subscription")
            await self._client.request("POST", *path, query={"eventSource": sources}, has_long_timeout=True)
        self._on_picture(states)
        return heard | states.keys()
