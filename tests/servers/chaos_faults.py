"""The faults of the chaos: each function begins a fault of a server or of the app, and returns when it is over."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import repeat
from random import Random
from typing import NamedTuple

from lab import server_faults
from lab.sip import SipCall
from tests.servers.chaos_findings import NOTHING
from tests.servers.chaos_stage import LOST_AFTER, ChaosStage

SHORT = (0.3, LOST_AFTER - 1.0)  # seconds of a fault that ends nothing
LONG = (LOST_AFTER + 1.0, LOST_AFTER + 4.0)  # seconds of a fault after which the server is lost
LATER = (0.0, 2.0)  # seconds of a server's fault until the app's call process is killed, too


class Strike(NamedTuple):
    """The place of a fault: the server, the draw of its times, and the event that the other server can serve.

    `parties` are those of a call on the server.
    """

    stage: ChaosStage
    victim: str
    other: str
    draw: Random
    usable: asyncio.Event
    parties: tuple[SipCall, ...] = ()


Fault = Callable[[Strike], Awaitable[str]]


async def killed(at: Strike) -> str:
    """Kill the Asterisk of a server, and start it again."""
    here, down = at.stage.here, at.draw.uniform(0.2, LONG[1])
    await here.kill_server(at.victim)
    at.usable.set()
    for call in (*here.controls[at.victim], *at.parties):  # a dead server sends no BYE
        call.end("them")  # later calls may get the ports to which these would go on sending
    await asyncio.sleep(down)
    await here.restart_server(at.victim)
    return f"for {down:.1f} s"


def frozen(times: tuple[float, float]) -> Fault:
    """Return the fault that stops the Asterisk of a server for some time."""

    async def fault(at: Strike) -> str:
        lab, seconds = at.stage.here.lab, at.draw.uniform(*times)
        server_faults.freeze(lab, at.victim)
        at.usable.set()
        try:
            await asyncio.sleep(seconds)
        finally:
            server_faults.thaw(lab, at.victim)
        return f"for {seconds:.1f} s"

    return fault


def cut_off(times: tuple[float, float]) -> Fault:
    """Return the fault that cuts the app off from a server for some time."""

    async def fault(at: Strike) -> str:
        proxy, seconds = at.stage.proxies[at.victim], at.draw.uniform(*times)
        proxy.refusals = repeat(503)
        proxy.cut()
        at.usable.set()
        await asyncio.sleep(seconds)
        proxy.refusals = iter(())
        return f"for {seconds:.1f} s"

    return fault


async def drains(at: Strike) -> str:
    """Let a server take no new calls for some time."""
    here, seconds = at.stage.here, at.draw.uniform(*LONG)
    assert await here.order(f"servers/{at.victim}/drain") == ""
    at.usable.set()
    await asyncio.sleep(seconds)
    assert await here.order(f"servers/{at.victim}/resume") == ""
    return f"for {seconds:.1f} s"


async def call_process_killed(at: Strike) -> str:
    """Kill the app's call process, which the app starts again; return once the other server is adopted."""
    here, since = at.stage.here, time.time_ns() // 1000
    await here.kill_call_process()
    back = await here.adopted_after(since, at.other)
    at.usable.set()
    return f"{at.other} adopted after {back:.2f} s"


async def front_killed(at: Strike) -> str:
    """Kill the front, and start it again."""
    front, down = at.stage.front, at.draw.uniform(0.2, 3.0)
    assert front
    front.kill()
    at.usable.set()
    await asyncio.sleep(down)
    await front.start(await at.stage.here.parties.customer(front.sip))
    return f"for {down:.1f} s"


async def nothing(at: Strike) -> str:
    """Let some time pass without a fault, for comparison."""
    seconds = at.draw.uniform(*LONG)
    at.usable.set()
    await asyncio.sleep(seconds)
    return f"for {seconds:.1f} s"


def and_the_app(fault: Fault) -> Fault:
    """Return a fault of a server beside which the app's call process is killed."""

    async def both(at: Strike) -> str:
        begun = at._replace(usable=asyncio.Event())
        of_server = asyncio.create_task(fault(begun))
        await begun.usable.wait()
        await asyncio.sleep(at.draw.uniform(*LATER))
        return " and ".join((await call_process_killed(at), await of_server))

    return both


FAULTS: dict[str, Fault] = {
    NOTHING: nothing,
    "killed": killed,
    "frozen": frozen(SHORT),
    "frozen, lost": frozen(LONG),
    "cut off": cut_off(SHORT),
    "cut off, lost": cut_off(LONG),
    "drained": drains,
    "call process killed": call_process_killed,
    "front killed": front_killed,
    "killed, call process killed": and_the_app(killed),
    "frozen, call process killed": and_the_app(frozen(LONG)),
    "cut off, call process killed": and_the_app(cut_off(LONG)),
}
# No party of any server loses audio by these; of others, only those on the other server are judged.
HARMLESS = {NOTHING, "cut off", "drained", "call process killed", "front killed"}
# The front chooses the other server for a new caller as soon as such a fault has begun.
BY_FRONT = {"killed", "cut off, lost", "drained"}
