"""The faults: each function begins a fault, and returns when it is over."""

import asyncio
import os
import resource
import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from itertools import repeat
from random import Random

from bench.chaos.chaos_centre import ChaosCentre
from bench.tools.ari_script import AriScript
from bench.tools.bench_lab import until
from lab import app_parts, instance, process
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


async def stopped(centre: ChaosCentre, random: Random) -> None:
    """Stop the app with -STOP, and continue it 1 to 4 s later."""
    calls = app_parts.pid_of(centre.lab.pids["warmline"], "calls")
    os.kill(calls, signal.SIGSTOP)
    try:
        await asyncio.sleep(random.uniform(1.0, 4.0))
    finally:
        os.kill(calls, signal.SIGCONT)


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
    before = app_parts.pid_of(app, "calls")

    async def look() -> bool | None:
        return app_parts.parts(app).get("calls", before) != before or None

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
    with full_disk(app_parts.pid_of(centre.lab.pids["warmline"], "calls")):
        await asyncio.sleep(random.uniform(1.0, 5.0))


async def asterisk_killed(centre: ChaosCentre, random: Random) -> None:
    """Kill Asterisk with -9, and start it again."""
    os.kill(centre.lab.pids["asterisk"], signal.SIGKILL)
    await asyncio.sleep(random.uniform(0.1, 1.0))
    centre.lab = await asyncio.to_thread(instance.restart_asterisk, centre.folder)


async def asterisk_restarted(centre: ChaosCentre, random: Random) -> None:
    """Tell Asterisk to end, so that it hangs all calls up, and start it again."""
    centre.lab = await asyncio.to_thread(instance.restart_asterisk, centre.folder)


FAULTS: dict[str, Fault] = {
    "app killed": killed,
    "app stopped": stopped,
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
WEIGHTS = {"app killed": 4, "app stopped": 3, "events cut": 3, "Asterisk slow": 2, "Asterisk refuses": 2}  # others: 1
