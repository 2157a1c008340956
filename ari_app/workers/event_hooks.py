"""Runs the followers of all event hooks, and the tests that people ask for.

It looks at the database for new rows, so that the call process has no work for hooks. Without a hook it rarely looks.
"""

import asyncio
import logging
import time

from ari_app.workers import webhook_connections
from ari_app.workers.event_hook_follower import RETRY, EventHookFollower
from ari_app.workers.event_hook_sender import post, request
from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.store.event_hooks import hook_work
from warmline.store.event_hooks.event_facts import EventFacts
from warmline.store.event_hooks.hook_states import HookDelivery
from warmline.store.event_hooks.hook_work import EventHook, HookWork
from warmline.store.events.event_id import EventId
from warmline.store.events.journal_events import JournalEvent
from warmline.text import webhook_url

log = logging.getLogger("warmline.event_hooks")

EVERY = 0.5  # seconds
WITHOUT_HOOKS = 2.0  # seconds
SAMPLE = "event_hook.test"  # the type of the event of a test


class EventHooks:
    """Tells every active hook its events. `secrets` is the setting `webhook_secrets`."""

    def __init__(self, path: str, secrets: str = "") -> None:
        self._path = path
        self.use(secrets)
        self._followers: dict[EventHook, tuple[EventHookFollower, asyncio.Task[None]]] = {}
        self._tests: dict[str, asyncio.Task[None]] = {}  # by delivery
        self._last = -1

    def use(self, secrets: str) -> None:
        """Fill these secrets into all later addresses."""
        self._secrets = webhook_url.named_secrets(secrets)

    async def run(self) -> None:
        """Tell the hooks without end."""
        try:
            while True:
                pause = EVERY
                try:
                    pause = await self._look()
                except StoreError as error:
                    log.warning("event hooks cannot be read; retrying: %s", error)
                    pause = RETRY
                await asyncio.sleep(pause)
        finally:
            tasks = [*(task for _, task in self._followers.values()), *self._tests.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> float:
        """Start and end followers and tests, and wake followers. Return the seconds until the next look."""
        work = await asyncio.to_thread(hook_work.read, self._path)
        if work.unready:
            await asyncio.to_thread(hook_work.make_ready, self._path)
            work = await asyncio.to_thread(hook_work.read, self._path)
        self._follow(work)
        self._begin_tests({delivery: hook for hook, delivery in work.tests})
        if work.last != self._last:
            self._last = work.last
            for follower, _ in self._followers.values():
                follower.woken.set()
        return EVERY if self._followers or work.hooks else WITHOUT_HOOKS

    def _follow(self, work: HookWork) -> None:
        """Let exactly these hooks have a follower. A changed hook gets a new one."""
        for hook, (_, task) in list(self._followers.items()):
            if hook not in work.hooks or task.done():
                task.cancel()
                del self._followers[hook]
                if task.done() and not task.cancelled() and (bug := task.exception()):
                    log.error("event hook %s ended; it begins again: %s", hook.name, type(bug).__name__, exc_info=bug)
        for hook in work.hooks:
            if hook not in self._followers:
                follower = EventHookFollower(self._path, hook, lambda: self._secrets)
                self._followers[hook] = follower, asyncio.create_task(follower.run())

    def _begin_tests(self, wanted: dict[str, EventHook]) -> None:
        """Begin each wanted test once. A test that has ended is known until a later look does not want it."""
        self._tests = {one: task for one, task in self._tests.items() if one in wanted or not task.done()}
        for delivery, hook in wanted.items():
            if delivery not in self._tests:
                self._tests[delivery] = asyncio.create_task(self._test(hook, delivery))

    async def _test(self, hook: EventHook, delivery: str) -> None:
        """Send a sample, and write what came back. A delivered one lets a failing or stopped hook go on."""
        try:
            event = JournalEvent(EventId(0, 0), time.time_ns() // 1000, SAMPLE, "", "", {"event_hook": hook.name})
            wanted = request(hook.name, event, EventFacts("", "", "", "", {}, None))._replace(delivery=delivery)
            await asyncio.to_thread(leader_epoch.must_lead, self._path)
            async with webhook_connections.opened(lambda: hook.hosts) as session:
                status, why = await post(session, hook, wanted, self._secrets)
            tried = HookDelivery(delivery, SAMPLE, time.time_ns() // 1000, status, why)
            await asyncio.to_thread(hook_work.tested, self._path, hook.name, tried)
            for follower in [one for one in self._followers if one.name == hook.name and not why]:
                self._followers[follower][1].cancel()  # the next one reads the place again
        except StoreError as error:
            log.warning("the test of event hook %s cannot be written; it is sent again: %s", hook.name, error)
            del self._tests[delivery]
