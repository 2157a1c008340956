"""ARI's event stream: reconnects forever, and checks with a heartbeat that events arrive.

The reader separates its own heartbeat from other events and passes their text on, nothing more. If it were slow,
Asterisk would close the connection, and calls that arrive before the reconnect would go to the fallback.
"""

import asyncio
import logging
import ssl
import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Coroutine
from typing import Any, NoReturn

import aiohttp
import msgspec

from warmline.ari.client import preflight
from warmline.ari.client.ari_client import AriClient, AriError
from warmline.ari.client.ari_errors import AnotherLeadsError
from warmline.ari.client.checked_connector import NotAsteriskError
from warmline.ari.client.json_errors import UNREADABLE_ERRORS
from warmline.ari.client.request_timeout import limit_time
from warmline.system.gate_protocol import EPOCH_HEADER
from warmline.text.coded_error import CodedError

log = logging.getLogger("warmline.ari.client.event_stream")

CONNECT_TIMEOUT_SECONDS = 5.0
WEBSOCKET_HEARTBEAT_SECONDS = 5.0
HEARTBEAT_SECONDS = 3.0
HEARTBEAT_TIMEOUT_SECONDS = 2.0
FIRST_RETRY_SECONDS, MAX_RETRY_SECONDS, REFUSED_RETRY_SECONDS = 0.1, 1.0, 10.0
NOT_FOUND, NOT_FOUND_SECONDS = 404, 3.0  # an Asterisk that starts has no ARI yet
PASSING_STATUSES = (408, 409, 425, 429)  # those of a 4xx that a later try may not have; 5xx are all such
MAX_BACKLOG_EVENTS = 100_000  # events that wait while on_connect runs; then the connection is opened again
MAX_COMPARED_EVENTS = 16  # events back in which the same event is looked for
HEARTBEAT_EVENT = "warmline-beat"
# Message types of the stream only.
USER_EVENT = "ChannelUserevent"
REST_RESPONSE = "RESTResponse"
APPLICATION_REPLACED = "ApplicationReplaced"


class ReplacedError(CodedError):
    """Another program connected with the same ARI application name; this app must exit."""


class _Head(msgspec.Struct):
    type: str = ""
    application: str = ""
    eventname: str = ""


_decode_head = msgspec.json.Decoder(_Head).decode


