"""Measures what a browser phone in a call costs Asterisk, with opus and ulaw, and how many phones keep their sound.

The pages are aiortc's, which has no browser. The baseline are SIP phones in the same calls. Phones are added until the
packets to customers come late. aiortc runs in this process, so it may be the limit instead of Asterisk.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import aiohttp
from aiortc import RTCRtpSender

from bench.tools import processor_time
from bench.tools.bench_dialplan import MARKED
from bench.tools.bench_lab import BenchLab, stage, until
from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, CannotMeasureError, ResultRow, percentile, spread
from lab.demo_config import AGENTS
from sip_parties import SipCall, tones
from tests.browser.aiortc_page import Page

COUNT = 3  # turns of each kind
PHONES = 4  # of a turn
STEPS = (2, 4, 6, 8, 10)  # browser phones, until the sound breaks
HOLD = 6.0  # seconds that are measured
SETTLES = 1.0  # seconds until new calls are measured
RATIO = 4.0  # of a SIP phone, which needs neither DTLS nor opus
LATER = 20.0  # ms between two packets, 99th percentile, more than with SIP phones
BROWSER_KINDS = ("opus", "PCMU")
SIP = "SIP phone"


class HeldCalls(NamedTuple):
    """Asterisk's share of a processor for each phone, in per cent; milliseconds between packets, 99th percentile."""

    asterisk: float
    spacing: float


async def measure(count: int, step: Step) -> BenchResult:
    """Hold calls `count` times with each kind of phone, then add phones. Raises CannotMeasureError."""
    held: dict[str, list[HeldCalls]] = {kind: [] for kind in (*BROWSER_KINDS, SIP)}
    async with stage() as here, _program(here) as http:
        for _ in range(count):
            for kind, found in held.items():
                found.append(await _held(here, http, kind, PHONES))
            step()
        most, steps = 0, {number: await _held(here, http, BROWSER_KINDS[0], number) for number in STEPS}
    calm = spread([one.spacing for one in held[SIP]])["median"]
    for number, one in steps.items():
        if one.spacing > calm + LATER:
            break
        most = number
    return BenchResult("phones", SIP, _rows(held, most, steps, calm))


def _rows(held: dict[str, list[HeldCalls]], most: int, steps: dict[int, HeldCalls], calm: float) -> list[ResultRow]:
    theirs = spread([one.asterisk for one in held[SIP]])
    rows = []
    for kind in BROWSER_KINDS:
        ours, what = spread([one.asterisk for one in held[kind]]), f"Asterisk for a browser phone in a call, {kind}"
        met = ours["median"] <= RATIO * theirs["median"]
        rows.append(ResultRow(f"processor time of {what}", "% of a core", ours, theirs, f"{RATIO:g} or less", met))
    rows += [
        ResultRow(
            f"between two packets at a customer, {number} browser phones", "ms", {"p99": one.spacing}, {"p99": calm}
        )
        for number, one in steps.items()
    ]
    told = f"browser phones with whole sound, of {STEPS[-1]} tried"
    return [*rows, ResultRow(told, "phones", {"count": float(most)}, {"count": float(PHONES)})]


async def _held(here: BenchLab, http: aiohttp.ClientSession, kind: str, number: int) -> HeldCalls:
    """Connect customers with agents at phones of a kind, and listen. Raises CannotMeasureError."""
    agents, pid = AGENTS[:number], here.lab.pids["asterisk"]
    async with AsyncExitStack() as stack:
        for agent in agents:
            await stack.enter_async_context(_at_work(here, http, kind, agent))
        customer = await here.parties.customer(here.lab.sip, number="15551230001")
        calls: list[SipCall] = [await customer.call(MARKED) for _ in agents]
        for call in calls:
            await call.answered()
            await call.audio.until(lambda call=call: _has_voice(call), SETTLES * 5, f"{call}: no agent")  # type: ignore[misc] # a default
        await asyncio.sleep(SETTLES)
        before, since = processor_time.of_living(pid), time.monotonic()
        await asyncio.sleep(HOLD)
        used = (processor_time.of_living(pid) - before) * 100 / HOLD / number
        spacing = percentile([gap for call in calls for gap in _gaps(call, since)], 0.99)
        for call in calls:
            await call.hang_up()
    return HeldCalls(used, spacing)


def _has_voice(call: SipCall) -> bool | None:
    packets = call.audio.between(call.began, float("inf"))[-5:]
    return any(tones.packet_has_tone(one.payload, tones.AGENT) for one in packets) or None


def _gaps(call: SipCall, since: float) -> Sequence[float]:
    packets = call.audio.between(since, float("inf"))
    return [(after.time - before.time) * 1000 for before, after in pairwise(packets)]


@asynccontextmanager
async def _at_work(here: BenchLab, http: aiohttp.ClientSession, kind: str, agent: str) -> AsyncIterator[None]:
    """Let an agent be READY; log the agent out at the end. Raises CannotMeasureError."""
    page = None
    if kind == SIP:
        account = here.lab.phones[agent]
        phone = await here.parties.phone(account["user"], account["password"], here.lab.sip, tones.AGENT)
        await (await phone.call(account["login"])).answered()
    else:
        page = Page(f"page-{agent}", tones.AGENT)
        every = RTCRtpSender.getCapabilities("audio").codecs
        chosen = [one for one in every if one.name.lower() == kind.lower()]
        page.line.getTransceivers()[0].setCodecPreferences(chosen)
        if (status := await _order(http, agent, "login", {"phone": "browser"})) != 201:
            raise CannotMeasureError(f"agent {agent} cannot log in: {status}")
        if (status := await page.offer(http, here.lab.api, agent, {})) != 201:
            raise CannotMeasureError(f"the browser phone of {agent} is refused: {status}")
    await until(lambda: _has_state(http, agent, "READY"), f"agent {agent} is not READY")
    try:
        yield
    finally:
        await _order(http, agent, "logout", {})
        await _order(http, agent, "disposition", {"status": "A"})  # of the call in which the agent logged out
        if page:
            await page.goes()
        await until(lambda: _has_state(http, agent, ""), f"agent {agent} is not logged out")


def _program(here: BenchLab) -> aiohttp.ClientSession:
    token = (Path(here.lab.dir) / "run/token").read_text().strip()
    return aiohttp.ClientSession(here.lab.api, headers={"Authorization": f"Bearer {token}"})


async def _order(http: aiohttp.ClientSession, agent: str, name: str, body: dict[str, str]) -> int:
    """Give a command; return the status of the answer."""
    async with http.post(f"/api/v1/agents/{agent}/{name}", json=body) as answer:
        return answer.status


async def _has_state(http: aiohttp.ClientSession, agent: str, state: str) -> bool | None:
    """Return True if an agent has a state, "" for logged out; otherwise None."""
    async with http.get(f"/api/v1/agents/{agent}") as answer:
        now = (await answer.json())["state"] if answer.status == 200 else ""
    return now == state or None
