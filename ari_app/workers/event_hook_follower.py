"""Tells one event hook the events of the journal: in order, each at least once, from its stored place on.

A failed attempt stops this hook alone, until its next attempt. Bodies are made just before they are sent, so an erased
person is in none of them.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from ari_app.workers import webhook_connections
from ari_app.workers.event_hook_sender import HookAnswer, HookRequest, post, request
from warmline.options.event_hook_options import ALL_EVENTS
from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.event_hooks import event_facts, event_hook_retries, hook_work
from warmline.store.event_hooks.hook_states import HookDelivery
from warmline.store.event_hooks.hook_work import EventHook, HookPlace
from warmline.store.events import journal_events
from warmline.store.events.journal_events import JournalEvent

log = logging.getLogger("warmline.event_hooks")

ROWS = 200  # of the journal in one read
BATCH = 50  # events whose facts are read at once
STORED = 1.0  # seconds of sending after which the place is written: their events are repeated after a kill
IDLE = 10.0  # seconds without a wanted event after which the place is written
RETRY = 5.0  # seconds between two attempts to read or write
SECOND = 1_000_000  # microseconds
GONE = 410

Done = TypeVar("Done")
Send = Callable[[HookRequest], Awaitable[HookAnswer]]
Read = Callable[[], dict[str, str]]
"""Returns the secrets that addresses may name."""


class EventHookFollower:
    """Tells a hook its events. `woken` is set when new rows exist; the follower clears it."""

    def __init__(self, path: str, hook: EventHook, secrets: Read) -> None:
        self._path, self.hook, self._secrets = path, hook, secrets
        self.woken = asyncio.Event()
        self._stored_row, self._stored = 0, time.monotonic()
        self._tried: list[HookDelivery] = []  # since the place was written

    async def run(self) -> None:
        """Tell the hook without end; return when it is inactive, stopped or deleted. A restart goes on from there."""
        place = await self._until_done(lambda: asyncio.to_thread(hook_work.place_of, self._path, self.hook.name))
        if place is None:
            return
        self._stored_row = place.id.row
        async with webhook_connections.opened(lambda: self.hook.hosts, kept=True) as session:
            rests = webhook_connections.AnswerRests()

            async def send(wanted: HookRequest) -> HookAnswer:
                return await post(session, self.hook, wanted, self._secrets(), rests)

            while place is not None and place.stopped is None:
                place = await self._step(place, send)

    async def _step(self, place: HookPlace, send: Send) -> HookPlace | None:
        """Wait for events or the next attempt, and tell the next page. Return the new place; None if all is over."""
        await asyncio.sleep(event_hook_retries.rest(place, _now()))
        self.woken.clear()
        page = await self._until_done(lambda: asyncio.to_thread(journal_events.after, self._path, place.id, ROWS))
        if not page:
            await self._rest(place)
            return place
        wanted = [one for one in page if self._is_wanted(one)]
        for begin in range(0, len(wanted), BATCH):
            batch = wanted[begin : begin + BATCH]
            told = await self._tell(place, batch, send)
            if told is None or told.id != batch[-1].id:
                return told
            place = told
        place = place._replace(id=page[-1].id)
        if self._is_due():
            await self._store(place)
        return place

    async def _rest(self, place: HookPlace) -> None:
        """Wait for new rows, and write the place if there are none for a while."""
        is_stored = place.id.row == self._stored_row and not self._tried
        with suppress(TimeoutError):
            await asyncio.wait_for(self.woken.wait(), None if is_stored else self._pause())
            return
        await self._store(place)

    def _is_due(self) -> bool:
        return time.monotonic() - self._stored >= self._pause()

    def _pause(self) -> float:
        return STORED if self._tried else IDLE

    async def _tell(self, place: HookPlace, events: Sequence[JournalEvent], send: Send) -> HookPlace | None:
        """Send events until one fails or the place is written. Return it; None if the receiver ended the hook."""
        facts = await self._until_done(lambda: asyncio.to_thread(event_facts.of, self._path, events))
        for one, beside in zip(events, facts, strict=True):
            if self._is_bound_out(beside):
                place = place._replace(id=one.id)
                continue
            wanted = request(self.hook.name, one, beside)
            await self._until_done(lambda: asyncio.to_thread(leader_epoch.must_lead, self._path))
            answer = await send(wanted)
            self._tried.append(HookDelivery(wanted.delivery, wanted.type, _now(), answer.status, answer.why))
            place = self._failed(place, answer) if answer.why else HookPlace(one.id)
            if answer.why or self._is_due():
                await self._store(place)
                if answer.status == GONE:
                    await self._switch_off()
                    return None
                return place  # the facts of the rest may be old by now
        return place

    def _is_wanted(self, one: JournalEvent) -> bool:
        return not self.hook.events.isdisjoint((ALL_EVENTS, one.type))

    def _is_bound_out(self, facts: event_facts.EventFacts) -> bool:
        bounds = ((self.hook.campaigns, facts.campaign), (self.hook.ingroups, facts.ingroup))
        return any(allowed and name not in allowed for allowed, name in bounds)

    def _failed(self, place: HookPlace, answer: HookAnswer) -> HookPlace:
        """Return the place after one more failed attempt for the next event."""
        failed = event_hook_retries.failed(place, now := _now())
        if failed.stopped is not None:
            log.error(
                "event hook %s stopped, after %d failed attempts: %s; to let it go on: warmline event-hook test %s",
                self.hook.name,
                failed.tries,
                answer.why,
                self.hook.name,
            )
        else:
            rest = ((failed.due or now) - now) // SECOND
            log.warning(
                "event hook %s: %s; attempt %d follows in %d s", self.hook.name, answer.why, failed.tries + 1, rest
            )
        return failed

    async def _store(self, place: HookPlace) -> None:
        """Write the place, and the attempts since the last time. Nothing more is sent before."""
        tried = self._tried
        await self._until_done(lambda: asyncio.to_thread(hook_work.store, self._path, self.hook.name, place, tried))
        self._tried = []
        self._stored_row, self._stored = place.id.row, time.monotonic()

    async def _switch_off(self) -> None:
        log.warning("event hook %s is inactive now: its receiver answered 410 Gone", self.hook.name)

        async def switch() -> None:
            try:
                await asyncio.to_thread(hook_work.switch_off, self._path, self.hook.name)
            except NotFound:
                return

        await self._until_done(switch)

    async def _until_done(self, work: Callable[[], Awaitable[Done]]) -> Done:
        """Read or write; repeat it until the database can be used."""
        while True:
            try:
                return await work()
            except StoreError as error:
                log.warning("event hook %s waits for the database: %s", self.hook.name, error)
                await asyncio.sleep(RETRY)


def _now() -> int:
    return time.time_ns() // 1000
