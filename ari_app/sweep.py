"""Ends what is in Asterisk under our name and belongs to nobody."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from warmline.ari_app.asterisk.client import AriError
from warmline.ari_app.asterisk.reconcile import Orphans
from warmline.core import actions as do
from warmline.core.events import ActionFailed, Event

log = logging.getLogger("warmline.sweep")

EVERY = 60.0  # seconds, and so the grace that an orphan has
AGAIN = 1.0  # seconds until what was to end and did not is looked for


class Sweep:
    """`heard` is told of every event: what Asterisk refused to end, of a call that is over, has no grace."""

    def __init__(self, find: Callable[[], Awaitable[Orphans]], perform: Callable[[str, do.Action], None]) -> None:
        self._find = find
        self._perform = perform
        self._refused: set[str] = set()
        self._at_once = asyncio.Event()

    def heard(self, event: Event) -> None:
        """Something happened."""
        match event:
            case ActionFailed(do.Hangup(name) | do.CloseBridge(name)):
                self._refused.add(name)
                self._at_once.set()

    async def run(self) -> None:
        """Sweep for ever what has belonged to nobody twice in a row, or was to end before."""
        before = Orphans((), ())
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._at_once.wait(), EVERY)
            early = self._at_once.is_set()
            self._at_once.clear()
            if early:
                await asyncio.sleep(AGAIN)
            try:
                found = await self._find()
            except AriError:
                if early:
                    self._at_once.set()
                continue
            due, self._refused = self._refused, set()
            if not early:
                due |= {*before.channels, *before.bridges}
                before = found
            self._end(found, due)

    def _end(self, found: Orphans, due: set[str]) -> None:
        for channel in due.intersection(found.channels):
            log.warning("channel %s belongs to no call; it is hung up", channel)
            self._perform(channel, do.Hangup(channel))
        for bridge in due.intersection(found.bridges):
            log.warning("bridge %s belongs to no call; it is destroyed", bridge)
            self._perform(bridge, do.CloseBridge(bridge))
