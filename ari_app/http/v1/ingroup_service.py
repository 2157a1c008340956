"""The service and the queues of in-groups as JSON."""

import time
from http import HTTPStatus

import msgspec
from msgspec import Struct

from ari_app.http.server import paging
from ari_app.http.server.api_request import ApiAnswer, ApiRequest, reply
from ari_app.http.server.bearer_tokens import asker_of
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.v1.live_state import JsonApi
from ari_app.link.call_control import CallProcessAway
from warmline.core.queue.queue_state import QueueState
from warmline.store.reports import ingroup_service

DAY = 86_400
LONGEST = 366 * DAY  # seconds; how far back a report may start
SECONDS = {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": DAY}


class QueueNow(Struct, frozen=True):
    """A queue now. `waiting` calls have no agent yet, and the longest wait is `longest_ms`.

    `agents` are logged in, and `ready` of them take a call at once. `estimate_ms` is the wait that the announcements
    would name to a caller who arrives now. It is 0 if an agent is free for the caller, and null if no wait is known.
    """

    waiting: int
    longest_ms: int
    agents: int
    ready: int
    estimate_ms: int | None


class IngroupNow(QueueNow, frozen=True):
    """An in-group and its queue now."""

    ingroup: str
    group_name: str
    active: bool


class IngroupServed(Struct, frozen=True):
    """How one in-group served the calls since then; docs/reference/queue-reports.md defines the figures.

    `now` is its queue at this moment; null while the call process does not answer, or for an in-group that is gone.
    """

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
    now: QueueNow | None = None


async def ingroups(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with every in-group, by name. Raises ProblemRaised (422), StoreError."""
    now = time.time_ns() // 1000
    since = now - _seconds(request) * 1_000_000
    limit, after = paging.limit(request, paging.ROWS, paging.ROWS), request.query.get("after", "")
    queues = await _queues(api)
    return ApiAnswer(await api.threads.report(asker_of(request), _found, api.db, now, since, limit, after, queues))


async def ingroup(api: JsonApi, request: ApiRequest) -> ApiAnswer:
    """Reply with one in-group and its queue now, without a look at the database.

    Raises ProblemRaised (404), CallProcessAway.
    """
    wanted = request.path_values["id"]
    known = api.board.world.rules.ingroups.get(wanted)
    if known is None:
        raise ProblemRaised(
            HTTPStatus.NOT_FOUND, "ingroup_not_found", "in-group {ingroup!r} does not exist", ingroup=wanted
        )
    [queue] = await api.board.queues([wanted])
    figures = msgspec.structs.asdict(_now(queue))
    return reply(IngroupNow(**figures, ingroup=wanted, group_name=known.group_name, active=known.active == "Y"))


async def _queues(api: JsonApi) -> dict[str, QueueState]:
    """Return the queue of each in-group; none while the call process does not answer."""
    try:
        found = await api.board.queues(list(api.board.world.rules.ingroups))
    except CallProcessAway:
        return {}
    return {queue.ingroup: queue for queue in found}


def _now(queue: QueueState) -> QueueNow:
    estimate = None if queue.estimate is None else queue.estimate // 1000
    return QueueNow(queue.waiting, queue.longest // 1000, queue.agents, queue.ready, estimate)


def _found(db: str, now: int, since: int, limit: int, after: str, queues: dict[str, QueueState]) -> bytes:
    """Return the rows as JSON. Raises StoreError."""
    found = [one for one in ingroup_service.services(db, now, since) if one.ingroup > after][:limit]
    return msgspec.json.encode([_served(one, queues.get(one.ingroup)) for one in found])


def _seconds(request: ApiRequest) -> int:
    """Return how many seconds back the report starts. Raises ProblemRaised (422)."""
    given = request.query.get("seconds", str(DAY))
    if given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= LONGEST:
        return int(given)
    raise _unusable("seconds", f"must be a number from 1 to {LONGEST}")


def _unusable(field: str, why: str) -> ProblemRaised:
    faults = (FieldFault(field, why),)
    return ProblemRaised(HTTPStatus.UNPROCESSABLE_ENTITY, "report_query_invalid", "invalid report query", errors=faults)


def _served(one: ingroup_service.IngroupService, queue: QueueState | None) -> IngroupServed:
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
        now=_now(queue) if queue else None,
    )
