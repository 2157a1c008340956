"""Polls the sources that send no notification: the configuration in the database, and the spool of fallback notes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from ari_app.calls.held_spool import held
from ari_app.process.logs import about
from warmline.core.messages.events import Event
from warmline.core.messages.process_messages import ConfigurationChanged
from warmline.store.agi import spool as notes
from warmline.store.configuration import config_rows, configuration_snapshot
from warmline.store.database.database import StoreError
from warmline.store.database.reading import reading
from warmline.store.database.touched_files import TouchedFiles

log = logging.getLogger("warmline.watch")

CONFIGURATION_EVERY = 0.25  # seconds
NEWEST_WITHIN = 1.0  # seconds that a command waits for a look at the configuration
SPOOL_EVERY = 1.0


class ConfigurationPoller:
    """Reads the configuration from the database and remembers its revision. Use it from one thread at a time."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.files = TouchedFiles(path)
        self._one_at_a_time = asyncio.Lock()
        self.looks: set[asyncio.Future[None]] = set()  # that go on, whether or not a command still waits for them
        self.revision = -1

    def read(self) -> ConfigurationChanged:
        """Return the whole current configuration. Raises StoreError."""
        with reading(self._path) as connection:
            revision = config_rows.revision(connection)
            found = configuration_snapshot.load_rules(connection)
        self.revision = revision
        return ConfigurationChanged(found)

    def changed(self) -> ConfigurationChanged | None:
        """Return the configuration if it changed since the last read, else None. Raises StoreError."""
        with reading(self._path) as connection:
            newest = config_rows.revision(connection)
        return None if newest == self.revision else self.read()

    async def take_in(self, post: Callable[[Event], Awaitable[object]], changed: Callable[[], None]) -> None:
        """Post the configuration if it changed since the last look, wait until that is done, and call `changed`.

        Raises StoreError.
        """
        async with self._one_at_a_time:
            if event := await asyncio.to_thread(self.changed):
                await post(event)
                changed()

    def ended(self, look: "asyncio.Future[None]") -> None:
        """Forget a look that has ended. If the database could not be read, the next regular look logs that."""
        self.looks.discard(look)
        if not look.cancelled():
            look.exception()


async def configuration(
    source: ConfigurationPoller, post: Callable[[Event], Awaitable[object]], changed: Callable[[], None]
) -> None:
    """Take in each change of the configuration within a second, without end. The log has the first of equal errors."""
    last = ""
    while True:
        await asyncio.sleep(CONFIGURATION_EVERY)
        if not source.files.may_have_changed():
            continue
        try:
            await source.take_in(post, changed)
            last = ""
        except StoreError as error:
            source.files.forget()
            if str(error) == last:
                continue
            last = str(error)
            log.warning("the configuration cannot be read; the previous one stays in effect: %s", error)


async def newest(
    source: ConfigurationPoller, post: Callable[[Event], Awaitable[object]], changed: Callable[[], None]
) -> None:
    """Take in a change of this moment, before a command that may name it; after NEWEST_WITHIN the command goes on.

    The look itself goes on too: a change that was read is always posted.
    """
    look = asyncio.ensure_future(source.take_in(post, changed))
    source.looks.add(look)
    look.add_done_callback(source.ended)
    await asyncio.wait({look}, timeout=NEWEST_WITHIN)


async def spool(folder: str, take_in: Callable[[notes.CallNote], Awaitable[None]]) -> None:
    """Copy the notes of calls without the app into the journal, each once, even if a note cannot be removed.

    A note is removed when `take_in` returns, because the journal then has it. Each error is logged once.
    """
    stuck: set[str] = set()
    told: set[str] = set()
    while True:
        async with held(folder) as is_free:
            if is_free:
                unreadable: list[OSError] = []
                there = await asyncio.to_thread(notes.read_all, folder, unreadable.append)
                for error in unreadable:
                    if str(error) not in told:
                        notes.warn(error)
                told = set(map(str, unreadable))
                await _take_in(folder, there, stuck, take_in)
        await asyncio.sleep(SPOOL_EVERY)


async def _take_in(
    folder: str, there: list[notes.CallNote], stuck: set[str], take_in: Callable[[notes.CallNote], Awaitable[None]]
) -> None:
    """Take in each note, and remove it. `stuck` has the calls whose notes could not be removed."""
    for note in there:
        if note.call not in stuck:
            await take_in(note)
        try:
            notes.remove(folder, note.call)
            stuck.discard(note.call)
        except OSError as error:
            if note.call not in stuck:
                text = "the note of call %s cannot be removed from %s: %s"
                log.warning(text, note.call, folder, error.strerror, extra=about(note.call))
            stuck.add(note.call)
