"""Measures during some seconds of a call: the audio that callers lose, and the time of commands."""

import asyncio
import time
from asyncio import gather
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import permutations
from typing import NamedTuple

import aiohttp

from lab.sip import tones
from lab.sip.hearing import sequence_gaps
from tests.doors.command_path import DONE, CommandPath, KeptConnections, LocalSocket
from tests.doors.door_table import spread
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from warmline.system import heartbeat_file

EVERY = 0.1  # seconds between two commands
LONGEST = 20.0  # seconds for an answer
NEWCOMER = "127.0.0.9"  # the address of new connections
PROBE = "1007"  # the agent whom the probes pause and resume
LOCAL, HTTP, NEW, HEALTH = "command, local", "command, HTTP", "new connection", "healthz"


class Losses(NamedTuple):
    """The audio that parties missed of each other: milliseconds, and packets of 20 ms."""

    gap: float
    never_sent: int
    unheard: int
    own: int  # packets of the parties themselves that were sent late, because the machine was busy

    def __str__(self) -> str:
        parts = [f"longest gap {self.gap:.0f} ms", f"{self.never_sent} packets lost", f"{self.unheard} not heard"]
        return ", ".join([*parts, *([f"{self.own} sent late"] if self.own else [])])


class Probed(NamedTuple):
    """Milliseconds of each kind of request, what failed and why, and the seconds of the oldest heartbeat."""

    times: dict[str, list[float]]
    failed: Counter[str]
    beat: float

    def __str__(self) -> str:
        parts = [f"{name} {spread(took)}" for name, took in self.times.items() if took]
        return "; ".join([*parts, f"oldest heartbeat {self.beat:.1f} s", f"failed: {dict(self.failed) or 'none'}"])


def losses(real: RealWorld, parties: tuple[Party, ...], since: float, until: float) -> Losses:
    """Return the worst that any of the parties missed of another."""
    lines = {party.name: real._lines[party] for party in parties}
    ear = real._ear(*parties)
    pairs = list(permutations(lines.values(), 2))
    return Losses(
        max(ear.spacing(*pair, since, until) for pair in pairs),
        max(sequence_gaps(line.audio.between(since, until)) for line in lines.values()),
        max(ear.unheard(*pair, since, until) for pair in pairs),
        int(real.site.parties.rtp.lateness / tones.PACKET_SECONDS),
    )


@asynccontextmanager
async def heard_losses(real: RealWorld, *parties: Party) -> AsyncIterator[list[Losses]]:
    """Listen during the block; the yielded list has the losses after it."""
    given: list[Losses] = []
    real.site.parties.rtp.lateness, since = 0.0, time.monotonic()
    yield given
    _, until = await real._ear(*parties).listen(0.2)
    given.append(losses(real, parties, since, until - 0.1))


@asynccontextmanager
async def kept_session(real: RealWorld, api: str = "") -> AsyncIterator[aiohttp.ClientSession]:
    """Provide connections that are open already, as a CRM keeps them, to the lab's API or to another address of it."""
    async with _session(real, api) as kept:
        await gather(*(_opened(kept) for _ in range(3)))
        yield kept


async def _opened(kept: aiohttp.ClientSession) -> None:
    async with kept.get("/api/v1/agents") as answer:
        assert answer.status == 200
        await answer.read()


async def probed(real: RealWorld, seconds: float, kept: aiohttp.ClientSession | None = None) -> Probed:
    """Give commands, open connections and look at the heartbeat for some seconds; without `kept` not over HTTP."""
    times: dict[str, list[float]] = {LOCAL: [], HTTP: [], NEW: [], HEALTH: []}
    end, run, failed, oldest = time.monotonic() + seconds, str(real.site.folder / "run"), Counter[str](), 0.0

    async def commands(name: str, path: CommandPath) -> None:
        number = 0
        while (begun := time.monotonic()) < end:
            number += 1
            status = await path.give(f"/agents/{PROBE}/{('pause', 'resume')[number % 2]}", {})
            times[name].append((time.monotonic() - begun) * 1000)
            if status != DONE:
                failed[f"{name} {status}"] += 1
            await asyncio.sleep(EVERY)

    async def asks(name: str, path: str, session: aiohttp.ClientSession) -> None:
        while (begun := time.monotonic()) < end:
            try:
                async with session.get(path) as answer:
                    await answer.read()
                    if answer.status != 200:
                        failed[f"{name} {answer.status}"] += 1
            except (aiohttp.ClientError, TimeoutError) as why:
                failed[f"{name} {type(why).__name__}"] += 1
            times[name].append((time.monotonic() - begun) * 1000)
            await asyncio.sleep(EVERY)

    async def beats() -> None:
        nonlocal oldest
        while time.monotonic() < end:
            oldest = max(oldest, heartbeat_file.get_age_seconds(run) or 0.0)
            await asyncio.sleep(0.02)

    async with _session(real, str(kept._base_url or "") if kept else "", NEWCOMER) as new:
        work = [commands(LOCAL, LocalSocket(real.site.lab)), beats()]
        if kept:
            work += [
                commands(HTTP, KeptConnections(kept)),
                asks(HEALTH, "/healthz", kept),
                asks(NEW, "/api/v1/agents", new),
            ]
        await gather(*work)
    return Probed(times, failed, oldest)


def _session(real: RealWorld, api: str = "", newcomer: str = "") -> aiohttp.ClientSession:
    where = {"local_addr": (newcomer, 0), "force_close": True} if newcomer else {}
    return aiohttp.ClientSession(
        api or real.site.lab.api,
        headers=real.site.token(),
        timeout=aiohttp.ClientTimeout(total=LONGEST),
        connector=aiohttp.TCPConnector(ssl=False, **where),
    )
