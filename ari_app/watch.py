"""What has to be looked at from time to time, because nobody tells us: configuration, the spool, orphans."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing

from warmline.ari_app.asterisk.client import AriError
from warmline.ari_app.asterisk.reconcile import Orphans
from warmline.core import actions as do
from warmline.core.events import Configured, Event, FallbackTaken
from warmline.store import database, rules
from warmline.store import spool as notes

log = logging.getLogger("warmline.watch")

CONFIGURATION_EVERY = 0.25  # seconds
SPOOL_EVERY = 1.0
ORPHANS_EVERY = 60.0  # and so the grace an orphan has


class Configuration:
    """The configuration in the database, and the revision that was read last."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.revision = -1

    def read(self) -> Configured:
        """The whole configuration as it is now. Raises StoreError."""
        with closing(database.connect(self._path)) as connection:
            self.revision = rules.revision(connection)
            return Configured(rules.load_rules(connection))

    def changed(self) -> Configured | None:
        """The configuration, if it is not the one read last. Raises StoreError, sqlite3.Error."""
        with closing(database.connect(self._path)) as connection:
            return None if rules.revision(connection) == self.revision else self.read()


async def configuration(
    source: Configuration, post: Callable[[Event], None], forget_passwords: Callable[[], None]
) -> None:
    """Tell the loop of each change within a second."""
    while True:
        await asyncio.sleep(CONFIGURATION_EVERY)
        try:
            event = await asyncio.to_thread(source.changed)
        except (database.StoreError, sqlite3.Error) as error:
            log.warning("the configuration cannot be read, the last one stays in force: %s", error)
            continue
        if event:
            post(event)
            forget_passwords()


async def spool(folder: str, take_in: Callable[[FallbackTaken], Awaitable[None]]) -> None:
    """Bring the calls that took the fallback into the journal, each once, also if its note cannot be removed."""
    stuck: set[str] = set()
    while True:
        for note in await asyncio.to_thread(notes.read_all, folder):
            if note.call not in stuck:
                await take_in(note)
            try:
                notes.remove(folder, note.call)
                stuck.discard(note.call)
            except OSError as error:
                if note.call not in stuck:
                    log.warning("the note of call %s cannot be removed from %s: %s", note.call, folder, error.strerror)
                stuck.add(note.call)
        await asyncio.sleep(SPOOL_EVERY)


async def orphans(find: Callable[[], Awaitable[Orphans]], perform: Callable[[str, do.Action], None]) -> None:
    """Sweep what has belonged to nobody twice in a row."""
    before = Orphans((), ())
    while True:
        await asyncio.sleep(ORPHANS_EVERY)
        try:
            found = await find()
        except AriError:
            continue
        for channel in set(found.channels) & set(before.channels):
            log.warning("channel %s belongs to no call; it is hung up", channel)
            perform(channel, do.Hangup(channel))
        for bridge in set(found.bridges) & set(before.bridges):
            log.warning("bridge %s belongs to no call; it is destroyed", bridge)
            perform(bridge, do.CloseBridge(bridge))
        before = found
