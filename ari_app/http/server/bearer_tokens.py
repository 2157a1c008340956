"""Authenticates and authorizes clients of the JSON API: bearer tokens, their rate limits and their scopes."""

import asyncio
import hmac
import re
from http import HTTPStatus
from math import ceil

from aiohttp import web

from ari_app.http.server.api_request import ApiRequest
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.server.rate_limit import RateLimit
from ari_app.http.server.worker_threads import WorkerThreads
from warmline.store.configuration import tokens
from warmline.store.configuration.tokens import ApiToken
from warmline.store.database.passwords import hashed_token

ALL = "ALL"
LOCAL = ApiToken("local", frozenset({ALL}))  # a program that can read the token in the run folder
OF_ADDRESS = 5  # times api_rate: requests per second from one address, with any token
BURST_OF_ADDRESS = 1.0  # seconds of these requests that may come at once
PERSON = re.compile(r"[A-Za-z0-9._-]{1,32}")
FORM = re.compile(r"[A-Za-z0-9_-]{43}")
WANTED = "a bearer token is required; create one with: warmline api-token create NAME scopes=…"


class TokenAuthentication:
    """The tokens of the database at `db`, and this machine's own token `local`, which has no rate limit; "" for none.

    The tokens are kept in memory. They are read at the first request, and again after `clear`.
    """

    def __init__(self, local: str, db: str, rate: RateLimit, by_address: RateLimit, threads: WorkerThreads) -> None:
        self.rate = rate
        self._by_address = by_address
        self._local = local.encode()
        self._db = db
        self._threads = threads
        self._known: dict[str, ApiToken] = {}  # by the hash of their token
        self._is_read = False
        self._changes = 0
        self._reading = asyncio.Lock()

    async def of(self, token: str, address: str) -> ApiToken:
        """Return the token that came with a request from this address.

        Unknown tokens are counted together by their address.
        Raises ProblemRaised (401, or 429 if too many requests come), StoreError, sqlite3.Error.
        """
        if self._is_local(token):
            return LOCAL
        if not self._is_read and FORM.fullmatch(token):
            await self._read()
        found = self._find(token)
        self._count(found.name if found else "", address)
        if found is None:
            raise _unknown("the token is unknown", ' error="invalid_token"') if token else _unknown(WANTED, "")
        return found

    def clear(self) -> None:
        """Read the tokens again before the next request, because the configuration has changed."""
        self._is_read = False
        self._changes += 1

    async def fill(self) -> None:
        """Read the tokens now, so that `knows` knows the new ones too. Raises StoreError, sqlite3.Error."""
        await self._read()

    async def _read(self) -> None:
        async with self._reading:
            while not self._is_read:
                changes = self._changes
                self._known = await self._threads.look_up(tokens.read_all, self._db)
                self._is_read = changes == self._changes

    def _find(self, token: str) -> ApiToken | None:
        return self._known.get(hashed_token(token)) if FORM.fullmatch(token) else None

    def knows(self, token: str) -> bool:
        """Return whether a request with this token is counted later by the token's name, or not at all."""
        return bool(token) and (self._is_local(token) or self._find(token) is not None)

    def admit(self, address: str, cost: int) -> float:
        """Count a stranger's request before it is parsed; return the seconds until this address may send one.

        `cost`: as how many requests it counts.
        """
        return self._by_address.wait("", address, cost)

    def _is_local(self, token: str) -> bool:
        return bool(self._local) and hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self._local)

    def _count(self, name: str, address: str) -> None:
        if wait := self.rate.wait(name, address):
            raise ProblemRaised(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too_many_requests",
                "too many requests (setting api_rate)",
                headers={"Retry-After": str(ceil(wait))},
            )


ASKERS = web.AppKey("askers", TokenAuthentication)


def asker_of(request: ApiRequest) -> str:
    """Return the name by which a token's reports are counted; "" for this machine's own, which is not counted."""
    return "" if request.asker is LOCAL else request.asker.name


def client_name(asker: ApiToken, person: str, user: int | None) -> str:
    """Return a client's name for receipts: its token's, or for the local administrator the login name `person`.

    A client may claim any login name. The number of the user who runs the program is therefore added, if it is known.
    """
    name = f"user:{person}" if asker is LOCAL and PERSON.fullmatch(person) else f"token:{asker.name}"
    return name if user is None else f"{name} (uid {user})"


def allow(asker: ApiToken, scope: str) -> None:
    """Raise ProblemRaised (403) if the token's scopes do not include this one."""
    if not asker.scopes & {ALL, scope}:
        raise ProblemRaised(
            HTTPStatus.FORBIDDEN,
            "scope_missing",
            "the token {token} lacks the scope {scope}; its scopes: {scopes}",
            token=asker.name,
            scope=scope,
            scopes=", ".join(sorted(asker.scopes)),
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )


def _unknown(detail: str, error: str) -> ProblemRaised:
    challenge = {"WWW-Authenticate": f"Bearer{error}"}
    return ProblemRaised(HTTPStatus.UNAUTHORIZED, "token_unknown", "{why}", why=detail, headers=challenge)
