"""Tells the hooks on_event and after_call what happened, after its commit: at most once, in order, never in the loop.

A hook that is slower than the events loses some: its queue is bounded. Lost ones are counted in metrics and in
`warmline hook log`.

Own hooks are Python functions in the folder `hooks`. Event hooks get their events by HTTP, from event_hooks.py.
"""

import asyncio
import logging
import time
from collections import Counter
from typing import Any

import msgspec

from ari_app.live import live_records
from ari_app.process import hook_client
from ari_app.workers import own_hook_progress
from ari_app.workers.journal_follower import JournalFollower
from ari_app.workers.own_hook_progress import HookProgress
from warmline.hooks import hook_log
from warmline.hooks.hook_log import HookLog
from warmline.store.calls import ended_call
from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.store.events import journal_events
from warmline.store.events.event_id import EventId
from warmline.store.events.journal_events import JournalEvent
from warmline.system import hook_request
from warmline.system.server_settings import folders_by_server
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
    """Follows the journal, the first time from its end. `lost` counts by hook what the hooks were not told."""

    def __init__(self, settings: Settings, journal: JournalFollower) -> None:
        self._db, self._recordings = str(settings.db), folders_by_server(settings)
        self._address = hook_request.address(settings)
        self._journal = journal
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue(QUEUED_MAX)
        self._ended: asyncio.Queue[str] = asyncio.Queue(QUEUED_MAX)
        self._run = str(settings.run)
        self._progress: HookProgress | None = None
        self._due: list[str] = []  # ended calls for after_call, once the progress is written
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
                self._progress = None
                await asyncio.to_thread(own_hook_progress.forget, self._run)  # the row may be the reason
                await asyncio.sleep(RETRY)

    async def _read(self) -> None:
        while True:
            ring = self._journal.committed.next_ring()  # before the read, so that a commit during the read sets it
            try:
                if (progress := self._progress) is None:
                    progress = self._progress = await asyncio.to_thread(self._begin)
                self.begun.set()
                found = await self._after(progress.id)
                if found or self._due:
                    await asyncio.to_thread(leader_epoch.must_lead, self._db)
            except (OSError, StoreError) as error:
                log.warning("hooks are not told about events; retrying: %s", error)
                await asyncio.sleep(RETRY)
                continue
            for one in found:
                self._watch(one, progress)
                progress.row, progress.place = one.id
            self._settle(progress)
            if found or self._due:
                await self._tell_later(found, progress)
            else:
                await _within(ring, RETRY)
            await asyncio.sleep(PACE)

    def _begin(self) -> HookProgress:
        return own_hook_progress.read(self._run, journal_events.last(self._db))

    async def _tell_later(self, found: list[JournalEvent], progress: HookProgress) -> None:
        """Write the progress, then queue the events and calls: at most once, even after a crash."""
        try:
            await asyncio.to_thread(own_hook_progress.write, self._run, progress)
        except OSError as error:
            log.warning("the progress of hooks cannot be written; after a restart they may be told twice: %s", error)
        for one in found:
            self._put("on_event", self._events, msgspec.to_builtins(live_records.event_now(one)))
        for call in self._due:
            self._put("after_call", self._ended, call)
        self._due.clear()

    async def _after(self, place: EventId) -> list[JournalEvent]:
        """Return the events after a place; from the database, if the rows in memory are not enough."""
        rows = self._journal.after(place.row)
        if rows is None:
            return await asyncio.to_thread(journal_events.after, self._db, place, ROWS)
        columns = ((row.seq, row.at, row.kind, row.call, row.agent, row.payload, row.correction) for row in rows[:ROWS])
        return [event for row in columns for event in journal_events.of_row(*row)]

    # -- after_call --

    def _watch(self, one: JournalEvent, progress: HookProgress) -> None:
        """Note the end of a call, the wrap-up of its agent, and its disposition."""
        match one.type:
            case "call.ended" if one.data.get("connected") and not one.data.get("status"):
                progress.open[one.call] = time.time()
            case "call.ended":
                self._due.append(one.call)
            case "agent.wrap_up":
                progress.wraps_up[one.agent] = one.call
            case "agent.ready" | "agent.unreachable" | "agent.paused" | "agent.logged_out":
                if not one.data.get("last_status"):  # otherwise the code follows as soon as it counts
                    self._disposed(progress.wraps_up.pop(one.agent, ""), progress)
            case "disposition.entered":
                progress.wraps_up.pop(one.agent, "")
                self._disposed(one.call, progress)

    def _disposed(self, call: str, progress: HookProgress) -> None:
        if progress.open.pop(call, None) is not None:
            self._due.append(call)

    def _settle(self, progress: HookProgress) -> None:
        """End the wait for dispositions that do not come."""
        now, due = time.time(), set(progress.wraps_up.values())
        for call, since in list(progress.open.items()):
            if now - since > (DISPOSITION_WITHIN if call in due else SPARED_AFTER) or len(progress.open) > OPEN_MAX:
                self._disposed(call, progress)

    async def _tell_ended(self) -> None:
        while True:
            call = await self._ended.get()
            try:
                facts = await asyncio.to_thread(ended_call.facts, self._db, call, self._recordings)
            except StoreError as error:
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
