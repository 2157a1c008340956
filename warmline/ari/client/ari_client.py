"""The client of ARI's REST interface. It handles requests, slots and time limits, and knows nothing about calls."""

import asyncio
import json
import ssl
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp
import msgspec

from warmline.ari.client import request_timeout
from warmline.ari.client.ari_errors import AriError
from warmline.ari.client.checked_connector import CheckedConnector, NotAsteriskError
from warmline.ari.client.http_connections import HttpConnections
from warmline.ari.client.json_errors import UNREADABLE_ERRORS
from warmline.ari.client.request_target import to_target
from warmline.ari.client.request_timeout import limit_time
from warmline.ari.client.websocket_requests import NoAnswerError, WebsocketRequests
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.system.ari_listener import AriListener
from warmline.system.gate_protocol import EPOCH_HEADER

__all__ = ["AriClient", "AriError"]

# In Asterisk, a request waits for the channel's own thread. On a busy machine, this wait is much longer than the work.
# With 6 slots, a few such requests delayed all others at 20 calls per second until they failed; with 20 slots none did.
MAX_PARALLEL_REQUESTS = 20
MAX_PARALLEL_DIALS = 4
MAX_PARALLEL_CLIENT_READS = 2


class _Body(msgspec.Struct):
    message: str = ""


class AriClient:
    """Requests to one Asterisk for one Stasis application. Use it as an async context manager.

    Requests that create or dial have separate slots, so that a slow one never delays a hang-up. Reads for clients of
    the APIs have separate slots too. Each kind is first come, first served.

    `on_answer` is called after each request with the status (0 for no answer) and the duration in seconds.
    `trusted_user_ids`: users whose program may be Asterisk; None for root and the app's own user.
    `server`: the name of this Asterisk.
    `epoch`: with several servers, the number that the gate of this Asterisk compares; 0 sends none.
    `tls`: the context for https; None for the system's authorities.
    """

    def __init__(
        self,
        url: str,
        user: str,
        password: str,
        app: str,
        on_answer: Callable[[int, float], None] = lambda _, __: None,
        trusted_user_ids: Collection[int] | None = None,
        server: str = MAIN_SERVER,
        epoch: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.server = server
        self.epoch = epoch
        self.tls = tls
        self._on_answer = on_answer
        self.url = url.rstrip("/")
        self.user = user
        self.app = app
        self.headers = {"Authorization": aiohttp.encode_basic_auth(user, password)}
        if epoch:
            self.headers[EPOCH_HEADER] = str(epoch)
        self.check_leads: Callable[[], Awaitable[None]] | None = None
        """Called before each connection of the event stream; raises AnotherLeadsError, or AriError to wait."""
        self._slots = asyncio.Semaphore(MAX_PARALLEL_REQUESTS)
        self._dial_slots = asyncio.Semaphore(MAX_PARALLEL_DIALS)
        self._client_slots = asyncio.Semaphore(MAX_PARALLEL_CLIENT_READS)
        self._http: HttpConnections | None = None
        self._listener = AriListener(url, trusted_user_ids)
        self.stream_requests = WebsocketRequests()
        self.asterisk_version = ""  # of the connected Asterisk, such as 22.10.1; "" until there is one
        self.subscribed_trunks: set[str] = set()  # the trunks whose channels Asterisk reports in this connection
        self.hears = True  # events; if False, Asterisk may have restarted and know none of the channels

    async def __aenter__(self) -> Self:
        self._http = HttpConnections(self.url, self.headers, self._listener, tls=self.tls)
        return self

    def gate_connections(self) -> HttpConnections:
        """Return connections for requests to the gate itself; the caller closes them."""
        parts = urlsplit(self.url)
        return HttpConnections(f"{parts.scheme}://{parts.netloc}", self.headers, self._listener, tls=self.tls)

    def session(self) -> aiohttp.ClientSession:
        """Return a session for event streams that sends the password to Asterisk alone.

        It has no time limit, because each use has its own.
        """
        connector = CheckedConnector(self._listener, self.tls)
        return aiohttp.ClientSession(headers=self.headers, connector=connector, timeout=aiohttp.ClientTimeout())

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._http:
            self._http.close()
            self._http = None

    async def request(
        self,
        method: str,
        *path: str,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
        is_dial: bool = False,
        over_stream: bool = False,
        never_repeated: bool = False,
        has_long_timeout: bool = False,
        for_client: bool = False,
    ) -> bytes:
        """Send a request and return the body of the answer. Each part of `path` is one segment, quoted here.

        The time limit is 2 s, or 6 s with `is_dial` or `has_long_timeout`, and includes the wait for a slot.

        `over_stream` sends the request over the event stream, if Asterisk answers there. If no answer comes, it is
        repeated over HTTP with another 2 s, unless `never_repeated`. Asterisk may perform the first one later, after
        the second. Therefore use `over_stream` only for requests that are harmless if repeated or late.

        `for_client` is a read for a client of the APIs. It has slots of its own: no action of a call waits behind it.

        Raises AriError.
        """
        start, status = time.monotonic(), 200
        try:
            if over_stream and self.stream_requests.is_usable:
                try:
                    return await self.stream_requests.request(method, path, query, body)
                except NoAnswerError:
                    if never_repeated:
                        raise
            slots, limit_seconds = self._slots, request_timeout.REQUEST_TIMEOUT_SECONDS
            if is_dial:
                slots, limit_seconds = self._dial_slots, request_timeout.DIAL_TIMEOUT_SECONDS
            else:
                if has_long_timeout:
                    limit_seconds = request_timeout.PATIENT_TIMEOUT_SECONDS
                if for_client:
                    slots = self._client_slots
            return await self._send_over_http(method, path, query, body=body, slots=slots, limit_seconds=limit_seconds)
        except AriError as error:
            status = error.status
            raise
        finally:
            self._on_answer(status, time.monotonic() - start)

    async def _send_over_http(
        self,
        method: str,
        path: tuple[str, ...],
        query: Mapping[str, str | int] | None,
        body: Mapping[str, Any] | None,
        *,
        slots: asyncio.Semaphore,
        limit_seconds: float,
    ) -> bytes:
        http = self._http
        if http is None:
            raise AriError(0, "ari_client_closed", "the ARI client is closed")
        json_body = None if body is None else json.dumps(body).encode()
        try:
            async with limit_time(limit_seconds), slots:
                answer = await http.request(method, f"/{to_target(path, query)}", json_body)
        except TimeoutError:
            raise AriError(
                0, "ari_no_answer", "no answer from Asterisk within {limit:g} s", limit=limit_seconds
            ) from None
        except (OSError, NotAsteriskError) as error:
            raise AriError(0, "ari_no_connection", "no connection to Asterisk: {reason}", reason=error) from None
        if answer.status >= 300:
            reason = _read_reason(answer.body) or answer.reason or "refused"
            raise AriError(answer.status, "ari_refused", "{reason}", reason=reason)
        return answer.body


def _read_reason(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=_Body).message
    except UNREADABLE_ERRORS:
        return ""
