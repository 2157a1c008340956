"""Sessions of browsers: login, logout, and the client who sends a request.

A session ends 24 hours after its login, and 12 hours after its last request. That of a wallboard, which only reads,
ends after 30 days, and also outlasts a restart of the browser. The time of the last request is in memory
only, so a restart of the API process begins the 12 hours again.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web

from ari_app.http.people import logins
from ari_app.http.people.session_use import SessionUse
from ari_app.http.server import client_address, credentials, request_body
from ari_app.http.server.api_request import ApiRequest, Asker
from ari_app.http.server.bearer_tokens import FORM, STRANGER, TokenAuthentication
from ari_app.http.server.credentials import COOKIE, FRAMED_COOKIE, Credentials
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.v1 import commands
from ari_app.http.v1.live_state import JsonApi
from ari_app.http.workspace import other_origins
from ari_app.records.session_writes import SessionMaker
from warmline.access import known_device
from warmline.store.configuration.users import User
from warmline.store.configuration.wallboards import WALLBOARD
from warmline.store.database.database import StoreError
from warmline.store.database.passwords import hashed_token

DAY = 24 * 3600  # seconds
LASTS = DAY * 1_000_000  # microseconds from the login
WALLBOARD_DAYS = 30
IDLE = 12 * 3600.0  # seconds from the last request
JSON = "application/json"
NOT_KEPT = {"Cache-Control": "no-store"}


class Client(NamedTuple):
    """The sender of a request: a user, or a program with its token. `token` is for TokenAuthentication.still."""

    asker: Asker
    token: str
    address: str


class BrowserSessions:
    """Knows when each session of a browser was last used, and ends those that were not; `clock` is in seconds."""

    def __init__(
        self,
        askers: TokenAuthentication,
        sessions: SessionMaker,
        use: SessionUse,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._askers, self._sessions, self._use, self._clock = askers, sessions, use, clock
        self._storing: asyncio.Task[None] | None = None
        self._used: dict[str, float] = {}  # by token

    async def client(self, sent: Credentials) -> Client:
        """Return who sends a request, and note that the session is used.

        Raises ProblemRaised (401, or 429 if too many requests come), StoreError.
        """
        try:
            asker = await self._askers.of(sent.token, sent.address)
        except ProblemRaised as problem:
            if sent.by_cookie and problem.problem.status == HTTPStatus.UNAUTHORIZED:
                raise _over("the session has ended; log in again") from None
            raise
        if sent.by_cookie and not is_wallboard(asker) and not self._is_in_use(sent.token):
            await self.end(sent.token)
            raise _over("the session has ended, because it was not used for 12 hours; log in again")
        if isinstance(asker, User) and self._use.note(hashed_token(sent.token)):
            self._storing = asyncio.create_task(self._store_use())
        return Client(asker, sent.token, sent.address)

    async def _store_use(self) -> None:
        if times := self._use.due():
            with suppress(StoreError):  # the next time is stored with later ones
                await self._sessions.note_seen(times)

    async def end(self, token: str) -> bool:
        """End a session and everything that watches it; return whether it was still there. Raises StoreError."""
        self._used.pop(token, None)
        if not FORM.fullmatch(token):
            return False
        ended = await self._sessions.end(token)
        self._askers.clear()
        await self._askers.fill()
        return ended

    def _is_in_use(self, token: str) -> bool:
        now = self._clock()
        if token not in self._used:
            self._used = {one: at for one, at in self._used.items() if self._askers.knows(one)}
        elif now - self._used[token] >= IDLE:
            return False
        self._used[token] = now
        return True


SESSIONS = web.AppKey("browser_sessions", BrowserSessions)


async def client_of(request: web.Request) -> Client:
    """Return who sends a request, by its bearer token or by its cookie.

    Raises ProblemRaised (401, 403, 429), StoreError.
    """
    return await request.app[SESSIONS].client(credentials.credentials(request))


async def log_in(api: JsonApi, request: web.Request) -> web.Response:
    """Begin a session; answer with the user and the rights, as getMe does, and with two cookies.

    One has the session. The other shows at the next login that this browser knew the password.

    A session that the browser had before ends. Raises ProblemRaised (401, 403, 422, 429, 503), StoreError.
    """
    credentials.check_own_page(request)
    name = credentials.own_cookie(request, is_framed=other_origins.is_framed(request))
    address = client_address.of_request(request)
    api.askers.stranger(address)
    body = commands.read(await _read(request), logins.LoginBody)
    assert isinstance(body, logins.LoginBody)
    days = WALLBOARD_DAYS if body.program == WALLBOARD else 0
    devices = credentials.device_tokens(request, name)
    made = await logins.begin(api, body, address, devices, days * DAY * 1_000_000 or LASTS)
    for former in {name, FRAMED_COOKIE} & request.cookies.keys():  # the frame's, if the browser sends it to tabs, too
        await request.app[SESSIONS].end(request.cookies[former])
    told = logins.client_now(api, made.user)
    answer = web.Response(body=told.body, content_type=told.media, headers=NOT_KEPT)
    kept = days * DAY or None  # seconds; None until the browser closes
    _set_cookie(answer, name, made.token, kept)
    device = known_device.SEPARATOR.join(known_device.with_token(devices, made.device))
    _set_cookie(answer, name + credentials.DEVICE, device, known_device.LASTS * DAY)
    if name != FRAMED_COOKIE in request.cookies:
        _end_cookie(answer, FRAMED_COOKIE)
    return answer


async def log_out(_api: JsonApi, request: web.Request) -> web.Response:
    """End the session of the cookie. Raises ProblemRaised (403), StoreError."""
    credentials.check_own_page(request)
    ended = await request.app[SESSIONS].end(credentials.cookie(request))
    answer = web.json_response({"ended": ended}, headers=NOT_KEPT)
    for name in (FRAMED_COOKIE, COOKIE, credentials.local_cookie(request)):
        if name in request.cookies:
            _end_cookie(answer, name)
            if name == FRAMED_COOKIE:  # the session of a tab is another one
                break
    return answer


def _end_cookie(answer: web.Response, name: str) -> None:
    _set_cookie(answer, name, "", 0)


def _set_cookie(answer: web.Response, name: str, value: str, kept: int | None) -> None:
    """Set a cookie. That of a frame is for frames in pages of the same site alone: CHIPS calls it partitioned."""
    is_framed, is_secure = name.startswith(FRAMED_COOKIE), name.startswith(COOKIE)
    site = "None" if is_framed else "Strict"
    answer.set_cookie(name, value, max_age=kept, path="/", secure=is_secure, httponly=True, samesite=site)
    if is_framed:
        made = answer.cookies.pop(name).OutputString()
        answer.headers.add("Set-Cookie", f"{made}; Partitioned")


def is_wallboard(asker: Asker) -> bool:
    """Return whether a client is the screen on a wall."""
    return isinstance(asker, User) and asker.program == WALLBOARD


async def _read(request: web.Request) -> ApiRequest:
    if request.content_type != JSON:
        status, sentence = HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "the body cannot be {type}; allowed: application/json"
        raise ProblemRaised(status, "body_type_unknown", sentence, type=request.content_type)
    body = await request_body.whole(request)
    return ApiRequest(request.method, request.path, {}, request.query, request.headers, body, STRANGER, "")


def _over(why: str) -> ProblemRaised:
    return ProblemRaised(HTTPStatus.UNAUTHORIZED, "session_ended", "{why}", why=why)
