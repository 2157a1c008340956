"""A process of the app reaches its limit of memory during calls, as by `MemoryMax` of its unit.

Two limits: a cgroup, in which the kernel kills the process, and an address space that does not grow, in which Python
raises MemoryError. Version 1 of cgroups is enough.
"""

import asyncio
import errno
import os
import resource
import time
from asyncio import gather
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest

from lab import app_parts
from lab.lab_error import LabError
from tests.doors.beside_calls import PROBE, heard_losses, probed
from tests.doors.door_table import found
from tests.doors.test_floods import attack
from tests.scenarios.given import all_talk, in_three_way
from tools.simulation.call_centre.real_world import RealWorld
from warmline.core.messages.commands import Kind

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a cgroup")

CONTROLLER = Path("/sys/fs/cgroup/memory")
ROOM = 16 << 12  # bytes that the process may still take: it reaches them in a moment
SECONDS = 4.0
CALLERS = 3
ATTACKERS = 300
MOST_GAP, MOST_UNHEARD = 200.0, 20  # milliseconds, packets
BACK = 20.0  # seconds until the app answers again

Limit = Callable[[int], AbstractContextManager[None]]


@contextmanager
def cgroup(pid: int) -> Iterator[None]:
    """Put the process in a cgroup in which it may take ROOM. Earlier memory is not counted."""
    group = CONTROLLER / f"warmline-doors-{pid}"
    group.mkdir()
    try:
        (group / "memory.limit_in_bytes").write_text(str(ROOM))
        (group / "cgroup.procs").write_text(str(pid))
        yield
    finally:
        for left in (group / "cgroup.procs").read_text().split():
            (CONTROLLER / "cgroup.procs").write_text(left)
        _remove(group)


def _remove(group: Path) -> None:
    """Remove the cgroup once its killed process is gone."""
    limit = time.monotonic() + 5
    while True:
        try:
            group.rmdir()
        except OSError as error:
            assert error.errno == errno.EBUSY and time.monotonic() < limit, error
            time.sleep(0.05)  # nothing reports that the kernel has let go of it
        else:
            return


@contextmanager
def address_space(pid: int) -> Iterator[None]:
    """Let the address space of the process not grow."""
    before = resource.prlimit(pid, resource.RLIMIT_AS, (1, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_AS, before)


async def part(real: RealWorld, name: str) -> int:
    """Return the pid of a part once it runs."""

    async def find() -> int | None:
        try:
            return app_parts.pid_of(real.site.lab.pids["warmline"], name)
        except LabError:
            return None

    return await real.until(find, f"the part {name} is to run")


@pytest.mark.parametrize("name", ["calls", "api"])
@pytest.mark.parametrize("limit", [cgroup, address_space], ids=lambda limit: limit.__name__)
async def test_calls_go_on_when_a_process_reaches_its_limit_of_memory(real: RealWorld, limit: Limit, name: str) -> None:
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    await real.on_hook(PROBE)
    pid = await part(real, name)
    port, user = int(real.site.lab.api.rpartition(":")[2]), next(iter(real.site.lab.users))
    async with heard_losses(real, agent, customer, third) as lost:
        with limit(pid):
            attacking = asyncio.create_task(attack("costly forms", ATTACKERS, port, user))
            new = [await real.customer() for _ in range(CALLERS)]
            times = await probed(real, SECONDS)
            await attacking
        began = time.monotonic()
        real.patience = BACK

        async def answers() -> bool | None:
            try:
                return "ok" in await real.site.app("healthz") or None
            except OSError:
                return None

        await real.until(answers, "the app is to answer again")
        back = time.monotonic() - began
    again = await part(real, name) != pid
    lines = [real._lines[one] for one in new]
    gone = [one for one, line in zip(new, lines, strict=True) if line.ended.at is not None]
    notes = [await real.fallback(one) for one in gone]
    text = (real.site.folder / "log/warmline.log").read_text()
    found(
        "memory",
        f"{name}, {limit.__name__.replace('_', ' ')}",
        f"{lost[0]}; {times}; {'killed and started again' if again else 'not killed'}, answers after {back:.1f} s; "
        f"{len(notes)} of {CALLERS} new callers heard the fallback, the others wait;"
        f" MemoryError logged {text.count('MemoryError')} times",
    )
    await gather(*(real.hang_up(one) for one in new if one not in gone))
    assert lost[0].gap < MOST_GAP and lost[0].unheard <= MOST_UNHEARD + lost[0].own
    assert all(notes) and again == (limit is cgroup)
    assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(real, customer, third)
    assert await real.ask(Kind.STATUS, agent, status="A") == ""
