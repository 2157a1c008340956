"""Answers that take long, such as counts of many leads: each is made in a process of its own, one after another.

A thread would share Python's lock with the event loop, and delay an agent's dial. Those who ask the same question
before its process starts share the answer. A later question has an answer of its own, and so sees each change before.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus

from ari_app.http.server.problems import ProblemRaised

LONGEST = 120.0  # seconds for one answer
LOOKS = 0.5  # seconds between two looks whether the clients have gone
PATIENCE = 30.0  # seconds that an answer waits for its turn
MOST_WAITING = 8  # answers
AGAIN = 5  # seconds after which a refused client may ask again
NOTHING: Mapping[str, str] = {}
REFUSED = 3  # the exit code of a program whose answer is an error
Answered = tuple[bool, bytes]  # whether the program answered, and its output


@dataclass(slots=True)
class SlowProcess:
    """Runs programs of Warmline. `running` names the answer that is being made, or is empty; it has the `turn`."""

    running: str = ""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _waiting: dict[Hashable, "Waiting"] = field(default_factory=dict)

    async def run(
        self,
        program: str,
        about: str,
        question: Hashable,
        given: bytes,
        has_gone: Callable[[], bool],
        environment: Mapping[str, str] = NOTHING,
    ) -> Answered:
        """Run a module with `given` as its input; return whether it answered, and its output.

        `about` names the answer for people. Equal questions have the same answer. `environment` has all variables of
        the program. The process is ended when all its clients have gone. Raises ProblemRaised (503) if eight others
        wait, or its turn does not come within 30 s. A process that fails or takes longer than 120 s raises it, too.
        """
        if not (waiting := self._waiting.get(question)):
            if len(self._waiting) >= MOST_WAITING:
                raise self._busy()
            waiting = self._waiting[question] = Waiting()
            made = partial(self._made, program, about, given, waiting.all_gone, environment)
            waiting.answer = asyncio.create_task(self._in_turn(question, about, made))
            waiting.answer.add_done_callback(_note_error)
        waiting.clients.append(has_gone)
        return await asyncio.shield(waiting.answer)

    async def _in_turn(self, question: Hashable, about: str, made: Callable[[], Awaitable[Answered]]) -> Answered:
        try:
            async with asyncio.timeout(PATIENCE):
                await self.turn.acquire()
        except TimeoutError:
            raise self._busy() from None
        finally:
            del self._waiting[question]
        self.running = about
        try:
            return await made()
        finally:
            self.running = ""
            self.turn.release()

    def _busy(self) -> ProblemRaised:
        return ProblemRaised(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "slow_answer_runs",
            "{running} is being made, and only one such answer is made at a time; try again in {seconds} s",
            running=self.running,
            seconds=AGAIN,
            headers={"Retry-After": str(AGAIN)},
        )

    async def _made(
        self,
        program: str,
        about: str,
        given: bytes,
        has_gone: Callable[[], bool],
        environment: Mapping[str, str],
    ) -> Answered:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-I", "-m", program, stdin=pipe, stdout=pipe, env=environment
        )
        made = asyncio.ensure_future(process.communicate(given))
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST
        try:
            while not (await asyncio.wait([made], timeout=LOOKS))[0]:
                if has_gone() or loop.time() >= until:
                    raise _too_long(about)
            output, _ = made.result()
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            with suppress(asyncio.CancelledError):
                await made
        if process.returncode not in (0, REFUSED):
            raise ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "slow_answer_failed",
                "{about} could not be made; the app's log says more",
                about=about,
            )
        return process.returncode == 0, output


class Waiting:
    """An answer that waits for its turn, and its clients: each says whether it has gone."""

    def __init__(self) -> None:
        self.clients: list[Callable[[], bool]] = []
        self.answer: asyncio.Task[Answered]

    def all_gone(self) -> bool:
        """Return whether no client is left."""
        return all(has_gone() for has_gone in self.clients)


def _note_error(answer: asyncio.Task[Answered]) -> None:
    """Take an error from its task, so that asyncio does not log it if all clients have gone."""
    if not answer.cancelled():
        answer.exception()


def _too_long(about: str) -> ProblemRaised:
    return ProblemRaised(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "slow_answer_too_long",
        "{about} took longer than {seconds:g} s; ask for less, or run the command on the app's machine",
        about=about,
        seconds=LONGEST,
    )
