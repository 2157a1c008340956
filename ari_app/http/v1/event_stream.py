"""/api/v1/events: the journal as server-sent events. A slow reader delays no other reader."""

import asyncio
import logging
import sqlite3
from http import HTTPStatus

from aiohttp import web

from ari_app.http.server.bearer_tokens import ASKER
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.v1 import journal_feed
from ari_app.http.v1.journal_feed import FeedEvent, Wanted, id_line
from ari_app.http.v1.live_state import API, JsonApi
from warmline.store.database.database import StoreError
from warmline.store.events import event_id
from warmline.store.events import journal_events as journal
from warmline.store.events.event_id import EventId

HEARTBEAT = 5.0  # seconds without an event until a reader is sent its position, which also detects closed connections
SLOW = 30.0  # seconds that a reader has to receive what it was sent
RETRY = 2000  # milliseconds until a browser reconnects

log = logging.getLogger("warmline.api")


async def events(api: JsonApi, request: web.Request) -> web.StreamResponse:
    """Send every event after Last-Event-ID (or `after`) in order, then each new one; without either, only new ones."""
    place = await _start(api, request)
    follow = request.query.get("follow", "true") != "false"
    await _end_gone(api)
    with api.places.taken(request[ASKER]):
        return await _serve(api, request, place, follow)


async def _serve(api: JsonApi, request: web.Request, place: EventId, follow: bool) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    )
    reader = asyncio.current_task()
    assert reader
    api.streams[reader] = request
    try:
        await response.prepare(request)
        await _send(response, b"retry: %d\nid: %b\n\n" % (RETRY, id_line(place)))
        if follow:
            await _follow(api, response, place, _filter(request))
        else:
            await _tell(api, response, place, _filter(request))
    except (TimeoutError, ConnectionError):
        if request.transport:
            request.transport.abort()
    except (StoreError, sqlite3.Error) as error:
        log.warning("an event stream ends: %s", error)
    finally:
        del api.streams[reader]
    return response


async def end_all(app: web.Application) -> None:
    """Cancel all readers when the app stops."""
    for reader in app[API].streams:
        reader.cancel()


async def _end_gone(api: JsonApi) -> None:
    """Free the places of readers whose connection is closed."""
    open_ones = api.streams.items()
    gone = [reader for reader, request in open_ones if not request.transport or request.transport.is_closing()]
    for reader in gone:
        reader.cancel()
    if gone:
        await asyncio.wait(gone)


async def _tell(api: JsonApi, response: web.StreamResponse, place: EventId, wanted: Wanted) -> None:
    """Send the events after a position until there are no more."""
    while found := await asyncio.to_thread(journal_feed.read, api.db, place):
        await _send(response, _text(found, wanted))
        place = found[-1].id


async def _follow(api: JsonApi, response: web.StreamResponse, place: EventId, wanted: Wanted) -> None:
    """Send the events after a position, then each new event, until the reader disconnects."""
    async with api.feed.followed(wanted) as woken:
        while True:
            woken.clear()
            found = api.feed.after(place)
            if found is None:  # before the events that the feed keeps
                found = await asyncio.to_thread(journal_feed.read, api.db, place)
            if found:
                place = found[-1].id
                await _send(response, _text(found, wanted))
            elif not await _is_set(woken):
                place = max(place, api.feed.place or place)  # no wanted event up to this position
                await _send(response, b"id: %b\n\n" % id_line(place))


async def _is_set(woken: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(HEARTBEAT):
            await woken.wait()
    except TimeoutError:
        pass
    return woken.is_set()


async def _send(response: web.StreamResponse, text: bytes) -> None:
    """Send text, if any. Raises TimeoutError if the reader does not receive it in time."""
    if text:
        await asyncio.wait_for(response.write(text), SLOW)


def _text(found: list[FeedEvent], wanted: Wanted) -> bytes:
    return b"".join(one.text for one in found if wanted(one))


def _filter(request: web.Request) -> Wanted:
    call, agent = request.query.get("call", ""), request.query.get("agent", "")
    return lambda event: call in ("", event.call) and agent in ("", event.agent)


async def _start(api: JsonApi, request: web.Request) -> EventId:
    """Return the position after which the reader continues. Raises ProblemRaised (422)."""
    last = await asyncio.to_thread(journal.last, api.db)
    for name, given in (("Last-Event-ID", request.headers.get("Last-Event-ID")), ("after", request.query.get("after"))):
        if given is None:
            continue
        place = event_id.read(given)
        if place and place.row <= last.row:
            return min(place, last)
        why = f"must be an event's id, such as {last}, or a row's number from 0 to {last.row}, the journal's last"
        raise ProblemRaised(
            HTTPStatus.UNPROCESSABLE_ENTITY, "event_id_unknown", "unknown event id", errors=(FieldFault(name, why),)
        )
    return last
