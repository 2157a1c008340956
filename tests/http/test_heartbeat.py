"""The app writes its heartbeat while its loop runs and it knows Asterisk, also after a failed write."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ari_app.process import heartbeat_writer as of_app
from tests.copied_database import new_database
from tests.free_port import free_port
from tests.http.bare_app import BareApp, status
from warmline.system import heartbeat_file

LIMIT = 10.0


async def at_once() -> None:
    """A running loop."""


def test_a_folder_that_cannot_be_written_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run = tmp_path / "run"
    give = heartbeat_file.HeartbeatFile.give
    monkeypatch.setattr(of_app, "EVERY", 0.0)

    async def main() -> None:
        loop, given = asyncio.get_running_loop(), asyncio.Event()

        def watched(one: heartbeat_file.HeartbeatFile) -> None:
            give(one)
            loop.call_soon_threadsafe(given.set)

        def failing(one: heartbeat_file.HeartbeatFile) -> None:
            monkeypatch.setattr(heartbeat_file.HeartbeatFile, "give", watched)
            try:
                give(one)
            finally:
                run.mkdir()

        monkeypatch.setattr(heartbeat_file.HeartbeatFile, "give", failing)
        beating = asyncio.create_task(of_app.show(heartbeat_file.HeartbeatFile(str(run)), at_once, "nobody calls"))
        await asyncio.wait_for(given.wait(), LIMIT)
        assert heartbeat_file.get_age_seconds(str(run)) is not None
        beating.cancel()
        await asyncio.wait({beating})

    asyncio.run(main())
    assert f"{run}/beat cannot be written: No such file or directory; nobody calls" in caplog.text
    assert heartbeat_file.get_age_seconds(str(run)) is None, "it is taken away"


def test_a_loop_that_hangs_gives_no_beat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_app, "EVERY", 0.0)
    given: list[str] = []
    monkeypatch.setattr(heartbeat_file.HeartbeatFile, "give", lambda _one: given.append(str(tmp_path)))

    async def main() -> None:
        hangs = asyncio.Event()

        async def turned() -> None:
            if given:
                hangs.set()
                await asyncio.Future()

        beating = asyncio.create_task(of_app.show(heartbeat_file.HeartbeatFile(str(tmp_path)), turned, ""))
        await asyncio.wait_for(hangs.wait(), LIMIT)
        assert given == [str(tmp_path)]
        beating.cancel()

    asyncio.run(main())


def test_a_heartbeat_does_not_wait_for_blocked_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All threads of the loop are used, such as by writes that wait for the database."""
    monkeypatch.setattr(of_app, "EVERY", 0.0)
    go_on = threading.Event()

    async def main() -> None:
        loop, given = asyncio.get_running_loop(), asyncio.Event()
        give = heartbeat_file.HeartbeatFile.give

        def watched(one: heartbeat_file.HeartbeatFile) -> None:
            give(one)
            loop.call_soon_threadsafe(given.set)

        monkeypatch.setattr(heartbeat_file.HeartbeatFile, "give", watched)
        loop.set_default_executor(ThreadPoolExecutor(1))
        blocked = loop.run_in_executor(None, go_on.wait)
        beating = asyncio.create_task(of_app.show(heartbeat_file.HeartbeatFile(str(tmp_path)), at_once, ""))
        try:
            await asyncio.wait_for(given.wait(), LIMIT)
            assert heartbeat_file.get_age_seconds(str(tmp_path)) is not None
        finally:
            beating.cancel()
            go_on.set()
            await blocked

    asyncio.run(main())


def test_an_app_that_has_not_seen_its_asterisk_yet_gives_none(tmp_path: Path) -> None:
    """An app that dies at each start because of its input would look alive, and waiting callers would be lost."""
    new_database(tmp_path / "warmline.db")
    app = BareApp(tmp_path, free_port())
    try:
        assert status(app.ask_code("1000", "key")) == 404, "its loop turns"
        assert heartbeat_file.get_age_seconds(str(tmp_path)) is None
    finally:
        app.kill()
