"""Periodic checks of the app continue after errors of the disk or the database."""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ari_app.background import pollers
from warmline.core.messages.events import Event
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.process_messages import ConfigurationChanged
from warmline.core.model import ids
from warmline.core.rules.configuration import Rules
from warmline.store.agi import spool as notes
from warmline.store.configuration import config
from warmline.store.database.database import StatementFailed, StoreError

NOTE = FallbackTaken(call=ids.encode(1), at=7, number="5550000", dialled="8005550100", reason="the app is away")
OTHER = FallbackTaken(call=ids.encode(2), at=8, number="5550001", dialled="8005550100", reason="the app is away")
LIMIT = 10.0


class Source(pollers.ConfigurationPoller):
    """A database that cannot be read the first two times."""

    def __init__(self) -> None:
        super().__init__("none")
        self.looks = 0

    def changed(self) -> ConfigurationChanged | None:
        self.looks += 1
        if self.looks <= 2:
            raise StatementFailed(sqlite3.OperationalError("database is locked"))
        return ConfigurationChanged(Rules())


def test_a_database_that_cannot_be_read_for_a_while(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(pollers, "CONFIGURATION_EVERY", 0.0)

    async def main() -> None:
        came: asyncio.Queue[Event] = asyncio.Queue()
        looking = asyncio.create_task(pollers.configuration(Source(), came.put, lambda: None))
        assert await asyncio.wait_for(came.get(), LIMIT) == ConfigurationChanged(Rules())
        looking.cancel()

    asyncio.run(main())
    assert caplog.text.count("the previous one stays in effect: database is locked") == 1


class SlowSource(pollers.ConfigurationPoller):
    """A database whose reading ends when the test says so."""

    def __init__(self) -> None:
        super().__init__("none")
        self.may_end = threading.Event()

    def changed(self) -> ConfigurationChanged | None:
        self.may_end.wait(LIMIT)
        return ConfigurationChanged(Rules())


def test_a_change_is_posted_though_no_command_waits_for_it_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pollers, "NEWEST_WITHIN", 0.01)

    async def main() -> None:
        source, told = SlowSource(), list[str]()
        came: asyncio.Queue[Event] = asyncio.Queue()
        await pollers.newest(source, came.put, lambda: told.append("changed"))
        assert came.empty() and len(source.looks) == 1
        [look] = source.looks
        source.may_end.set()
        assert await asyncio.wait_for(came.get(), LIMIT) == ConfigurationChanged(Rules())
        await asyncio.wait_for(look, LIMIT)
        assert told == ["changed"] and not source.looks

    asyncio.run(main())


def test_a_change_is_told_once_and_a_file_that_comes_late_is_found(demo_database: Path, tmp_path: Path) -> None:
    file = tmp_path / "warmline.db"
    source = pollers.ConfigurationPoller(str(file))
    with pytest.raises(StoreError):
        source.changed()
    shutil.copyfile(demo_database, file)
    first = source.changed()
    assert first and first.rules.ingroups["SALESLINE"].active == "Y"
    assert source.changed() is None
    config.set_options(file, "ingroup", "SALESLINE", {"active": "N"}, who="test")
    second = source.changed()
    assert second and second.rules.ingroups["SALESLINE"].active == "N"
    assert source.changed() is None


class Spool:
    """A folder that always has these notes; `looks` gets an item after each check."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *there: FallbackTaken) -> None:
        self.there = list(there)
        self.looks: asyncio.Queue[None] = asyncio.Queue()
        self.taken: list[FallbackTaken] = []
        monkeypatch.setattr(pollers, "SPOOL_EVERY", 0.0)
        monkeypatch.setattr(notes, "read_all", lambda folder, unreadable: list(self.there))

    async def take_in(self, note: FallbackTaken) -> None:
        self.taken.append(note)

    async def look(self, times: int) -> None:
        """Wait until it was checked this often."""
        for _ in range(times):
            await asyncio.wait_for(self.looks.get(), LIMIT)


def test_a_spool_that_cannot_be_written(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Each call is imported once, although its note is read repeatedly; this is logged once."""

    async def main() -> None:
        spool = Spool(monkeypatch, NOTE)

        def remove(folder: str, call: str) -> None:
            spool.looks.put_nowait(None)
            raise OSError(30, "Read-only file system")

        monkeypatch.setattr(notes, "remove", remove)
        looking = asyncio.create_task(pollers.spool("spool", spool.take_in))
        await spool.look(3)
        spool.there.append(OTHER)
        await spool.look(6)
        looking.cancel()
        assert spool.taken == [NOTE, OTHER]

    asyncio.run(main())
    assert caplog.text.count(f"the note of call {NOTE.call} cannot be removed from spool: Read-only file system") == 1


def test_a_note_is_removed_once_it_is_taken_in(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        spool = Spool(monkeypatch, NOTE, OTHER)

        def remove(folder: str, call: str) -> None:
            assert call in [note.call for note in spool.taken]
            spool.there = [note for note in spool.there if note.call != call]
            spool.looks.put_nowait(None)

        monkeypatch.setattr(notes, "remove", remove)
        looking = asyncio.create_task(pollers.spool("spool", spool.take_in))
        await spool.look(2)
        looking.cancel()
        assert (spool.taken, spool.there) == ([NOTE, OTHER], [])

    asyncio.run(main())


def test_a_folder_and_a_note_that_cannot_be_read_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """First the folder is unreadable, then the note: it is logged once, and the note stays."""
    monkeypatch.setattr(pollers, "SPOOL_EVERY", 0.0)
    note = tmp_path / f"{NOTE.call}.json"
    note.write_bytes(msgspec.json.encode(NOTE))
    looks = 0

    def fails(name: str, *looked: int) -> Callable[..., Any]:
        works = getattr(Path, name)

        def look(path: Path, *arguments: str) -> Any:
            nonlocal looks
            looks += name == "glob"
            if looks in looked:
                raise PermissionError(13, "Permission denied", str(path))
            return works(path, *arguments)

        return look

    monkeypatch.setattr(Path, "glob", fails("glob", 1, 2, 3))
    monkeypatch.setattr(Path, "open", fails("open", 4, 5, 6))

    async def main() -> None:
        came: asyncio.Queue[FallbackTaken] = asyncio.Queue()
        looking = asyncio.create_task(pollers.spool(str(tmp_path), came.put))
        assert await asyncio.wait_for(came.get(), LIMIT) == NOTE
        looking.cancel()

    asyncio.run(main())
    for unreadable in (tmp_path, note):
        assert caplog.text.count(f"{unreadable} cannot be read: Permission denied") == 1
