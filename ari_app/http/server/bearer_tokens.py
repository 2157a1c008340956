"""Authenticates and authorizes clients of the JSON API: their bearer tokens, rate limits, and scopes or roles."""

import asyncio
import hmac
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from math import ceil

from aiohttp import web

from ari_app.http.server.api_request import ApiRequest, Asker
from ari_app.http.server.client_address import TrustedProxies
from ari_app.http.server.limits.rate_limit import RateLimit
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.server.stream_tickets import StreamTickets
from ari_app.http.server.worker_threads import WorkerThreads
from warmline.access.rights import Reach, in_words, roles_with
from warmline.store.configuration import token_holder, tokens, users
from warmline.store.configuration.tokens import ALL, ApiToken
from warmline.store.configuration.users import User
from warmline.store.configuration.wallboards import WALLBOARD
from warmline.store.database.database import StoreError
from warmline.store.database.passwords import hashed_token

STRANGER = ApiToken("", frozenset())
LOCAL = ApiToken("local", frozenset({ALL}))  # a program that can read the token in the run folder
OF_ADDRESS = 5  # times api_rate: requests per second from one address, with any token
BURST_OF_ADDRESS = 1.0  # seconds of these requests that may come at once
PERSON = re.compile(r"[A-Za-z0-9._-]{1,32}")
FORM = re.compile(r"[A-Za-z0-9_-]{43}")
WANTED = (
    "a bearer token is required; users get one by POST /api/v1/login, programs by: "
    "warmline api-token create NAME scopes=…"
)


class TokenAuthentication:
    """The tokens of the database at `db`, and this machine's own token `local`, which has no rate limit; "" for none.

    The tokens of programs and of users' sessions are kept in memory. They are read at the first request, and again
    after `clear`. An unknown token is looked up by itself, because it may have been created since.
    """

    def __init__(
        self,
        local: str,
        db: str,
        rate: RateLimit,
        by_address: RateLimit,
        threads: WorkerThreads,
        proxies: TrustedProxies | None = None,
    ) -> None:
        self.rate = rate
        self._by_address = by_address
        self._proxies = proxies or TrustedProxies()
        self._local = local.encode()
        self._db = db
        self._threads = threads
        self._known: dict[str, Asker] = {}  # by the hash of their token
        self._is_read = False
        self._changes = 0
        self._reading = asyncio.Lock()
        self.tickets = StreamTickets()
        self._watched: dict[asyncio.Event, tuple[str, Asker]] = {}
        self._renewing: asyncio.Task[None] | None = None

    async def of(self, token: str, address: str) -> Asker:
        """Return the client whose token came with a request from this address.

        Unknown tokens are counted together by their address.
        Raises ProblemRaised (401, or 429 if too many requests come), StoreError.
        """
        if self._is_local(token):
            return LOCAL
        is_fresh = not self._is_read
        if is_fresh and FORM.fullmatch(token):
            await self._read()
        found = self._find(token)
        self.count(found.client if found else "", address)
        if found is None and not is_fresh:
            found = await self._look_up(token)
        if found is None:
            raise _unknown("the token is unknown", ' error="invalid_token"') if token else _unknown(WANTED, "")
        return found

    async def holder(self, token: str) -> Asker | None:
        """Return the client of a token, or None, without a request to count. Raises StoreError."""
        if not FORM.fullmatch(token):
            return None
        if not self._is_read:
            await self._read()
        return self._find(token) or await self._look_up(token)

    async def still(self, token: str, asker: Asker, ticket: str = "") -> bool:
        """Return whether a token, and the ticket for it, still stand for this client with the same rights.

        Raises StoreError.
        """
        if ticket and not hmac.compare_digest(self.tickets.token_of(ticket), token):
            return False
        if asker is LOCAL:
            return True
        if not self._is_read:
            await self._read()
        return self._find(token) == asker

    @contextmanager
    def watched(self, token: str, asker: Asker) -> Iterator[asyncio.Event]:
        """Provide an event that is set when the token no longer stands for this client with the same rights.

        It is not set at the hour at which a session ends by itself; `still` knows that.
        """
        ended = asyncio.Event()
        self._watched[ended] = token, asker
        try:
            yield ended
        finally:
            del self._watched[ended]

    def stranger(self, address: str) -> Asker:
        """Return the client of a request without a token. Raises ProblemRaised (429) if too many requests come."""
        self.count("", address)
        return STRANGER

    def with_streams(self) -> set[str]:
        """Return the hashes of the tokens that have an open stream or feed."""
        return {hashed_token(token) for token, _ in list(self._watched.values())}  # another thread may read them

    def clear(self) -> None:
        """Read the tokens again before the next request, because the configuration has changed."""
        self._is_read = False
        self._changes += 1

    def renew(self) -> None:
        """Read the tokens again; at once if a stream is open, which ends if its session has ended."""
        self.clear()
        if self._watched:
            self._renewing = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        with suppress(StoreError):  # the next request reports it
            await self._read()

    async def fill(self) -> None:
        """Read the tokens now, so that `knows` knows the new ones too. Raises StoreError."""
        await self._read()

    async def _read(self) -> None:
        async with self._reading:
            while not self._is_read:
                changes = self._changes
                found = await self._threads.look_up(_read_all, self._db)
                self._known = {one: self._same(one, client) for one, client in found.items()}
                self._is_read = changes == self._changes
            for ended, (token, asker) in self._watched.items():
                if self._find(token) != asker and asker is not LOCAL:
                    ended.set()

    async def _look_up(self, token: str) -> Asker | None:
        """Return the client of a token that is not known: it may be newer than the last read."""
        if not FORM.fullmatch(token):
            return None
        changes = self._changes
        found = await self._threads.look_up(token_holder.of_token, self._db, token)
        if found is not None and changes == self._changes:  # otherwise the token may have been deleted since
            self._known[hashed_token(token)] = found
        return found

    def _find(self, token: str) -> Asker | None:
        found = self._known.get(hashed_token(token)) if FORM.fullmatch(token) else None
        is_over = isinstance(found, User) and found.ends <= time.time_ns() // 1000
        return None if is_over else found

    def _same(self, hashed: str, client: Asker) -> Asker:
        """Return the client that is known already, if it is equal: open streams then compare it quickly."""
        known = self._known.get(hashed)
        return known if known is not None and known == client else client

    def knows(self, token: str) -> bool:
        """Return whether a request with this token is counted later by the token's name, or not at all."""
        return bool(token) and (self._is_local(token) or self._find(token) is not None)

    def admit(self, address: str, cost: int) -> float:
        """Count a stranger's request before it is parsed; return the seconds until this address may send one.

        `cost`: as how many requests it counts.
        """
        return self._by_address.wait("", address, cost)

    def client_of_head(self, peer: str, head: bytes) -> str:
        """Return the address of the client that sent a head; a trusted proxy names it."""
        return self._proxies.client_of_head(peer, head)

    def _is_local(self, token: str) -> bool:
        return bool(self._local) and hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self._local)

    def count(self, client: str, address: str) -> None:
        """Count a request of a client, "" for a stranger. Raises ProblemRaised (429) if too many come."""
        if wait := self.rate.wait(client, address):
            raise ProblemRaised(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too_many_requests",
                "too many requests (setting api_rate)",
                headers={"Retry-After": str(ceil(wait))},
            )


