"""/api/v1/events: the journal as server-sent events, in order and without a gap."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus

from ari_app.http.server.api_request import ApiRequest, EventStream, Send
from ari_app.http.server.problems import FieldFault, ProblemRaised
from ari_app.http.streams import sse_response
from ari_app.http.v1 import agent_bounds
from ari_app.http.v1.live_state import JsonApi
from ari_app.live import event_feed
from ari_app.live.event_feed import EventFilter, FeedEvent, id_line
from ari_app.live.topic_readers import Woken
from warmline.access.visible_agents import VisibleAgents
from warmline.store.calls import call_owners
from warmline.store.events import event_id
from warmline.store.events import journal_events as journal
from warmline.store.events.event_id import WHOLE_ROW, EventId

pause = asyncio.sleep  # after a full piece of the journal
REST_FACTOR = 4.0  # how much longer than reading the piece took

Text = Callable[[list[FeedEvent]], Awaitable[bytes]]
"""Returns the events of a piece of the journal that a reader gets, as lines of the stream."""


async def events(api: JsonApi, request: ApiRequest) -> EventStream:
    """Send every event after Last-Event-ID (or `after`) in order, then each new one; without either, only new ones."""
    wanted = EventFilter(request.query.get("call", ""), request.query.get("agent", ""))
    follow = request.query.get("follow", "true") != "false"
    place, text = await _start(api, request), partial(_text, api, wanted, request.visible)

    async def tell(send: Send) -> None:
        with api.hub.awake(), api.hub.events.followed(wanted) as woken:
            api.hub.events.begin(await _last(api))
            await send(b"id: %b\n\n" % id_line(place))
            if follow:
                await _follow(api, send, place, text, woken)
            else:
                await _send_stored(api, send, place, text)

    return EventStream(tell)


async def _send_stored(api: JsonApi, send: Send, place: EventId, text: Text) -> None:
    """Send the events after a position until there are no more."""
    while found := await _read(api, place):
        await send(await text(found))
        place = found[-1].id


async def _follow(api: JsonApi, send: Send, place: EventId, text: Text, woken: Woken) -> None:
    """Send the events after a position, then each new event, until the reader disconnects."""
    feed = api.hub.events
    while True:
        woken.clear()
        found = feed.after(place)
        if found is None:  # before the events that the feed keeps
            found = await _read(api, place)
        if found:
            place = found[-1].id
            await send(await text(found))
            await asyncio.sleep(sse_response.PACE)
        elif not await sse_response.is_woken(woken):
            place = max(place, feed.place or place)  # no wanted event up to this position
            await send(b"id: %b\n\n" % id_line(place))


async def _read(api: JsonApi, place: EventId) -> list[FeedEvent]:
    """Read the next events from the database. Raises StoreError.

    A reader that is far behind reads in short pieces with pauses: commands of other clients go in between.
    """
    async with api.reading:
        begun = time.monotonic()
        found = await asyncio.to_thread(event_feed.read, api.db, place)
        if found and found[-1].id.row - place.row >= event_feed.BATCH:
            await pause(REST_FACTOR * (time.monotonic() - begun))
    return found


async def _text(api: JsonApi, wanted: EventFilter, visible: VisibleAgents | None, found: list[FeedEvent]) -> bytes:
    """Return the wanted events that a reader may see. Raises StoreError."""
    found = [one for one in found if wanted.wants(one)]
    if visible is None:
        return b"".join(one.text for one in found)
    seen = await _visible_calls(api, visible, {one.call for one in found if one.call and not one.agent})
    return b"".join(
        one.text for one in found if (one.call in seen if one.call and not one.agent else _sees(visible, one))
    )


def _sees(visible: VisibleAgents, one: FeedEvent) -> bool:
    """Return whether a reader may see an event of an agent, or of neither an agent nor a call.

    A command to no agent is one to a dialler, and does not name its campaign: bound readers do not get it.
    """
    if one.is_command and not one.agent and visible.campaigns:
        return False
    return visible.include(one.agent, campaign=one.campaign)


async def _visible_calls(api: JsonApi, visible: VisibleAgents, calls: set[str]) -> set[str]:
    """Return which of these calls a reader may see: live ones as now, others by their last agent."""
    world = api.board.world
    live = calls & world.calls.keys()
    seen = {one for one in live if agent_bounds.sees_call(visible, world.calls[one])}
    if ended := calls - live:
        async with api.reading:
            owners = await asyncio.to_thread(call_owners.owners, api.db, ended)
        seen |= {
            call for call, one in owners.items() if visible.include(one.last_agent, one.direct, campaign=one.campaign)
        }
    return seen


async def _last(api: JsonApi) -> EventId:
    """Return the position of the newest event that the live state can know.

    The database can be ahead of the live state for a moment. A reader that begins now also reads the live state, and
    gets what this does not have yet as events.
    """
    if api.hub.events.place is not None:
        return api.hub.events.place
    newest, told = await _newest(api), api.hub.told_row
    return min(newest, EventId(told, WHOLE_ROW)) if told else newest


async def _newest(api: JsonApi) -> EventId:
    """Return the position of the newest event in the database."""
    async with api.reading:
        return await asyncio.to_thread(journal.last, api.db)


async def _start(api: JsonApi, request: ApiRequest) -> EventId:
    """Return the position after which the reader continues. Raises ProblemRaised (422)."""
    last = await _last(api)
    for name, given in (("Last-Event-ID", request.headers.get("Last-Event-ID")), ("after", request.query.get("after"))):
        if given is None:
            continue
        place = event_id.read(given)
        if place and place.row > last.row:
            last = await _newest(api)
        if place and place.row <= last.row:
            return min(place, last)
        why = f"must be an event's id, such as {last}, or a row's number from 0 to {last.row}, the journal's last"
        raise ProblemRaised(
            HTTPStatus.UNPROCESSABLE_ENTITY, "event_id_unknown", "unknown event id", errors=(FieldFault(name, why),)
        )
    return last
