"""Browser phones on a real Asterisk, with aiortc as the page: calls, reloads in each state, and lost pages."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from lab import app_parts, configure
from lab.demo_config import CAMPAIGN
from lab.sip import tones
from lab.sip.rtp_stream import Packet
from lab.sip.sip_call import SipCall
from tests.browser.aiortc_page import Page
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld

AGENT, INGROUP, DID, THIRD = "2000", "WEBLINE", "8005550190", "8505550190"
VOICE, CUSTOMER = 2150, 1950  # Hz
MISSED = 1.0  # seconds that a customer may miss the agent when the page is loaded again
CONTROL = 0.1  # seconds between two packets with a tone, more than between two that were sent
WITHIN = 8.0  # seconds for a state
T = TypeVar("T")
CHANGES: list[configure.Change] = [
    ("ingroup", INGROUP, {}),
    ("campaign", "WEBCAMP", CAMPAIGN | {"browser_grace_seconds": "1"}),
    ("agent", AGENT, {"campaign": "WEBCAMP", "ingroups": INGROUP}),
    ("did", DID, {"route": f"ingroup:{INGROUP}"}),
]


class Workplace:
    """An agent with a browser phone, and the pages that were loaded."""

    def __init__(self, site: LabSite) -> None:
        self.site, self._loaded = site, 0

    async def loads(self) -> Page:
        """Load a page, which offers its phone."""
        self._loaded += 1
        page = Page(f"page-{self._loaded}", VOICE)
        assert await page.offer(self.site.http, self.site.lab.api, AGENT, self.site.token()) == 201
        return page

    async def reloads(self, page: Page) -> Page:
        """Load a page again: the old one is gone without a word."""
        gone = asyncio.ensure_future(page.goes())
        try:
            return await self.loads()
        finally:
            await gone

    async def orders(self, name: str, **body: str) -> None:
        """Give a command to the agent."""
        status, told = await self.site.order(f"agents/{AGENT}/{name}", body)
        assert status == 201, told

    async def shows(self, *states: str) -> str:
        """Wait until the agent has one of these states."""

        async def find() -> str:
            now = str((await self.now())["state"])
            return now if now in states else ""

        return await eventually(find)

    async def now(self) -> Any:
        return await self.site.document(f"agents/{AGENT}")

    async def is_called(self, number: str) -> SipCall:
        """Let a customer call the agent's in-group, and be connected."""
        call = await self.calls(number)
        await hears(call, VOICE, time.monotonic())
        return call

    async def calls(self, number: str) -> SipCall:
        """Let a customer call the agent's in-group."""
        caller = await self.site.parties.customer(self.site.lab.sip, number, CUSTOMER)
        call = await caller.call(DID)
        await call.answered()
        return call


async def eventually(find: Callable[[], Awaitable[T]], within: float = WITHIN) -> T:
    """Wait until `find()` returns anything but an empty value, and return it."""
    async with asyncio.timeout(within):
        while True:
            if found := await find():
                return found
            await asyncio.sleep(0.02)  # the API tells no test of it


async def hears(call: SipCall, hz: int, since: float) -> float:
    """Wait until the party hears the tone; return the time of the first packet with it since then."""

    def find() -> float | None:
        packets = call.audio.between(since, float("inf"))
        return next((one.time for one in packets if tones.packet_has_tone(one.payload, hz)), None)

    return await call.audio.until(find, WITHIN, f"{call}: {hz} Hz not heard")


def gap(call: SipCall, hz: int, since: float) -> float:
    """Return the longest time in seconds between two packets with the tone."""
    packets = call.audio.between(since, float("inf"))
    return longest_gap([one for one in packets if tones.packet_has_tone(one.payload, hz)], since)


def longest_gap(packets: Sequence[Packet], since: float) -> float:
    """Return the longest time in seconds without one of these packets; infinite if there is none."""
    times = [since, *(one.time for one in packets)]
    return max((after - before for before, after in pairwise(times)), default=float("inf"))


@asynccontextmanager
async def at_work(site: LabSite) -> AsyncIterator[tuple[Workplace, Page]]:
    """Log the agent in with a browser phone; afterwards nothing of it is left. A failed test gets a new lab."""
    await asyncio.to_thread(configure.fill, Path(site.lab.db), CHANGES)
    workplace = Workplace(site)

    async def logs_in() -> bool:
        return (await site.order(f"agents/{AGENT}/login", {"phone": "browser"}))[0] == 201

    await eventually(logs_in)  # after the app has read the configuration
    page = await workplace.loads()
    await workplace.shows("READY")
    try:
        yield workplace, page
    except BaseException:
        await site.renew()
        raise
    await site.order(f"agents/{AGENT}/logout", {})
    await site.order(f"agents/{AGENT}/disposition", {"status": "OTHER"})  # if it ended in a call


async def test_calls_and_reloads(site: LabSite) -> None:
    site.far_ends[THIRD] = answers()
    async with at_work(site) as (agent, page):
        assert (await agent.now())["phone"] == "browser"
        customer = await agent.is_called("15551230001")
        await page.hears(CUSTOMER, time.monotonic())

        began = time.monotonic()
        page = await agent.reloads(page)
        await hears(customer, VOICE, time.monotonic() + 0.2)
        assert gap(customer, VOICE, began) < MISSED
        assert (await agent.now())["state"] == "INCALL"

        await agent.orders("hold")
        page = await agent.reloads(page)
        await agent.shows("PARK")
        await agent.orders("unhold")
        await hears(customer, VOICE, time.monotonic())

        await agent.orders("transfers", kind="DIAL_WITH_CUSTOMER", number=THIRD)
        third = await site.peer.next_call()
        await agent.shows("3-WAY")
        waiting = await agent.calls("15551230003")  # hears music: what the machine itself delays
        began = time.monotonic()
        page = await agent.reloads(page)
        await hears(third, VOICE, time.monotonic() + 0.2)
        await hears(customer, VOICE, time.monotonic())
        busy = longest_gap(waiting.audio.between(began, float("inf")), began)
        assert gap(customer, VOICE, began) < MISSED and gap(customer, tones.THIRD, began) < CONTROL + busy
        await waiting.hang_up()
        await agent.shows("3-WAY")

        await third.hang_up()
        await customer.hang_up()
        await agent.shows("DISPO")
        page = await agent.reloads(page)
        await agent.shows("DISPO")
        await agent.orders("disposition", status="OTHER")
        await agent.shows("READY")
        await page.goes()


async def test_a_lost_page_and_killed_processes(real: RealWorld) -> None:
    site = real.site
    async with at_work(site) as (agent, page):
        customer = await agent.is_called("15551230002")
        began = time.monotonic()
        os.kill(app_parts.pid_of(site.lab.pids["warmline"], "api"), signal.SIGKILL)
        await hears(customer, VOICE, began + 1.0)
        assert gap(customer, VOICE, began) < CONTROL + page.paused(began)
        page.connected.clear()
        async with asyncio.timeout(WITHIN):
            await page.connected.wait()  # with the next API process

        await page.goes()
        await agent.shows("LOST")  # after the grace of a second
        page = await agent.loads()
        await hears(customer, VOICE, time.monotonic())
        await agent.shows("INCALL")

        await real.kill_asterisk()
        await real.start_asterisk()
        await agent.shows("DISPO")
        await agent.orders("disposition", status="OTHER")
        await agent.shows("PAUSED")
        assert (await agent.now())["pause_code"] == "RESTART"
        await page.goes()
        page = await agent.loads()
        await agent.shows("READY")
        await page.goes()
