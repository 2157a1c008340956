"""What a request means by a callback: one that there is, or one that is promised."""

import time
from zoneinfo import ZoneInfo

from ari_app.http.server.problems import invalid_request, not_found
from ari_app.http.v1 import request_bodies
from ari_app.http.v1.live_state import JsonApi
from warmline.core.model.callback import USERONLY, Callback
from warmline.store.database.errors import NotFound
from warmline.store.leads import callbacks
from warmline.text.written_time import ahead


async def of(api: JsonApi, body: request_bodies.Body, user: str) -> Callback | None:
    """The callback that a disposition promises, or that is to be done by a dial. Raises Refusal (404, 422)."""
    if isinstance(body, request_bodies.DispositionBody) and body.callback:
        return promised(api, body.callback, user)
    if isinstance(body, request_bodies.DialCustomerBody) and body.callback:
        return await find(api, body.callback)
    return None


async def find(api: JsonApi, wanted: str) -> Callback:
    """The callback of that id as it stands now. Raises Refusal (404), StoreError."""
    try:
        return await api.threads.look_up(callbacks.find, api.db, wanted, time.time_ns() // 1000)
    except NotFound as missing:
        raise not_found(missing) from None


def promised(api: JsonApi, body: request_bodies.CallbackPromiseBody, agent: str) -> Callback:
    """What a disposition promises; the core knows the rest. Raises Refusal (422)."""
    whose = agent if body.whose == USERONLY else ""
    return Callback(id="", call="", number="", agent=whose, at=moment(api, body.at), comments=body.comments)


def moment(api: JsonApi, text: str) -> int:
    """When that is, on the clock of the setting's time zone if it does not say. Raises Refusal (422)."""
    try:
        return ahead(text, ZoneInfo(api.board.world.rules.timezone), time.time_ns() // 1000)
    except ValueError as error:
        raise invalid_request("at", str(error)) from None
