"""Slow answers: one after another, shared until its process starts, and ended with its last client."""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus

import pytest

from ari_app.http.server import slow_process_queue
from ari_app.http.server.problems import ProblemRaised
from ari_app.http.server.slow_process_queue import Answered, SlowProcess

HERE = False  # whether a client has gone


class Making(SlowProcess):
    """Answers with the number of the process; each ends when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.gone = list[str](), list[Callable[[], bool]]()
        self.go_on = asyncio.Semaphore(0)

    async def _made(
        self, program: str, about: str, given: bytes, has_gone: Callable[[], bool], environment: Mapping[str, str]
    ) -> Answered:
        self.begun.append(about)
        self.gone.append(has_gone)
        number = len(self.begun)
        await self.go_on.acquire()
        return True, b"%d" % number

    def ask(self, question: str, has_gone: Callable[[], bool] = lambda: HERE) -> "asyncio.Task[Answered]":
        return asyncio.create_task(self.run("program", question, question, b"", has_gone))


async def settled() -> None:
    """Let every task go on until it waits for the test: a turn of the event loop is a step of each, and no time."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_shared_answer_goes_on_until_its_last_client_has_gone() -> None:
    async def asked() -> None:
        making, gone = Making(), set[int]()
        running = making.ask("first")
        await settled()
        clients = [making.ask("shared", lambda number=number: number in gone) for number in range(2)]
        making.go_on.release()
        await running
        await settled()
        has_gone = making.gone[1]
        for number, over in enumerate((False, True)):
            gone.add(number)
            assert has_gone() is over
        clients[0].cancel()
        await settled()
        making.go_on.release()
        assert await clients[1] == (True, b"2"), "the end of one request does not end the other"

    asyncio.run(asked())


def test_too_many_questions_and_a_turn_that_does_not_come_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async def asked() -> None:
        making = Making()
        running = making.ask("a")
        await settled()
        waiting = [making.ask(str(number)) for number in range(slow_process_queue.MOST_WAITING)]
        await settled()
        shared = making.ask("3")
        assert await refused(making.ask("one more")) == "a is being made, and only one such answer is made at a time"
        monkeypatch.setattr(slow_process_queue, "PATIENCE", 0.0)
        for _ in range(slow_process_queue.MOST_WAITING + 1):
            making.go_on.release()
        await asyncio.gather(running, *waiting, shared)
        held = making.ask("b")
        await settled()
        assert await refused(making.ask("c")) == "b is being made, and only one such answer is made at a time"
        making.go_on.release()
        await held
        making.go_on.release()
        assert (await making.ask("c"))[0], "the place is free again"

    asyncio.run(asked())


async def refused(answer: "asyncio.Task[Answered]") -> str:
    with pytest.raises(ProblemRaised) as caught:
        await answer
    assert caught.value.problem.status == HTTPStatus.SERVICE_UNAVAILABLE and caught.value.headers["Retry-After"] == "5"
    return str(caught.value).partition(";")[0]
