"""/workspace/feed: the screen state over a WebSocket, whole at first, then the sections that have changed.

A slow reader gets the newest state in place of a backlog. A reader that has gone is found by its missing pongs.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import Annotated, Protocol

import msgspec
from aiohttp import WSMsgType, web
from msgspec import Struct

from ari_app.http.screen.screen_routes import AGENT_SCREEN, OVERVIEW_SCREEN, WALLBOARD_SCREEN, known_agent, readable
from ari_app.http.screen.screen_views import Encoded, ScreenViews
from ari_app.http.screen.wallboard import Wallboard
from ari_app.http.server.api_request import ApiRequest, Asker
from ari_app.http.server.bearer_tokens import LOCAL
from ari_app.http.server.problems import ProblemRaised, invalid_request
from ari_app.http.v1.live_state import JsonApi
from ari_app.http.workspace.browser_sessions import client_of, is_wallboard
from ari_app.http.workspace.feed_heartbeat import GONE, FeedHeartbeat
from ari_app.http.workspace.feed_reader import FeedReader, stamp
from ari_app.http.workspace.open_pages import PAGES, OpenPage
from ari_app.live.topic_readers import Woken
from warmline.core.messages.commands import NOTES, PAGE
from warmline.operations import argument_types
from warmline.store.configuration.users import User
from warmline.store.database.database import StoreError

SLOW = 10.0  # seconds in which a reader takes nothing of what it is sent
PACE = 0.01  # seconds between two messages to one reader, so that a burst is one message, and between two from it
CLOSED_WITHIN = 0.05  # seconds that a page has to answer the end of its feed, before the connection is closed
OF_SESSION = 8  # feeds of one session or token; this machine's own token has no limit
MOST = 400  # feeds; connections have a limit too
LARGEST = 16384  # bytes of a message from a page, so that it can have the longest notes
LATER = {"Retry-After": "5"}
SESSION_ENDED, OTHER_PROTOCOL = 4001, 4002  # close codes

log = logging.getLogger("warmline.api")


class PageHello(Struct, frozen=True, forbid_unknown_fields=True):
    """The first message of a page: a random id of its own, and whether it has a browser phone."""

    page: Annotated[str, argument_types.text(PAGE)]
    phone: bool


class PageNotes(Struct, frozen=True, forbid_unknown_fields=True):
    """The notes that the agent types about a call, before they are saved."""

    call: str
    notes: Annotated[str, argument_types.text(NOTES)]


class PageMessage(Struct, frozen=True, forbid_unknown_fields=True):
    """A message of a page: hello, or notes of an agent's own page."""

    hello: PageHello | None = None
    typed: PageNotes | None = None


class View(Protocol):
    """The agent's screen or the overview that a reader follows."""

    def sections(self) -> Encoded:
        """Return the sections as they are known now."""

    async def read(self) -> object:
        """Read what the database has of them."""


class Feeds:
    """The open feeds, by session."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[object]] = set()

    @contextmanager
    def joined(self, asker: Asker, token: str) -> Iterator[None]:
        """Count a feed. Raises ProblemRaised (429, 503) if there is no place."""
        own = "" if asker is LOCAL else token
        if own and self._open[own] >= OF_SESSION:
            raise ProblemRaised(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too_many_feeds_of_session",
                "{client} has {count} feeds of the workspace open in this session; close a page first",
                client=asker.client,
                count=OF_SESSION,
                headers=LATER,
            )
        if self._open.total() >= MOST:
            raise ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "too_many_feeds",
                "the app is full: {count} feeds of the workspace are open; close a page, or try again later",
                count=MOST,
                headers=LATER,
            )
        task = asyncio.current_task()
        assert task
        self._open[own] += 1
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)
            self._open[own] -= 1
            self._open += Counter()  # drops sessions without feeds

    def __len__(self) -> int:
        return self._open.total()

    async def end_all(self, _app: object = None) -> None:
        """End all feeds when the app stops; pages connect again."""
        for task in self._tasks:
            task.cancel()


FEEDS = web.AppKey("feeds", Feeds)
HEARTBEAT = web.AppKey("heartbeat", FeedHeartbeat)


class FeedOver(Exception):
    """The feed ends with a close code, or without one if the reader has closed it."""

    def __init__(self, code: int = 0, why: str = "") -> None:
        super().__init__(why)
        self.code, self.why = code, why


async def serve(api: JsonApi, views: ScreenViews, request: web.Request) -> web.StreamResponse:
    """Answer a page with its feed until it goes or its session ends.

    Raises ProblemRaised (401, 403, 404, 422, 429, 503), StoreError.
    """
    client = await client_of(request)
    asked = await _asked(api, request, client.asker)
    with request.app[FEEDS].joined(client.asker, client.token), api.askers.watched(client.token, client.asker) as ended:
        socket = web.WebSocketResponse(autoping=False, compress=False, max_msg_size=LARGEST, timeout=CLOSED_WITHIN)
        await _prepare(socket, request)
        if (transport := request.transport) is None:
            return socket
        clock = asyncio.get_running_loop().time
        reader = FeedReader(socket, transport, client.asker, client.token, ended, clock())
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_watch(ended))
                await _follow(tasks, request.app, views, reader, asked)
        except* FeedOver as over:
            await _close(socket, over.exceptions[0])
        except* (ConnectionError, TimeoutError):
            log.info("a feed of %s ends: its page is gone, or takes nothing", client.asker.client)
        except* StoreError as error:
            log.warning("a feed ends: %s", error.exceptions[0])
        finally:
            if not socket.closed:
                reader.abort()
    return socket


async def _prepare(socket: web.WebSocketResponse, request: web.Request) -> None:
    """Answer the upgrade. Raises ProblemRaised (400) for a reader that has gone already, who gets no answer."""
    try:
        await socket.prepare(request)
    except ConnectionError:
        gone = HTTPStatus.BAD_REQUEST
        raise ProblemRaised(gone, "feed_reader_gone", "the page has gone before its feed began") from None


async def _asked(api: JsonApi, request: web.Request, asker: Asker) -> ApiRequest:
    """Return the request for a view as the JSON API's, with its bounds. Raises ProblemRaised (403, 404, 422)."""
    view, user = request.query.get("view", "agent"), request.query.get("agent", "me")
    if view not in ("agent", "overview"):
        raise invalid_request("view", "must be agent or overview")
    whole = WALLBOARD_SCREEN if is_wallboard(asker) else OVERVIEW_SCREEN
    route, values = (AGENT_SCREEN, {"user": user}) if view == "agent" else (whole, {})
    route.check(asker, {}, values)
    await api.board.known()
    asked = await route.bounded(api, ApiRequest("GET", request.path, values, {}, request.headers, b"", asker, ""))
    if view == "agent":
        known_agent(api, asked.path_values["user"])
    return asked


