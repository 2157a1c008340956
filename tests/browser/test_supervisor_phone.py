"""A supervisor's browser phone on a real Asterisk, with aiortc as the page: heard by no party, the agent, or all."""

import asyncio
import os
import signal
import time
from typing import Any

from lab import app_parts
from lab.sip import tones
from lab.sip.sip_call import SipCall
from tests.browser.aiortc_page import Page
from tests.browser.test_browser_phone import (
    AGENT,
    CUSTOMER,
    VOICE,
    WITHIN,
    Workplace,
    at_work,
    eventually,
    gap,
    hears,
)
from tools.simulation.call_centre.real_world import RealWorld

SUPERVISOR = tones.CLOSER  # Hz
STEP = 1.0  # seconds for which a change of the mode may interrupt what the supervisor hears
GONE_WITHIN = 15.0  # seconds until a page without a feed counts as gone
HARM = 0.5  # seconds that a party may miss another one, whose page runs in this busy process
WINDOW = 0.5  # seconds of a measurement


class Supervision:
    """The agent's page, the customer, and the page of a supervisor."""

    def __init__(self, agent: Workplace, page: Page, customer: SipCall) -> None:
        self.agent, self.site, self.page, self.customer = agent, agent.site, page, customer
        self.own = Page("page-of-ben", SUPERVISOR, supervises=True)

    async def asks(self, kind: str) -> Any:
        """Give a command for the supervisor's page; return its receipt."""
        body = {"phone": "browser", "page": self.own.name}
        status, told = await self.site.order(f"agents/{AGENT}/{kind}", body)
        assert status == 201, told
        return told

    async def offers(self) -> int:
        return await self.own.offer(self.site.http, self.site.lab.api, AGENT, self.site.token())

    async def hears_both(self) -> None:
        now = time.monotonic()
        await asyncio.gather(self.own.hears(VOICE, now), self.own.hears(CUSTOMER, now))

    async def is_heard_by(self, *, agent: bool, customer: bool) -> None:
        """Check who hears the supervisor, and that the others hear nothing of it in any 20 ms."""
        now = time.monotonic()
        await (self.page.hears(SUPERVISOR, now) if agent else self.page.misses(SUPERVISOR))
        if customer:
            await hears(self.customer, SUPERVISOR, now)
        await self.page.hears(CUSTOMER, now + WINDOW)
        await hears(self.customer, VOICE, now + WINDOW)
        packets = self.customer.audio.between(now, now + WINDOW)
        with_tone = [one for one in packets if tones.packet_has_tone(one.payload, SUPERVISOR)]
        assert packets and (customer or not with_tone)

    async def supervisors(self) -> list[dict[str, str]]:
        return list((await self.agent.now())["supervisors"])


async def test_a_page_listens_whispers_and_barges_in(real: RealWorld) -> None:
    async with at_work(real.site) as (agent, page):
        customer = await agent.is_called("15551230003")
        began = time.monotonic()
        ben = Supervision(agent, page, customer)
        told = await ben.asks("listen")
        assert (told["outcome"], told["steps"][-1]["name"]) == (None, "begun")
        assert await ben.offers() == 201
        await ben.hears_both()
        await ben.is_heard_by(agent=False, customer=False)
        [there] = await ben.supervisors()
        assert there == {"phone": "browser", "kind": "LISTEN", "by": told["by"], "page": ben.own.name}

        for kind, by_agent, by_customer in (("whisper", True, False), ("barge", True, True), ("listen", False, False)):
            asked = time.monotonic()
            assert (await ben.asks(kind))["outcome"] == "completed"
            await ben.hears_both()
            assert ben.own.missed(CUSTOMER, asked) < STEP
            await ben.is_heard_by(agent=by_agent, customer=by_customer)

        killed = time.monotonic()
        os.kill(app_parts.pid_of(ben.site.lab.pids["warmline"], "api"), signal.SIGKILL)
        ben.own.connected.clear()
        async with asyncio.timeout(WITHIN):
            await ben.own.connected.wait()  # with the next API process
        assert ben.own.missed(CUSTOMER, max(killed, time.monotonic() - 1.5)) < HARM
        assert (await ben.asks("whisper"))["outcome"] == "completed"
        await ben.is_heard_by(agent=True, customer=False)

        await ben.own.goes()
        await eventually(lambda: is_empty(ben), GONE_WITHIN)
        await agent.shows("INCALL")
        assert gap(customer, VOICE, began) < HARM
        await customer.hang_up()
        await agent.shows("DISPO")
        await agent.orders("disposition", status="OTHER")
        await page.goes()


async def is_empty(ben: Supervision) -> bool:
    return not await ben.supervisors()
