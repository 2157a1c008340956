"""/agc/api.php: one request from its bytes to its page."""

import logging
import sqlite3
import time

from aiohttp import web

from warmline.ari_app.http.agc import envelope, parameters
from warmline.ari_app.http.agc.answers import Answer, Plan, error, outcome, page
from warmline.ari_app.http.agc.fields import Fields, filtered
from warmline.ari_app.http.auth import ApiUsers
from warmline.ari_app.http.board import Board
from warmline.store.database import StoreError

log = logging.getLogger("warmline.api")

_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-cache, must-revalidate",
    "Pragma": "no-cache",
}


async def serve(board: Board, users: ApiUsers, request: web.Request) -> web.Response:
    """Answer one call of the agent API. The status is 200 whatever the answer says, 418 for the teapots."""
    started = time.monotonic()
    fields = filtered(await _parameters(request))
    answer = await _answer(board, users, fields, request.remote or "")
    took = time.monotonic() - started
    _log(fields, answer, took)
    return web.Response(text=page(answer, fields, took), status=answer.status, headers=_HEADERS)


async def _parameters(request: web.Request) -> dict[str, str]:
    try:
        body = await request.read() if request.method == "POST" else b""
    except web.RequestPayloadError:
        raise web.HTTPBadRequest(text="the form could not be read\n") from None
    content_type = request.headers.get("Content-Type", "")
    return parameters.read(request.rel_url.raw_query_string, content_type, body)


async def _answer(board: Board, users: ApiUsers, fields: Fields, address: str) -> Answer:
    if answer := envelope.before_login(fields, _now()):
        return answer
    try:
        login = await users.check(fields["user"], fields["pass"], address)
    except (StoreError, sqlite3.Error) as problem:
        log.error("the API users cannot be read: %s", problem)
        return error(f"API users cannot be read - {fields['user']}", bare=True)
    if refused := envelope.login_refused(fields, login):
        return refused
    assert login.user is not None
    planned = envelope.plan(fields, login.user, board.world, _now())
    return planned if isinstance(planned, Answer) else await _ask(board, planned, fields)


async def _ask(board: Board, plan: Plan, fields: Fields) -> Answer:
    try:
        told = await board.ask(plan.command, by=fields["user"], source=fields["source"])
        return outcome(plan, told.why)
    except TimeoutError:
        return outcome(plan, "timed out")


def _now() -> int:
    return time.time_ns() // 1000


def _log(fields: Fields, answer: Answer, seconds: float) -> None:
    log.info(
        "%s by %s for %s value %s: %s (%d ms)",
        fields["function"][:40],
        fields["user"][:40],
        (fields["agent_user"] or fields["alt_user"])[:40],
        fields["value"][:255],
        answer.text.strip().replace("\n", " / ")[:255],
        seconds * 1000,
    )
