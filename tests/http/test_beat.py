"""The app gives its beat on and on, also after it could not be written, but only while its loop turns."""

import asyncio
from pathlib import Path

import pytest

from warmline import beat
from warmline.ari_app import beat as of_app

LIMIT = 10.0


async def at_once() -> None:
    """A loop that turns."""


def test_a_folder_that_cannot_be_written_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    run = tmp_path / "run"
    give = beat.give
    monkeypatch.setattr(of_app, "EVERY", 0.0)

    async def main() -> None:
        loop, given = asyncio.get_running_loop(), asyncio.Event()

        def watched(folder: str) -> None:
            give(folder)
            loop.call_soon_threadsafe(given.set)

        def failing(folder: str) -> None:
            monkeypatch.setattr(beat, "give", watched)
            try:
                give(folder)
            finally:
                run.mkdir()

        monkeypatch.setattr(beat, "give", failing)
        beating = asyncio.create_task(of_app.show(str(run), at_once))
        await asyncio.wait_for(given.wait(), LIMIT)
        beating.cancel()

    asyncio.run(main())
    assert f"{run}/beat cannot be written: No such file or directory" in caplog.text
    assert beat.stopped(str(run)) == 0


def test_a_loop_that_hangs_gives_no_beat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_app, "EVERY", 0.0)
    given: list[str] = []
    monkeypatch.setattr(beat, "give", given.append)

    async def main() -> None:
        hangs = asyncio.Event()

        async def turned() -> None:
            if given:
                hangs.set()
                await asyncio.Future()

        beating = asyncio.create_task(of_app.show(str(tmp_path), turned))
        await asyncio.wait_for(hangs.wait(), LIMIT)
        assert given == [str(tmp_path)]
        beating.cancel()

    asyncio.run(main())
