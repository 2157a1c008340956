"""Hands webhooks and finished recordings to the worker process. Work without a result goes to the next one again."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import islice

from ari_app.link.work_requests import OpenWork, Work, WorkKey, WorkResult, key_of
from ari_app.live.shown_world import shown
from ari_app.process.broadcast import Broadcast
from warmline.core.messages.events import Event
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    MeasureRecording,
    RecordingConverted,
    RecordingMeasured,
)
from warmline.core.messages.webhook_messages import SendWebhook, WebhookTried
from warmline.core.model.webhook import Webhook
from warmline.core.world.world import World

WAITS = 5.0  # seconds that a request waits for work
AT_ONCE = 500  # pieces of work in one answer
AWAY = 3.0  # seconds without a request after which the worker process counts as away

log = logging.getLogger("warmline.workers")


class WorkQueue:
    """The work of the core that is not done.

    `post` queues a result for the core, and waits until it is handled; what it returns is done when it is on disk.
    """

    def __init__(self, world: Callable[[], World], post: Callable[[Event], Awaitable["asyncio.Future[None]"]]) -> None:
        self._world, self._post = world, post
        self._beginning = secrets.token_hex(8)
        self._open: dict[WorkKey, tuple[int, Work]] = {}  # with its number, in that order
        self._last = 0
        self._more = Broadcast()
        self._finishing: set[asyncio.Task[None]] = set()
        self._asking = 0  # requests that wait for work

    def __len__(self) -> int:
        """Return the number of pieces of work without a result."""
        return len(self._open)

    @property
    def is_taken(self) -> bool:
        """Return whether a worker process waits for work."""
        return self._asking > 0

    def ask(self, action: SendWebhook | MeasureRecording | ConvertRecording) -> None:
        """Queue an action and return at once. A webhook that is over is not queued."""
        work = shown(self._world()).webhooks.get(action.webhook) if isinstance(action, SendWebhook) else action
        if work is None:
            return
        self._last += 1
        self._open.pop(key_of(work), None)
        self._open[key_of(work)] = self._last, work
        self._more.ring()

    async def watch(self) -> None:
        """Log when the worker process goes away and comes back, without end."""
        was_taken, loop = True, asyncio.get_running_loop()
        seen = loop.time()
        while True:
            if self.is_taken:
                seen = loop.time()
            if was_taken and loop.time() - seen > AWAY:
                was_taken = False
                log.warning("the worker process is away: webhooks and recordings' files wait for it")
            elif not was_taken and self.is_taken:
                was_taken = True
                log.info("the worker process is back; open work: %d", len(self))
            await asyncio.sleep(AWAY / 3)

    async def take(self, beginning: str, after: int) -> OpenWork:
        """Return the work after piece number `after`, or wait a few seconds for it: see WorkRequests.take."""
        after = after if beginning == self._beginning else 0
        self._asking += 1
        try:
            ring = self._more.next_ring()
            if not (found := self._after(after)):
                with suppress(TimeoutError):
                    await asyncio.wait_for(ring.wait(), WAITS)
                found = self._after(after)
        finally:
            self._asking -= 1
        work = [one for _, one in found]
        return OpenWork(
            self._beginning,
            found[-1][0] if found else after,
            [one for one in work if isinstance(one, Webhook)],
            [one for one in work if isinstance(one, MeasureRecording)],
            [one for one in work if isinstance(one, ConvertRecording)],
        )

    def _after(self, number: int) -> list[tuple[int, Work]]:
        return list(islice((piece for piece in self._open.values() if piece[0] > number), AT_ONCE))

    async def finish(
        self,
        webhooks: list[WebhookTried],
        measurements: list[RecordingMeasured],
        conversions: list[RecordingConverted],
    ) -> None:
        """Give results to the core, and return when the journal has them."""
        results: list[WorkResult] = [*webhooks, *measurements, *conversions]
        tasks = [asyncio.create_task(self._done(result)) for result in results]
        for task in tasks:
            self._finishing.add(task)
            task.add_done_callback(self._finishing.discard)
        await asyncio.gather(*map(asyncio.shield, tasks))  # the end of the connection does not undo a result

    async def _done(self, result: WorkResult) -> None:
        written = await self._post(result)
        self._open.pop(key_of(result), None)  # the core has not had the time to ask for it again
        await asyncio.shield(written)
