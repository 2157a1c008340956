"""The faults: each function begins a fault, and returns when it is over."""

import asyncio
import os
import resource
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from itertools import repeat
from random import Random

from lab import app_parts, instance, process
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.bench_lab import until
from tools.proofs.chaos import program_parts
from tools.proofs.chaos.chaos_centre import ChaosCentre
from tools.proofs.chaos.program_parts import AGI, API, CALLS, WORKERS
from warmline.store.database.database import connect

LOCKED = 10.0  # seconds
LATE = 2.0  # seconds by which each answer is delayed
DEAF = 8.0  # seconds; the app sends a ping every 3 seconds, and waits 2 for the answer

REFUSALS = (0, 0, 0, 500, 503, 409)  # 0: the request is not refused

Fault = Callable[[ChaosCentre, Random], Coroutine[None, None, None]]


async def killed(centre: ChaosCentre, random: Random) -> None:
    """Kill the app with -9; it is started again within a second, as systemd does."""
    await asyncio.to_thread(process.kill, centre.lab.pids["warmline"])
    await asyncio.sleep(random.uniform(0.1, 1.0))
    centre.lab = await asyncio.to_thread(instance.restart_app, centre.folder)


def part_killed(part: str) -> Fault:
    """Return the fault that kills a part with -9; the supervisor starts it again."""

    async def fault(centre: ChaosCentre, random: Random) -> None:
        await program_parts.kill(centre.lab.pids["warmline"], part)

    return fault


def part_stopped(part: str) -> Fault:
    """Return the fault that stops a part with -STOP, and continues it 1 to 4 s later.

    The supervisor may kill the AGI process before that; the limit of the other parts is longer.
    """

    async def fault(centre: ChaosCentre, random: Random) -> None:
        await program_parts.stop(centre.lab.pids["warmline"], part, random.uniform(1.0, 4.0))

    return fault


async def cut(centre: ChaosCentre, random: Random) -> None:
    """Break the connection of Asterisk's events, up to three times."""
    for _ in range(random.randint(1, 3)):
        centre.proxy.cut()
        await asyncio.sleep(random.uniform(0.0, 0.5))


async def deaf(centre: ChaosCentre, random: Random) -> None:
    """Keep that connection open, but pass no data on it."""
    centre.proxy.deafen()
    await asyncio.sleep(DEAF)


async def slow(centre: ChaosCentre, random: Random) -> None:
    """Delay every answer of Asterisk by 2 s, for 3 to 6 s."""
    centre.proxy.slow(LATE)
    try:
        await asyncio.sleep(random.uniform(3.0, 6.0))
    finally:
        centre.proxy.quick()


async def refusing(centre: ChaosCentre, random: Random) -> None:
    """Let Asterisk refuse every other request, for 1 to 3 s."""
    centre.proxy.refusals = (random.choice(REFUSALS) for _ in repeat(None))
    try:
        await asyncio.sleep(random.uniform(1.0, 3.0))
    finally:
        centre.proxy.refusals = iter(())


async def replaced(centre: ChaosCentre, random: Random) -> None:
    """Let another program take the app's name, so that the call process ends and starts again; it takes it back."""
    app = centre.lab.pids["warmline"]
    before = app_parts.pid_of(app, CALLS)

    async def look() -> bool | None:
        return app_parts.parts(app).get(CALLS, before) != before or None

    async with AriScript(centre.lab, app="warmline"):
        await until(look, "the call process whose name was taken does not end", 20.0)  # it continues for eight seconds
        await asyncio.sleep(random.uniform(0.0, 1.0))


async def locked(centre: ChaosCentre, random: Random) -> None:
    """Let another program hold the database for 10 s."""
    with closing(connect(centre.lab.db)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        await asyncio.sleep(LOCKED)
        connection.execute("ROLLBACK")


@contextmanager
def full_disk(pid: int) -> Iterator[None]:
    """Let a process fail to write to any file, as on a full disk."""
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


async def full(centre: ChaosCentre, random: Random) -> None:
    """Let the app fail to write to any file, for 1 to 5 s."""
    with full_disk(app_parts.pid_of(centre.lab.pids["warmline"], CALLS)):
        await asyncio.sleep(random.uniform(1.0, 5.0))


async def asterisk_killed(centre: ChaosCentre, random: Random) -> None:
    """Kill Asterisk with -9, and start it again."""
    os.kill(centre.lab.pids["asterisk"], signal.SIGKILL)
    await asyncio.sleep(random.uniform(0.1, 1.0))
    centre.lab = await asyncio.to_thread(instance.restart_asterisk, centre.folder)


async def asterisk_restarted(centre: ChaosCentre, random: Random) -> None:
    """Tell Asterisk to end, so that it hangs all calls up, and start it again."""
    centre.lab = await asyncio.to_thread(instance.restart_asterisk, centre.folder)


BESIDE_CALLS: dict[str, Fault] = {
    "api killed": part_killed(API),
    "api stopped": part_stopped(API),
    "agi killed": part_killed(AGI),
    "agi stopped": part_stopped(AGI),
    "workers killed": part_killed(WORKERS),
    "workers stopped": part_stopped(WORKERS),
}
"""The faults in which the call process runs, so that no caller takes the fallback."""
FAULTS: dict[str, Fault] = {
    "app killed": killed,
    "calls killed": part_killed(CALLS),
    "calls stopped": part_stopped(CALLS),
    **BESIDE_CALLS,
    "events cut": cut,
    "events silent": deaf,
    "app's name taken": replaced,
    "Asterisk slow": slow,
    "Asterisk refuses": refusing,
    "database locked": locked,
    "disk full": full,
    "Asterisk killed": asterisk_killed,
    "Asterisk restarted": asterisk_restarted,
}
DEATHS = {"Asterisk killed", "Asterisk restarted"}
WEIGHTS = {  # others: 1
    "app killed": 2,
    "calls killed": 3,
    "calls stopped": 3,
    "api killed": 2,
    "api stopped": 2,
    "events cut": 3,
    "Asterisk slow": 2,
    "Asterisk refuses": 2,
}
