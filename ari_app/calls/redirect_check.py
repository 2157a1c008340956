"""A called party's redirect: before the core decides, the database is asked whether the number may be dialled."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace

from ari_app.calls import dial_permission
from ari_app.calls.refer_check import UNKNOWN
from ari_app.process.logs import about
from warmline.core.model.call import Call
from warmline.core.model.events import Event, LegDestroyed, LegRedirected
from warmline.core.state.world import World
from warmline.store.database.database import StoreError

log = logging.getLogger("warmline.redirects")


class RedirectCheck:
    """`heard` takes what it holds back and posts it in order: the end of the leg waits until the number is judged."""

    def __init__(self, db: str, world: Callable[[], World], post: Callable[[Event], None]) -> None:
        self._db = db
        self._world = world
        self._post = post
        self._judging: dict[str, asyncio.Task[None]] = {}  # by leg

    def heard(self, event: Event) -> bool:
        """Whether the event is posted later; if not, the caller posts it now."""
        if isinstance(event, LegRedirected):
            if event.leg in self._judging:
                return True  # Asterisk says it several times
            if call := self._followed(event.leg):
                task = asyncio.create_task(self._judge(event, call))
                self._judging[event.leg] = task
                task.add_done_callback(lambda done: self._judging.pop(event.leg))
                return True
        if isinstance(event, LegDestroyed) and (judging := self._judging.get(event.leg)):
            judging.add_done_callback(lambda done: self._post(event))
            return True
        return False

    def _followed(self, leg_id: str) -> Call | None:
        """The call of that leg, if its campaign follows redirects."""
        world = self._world()
        leg = world.legs.get(leg_id)
        call = world.calls.get(leg.owner) if leg and leg.dialled and not leg.redirected else None
        return call if call and world.rules.campaign(call.campaign).follow_redirects else None

    async def _judge(self, event: LegRedirected, call: Call) -> None:
        world = self._world()
        receipt = world.receipts.get(call.dialling or "")
        try:
            why = await dial_permission.redirected(receipt, call, event.target, world, self._db, time.time_ns() // 1000)
            event = replace(event, impossible=why)
        except (StoreError, sqlite3.Error) as problem:
            log.error("%s: %s", UNKNOWN, problem, extra=about(call.id))
            event = replace(event, impossible=UNKNOWN)
        self._post(event)
