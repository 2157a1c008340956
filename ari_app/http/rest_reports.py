"""How in-groups served, and who is to be called back, as JSON."""

import asyncio
import time
from http import HTTPStatus

from aiohttp import web
from msgspec import Struct

from warmline.ari_app.http.problems import Fault, Refusal
from warmline.ari_app.http.rest import Api, reply
from warmline.store import waits

DAY = 86_400
LONGEST = 366 * DAY  # how far back a report may look, in seconds
SECONDS = {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": DAY}


class IngroupServed(Struct, frozen=True):
    """How one in-group served the calls that came since then: docs/queue-reports.md says what is counted."""

    ingroup: str
    offered: int
    answered: int
    abandoned: int
    waiting: int
    statuses: dict[str, int]
    waited_ms: int
    average_ms: int
    longest_ms: int
    within_ms: int | None
    level: float | None
    callbacks: int


async def ingroups(api: Api, request: web.Request) -> web.Response:
    """Every in-group, in order of name. Raises Refusal (422), StoreError."""
    now = time.time_ns() // 1000
    since = now - _seconds(request) * 1_000_000
    found = await asyncio.to_thread(waits.services, api.db, now, since)
    return reply([_served(one) for one in found])


def _seconds(request: web.Request) -> int:
    """How far to look back. What is misspelt must not look like the default: no other parameter is taken."""
    for name in request.query:
        if name != "seconds":
            raise _unusable(name, "there is no such parameter")
    given = request.query.get("seconds", str(DAY))
    if given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= LONGEST:
        return int(given)
    raise _unusable("seconds", f"must be a number from 1 to {LONGEST}")


def _unusable(field: str, why: str) -> Refusal:
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "the report cannot be made so", (Fault(field, why),))


def _served(one: waits.Service) -> IngroupServed:
    return IngroupServed(
        ingroup=one.ingroup,
        offered=one.offered,
        answered=one.answered,
        abandoned=one.abandoned,
        waiting=one.waiting,
        statuses=one.statuses,
        waited_ms=one.waited // 1000,
        average_ms=one.average // 1000,
        longest_ms=one.longest // 1000,
        within_ms=None if one.within is None else one.within // 1000,
        level=one.level,
        callbacks=one.callbacks,
    )
