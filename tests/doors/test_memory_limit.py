"""The address space of a process of the app does not grow during calls, so that Python raises MemoryError in it."""

import asyncio
import resource
import time
from asyncio import gather
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from lab import app_parts
from lab.lab_error import LabError
from tests.doors.beside_calls import PROBE, heard_losses, probed
from tests.doors.door_table import found
from tests.doors.test_floods import attack
from tests.scenarios.given import all_talk, in_three_way
from tools.simulation.call_centre.real_world import RealWorld
from warmline.core.messages.commands import Kind

SECONDS = 4.0
CALLERS = 3
ATTACKERS = 300
MOST_GAP, MOST_UNHEARD = 200.0, 20  # milliseconds, packets
BACK = 20.0  # seconds until the app answers again


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
async def test_calls_go_on_when_a_process_reaches_its_limit_of_memory(real: RealWorld, name: str) -> None:
    agent, customer, third = await in_three_way(real)
    await all_talk(real, agent, customer, third)
    await real.on_hook(PROBE)
    pid = await part(real, name)
    port, user = int(real.site.lab.api.rpartition(":")[2]), next(iter(real.site.lab.users))
    async with heard_losses(real, agent, customer, third) as lost:
        with address_space(pid):
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
        name,
        f"{lost[0]}; {times}; {'killed and started again' if again else 'not killed'}, answers after {back:.1f} s; "
        f"{len(notes)} of {CALLERS} new callers heard the fallback, the others wait;"
        f" MemoryError logged {text.count('MemoryError')} times",
    )
    await gather(*(real.hang_up(one) for one in new if one not in gone))
    assert lost[0].gap < MOST_GAP and lost[0].unheard <= MOST_UNHEARD + lost[0].own
    assert all(notes) and not again
    assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(real, customer, third)
    assert await real.ask(Kind.STATUS, agent, status="A") == ""