class AriEventStream:
    """Calls `on_message` with the text of each event whose type is in `kinds`.

    `on_connect` is awaited first on each connection, with the start time of this Asterisk (microseconds UTC).
    It reads the current state of Asterisk; events that arrive while it runs are passed on after it. If it raises
    AriError, the stream closes the connection and retries.

    `on_lag` receives the round trip of each heartbeat event, in seconds. `on_lost` is called when a connection ends.
    `may_connect` is awaited before each connection, in place of `check_leads` of the client. `on_refused` receives the
    reason of a refusal that waiting does not change, such as a wrong password; `run` tries again all the same.
    """

    def __init__(
        self,
        client: AriClient,
        kinds: Collection[str],
        on_message: Callable[[str], None],
        on_connect: Callable[[int], Awaitable[None]],
        *,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
        on_lag: Callable[[float], None] = lambda _: None,
        on_lost: Callable[[], None] = lambda: None,
        may_connect: Callable[[], Awaitable[None]] | None = None,
        on_refused: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._client = client
        self._kinds = kinds
        self._on_message = on_message
        self._on_connect = on_connect
        self._heartbeat_seconds = heartbeat_seconds
        self._on_lag = on_lag
        self._on_lost = on_lost
        self._check_leads = may_connect
        self._on_refused = on_refused
        self._is_refused = False  # whether waiting changes nothing in the reason of the last try
        self._not_found_at: float | None = None  # monotonic seconds of the first of the answers 404 in a row
        self._recent_texts: deque[str] = deque(maxlen=MAX_COMPARED_EVENTS)
        self._filter_lock = asyncio.Lock()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._backlog: list[str] | None = None  # events that arrived while on_connect runs
        self._heartbeat_received = asyncio.Event()
        self._heartbeat_received_at = 0.0
        self.heartbeat_requested_at: float | None = (
            None  # monotonic seconds: when the heartbeat without an answer was requested
        )
        self._retry_seconds = FIRST_RETRY_SECONDS
        self._absence_reason = ""

    @property
    def absence_reason(self) -> str:
        """Return why the last connection ended or failed, "" while one is good."""
        return self._absence_reason

    async def run(self) -> NoReturn:
        """Listen and reconnect forever.

        Raises ReplacedError, UnusableAsteriskError if Asterisk is too old, or AnotherLeadsError.
        """
        async with self._client.session() as session:
            while True:
                self._is_refused = False
                reason = await self._may_connect() or await self._connect(session)
                if self._is_refused:
                    self._on_refused(reason)
                if reason != self._absence_reason:  # logged once, not at each try
                    log.warning("no events from Asterisk: %s; trying again", reason)
                    self._absence_reason = reason
                await asyncio.sleep(self._retry_seconds)
                self._retry_seconds = min(self._retry_seconds * 2, MAX_RETRY_SECONDS)

    async def _may_connect(self) -> str:
        """Return why this app cannot connect now, or "". Raises AnotherLeadsError: a program that was frozen ends."""
        try:
            if check_leads := self._check_leads or self._client.check_leads:
                await check_leads()
        except AriError as error:
            return str(error)
        return ""

    async def _connect(self, session: aiohttp.ClientSession) -> str:
        """Open a connection and read it until it ends; return the reason of its end."""
        url = f"{self._client.url}/events"
        query = {"app": self._client.app, "subscribeAll": "false"}
        limits = aiohttp.ClientWSTimeout(ws_close=1.0)
        not_found_at, self._not_found_at = self._not_found_at, None
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_SECONDS):
                socket = await session.ws_connect(
                    url, params=query, heartbeat=WEBSOCKET_HEARTBEAT_SECONDS, timeout=limits
                )
        except aiohttp.WSServerHandshakeError as error:
            if error.status == 409 and self._client.epoch:
                raise AnotherLeadsError(
                    "gate_another_leads",
                    "server {server} obeys an app with epoch {highest}; this app has epoch {own}, and does nothing "
                    "until it is started again",
                    server=self._client.server,
                    highest=error.headers.get(EPOCH_HEADER, "unknown") if error.headers else "unknown",
                    own=self._client.epoch,
                ) from None
            return self._explain_refusal(error.status) or self._explain_status(url, error.status, not_found_at)
        except NotAsteriskError as error:
            return str(error)
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            self._is_refused = True
            return f"{self._client.url!r} is no address of ARI: write one such as http://127.0.0.1:8088/ari"
        except aiohttp.ServerDisconnectedError:
            return f"{url} closes the connection without an answer; a port with TLS needs https://"
        except (aiohttp.ClientError, OSError) as error:
            reason = f"{type(error).__name__}: {error}"
            if _is_wrong_tls(error):
                self._is_refused = True
                return f"TLS fails at {url}: the port has none, or its certificate is not trusted ({reason})"
            return f"{url} does not answer ({reason})"
        self._backlog, self._socket = [], socket
        try:
            return await _await_first(self._read_messages(socket), self._watch(socket))
        finally:
            self._client.hears = False
            self._client.subscribed_trunks.clear()
            self._client.stream_requests.close()
            self._on_lost()
            await socket.close()

    async def _read_messages(self, socket: aiohttp.ClientWebSocketResponse) -> str:
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self._take_message(message.data)
                if self._backlog and len(self._backlog) > MAX_BACKLOG_EVENTS:
                    return f"more than {MAX_BACKLOG_EVENTS} events arrived before Asterisk's state was read"
        return f"the connection was closed ({socket.close_code})"

    def _take_message(self, text: str) -> None:
        try:
            head = _decode_head(text)
            if head.type == REST_RESPONSE:
                self._client.stream_requests.take_answer(text)
                return
        except UNREADABLE_ERRORS:
            log.warning("Asterisk sent an unreadable event: %.200r", text)
            return
        if head.type == APPLICATION_REPLACED:
            raise ReplacedError(
                "ari_app_replaced",
                "another program has taken over the ARI application {app}: stop one of the two, "
                "or change ari_app in the settings and WARMLINE_APP in the dialplan",
                app=self._client.app,
            )
        if head.type == USER_EVENT and head.eventname == HEARTBEAT_EVENT:
            self._heartbeat_received_at = time.monotonic()
            self.heartbeat_requested_at = None
            self._heartbeat_received.set()
        elif self._client.subscribed_trunks and self._is_repeated(text):
            pass
        elif self._backlog is None:
            self._on_message(text)
        else:
            self._backlog.append(text)

    def _is_repeated(self, text: str) -> bool:
        """Return whether this event is a repetition: Asterisk sends it for the channel, and again for its trunk.

        Two events with the same time and content would otherwise be one key pressed twice.
        """
        is_repeated = text in self._recent_texts
        self._recent_texts.append(text)
        return is_repeated

    async def _watch(self, socket: aiohttp.ClientWebSocketResponse) -> str:
        """Synchronize with Asterisk, and check before and after it, at intervals, that events arrive."""
        try:
            start_us = await preflight.check_asterisk(self._client)
            await self.send_filter()
            while await self._check_heartbeat():
                self._client.stream_requests.open(socket.send_str)
                if self._backlog is not None:
                    await self._on_connect(start_us)
                    self._release_backlog()
                await asyncio.sleep(self._heartbeat_seconds)
            return f"a heartbeat event did not arrive within {HEARTBEAT_TIMEOUT_SECONDS:g} s"
        except AriError as error:
            return self._explain_refusal(error.status) or str(error)

    def _explain_refusal(self, status: int) -> str:
        """Return why Asterisk rejects the app, or "". Retries become rare: Asterisk logs each wrong password."""
        if status not in (401, 403):
            return ""
        self._retry_seconds, self._is_refused = REFUSED_RETRY_SECONDS, True
        return str(preflight.build_refusal(self._client.url, self._client.user, status))

    def _explain_status(self, url: str, status: int, not_found_at: float | None) -> str:
        """Return what the status of a program says that is not ARI, or is not ready."""
        if status >= 500 or status in PASSING_STATUSES:
            return f"{url} answers {status}"
        if status != NOT_FOUND:
            self._is_refused = True
            return f"{url} answers {status}, which ARI does not: another program may be there"
        self._not_found_at = not_found_at or time.monotonic()
        self._is_refused = time.monotonic() - self._not_found_at >= NOT_FOUND_SECONDS
        return f"{url} answers 404: the path is not that of ARI, as in http://127.0.0.1:8088/ari, or ARI is not enabled"

    async def send_filter(self) -> None:
        """Subscribe only to the types of events that are read, which may be more than at the last time.

        Most others report that a variable was set. Raises AriError.
        """
        async with self._filter_lock:  # else an earlier list could replace a later one
            event_filter = {
                "allowed": [{"type": kind} for kind in (*self._kinds, USER_EVENT, REST_RESPONSE, APPLICATION_REPLACED)]
            }
            path = "applications", self._client.app, "eventFilter"
            await self._client.request("PUT", *path, body=event_filter, has_long_timeout=True)

    async def reconnect(self) -> None:
        """Close the connection, so that the next one begins with a filter and Asterisk's state."""
        if self._socket:
            await self._socket.close()

    def _release_backlog(self) -> None:
        log.info("connected to Asterisk, application %s", self._client.app)
        self._retry_seconds, self._absence_reason, self._client.hears = FIRST_RETRY_SECONDS, "", True
        backlog, self._backlog = self._backlog or [], None
        for text in backlog:
            self._on_message(text)

    async def _check_heartbeat(self) -> bool:
        """Return whether a heartbeat event arrives. Asterisk's HTTP answer may come later than the event itself."""
        self._heartbeat_received.clear()
        requested_at = self.heartbeat_requested_at = time.monotonic()
        try:
            await self._client.request(
                "POST", "events", "user", HEARTBEAT_EVENT, query={"application": self._client.app}
            )
            async with limit_time(HEARTBEAT_TIMEOUT_SECONDS):
                await self._heartbeat_received.wait()
        except TimeoutError:
            pass
        except AriError as error:
            if error.status or not self._heartbeat_received.is_set():
                raise
        if self._heartbeat_received.is_set():
            self._on_lag(self._heartbeat_received_at - requested_at)
        return self._heartbeat_received.is_set()


def _is_wrong_tls(error: Exception) -> bool:
    """Return whether TLS cannot begin: the certificate is not trusted, or the port has no TLS."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return True
    reason = error.os_error if isinstance(error, aiohttp.ClientConnectorSSLError) else None
    return isinstance(reason, ssl.SSLError) and not isinstance(reason, ssl.SSLEOFError)


async def _await_first(*coroutines: Coroutine[Any, Any, str]) -> str:
    """Return the result of the coroutine that ends first, or raise its exception; cancel the others."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        ended_tasks, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return max(ended_tasks, key=lambda task: task.exception() is not None).result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
