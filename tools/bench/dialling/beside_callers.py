"""How soon caller and agent hear each other while the same app dials leads for other agents, and while it does not."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import aiohttp

from lab.sip import SipCall, busy, tones
from tools.bench.calls.connect import TALK, ConnectTimes, connected, phase
from tools.bench.dialling.million_leads import CAMPAIGN
from tools.bench.tools.bench_dialplan import MARKED
from tools.bench.tools.bench_lab import BenchLab, stage, until
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.handoff import HandoffSide
from warmline.store.configuration import config

DIALLED_FOR = ("1001", "1002", "1003", "1004", "1005")  # agents of the campaign that dials
RATE = 10  # calls a second, by the limit of the trunk
SETTLE = 0.5  # seconds after a start or a stop of the dialler


class BesideCallers(NamedTuple):
    """The times of calls without and with the dialler, and how many leads it dialled a second."""

    without: list[ConnectTimes]
    beside: list[ConnectTimes]
    dials: float


async def measured(database: Path, count: int, step: Step) -> BesideCallers:
    """Connect `count` callers each way, in turn. Raises CannotMeasureError."""
    without, beside, seconds, dials = list[ConnectTimes](), list[ConnectTimes](), 0.0, 0
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(stage(database=database))
        await asyncio.to_thread(_configure, here)
        here.peer.decide = lambda number: busy()
        desk = await stack.enter_async_context(HandoffSide(here))
        for user in DIALLED_FOR:
            await _log_in(here, user)
        loop = asyncio.get_running_loop()
        for n in range(count + 1):
            one = await _call(here, desk, n)
            await _order(here, "start")
            began, before = loop.time(), len(here.peer.calls)
            await asyncio.sleep(SETTLE)
            other = await _call(here, desk, n)
            seconds, dials = seconds + loop.time() - began, dials + len(here.peer.calls) - before
            await _order(here, "stop")
            await asyncio.sleep(SETTLE)
            if n:  # the first round is a warm-up
                without.append(one)
                beside.append(other)
                step()
    return BesideCallers(without, beside, dials / seconds)


def _configure(here: BenchLab) -> None:
    db = here.lab.db
    for user in DIALLED_FOR:
        config.set_options(db, "agent", user, {"campaign": CAMPAIGN, "ingroups": ""}, who="bench")
    config.create(db, "trunk", "trunk", {"lines": "100", "calls_per_second": str(RATE)}, who="bench")


async def _log_in(here: BenchLab, user: str) -> SipCall:
    account = here.lab.phones[user]
    phone = await here.parties.phone(user, account["password"], here.lab.sip, tones.CLOSER)
    line: SipCall = await phone.call(account["login"])
    await line.answered()
    return line


async def _call(here: BenchLab, desk: HandoffSide, n: int) -> ConnectTimes:
    await phase(n)
    customer = await desk.someone.call(MARKED)
    found = await connected(here, customer, desk.seat)
    await asyncio.sleep(TALK)
    await desk.finish(customer)
    return found


async def _order(here: BenchLab, order: str) -> None:
    """Start or stop the dialler. Raises CannotMeasureError."""
    login = {"Authorization": f"Bearer {(Path(here.lab.dir) / 'run/token').read_text().strip()}"}

    async def ask() -> bool | None:
        url = f"{here.lab.api}/api/v1/diallers/{CAMPAIGN}/{order}"
        async with aiohttp.ClientSession() as http, http.post(url, json={}, headers=login) as answer:
            return True if answer.status < 300 else None

    await until(ask, f"the dialler does not {order}")
