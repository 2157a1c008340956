"""Answers that take long, such as a simulation: each is made in a process of its own, and only one at a time.

A thread would share Python's lock with the event loop, and delay an agent's dial.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

from ari_app.http.server.problems import ProblemRaised

LONGEST = 120.0  # seconds for one answer
LOOKS = 0.5  # seconds between two looks whether the client has gone
AGAIN = 5  # seconds after which a refused client may ask again
NOTHING: Mapping[str, str] = {}
REFUSED = 3  # the exit code of a program whose answer is an error


@dataclass(slots=True)
class SlowProcess:
    """Runs programs of Warmline. `running` names the answer that is being made, or is empty."""

    running: str = ""

    async def run(
        self,
        program: str,
        about: str,
        given: bytes,
        has_gone: Callable[[], bool],
        environment: Mapping[str, str] = NOTHING,
    ) -> tuple[bool, bytes]:
        """Run a module with `given` as its input; return whether it answered, and its output.

        `about` names the answer for people. `environment` has all variables of the program. The process is ended when
        its client has gone. Raises ProblemRaised (503) if another one runs, if it takes longer than 120 s, or if it
        fails.
        """
        if self.running:
            raise ProblemRaised(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "slow_answer_runs",
                "{running} is being made, and only one such answer is made at a time; try again in {seconds} s",
                running=self.running,
                seconds=AGAIN,
                headers={"Retry-After": str(AGAIN)},
            )
        self.running = about
        try:
            return await self._made(program, about, given, has_gone, environment)
        finally:
            self.running = ""

    async def _made(
        self,
        program: str,
        about: str,
        given: bytes,
        has_gone: Callable[[], bool],
        environment: Mapping[str, str],
    ) -> tuple[bool, bytes]:
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


def _too_long(about: str) -> ProblemRaised:
    return ProblemRaised(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "slow_answer_too_long",
        "{about} took longer than {seconds:g} s; ask for less, or run the command on the app's machine",
        about=about,
        seconds=LONGEST,
    )
