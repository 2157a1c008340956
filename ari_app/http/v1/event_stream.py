"""/api/v1/events: the journal as server-sent events, in order and without a gap."""

import asyncio
import time
from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from ari_app.http.server.api_request import ApiRequest, EventStream, Send
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.streams import sse_response
from ari_app.http.v1 import bounds
from ari_app.http.v1.live_state import JsonApi
from ari_app.live import event_feed
from ari_app.live.event_feed import EventFilter, FeedEvent, id_line
from ari_app.live.topic_readers import Woken
from warmline.access.visible_agents import VisibleAgents
from warmline.store.events import event_id
from warmline.store.events import journal_events as journal
from warmline.store.events.event_id import EventId

pause = asyncio.sleep  # after a full piece of the journal
REST_FACTOR = 4.0  # how much longer than reading the piece took

Shown = Callable[[FeedEvent], bool]
"""Returns whether a reader gets an event."""


async def events(api: JsonApi, request: ApiRequest) -> EventStream:
    """Send every event after Last-Event-ID (or `after`) in order, then each new one; without either, only new ones."""
    wanted = EventFilter(request.query.get("call", ""), request.query.get("agent", ""))
    follow = request.query.get("follow", "true") != "false"
    place, shown = await _start(api, request), partial(_is_shown, api, wanted, request.visible)

    async def tell(send: Send) -> None:
        with api.hub.awake(), api.hub.events.followed(wanted) as woken:
            api.hub.events.begin(await _last(api))
            await send(b"id: %b\n\n" % id_line(place))
            if follow:
                await _follow(api, send, place, shown, woken)
            else:
                await _send_stored(api, send, place, shown)

    return EventStream(tell)


async def _send_stored(api: JsonApi, send: Send, place: EventId, shown: Shown) -> None:
    """Send the events after a position until there are no more."""
    while found := await _read(api, place):
        await send(_text(found, shown))
        place = found[-1].id


async def _follow(api: JsonApi, send: Send, place: EventId, shown: Shown, woken: Woken) -> None:
    """Send the events after a position, then each new event, until the reader disconnects."""
    feed = api.hub.events
    while True:
        woken.clear()
        found = feed.after(place)
        if found is None:  # before the events that the feed keeps
            found = await _read(api, place)
        if found:
            place = found[-1].id
            await send(_text(found, shown))
            await asyncio.sleep(sse_response.PACE)
        elif not await sse_response.is_woken(woken):
            place = max(place, feed.place or place)  # no wanted event up to this position
            await send(b"id: %b\n\n" % id_line(place))


async def _read(api: JsonApi, place: EventId) -> list[FeedEvent]:
    """Read the next events from the database. Raises StoreError, sqlite3.Error.

    A reader that is far behind reads in short pieces with pauses: commands of other clients go in between.
    """
    async with api.reading:
        begun = time.monotonic()
        found = await asyncio.to_thread(event_feed.read, api.db, place)
        if found and found[-1].id.row - place.row >= event_feed.BATCH:
            await pause(REST_FACTOR * (time.monotonic() - begun))
    return found


def _text(found: list[FeedEvent], shown: Shown) -> bytes:
    return b"".join(one.text for one in found if shown(one))


def _is_shown(api: JsonApi, wanted: EventFilter, visible: VisibleAgents | None, event: FeedEvent) -> bool:
    """Return whether a reader gets an event. One without an agent belongs to those of its call, while that is live."""
    if visible is None or not wanted.wants(event):
        return wanted.wants(event)
    live = None if event.agent else api.board.world.calls.get(event.call)
    return bounds.sees_call(visible, live) if live else visible.include(event.agent)


async def _last(api: JsonApi) -> EventId:
    """Return the position of the newest event, which is read from the database while there is no other reader."""
    if api.hub.events.place is not None:
        return api.hub.events.place
    async with api.reading:
        return await asyncio.to_thread(journal.last, api.db)


async def _start(api: JsonApi, request: ApiRequest) -> EventId:
    """Return the position after which the reader continues. Raises ProblemRaised (422)."""
    last = await _last(api)
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
