"""/api/v1/events: the journal as server-sent events. A reader who is slow keeps only himself waiting."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable
from http import HTTPStatus

import msgspec
from aiohttp import web

from warmline.ari_app.http import rest_out
from warmline.ari_app.http.problems import Fault, Refusal
from warmline.ari_app.http.rest import API, Api
from warmline.ari_app.http.rest_commands import ASKER
from warmline.store import events as journal
from warmline.store.database import StoreError
from warmline.store.events import JournalEvent

BATCH = 200  # rows read at once
PACE = 0.02  # seconds between two reads of one reader: a burst is read together
HEARTBEAT = 15.0  # seconds without an event
SLOW = 30.0  # seconds in which a reader must take what he was sent
LONGEST = 19  # digits of a journal's number
RETRY = 2000  # milliseconds after which a browser connects again

log = logging.getLogger("warmline.api")

Wanted = Callable[[JournalEvent], bool]


async def events(api: Api, request: web.Request) -> web.StreamResponse:
    """Every event behind Last-Event-ID (or `after`), in order, and then each as it comes; else only new ones."""
    seq = await _start(api, request)
    follow = request.query.get("follow", "true") != "false"
    with api.places.taken(request[ASKER]):
        return await _serve(api, request, seq, follow)


async def _serve(api: Api, request: web.Request, seq: int, follow: bool) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    )
    reader = asyncio.current_task()
    assert reader
    api.streams.add(reader)
    try:
        await response.prepare(request)
        await _send(response, f"retry: {RETRY}\nid: {seq}\n\n")
        await _tell(api, response, seq, _filter(request), follow)
    except (TimeoutError, ConnectionError):
        if request.transport:
            request.transport.abort()
    except (StoreError, sqlite3.Error) as error:
        log.warning("an event stream ends: %s", error)
    finally:
        api.streams.discard(reader)
    return response


async def end_all(app: web.Application) -> None:
    """The app stops: nobody waits for those who listen."""
    for reader in app[API].streams:
        reader.cancel()


async def _tell(api: Api, response: web.StreamResponse, seq: int, wanted: Wanted, follow: bool) -> None:
    """Send what is behind `seq` until the reader goes; without `follow` until there is no more."""
    while True:
        ring = api.board.committed.next_ring()  # taken first: what is committed from here on rings it
        rows = await asyncio.to_thread(journal.after, api.db, seq, BATCH)
        if rows:
            seq = rows[-1].seq
            await _send(response, _text(rows, wanted))
        if len(rows) < BATCH and not follow:
            return
        if len(rows) < BATCH and not await _rings(ring):
            await _send(response, f"id: {seq}\n\n")  # nothing has come; whoever resumes need not look before this
        await asyncio.sleep(PACE)


async def _rings(ring: asyncio.Event) -> bool:
    try:
        await asyncio.wait_for(ring.wait(), HEARTBEAT)
    except TimeoutError:
        return False
    return True


async def _send(response: web.StreamResponse, text: str) -> None:
    """Raises TimeoutError if the reader does not take it."""
    if text:
        await asyncio.wait_for(response.write(text.encode()), SLOW)


def _text(rows: Iterable[JournalEvent], wanted: Wanted) -> str:
    """The events as lines of an event stream."""
    shown = (rest_out.event(row) for row in rows if wanted(row))
    return "".join(f"id: {one.seq}\nevent: {one.kind}\ndata: {msgspec.json.encode(one).decode()}\n\n" for one in shown)


def _filter(request: web.Request) -> Wanted:
    call, agent = request.query.get("call", ""), request.query.get("agent", "")
    return lambda row: call in ("", row.call) and agent in ("", row.agent)


async def _start(api: Api, request: web.Request) -> int:
    """The number of the last event that the reader has. Raises Refusal (422)."""
    last = await asyncio.to_thread(journal.last, api.db)
    for name, given in (("Last-Event-ID", request.headers.get("Last-Event-ID")), ("after", request.query.get("after"))):
        if given is None:
            continue
        if given.isascii() and given.isdigit() and len(given) < LONGEST and int(given) <= last:
            return int(given)
        why = f"must be a number from 0 to {last}, the journal's last"
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "there is no such event", (Fault(name, why),))
    return last
