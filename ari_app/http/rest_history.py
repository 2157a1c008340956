"""The calls of an agent or of a number, as JSON."""

import asyncio
import time
from http import HTTPStatus

from aiohttp import web
from msgspec import Struct

from warmline.ari_app.http.problems import Fault, Refusal
from warmline.ari_app.http.rest import Api, reply
from warmline.ari_app.http.rest_out import Time, iso
from warmline.store import history

MOST, USUAL = 1000, 20
LIMIT = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}


class HistoryCall(Struct, frozen=True):
    """One call of an agent, or of a number. `direction` is in or out; `outcome` is answered, missed, failed or live.

    `number` is the other side's, as it can be dialled again; `length_ms` is how long the agent had the call.
    """

    call: str
    direction: str
    number: str
    agent: str
    ingroup: str
    at: Time
    length_ms: int
    outcome: str
    status: str


async def calls(api: Api, request: web.Request) -> web.Response:
    """The last calls, of `agent` or `number` or both, the newest first. Raises Refusal (422), StoreError."""
    for name in request.query:
        if name not in ("agent", "number", "limit"):
            raise _unusable(name, "there is no such parameter")
    agent, number = request.query.get("agent", ""), request.query.get("number", "")
    limit = _limit(request.query.get("limit", str(USUAL)))
    return reply([_told(one) for one in await asyncio.to_thread(_find, api.db, agent, number, limit)])


def _find(db: str, agent: str, number: str, limit: int) -> list[history.Past]:
    now = time.time_ns() // 1000
    if agent:
        return history.of_agent(db, agent, now, limit, number)
    return history.of_number(db, number, now, limit) if number else history.of_everybody(db, now, limit)


def _limit(given: str) -> int:
    if given.isascii() and given.isdigit() and len(given) < 6 and 1 <= int(given) <= MOST:
        return int(given)
    raise _unusable("limit", f"must be a number from 1 to {MOST}")


def _unusable(field: str, why: str) -> Refusal:
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "the history cannot be asked so", (Fault(field, why),))


def _told(one: history.Past) -> HistoryCall:
    return HistoryCall(
        call=one.call,
        direction=one.direction,
        number=one.number,
        agent=one.agent,
        ingroup=one.ingroup,
        at=iso(one.at),
        length_ms=one.length // 1000,
        outcome=one.outcome,
        status=one.status,
    )