async def _follow(
    tasks: asyncio.TaskGroup, app: web.Application, views: ScreenViews, reader: FeedReader, asked: ApiRequest
) -> None:
    """Send the view after the page's hello. Raises FeedOver, ConnectionError, TimeoutError, StoreError."""
    hello = await _hello(reader)
    user = asked.path_values.get("user", "")
    tasks.create_task(_listen(reader, views, user))
    with app[HEARTBEAT].of(reader), app[PAGES].opened(user, OpenPage(hello.page, hello.phone)):
        if user:
            with views.agent(user) as (screen, woken):
                await _send(reader, screen, woken)
        else:
            with views.overview(asked.visible, on_wall=is_wallboard(reader.asker)) as (overview, woken):
                await _send(reader, overview, woken)


async def _hello(reader: FeedReader) -> PageHello:
    """Return the page's first message. Raises FeedOver, TimeoutError."""
    async with asyncio.timeout(GONE):
        message = await reader.socket.receive()
    if message.type is not WSMsgType.TEXT:
        raise _not_understood() if message.type is WSMsgType.BINARY else FeedOver
    reader.heard = asyncio.get_running_loop().time()
    hello = _read(message.data).hello
    if hello is None:
        raise _not_understood()
    return hello


def _read(text: str) -> PageMessage:
    try:
        return msgspec.json.decode(text, type=PageMessage)
    except (msgspec.DecodeError, RecursionError):
        raise _not_understood() from None


def _not_understood() -> FeedOver:
    return FeedOver(OTHER_PROTOCOL, "a message is not understood; load the page again")


async def _listen(reader: FeedReader, views: ScreenViews, user: str) -> None:
    """Note that the page is there, answer its pings, and take what its own agent types. Raises FeedOver."""
    asker = reader.asker
    is_own = isinstance(asker, User) and bool(user) and asker.agent == user and asker.may("agents:write")
    while True:
        message = await reader.socket.receive()
        reader.heard = asyncio.get_running_loop().time()
        match message.type:
            case WSMsgType.PONG:
                pass
            case WSMsgType.PING:
                await reader.socket.pong(message.data)
            case WSMsgType.TEXT:
                typed = _read(message.data).typed
                if typed and is_own:
                    views.notes_typed(user, typed.call, typed.notes)
            case WSMsgType.BINARY:
                raise _not_understood()
            case _:
                raise FeedOver
        await asyncio.sleep(PACE)  # a flood waits in the sender's own connection


async def _watch(ended: asyncio.Event) -> None:
    await ended.wait()
    raise FeedOver(SESSION_ENDED, "the session has ended")


async def _send(reader: FeedReader, view: View, woken: Woken) -> None:
    """Send what has changed after each change. Raises ConnectionError, TimeoutError."""
    sent: Encoded = {}
    await view.read()
    while True:
        woken.clear()
        now = view.sections() if isinstance(view, Wallboard) else readable(view.sections(), reader.asker)
        if changed := {name: body for name, body in now.items() if sent.get(name) != body}:
            async with asyncio.timeout(SLOW):
                await reader.send(stamp(), changed)
            sent = now
            await asyncio.sleep(PACE)
        await woken.wait()


async def _close(socket: web.WebSocketResponse, over: BaseException) -> None:
    if isinstance(over, FeedOver) and over.code and not socket.closed:
        with suppress(ConnectionError, TimeoutError):
            await socket.close(code=over.code, message=over.why.encode())
