"""Ends channels and bridges of one server that have Warmline's name but belong to no call or agent session."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from ari_app.link.call_control import Orphans
from warmline.ari.client.ari_client import AriError
from warmline.core.messages import actions as do
from warmline.core.messages.action_answers import ActionFailed
from warmline.core.messages.events import Event

log = logging.getLogger("warmline.sweep")

EVERY = 60.0  # seconds between two sweeps, and therefore the minimum age of an orphan
AGAIN = 1.0  # seconds until a refused hang-up is checked; doubles while no check succeeds
QUIET = 10.0  # seconds without a refusal, longer than one takes, until the pause is short again


class OrphanSweep:
    """Sweeps the orphans of `server`.

    `heard` receives every event, because an object that Asterisk refused to end is swept early.
    """

    def __init__(
        self, server: str, find: Callable[[], Awaitable[Orphans]], perform: Callable[[str, do.Action], None]
    ) -> None:
        self._server = server
        self._find = find
        self._perform = perform
        self._refused: set[str] = set()
        self._at_once = asyncio.Event()

    def heard(self, event: Event) -> None:
        """Note a refused hang-up or destroy."""
        match event:
            case ActionFailed((do.HangUpLeg(name) | do.DestroyBridge(name)) as action) if action.server == self._server:
                self._refused.add(name)
                self._at_once.set()

    async def run(self) -> None:
        """Sweep without end: orphans of two sweeps in a row, and objects that Asterisk refused to end."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._end_what_stays())
            both.create_task(self._end_what_was_refused())

    async def _end_what_stays(self) -> None:
        before: set[str] = set()
        while True:
            await asyncio.sleep(EVERY)
            with suppress(AriError):
                found = await self._find()
                self._end(found, before)
                before = {*found.channels, *found.bridges}

    async def _end_what_was_refused(self) -> None:
        """Sweep refused objects. Each sweep reads all channels, so the pause doubles while sweeps find nothing new."""
        pause, ended = AGAIN, set[str]()
        while True:
            try:
                await asyncio.wait_for(self._at_once.wait(), QUIET)
            except TimeoutError:
                pause, ended = AGAIN, set()
                continue
            await asyncio.sleep(pause)
            self._at_once.clear()
            due, self._refused = self._refused, set()
            new: set[str] = set()
            try:
                new = self._end(await self._find(), due) - ended
            except AriError:
                self._refused |= due
                self._at_once.set()
            pause = AGAIN if new else min(2 * pause, EVERY)
            ended |= new

    def _end(self, found: Orphans, due: set[str]) -> set[str]:
        """End the orphans that are due; return their names."""
        channels, bridges = due.intersection(found.channels), due.intersection(found.bridges)
        for channel in channels:
            log.warning("channel %s belongs to no call; it is hung up", channel)
            self._perform(channel, do.HangUpLeg(channel, server=found.server))
        for bridge in bridges:
            log.warning("bridge %s belongs to no call; it is destroyed", bridge)
            self._perform(bridge, do.DestroyBridge(bridge, server=found.server))
        return channels | bridges
