"""Tells the hooks on_event and after_call what happened, after its commit: at most once, in order, never in the loop.

A hook that is slower than the events loses some: its queue is bounded. Lost ones are counted in metrics and in
`warmline hook log`.
"""

import asyncio
import logging
import sqlite3
import time
from collections import Counter
from typing import Any

import msgspec

from ari_app.live import live_records
from ari_app.process import hook_client
from ari_app.process.broadcast import Broadcast
from warmline.hooks import hook_log
from warmline.hooks.hook_log import HookLog
from warmline.store.database.database import StoreError
from warmline.store.events import journal_events
from warmline.store.events.event_id import EventId
from warmline.store.events.journal_events import JournalEvent
from warmline.store.reports import ended_call
from warmline.system import hook_request
from warmline.system.settings import Settings

ROWS = 200  # journal rows in one read
BATCH = 50  # events in one run of on_event
QUEUED_MAX = 1000  # events, and ended calls, that wait for the hooks
PACE = 0.1  # seconds between two reads, so that a burst is told at once
WITHIN = 10.0  # seconds for a run; no call waits for it
DISPOSITION_WITHIN = 900.0  # seconds after the end of a call; after_call then runs without a disposition
SPARED_AFTER = 5.0  # seconds; an agent who is spared the disposition does not wrap up
OPEN_MAX = 1000  # ended calls that wait for their disposition
REPORTED = 10.0  # seconds between two lines about lost events
RETRY = 5.0  # seconds until a failed read is retried

log = logging.getLogger("warmline.hooks")


class HookEvents:
    """Follows the journal from its end. `lost` counts by hook what the hooks were not told."""

    def __init__(self, settings: Settings, committed: Broadcast) -> None:
        self._db, self._recordings = str(settings.db), str(settings.recordings)
        self._address = hook_request.address(settings)
        self._committed = committed
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue(QUEUED_MAX)
        self._ended: asyncio.Queue[str] = asyncio.Queue(QUEUED_MAX)
        self._open: dict[str, float] = {}  # ended calls that may get a disposition, and since when they wait for it
        self._wraps_up: dict[str, str] = {}  # agents in wrap-up, each with the call
        self._reported = -REPORTED
        self._log = HookLog(hook_log.path(settings.run))
        self.begun = asyncio.Event()  # later commits are told
        self.lost: Counter[str] = Counter({"on_event": 0, "after_call": 0})

    async def run(self) -> None:
        """Tell the hooks everything from now on, without end. A bug in it does not end the app."""
        while True:
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._read())
                    tasks.create_task(self._tell_events())
                    tasks.create_task(self._tell_ended())
            except Exception:
                log.exception("hooks are not told about events; they begin again in %g s", RETRY)
                await asyncio.sleep(RETRY)

    async def _read(self) -> None:
        place: EventId | None = None
        while True:
            ring = self._committed.next_ring()  # before the read, so that a commit during the read sets it
            try:
                if place is None:
                    place = await asyncio.to_thread(journal_events.last, self._db)
                    self.begun.set()
                found = await asyncio.to_thread(journal_events.after, self._db, place, ROWS)
            except (OSError, StoreError, sqlite3.Error) as error:
                log.warning("hooks are not told about events; retrying: %s", error)
                await asyncio.sleep(RETRY)
                continue
            for one in found:
                place = one.id
                self._put("on_event", self._events, msgspec.to_builtins(live_records.event_now(one)))
                self._watch(one)
            self._settle()
            if not found:
                await _within(ring, RETRY)
            await asyncio.sleep(PACE)

    # -- after_call --

    def _watch(self, one: JournalEvent) -> None:
        """Note the end of a call, the wrap-up of its agent, and its disposition."""
        match one.type:
            case "call.ended" if one.data.get("connected") and not one.data.get("status"):
                self._open[one.call] = time.monotonic()
            case "call.ended":
                self._put("after_call", self._ended, one.call)
            case "agent.wrap_up":
                self._wraps_up[one.agent] = one.call
            case "agent.ready" | "agent.unreachable" | "agent.paused" | "agent.logged_out":
                self._disposed(self._wraps_up.pop(one.agent, ""))
            case "disposition.entered":
                self._disposed(one.call)

    def _disposed(self, call: str) -> None:
        if self._open.pop(call, None) is not None:
            self._put("after_call", self._ended, call)

    def _settle(self) -> None:
        """End the wait for dispositions that do not come."""
        now, due = time.monotonic(), set(self._wraps_up.values())
        for call, since in list(self._open.items()):
            if now - since > (DISPOSITION_WITHIN if call in due else SPARED_AFTER) or len(self._open) > OPEN_MAX:
                self._disposed(call)

    async def _tell_ended(self) -> None:
        while True:
            call = await self._ended.get()
            try:
                facts = await asyncio.to_thread(ended_call.facts, self._db, call, self._recordings)
            except (StoreError, sqlite3.Error) as error:
                self._lose("after_call", 1, str(error))
                continue
            if facts:
                await self._tell("after_call", 1, {"call": facts}, call)

    # -- on_event --

    async def _tell_events(self) -> None:
        while True:
            batch = [await self._events.get()]
            while len(batch) < BATCH and not self._events.empty():
                batch.append(self._events.get_nowait())
            await self._tell("on_event", len(batch), {"event": batch})

    # -- both --

    def _put(self, hook: str, queue: "asyncio.Queue[Any]", item: object) -> None:
        try:
            queue.put_nowait(item)
        except asyncio.QueueFull:
            self._lose(hook, 1, f"{QUEUED_MAX} wait already")

    async def _tell(self, hook: str, count: int, arguments: dict[str, Any], call: str = "") -> None:
        said = await hook_client.ask(self._address, hook, call, WITHIN, arguments)
        if not said["ok"]:
            failed = said.get("failed")
            self._lose(hook, failed if isinstance(failed, int) else count, said["why"])

    def _lose(self, hook: str, count: int, why: str) -> None:
        self.lost[hook] += count
        if time.monotonic() - self._reported > REPORTED:
            self._reported = time.monotonic()
            log.warning("hook %s was not told about %d, in all %d: %s", hook, count, self.lost[hook], why)
            text = f"not told about {self.lost[hook]} in all: {why}"
            row = {"at": time.time(), "hook": hook, "call": "", "ok": False, "by": "", "why": text, "ms": 0.0}
            asyncio.get_running_loop().run_in_executor(None, self._log.add, row)


async def _within(ring: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(ring.wait(), seconds)
    except TimeoutError:
        return
