"""Measures how much later callers reach the fallback if the app was killed; the baseline dials the fallback directly.

It also measures callers who arrive just after the app was stopped. They wait in the app until the guard detects this,
and sends them to the fallback.
"""

import asyncio
import os
import signal
from functools import partial
from pathlib import Path

from lab import app_parts, process
from lab.sip import Hearing, TrunkCustomer
from tools.bench.tools.bench_dialplan import AWAY, AWAY_HZ, DID
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, times
from warmline.system import heartbeat_file

COUNT = 30
BEYOND = 100.0  # ms
STOPPED = 3  # callers who find an app that has just been stopped
STOPPED_BEYOND = 5000.0  # ms
WITHIN = 20.0  # seconds to listen for the fallback's sound, and until the app continues


async def measure(count: int, step: Step) -> BenchResult:
    """Call `count` times each, in turn. Raises WaitTimeout if a call does not reach the fallback."""
    ours, theirs = [], []
    async with stage() as here:
        caller = await here.parties.customer(here.lab.sip)
        stopped = [await _just_stopped(here, caller) for _ in range(min(count, STOPPED))]
        await asyncio.to_thread(process.kill, here.lab.pids["warmline"])
        for n in range(count + 1):
            ours.append(await _away(caller, DID))
            theirs.append(await _away(caller, AWAY))
            if n:  # the first round is a warm-up
                step()
    row = times("INVITE → hears the fallback", ours[1:], theirs[1:], beyond=BEYOND)
    beside = times("the application was stopped a moment ago", stopped, theirs[1:], beyond=STOPPED_BEYOND)
    return BenchResult("fallback", "straight there", [row, beside])


async def _just_stopped(here: BenchLab, caller: TrunkCustomer) -> float:
    """Return the same time for a caller in the stopped app."""
    supervisor = here.lab.pids["warmline"]  # it would start the stuck call process again
    calls = app_parts.pid_of(supervisor, "calls")
    for pid in (supervisor, calls):
        os.kill(pid, signal.SIGSTOP)
    try:
        return await _away(caller, DID)
    finally:
        for pid in (supervisor, calls):
            os.kill(pid, signal.SIGCONT)
        await until(partial(_turns, here), "the application does not go on", WITHIN)


async def _turns(here: BenchLab) -> bool | None:
    return heartbeat_file.stopped(str(Path(here.lab.dir, "run"))) == 0 or None


async def _away(caller: TrunkCustomer, number: str) -> float:
    """Return milliseconds from the INVITE until the caller hears the fallback's sound."""
    call = await caller.call(number)
    heard = await Hearing({"caller": call}).heard(call, AWAY_HZ, since=call.began, within=WITHIN)
    await call.hang_up()
    return (heard - call.began) * 1000
