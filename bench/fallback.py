"""How much later a caller is where he goes when Warmline is away: after the application was killed, through Warmline's
dialplan, beside a call that goes straight to the same place.
"""

import asyncio

from bench.dialplan import AWAY, AWAY_HZ, DID
from bench.progress import Step
from bench.result import Result, times
from bench.stage import stage
from warmline.lab import process
from warmline.lab.parties import Customer, Hearing

COUNT = 30
BEYOND = 100.0  # ms


async def measure(count: int, step: Step) -> Result:
    """Call `count` times each, in turn. Raises Late if a call does not get there."""
    ours, theirs = [], []
    async with stage() as here:
        await asyncio.to_thread(process.kill, here.lab.pids["warmline"])
        caller = await here.parties.customer(here.lab.sip)
        for n in range(count + 1):
            ours.append(await _away(caller, DID))
            theirs.append(await _away(caller, AWAY))
            if n:  # the first of each only warms up
                step()
    row = times("INVITE → hears the fallback", ours[1:], theirs[1:], beyond=BEYOND)
    return Result("fallback", "straight there", [row])


async def _away(caller: Customer, number: str) -> float:
    """Milliseconds from the INVITE until the caller hears what is played there."""
    call = await caller.call(number)
    heard = await Hearing({"caller": call}).heard(call, AWAY_HZ, since=call.began)
    await call.hang_up()
    return (heard - call.began) * 1000
