"""A call process with work for the worker process: its queue and its socket, with a core that only takes results."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager

from ari_app.calls.work_queue import WorkQueue
from ari_app.link import unix_sockets
from ari_app.link.call_server import CallServer, SocketRole
from ari_app.link.record_feed import RecordFeed
from ari_app.link.requests import served
from ari_app.link.work_requests import Work, WorkRequests
from warmline.core.messages.events import Event
from warmline.core.messages.webhook_messages import SendWebhook, WebhookTried
from warmline.core.model.webhook import Webhook
from warmline.core.world.world import World
from warmline.store.journal.storage_state import GOOD

LIMIT = 10.0  # seconds


class Calls:
    """A call process: its queue, and the events that its core got. Its disk may be late."""

    def __init__(self, path: str, work: Iterable[Work]) -> None:
        self.world = World()
        self.events: list[Event] = []
        self.changed = asyncio.Event()
        self.late: asyncio.Future[None] | None = None
        self.queue = WorkQueue(lambda: self.world, self.post)
        self._feed = RecordFeed(lambda: self.world, lambda: 7)
        self._server = CallServer(self._feed, lambda: (True, 0, {}, GOOD))
        self._path = path
        for one in work:
            if isinstance(one, Webhook):
                self.world.webhooks[one.id] = one
            self.queue.ask(SendWebhook(one.id) if isinstance(one, Webhook) else one)

    async def post(self, event: Event) -> "asyncio.Future[None]":
        self.events.append(event)
        self.changed.set()
        if isinstance(event, WebhookTried):
            self.world.webhooks.pop(event.webhook, None)
        written: asyncio.Future[None] = self.late or asyncio.get_running_loop().create_future()
        if not self.late:
            written.set_result(None)
        return written

    @asynccontextmanager
    async def running(self) -> "AsyncIterator[Calls]":
        role = SocketRole("worker", lambda _: True, served(WorkRequests)(self.queue), follows=True, only_rows=True)
        serving = asyncio.create_task(self._server.serve(role, unix_sockets.bind(self._path, 0o600)))
        try:
            yield self
        finally:
            serving.cancel()
            await asyncio.wait([serving])


async def until(changed: asyncio.Event, holds: Callable[[], object], within: float = LIMIT) -> None:
    """Wait until something is true; `changed` is set after each change."""
    async with asyncio.timeout(within):
        while not holds():
            changed.clear()
            await changed.wait()
