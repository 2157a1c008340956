"""A thousand attackers beside three parties in a call: what the parties lose, and how long commands take."""

import asyncio
import json
import ssl
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from aiohttp import ClientError, ClientSession, TCPConnector

from lab import process, programs
from lab.folder import SETTINGS
from tests.doors.beside_calls import HTTP, LOCAL, NEW, PROBE, Losses, Probed, heard_losses, kept_session, probed
from tests.doors.door_table import found
from tests.doors.flood_attackers import KINDS, MOST
from tests.http.certificates import made
from tests.scenarios.given import all_talk, in_three_way
from tools.bench.tools.bench_lab import until
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

SECONDS = 8.0
RAMP = 0.7  # seconds until the attackers are at work
MOST_GAP = 200.0  # milliseconds: a machine shared with the attackers delays packets, too
MOST_LOST = 20  # packets of 20 ms in eight seconds
MOST_BEAT = 2.0  # seconds; the guard sends callers away after 3
MOST_WAITS = {LOCAL: 1000.0, HTTP: 5000.0, NEW: 5000.0}  # milliseconds of the slowest


async def attack(kind: str, count: int, port: int, user: str) -> Counter[str]:
    """Attack for SECONDS; return the counts."""
    words = [kind, str(count), str(SECONDS + RAMP), str(port), user]
    command = [sys.executable, "-m", "tests.doors.flood_attackers", *words]
    attacker = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    printed, _ = await attacker.communicate()
    assert attacker.returncode == 0
    return Counter(json.loads(printed))


async def measured(
    real: RealWorld, kind: str, count: int, *parties: Party, kept: ClientSession | None = None
) -> tuple[Losses, Probed, Counter[str]]:
    """Attack beside the parties and the probes, or, with a `count` of 0, let only these work."""
    port, user = int(real.site.lab.api.rpartition(":")[2]), next(iter(real.site.lab.users))
    attacking = asyncio.create_task(attack(kind, count, port, user)) if count else None
    if attacking:
        await asyncio.sleep(RAMP)
    async with heard_losses(real, *parties) as lost:
        times = await probed(real, SECONDS - RAMP, kept)
    return lost[0], times, await attacking if attacking else Counter()


def judge(lost: Losses, times: Probed, kind: str, count: int, sent: Counter[str]) -> None:
    """Print a row. Raises AssertionError if the parties or the commands suffered."""
    name = f"{count} connections: {kind}" if count else "none (control)"
    per = f"; attackers: {json.dumps(sent)}" if sent else ""
    found("floods", name, f"{lost}; {times}{per}")
    assert lost.gap < MOST_GAP and lost.never_sent <= MOST_LOST and lost.unheard <= MOST_LOST + lost.own, lost
    refused = sum(number for name, number in times.failed.items() if name.startswith(NEW))
    assert not refused or refused < len(times.times[NEW]), "no new connection was answered"
    assert times.failed.total() == refused, times.failed
    assert times.beat < MOST_BEAT
    for request, most in MOST_WAITS.items():
        assert not times.times[request] or max(times.times[request]) < most, request


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "TLS handshakes"])
async def test_three_parties_lose_no_word_beside_a_flood(real: RealWorld, kind: str) -> None:
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    await real.on_hook(PROBE)
    async with kept_session(real) as kept:
        for count in (0, MOST):
            lost, times, sent = await measured(real, kind, count, agent, customer, third, kept=kept)
            assert sent["opened"] >= count
            judge(lost, times, kind, count, sent)


@asynccontextmanager
async def encrypted(real: RealWorld) -> AsyncIterator[str]:
    """Let the app listen with TLS within the block; yield the address of its API."""
    settings = real.site.folder / SETTINGS
    plain, api = settings.read_text(), real.site.lab.api.replace("http:", "https:")
    process.stop(programs.app_record(real.site.folder))
    pairs = made(real.site.folder)._asdict().items()
    settings.write_text(plain + "".join(f'{name} = "{value}"\n' for name, value in pairs))
    where = (real.site.folder / "log/warmline.log", programs.app_record(real.site.folder))
    process.start(programs._warmline("serve"), *where, programs._environment(real.site.folder))
    try:
        await until(partial(_answers, api), "the app listens with TLS", 20.0)
        yield api
    finally:
        settings.write_text(plain)
        await real.start_app()


async def _answers(api: str) -> bool | None:
    try:
        async with ClientSession(api, connector=TCPConnector(ssl=False)) as http, http.get("/healthz") as answer:
            return answer.status == 200 or None
    except (ClientError, ssl.SSLError):
        return None


async def test_three_parties_lose_no_word_beside_handshakes(real: RealWorld) -> None:
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    await real.on_hook(PROBE)
    async with encrypted(real) as api, kept_session(real, api) as kept:
        for count in (0, MOST):
            lost, times, sent = await measured(real, "TLS handshakes", count, agent, customer, third, kept=kept)
            assert sent["opened"] >= count
            judge(lost, times, "TLS handshakes", count, sent)
