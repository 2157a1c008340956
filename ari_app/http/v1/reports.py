"""The service of in-groups as JSON."""

import time
from http import HTTPStatus

import msgspec
from msgspec import Struct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.v1.live_state import JsonApi
from warmline.store.reports import waits

DAY = 86_400
LONGEST = 366 * DAY  # seconds; how far back a report may start
SECONDS = {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": DAY}


class IngroupServed(Struct, frozen=True):
    """How one in-group served the calls since then; docs/reference/queue-reports.md defines the figures."""

    ingroup: str
    group_name: str
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


async def ingroups(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with every in-group, by name. Raises ProblemRaised (422), StoreError."""
    now = time.time_ns() // 1000
    since = now - _seconds(request) * 1_000_000
    limit, after = paging.limit(request, paging.ROWS, paging.ROWS), request.query.get("after", "")
    return ApiAnswer(await api.threads.report(asker_of(request), _found, api.db, now, since, limit, after))


def _found(db: str, now: int, since: int, limit: int, after: str) -> bytes:
    """Return the rows as JSON. Raises StoreError."""
    found = [one for one in waits.services(db, now, since) if one.ingroup > after][:limit]
    return msgspec.json.encode([_served(one) for one in found])


def _seconds(request: ApiRequest) -> int:
    """Return how many seconds back the report starts. Raises ProblemRaised (422)."""
    given = request.query.get("seconds", str(DAY))
    if given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= LONGEST:
        return int(given)
    raise _unusable("seconds", f"must be a number from 1 to {LONGEST}")


def _unusable(field: str, why: str) -> ProblemRaised:
    faults = (FieldFault(field, why),)
    return ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, "report_query_invalid", "invalid report query", errors=faults)


def _served(one: waits.IngroupService) -> IngroupServed:
    return IngroupServed(
        ingroup=one.ingroup,
        group_name=one.group_name,
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
