"""Finds the callback of a request: an existing one, or a new one that a disposition promises."""

import time
from zoneinfo import ZoneInfo

from ari_app.http.server.problems import invalid_request, not_found
from ari_app.http.v1.bodies import request_bodies
from ari_app.http.v1.live_state import JsonApi
from warmline.core.messages.values.callback import USERONLY, Callback
from warmline.store.database.errors import NotFound
from warmline.store.leads import callbacks
from warmline.text.written_time import ahead


async def of(api: JsonApi, body: request_bodies.Body, user: str) -> Callback | None:
    """Return the callback that a disposition promises, or that a dial performs. Raises ProblemRaised (404, 422)."""
    if isinstance(body, request_bodies.DispositionBody) and body.callback:
        return promised(api, body.callback, user)
    if isinstance(body, request_bodies.DialCustomerBody) and body.callback:
        return await find(api, body.callback)
    return None


async def find(api: JsonApi, wanted: str) -> Callback:
    """Return the current callback of that id. Raises ProblemRaised (404), StoreError."""
    try:
        return await api.threads.look_up(callbacks.find, api.db, wanted, time.time_ns() // 1000)
    except NotFound as missing:
        raise not_found(missing) from None


def promised(api: JsonApi, body: request_bodies.CallbackPromiseBody, agent: str) -> Callback:
    """Return the callback that a disposition promises; the core adds the rest. Raises ProblemRaised (422)."""
    whose = agent if body.whose == USERONLY else ""
    return Callback(id="", call="", number="", agent=whose, at=moment(api, body.at), comments=body.comments)


def moment(api: JsonApi, text: str) -> int:
    """Return the time of a text, by default in the setting timezone. Raises ProblemRaised (422)."""
    try:
        return ahead(text, ZoneInfo(api.board.world.rules.timezone), time.time_ns() // 1000)
    except ValueError as error:
        raise invalid_request("at", str(error)) from None