ASKERS = web.AppKey("askers", TokenAuthentication)


def asker_of(request: ApiRequest) -> str:
    """Return the name by which a client's reports are counted; "" for this machine's own, which is not counted."""
    return "" if request.asker is LOCAL else request.asker.client


def client_name(asker: Asker, login: str, uid: int | None) -> str:
    """Return a client's name for receipts: a user's, a token's, or for the local administrator the login name.

    A local program may claim any login name. The number of the user who runs it is therefore added, if it is known; a
    user in a session has shown a password instead.
    """
    if isinstance(asker, User):
        return asker.client
    name = f"local:{login}" if asker is LOCAL and PERSON.fullmatch(login) else asker.client
    return name if uid is None else f"{name} (uid {uid})"


def allow(asker: Asker, scope: str, what: str) -> None:
    """Raise ProblemRaised (403) if a token lacks the scope, or a user's role has no right of it.

    `what` is the name of the route.
    """
    if asker.may(scope):
        return
    refuse_gated(asker)
    refuse_wallboard(asker, what)
    if isinstance(asker, User):
        raise role_missing(asker, what, scope, Reach.OWN)
    raise ProblemRaised(
        HTTPStatus.FORBIDDEN,
        "scope_missing",
        "the token {token} lacks the scope {scope}; its scopes: {scopes}",
        token=asker.name,
        scope=scope,
        scopes=", ".join(sorted(asker.scopes)),
        headers=_insufficient(scope),
    )


def refuse_wallboard(asker: Asker, what: str) -> None:
    """Raise ProblemRaised (403) for the session of a wallboard. `what` is the name of the route."""
    if isinstance(asker, User) and asker.program == WALLBOARD:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "wallboard_only_reads",
            "user {user} is logged in as a wallboard, which reads nothing else; to {what}, log out and log in again",
            user=asker.name,
            what=_in_words(what),
        )


def refuse_gated(asker: Asker, *, may_enrol: bool = False) -> None:
    """Raise ProblemRaised (403) for a user who must first change the password, or enrol a second factor.

    `may_enrol`: the request is one of those by which a user enrols.
    """
    if not isinstance(asker, User):
        return
    if asker.must_enrol and not asker.must_change and not may_enrol:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "second_factor_must_enrol",
            "this site requires a second factor of user {user}; enrol one first: warmline second-factor enrol, or POST "
            "/api/v1/me/second-factor",
            user=asker.name,
        )
    if asker.must_change:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "password_must_change",
            "an administrator has set the password of user {user}; choose another one first: warmline password, or "
            "POST /api/v1/me/password",
            user=asker.name,
        )


def role_missing(user: User, what: str, scope: str, least: Reach) -> ProblemRaised:
    """Return the 403 for a user whose role has no right of a scope that reaches so far."""
    return ProblemRaised(
        HTTPStatus.FORBIDDEN,
        "role_missing",
        "user {user} has the role {role}; to {what} takes {roles}",
        user=user.name,
        role=user.role,
        what=_in_words(what),
        roles=in_words(roles_with(scope, least)),
        headers=_insufficient(scope),
    )


def _in_words(route: str) -> str:
    """Return the name of a route, such as createEntity, in words."""
    words = re.sub("(?=[A-Z])", " ", route).lower()
    return words.replace(" entity", " an entry of the configuration")


def _insufficient(scope: str) -> dict[str, str]:
    return {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'}


def _read_all(db: str) -> dict[str, Asker]:
    return {**users.in_session(db), **tokens.read_all(db)}


def _unknown(detail: str, error: str) -> ProblemRaised:
    challenge = {"WWW-Authenticate": f"Bearer{error}"}
    return ProblemRaised(HTTPStatus.UNAUTHORIZED, "token_unknown", "{why}", why=detail, headers=challenge)
