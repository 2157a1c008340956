"""Many callers and agents' phones, played by sipp, which answers for all of them and listens to none.

The sound that Asterisk plays to them goes to one socket that is never read, so that it costs next to nothing.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

from ari_app.process.priority import end_with
from lab import asterisk
from lab.description import Lab
from tools.bench.tools.result import CannotMeasureError

SCENARIOS = Path(__file__).parent / "sipp"
SOME_FAILED = 1  # sipp's exit code
COMING = 30  # phones of a team per second; each login starts an AGI script
LATER = 15.0  # seconds after the last call until all callers must have ended


class NeverEndedError(CannotMeasureError):
    """Callers are still on the line long after they should have hung up."""


class Crowd:
    """The callers of a lab; `sound` is the port for the sound that is played to them."""

    def __init__(self, lab: Lab, sound: int) -> None:
        self._lab = lab
        self._sound = sound

    async def call(self, number: str, rate: int, calls: int, talk: float) -> None:
        """Call `number` at this rate per second, `calls` times in all; each caller stays `talk` seconds and hangs up.

        A caller who is refused or hung up counts as well. Raises CannotMeasureError, NeverEndedError.
        """
        limit = calls / rate + talk + LATER
        options = ("-r", rate, "-m", calls, "-l", calls, "-d", round(talk * 1000), "-timeout", f"{limit:.0f}s")
        process = await self._start("caller", number, *options, "-timeout_error")
        try:
            said, _ = await asyncio.wait_for(process.communicate(), limit + LATER)
        finally:
            _kill(process)
        if process.returncode not in (0, SOME_FAILED):
            raise NeverEndedError(f"callers of {number}: sipp ended with {process.returncode}: {_last(said)}")

    @asynccontextmanager
    async def team(self, name: str, phones: int, number: str, rate: int = COMING) -> AsyncIterator[None]:
        """Let phones NAME-1, NAME-2, … call `number`, at this rate per second, and stay on the line."""
        options = ("-r", min(phones, rate), "-m", phones, "-l", phones, "-key", "team", name)
        process = await self._start("phone", number, *options)
        try:
            yield
        finally:
            _kill(process)
            await process.wait()

    def answering(self) -> AbstractAsyncContextManager[str]:
        """Yield HOST:PORT of phones that answer all calls at once. Raises CannotMeasureError."""
        return far_end(self._sound)

    async def _start(self, scenario: str, number: str, *options: str | int) -> asyncio.subprocess.Process:
        return await _sipp(scenario, self._sound, "-s", number, *options, self._lab.sip)


@asynccontextmanager
async def crowd(lab: Lab) -> AsyncIterator[Crowd]:
    """Provide callers for this lab."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sound:
        sound.bind(("127.0.0.1", 0))
        yield Crowd(lab, sound.getsockname()[1])


@asynccontextmanager
async def far_end(sound: int) -> AsyncIterator[str]:
    """Yield HOST:PORT of a far end for a lab's trunk, which answers all calls at once and stays on the line.

    Raises CannotMeasureError.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await _sipp("answer", sound, "-p", port)
    try:
        yield f"127.0.0.1:{port}"
    finally:
        _kill(process)
        await process.wait()


async def _sipp(scenario: str, sound: int, *options: str | int) -> asyncio.subprocess.Process:
    program = asterisk.beside("sipp")
    if program is None:
        raise CannotMeasureError("sipp is not on PATH: install it (Debian: sip-tester)")
    fixed = ("-sf", SCENARIOS / f"{scenario}.xml", "-key", "sound", sound, "-i", "127.0.0.1", "-nostdin")
    return await asyncio.create_subprocess_exec(
        *program,
        *map(str, (*fixed, *options)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE if scenario == "caller" else asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C is for the benchmark alone
        preexec_fn=partial(end_with, os.getpid()),  # its calls would reach the next lab that has the ports
    )


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()


def _last(said: bytes) -> str:
    """Return sipp's error messages, without its screens."""
    lines = [line for line in said.decode(errors="replace").splitlines() if "Failed" in line or "rror" in line]
    return " | ".join(" ".join(line.split()) for line in lines[-3:])
