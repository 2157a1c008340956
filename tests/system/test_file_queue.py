"""Slow tasks: each once, one at a time, and a failure does not end the others."""

import asyncio

import pytest

from ari_app.recordings import file_queue
from ari_app.recordings.file_queue import FileQueue

LIMIT = 10.0


class Work:
    """The current task of `do`, and its results; a task continues when the test allows it."""

    def __init__(self) -> None:
        self.trouble: Exception = ValueError("bad")
        self.begun: list[str] = []
        self.done: list[str] = []
        self.go_on: asyncio.Queue[None] = asyncio.Queue()
        self.changed = asyncio.Event()
        self.pieces = FileQueue[str, str](self.do, self.post)

    async def do(self, piece: str) -> str:
        self.begun.append(piece)
        self.changed.set()
        await self.go_on.get()
        if piece == "bad":
            raise self.trouble
        return piece.upper()

    def post(self, done: str) -> None:
        self.done.append(done)
        self.changed.set()

    async def until(self, begun: list[str], done: list[str]) -> None:
        async with asyncio.timeout(LIMIT):
            while (self.begun, self.done) != (begun, done):
                self.changed.clear()
                await self.changed.wait()


def test_a_task_requested_twice_is_done_once_and_tasks_run_one_by_one() -> None:
    async def main() -> None:
        work = Work()
        running = asyncio.create_task(work.pieces.run())
        for piece in ("a", "a", "b", "a"):
            work.pieces.ask(piece)
        await work.until(["a"], [])
        work.pieces.ask("b")
        work.go_on.put_nowait(None)
        await work.until(["a", "b"], ["A"])
        work.go_on.put_nowait(None)
        await work.until(["a", "b"], ["A", "B"])
        work.pieces.ask("a")
        await work.until(["a", "b", "a"], ["A", "B"])
        running.cancel()

    asyncio.run(main())


@pytest.mark.parametrize(
    "trouble, said",
    [
        (ValueError("bad"), "bad cannot be done\nTraceback"),
        (PermissionError(13, "Permission denied", "/R.wav"), "bad failed; retrying in 60 s: "),
    ],
)
def test_a_failed_task_is_logged_and_the_next_one_runs(
    trouble: Exception, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        work = Work()
        work.trouble = trouble
        running = asyncio.create_task(work.pieces.run())
        for piece in ("bad", "good"):
            work.pieces.ask(piece)
            work.go_on.put_nowait(None)
        await work.until(["bad", "good"], ["GOOD"])
        running.cancel()

    asyncio.run(main())
    assert said in caplog.text and caplog.text.count("Traceback") == said.count("Traceback")


def test_a_file_that_could_not_be_had_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A disk that fails for a moment: the queue retries at growing intervals, without a restart, and once at a time."""
    monkeypatch.setattr(file_queue, "FIRST_PAUSE", 0.001)
    monkeypatch.setattr(file_queue, "LONGEST_PAUSE", 0.003)

    async def main() -> None:
        tries, done = 0, asyncio.Event()

        async def do(piece: str) -> str:
            nonlocal tries
            tries += 1
            if tries < 5:
                raise OSError(5, "Input/output error", "/R.wav")
            return piece

        pieces = FileQueue[str, str](do, lambda _: done.set())
        running = asyncio.create_task(pieces.run())
        pieces.ask("bad")
        pieces.ask("bad")
        await asyncio.wait_for(done.wait(), LIMIT)
        assert tries == 5 and not pieces._asked and not pieces._pauses
        running.cancel()

    asyncio.run(main())
    waits = [line.partition(" retrying in ")[2].split()[0] for line in caplog.text.splitlines()]
    assert waits == ["0.001", "0.002", "0.003", "0.003"]
