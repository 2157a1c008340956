"""/api/v1/events: the journal as server-sent events. A slow reader holds up nobody else."""

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

HEARTBEAT = 5.0  # seconds without a word, after which a reader is sent its place; one who has gone is noticed then
SLOW = 30.0  # seconds in which a reader must take what it was sent
RETRY = 2000  # milliseconds after which a browser connects again

log = logging.getLogger("warmline.api")


async def events(api: JsonApi, request: web.Request) -> web.StreamResponse:
    """Every event behind Last-Event-ID (or `after`), in order, and then each as it comes; else only new ones."""
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
    """The app stops: nobody waits for the readers."""
    for reader in app[API].streams:
        reader.cancel()


async def _end_gone(api: JsonApi) -> None:
    """Readers whose connection has gone lose their places at once."""
    open_ones = api.streams.items()
    gone = [reader for reader, request in open_ones if not request.transport or request.transport.is_closing()]
    for reader in gone:
        reader.cancel()
    if gone:
        await asyncio.wait(gone)


async def _tell(api: JsonApi, response: web.StreamResponse, place: EventId, wanted: Wanted) -> None:
    """Send what is behind a place until there is no more."""
    while found := await asyncio.to_thread(journal_feed.read, api.db, place):
        await _send(response, _text(found, wanted))
        place = found[-1].id


async def _follow(api: JsonApi, response: web.StreamResponse, place: EventId, wanted: Wanted) -> None:
    """Send what is behind a place, and then each event as it comes, until the reader goes."""
    async with api.feed.followed(wanted) as woken:
        while True:
            woken.clear()
            found = api.feed.after(place)
            if found is None:  # further back than what the feed keeps
                found = await asyncio.to_thread(journal_feed.read, api.db, place)
            if found:
                place = found[-1].id
                await _send(response, _text(found, wanted))
            elif not await _is_set(woken):
                place = max(place, api.feed.place or place)  # nothing up to there is wanted
                await _send(response, b"id: %b\n\n" % id_line(place))


async def _is_set(woken: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(HEARTBEAT):
            await woken.wait()
    except TimeoutError:
        pass
    return woken.is_set()


async def _send(response: web.StreamResponse, text: bytes) -> None:
    """Raises TimeoutError if the reader does not take it."""
    if text:
        await asyncio.wait_for(response.write(text), SLOW)


def _text(found: list[FeedEvent], wanted: Wanted) -> bytes:
    return b"".join(one.text for one in found if wanted(one))


def _filter(request: web.Request) -> Wanted:
    call, agent = request.query.get("call", ""), request.query.get("agent", "")
    return lambda event: call in ("", event.call) and agent in ("", event.agent)


async def _start(api: JsonApi, request: web.Request) -> EventId:
    """The place behind which the reader goes on. Raises Refusal (422)."""
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
