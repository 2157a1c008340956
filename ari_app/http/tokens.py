"""Who asks, and whether he may: bearer tokens, how often each comes, and their scopes."""

import asyncio
import hmac
import re
from http import HTTPStatus
from math import ceil

from aiohttp import web

from warmline.ari_app.http.problems import Refusal
from warmline.ari_app.http.rate import Rate
from warmline.store import tokens
from warmline.store.passwords import hashed_token
from warmline.store.tokens import ApiToken

ALL = "ALL"
LOCAL = ApiToken("local", frozenset({ALL}))  # whoever can read the token in the run folder
OF_ADDRESS = 5  # times api_rate: requests a second of one address, whoever asks
FORM = re.compile(r"[A-Za-z0-9_-]{43}")
WANTED = "a bearer token is wanted; make one with: warmline api-token create NAME scopes=…"


class Askers:
    """Those who ask the JSON API, with a token of the database at `db` or this machine's own, which may always ask."""

    def __init__(self, local: str, db: str, rate: Rate, by_address: Rate) -> None:
        self.rate = rate
        self._by_address = by_address
        self._local = local.encode()
        self._db = db
        self._names: dict[str, str] = {}  # whose a token was when it was last read, by its hash

    async def of(self, request: web.Request) -> ApiToken:
        """Whose token came with the request, unless he asks too often.

        Whose token was never good counts, before the store is read, with those nobody knows. Raises Refusal
        (401, 429), StoreError, sqlite3.Error.
        """
        token, address = _bearer(request), request.remote or ""
        if self._is_local(token):
            return LOCAL
        seen = hashed_token(token) if FORM.fullmatch(token) else ""
        name = self._names.get(seen, "")
        self._count(name, address)
        found = await asyncio.to_thread(tokens.find, self._db, token) if seen else None
        if found is None:
            self._names.pop(seen, None)
            raise _unknown("nobody has this token", ' error="invalid_token"') if token else _unknown(WANTED, "")
        self._names[seen] = found.name
        if not name:
            self._count(found.name, address)
        return found

    def admit(self, address: str, token: str) -> float:
        """Count a request before it is parsed. Seconds until one may come from this address; 0: now.

        A token that is known is counted by its own name later, and this machine's own is not counted.
        """
        known = token and (self._is_local(token) or hashed_token(token) in self._names)
        return 0.0 if known else self._by_address.wait("", address)

    def _is_local(self, token: str) -> bool:
        return hmac.compare_digest(token.encode("utf-8", "surrogateescape"), self._local)

    def _count(self, name: str, address: str) -> None:
        if wait := self.rate.wait(name, address):
            detail = "too many requests (setting api_rate)"
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(ceil(wait))})


ASKERS = web.AppKey("askers", Askers)


def allow(asker: ApiToken, scope: str) -> None:
    """Raises Refusal (403) if the asker's scopes do not hold this one."""
    if not asker.scopes & {ALL, scope}:
        raise Refusal(
            HTTPStatus.FORBIDDEN,
            f"the token {asker.name} lacks the scope {scope}; it has {', '.join(sorted(asker.scopes))}",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )


def _bearer(request: web.Request) -> str:
    """The token, or ""."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _unknown(detail: str, error: str) -> Refusal:
    return Refusal(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": f"Bearer{error}"})
