"""Who asks, and whether he may: bearer tokens and their scopes."""

import asyncio
import hmac
import re
from http import HTTPStatus

from aiohttp import web

from warmline.ari_app.http.problems import Refusal
from warmline.store import tokens
from warmline.store.tokens import ApiToken

ALL = "ALL"
LOCAL = ApiToken("local", frozenset({ALL}))  # whoever can read the token in the run folder
FORM = re.compile(r"[A-Za-z0-9_-]{43}")


async def bearer(request: web.Request, local: str, db: str) -> ApiToken:
    """Whose token came with the request. Raises Refusal (401), StoreError, sqlite3.Error."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise _unknown("a bearer token is wanted; make one with: warmline api-token create NAME scopes=…", "")
    if hmac.compare_digest(token.encode("utf-8", "surrogateescape"), local.encode()):
        return LOCAL
    found = await asyncio.to_thread(tokens.find, db, token) if FORM.fullmatch(token) else None
    if found is None:
        raise _unknown("nobody has this token", ' error="invalid_token"')
    return found


def allow(asker: ApiToken, scope: str) -> None:
    """Raises Refusal (403) if the asker's scopes do not hold this one."""
    if not asker.scopes & {ALL, scope}:
        raise Refusal(
            HTTPStatus.FORBIDDEN,
            f"the token {asker.name} lacks the scope {scope}; it has {', '.join(sorted(asker.scopes))}",
            headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'},
        )


def _unknown(detail: str, error: str) -> Refusal:
    return Refusal(HTTPStatus.UNAUTHORIZED, detail, headers={"WWW-Authenticate": f"Bearer{error}"})
