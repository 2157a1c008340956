"""An agent who works in Chromium with a browser phone: alone in an in-group, with customers and a third party.

Each test has an agent of its own, whose in-group, number and campaign belong to no other. At the end the agent is
logged out.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import aiohttp
from playwright.async_api import APIResponse, Page, expect

from lab import configure
from lab.demo_config import CAMPAIGN
from lab.sip import SipCall, tones
from tests.browser.cut_network import CutNetwork
from tests.browser.stage import PASSWORD, WITHIN, Person, Stage
from tests.internals.browser import config, journal_events, passwords

CLEAN = "globalThis.warmlineAudio = {echoCancellation: false, noiseSuppression: false, autoGainControl: false}"
CONNECTED = re.compile(r"^Headset (connected|\d+ ms)")
LATE = 0.1  # seconds without a packet that count as a silence
SETTLES = 0.3  # seconds that are heard after an agent is back, or a state has changed


class WorkingAgent:
    """An agent at work. `customer` and `third` are the parties of the call, `person` is the agent's page."""

    def __init__(self, stage: Stage, user: str, tone: int = tones.AGENT, network: CutNetwork | None = None) -> None:
        self.stage, self.user, self.tone, self.network = stage, user, tone, network
        self.did, self.colleague = f"800777{user}", f"850777{user}"
        self.person: Person
        self.customer: SipCall
        self.third: SipCall
        self.parties: list[SipCall] = []  # of the calls so far

    @property
    def page(self) -> Page:
        return self.person.page

    async def opens(self, tone: int | None = None) -> Person:
        """Open the workspace in another browser window, and log the user in."""
        url = self.network.url if self.network else ""
        leads = self.network.leads if self.network else None
        return await self.stage.person(f"user{self.user}", tone or self.tone, url, CLEAN, leads)

    async def starts(self) -> None:
        """Start the work with the browser phone, and wait for calls."""
        await expect(self.page.locator("#do-start[aria-disabled=false]")).to_be_visible(timeout=WITHIN * 1000)
        await self.page.locator("#do-start").click()
        await self.shows("ready")
        await self.on_the_line()

    async def shows(self, state: str, person: Person | None = None) -> None:
        """Wait until the page shows a state, such as 3-way."""
        page = (person or self.person).page
        await expect(page.locator(f'body[data-state="{state}"]')).to_be_attached(timeout=WITHIN * 1000)

    async def on_the_line(self, person: Person | None = None) -> None:
        """Wait until the page has the agent's voice, and says so."""
        page = (person or self.person).page
        await expect(page.locator(".phone")).to_have_text(CONNECTED, timeout=WITHIN * 1000)

    async def screen(self) -> Any:
        """Return the screen state, as the server knows it."""
        told = await self.person.context.request.get(f"{self.person.url}/api/v1/agents/me/screen")
        return await told.json()

    async def orders(self, name: str, **body: str) -> None:
        """Give a command, as the page does."""
        answer = await self.sends(name, **body)
        assert answer.status == 201, await answer.text()

    async def sends(self, name: str, **body: str) -> APIResponse:
        """Give a command; return the answer, which may be a refusal."""
        url = f"{self.person.url}/api/v1/agents/me/{name}"
        headers = {"X-Warmline": "1", "Origin": self.person.url}
        return await self.person.context.request.post(url, data=body, headers=headers)

    async def talks(self, tone: int = tones.CUSTOMER) -> None:
        """Let a customer call, and be heard."""
        self.customer = await self.calls(tone)
        await hears(self.customer, self.tone, time.monotonic())
        await self.shows("incall")

    async def calls(self, tone: int = tones.CUSTOMER) -> SipCall:
        """Let a customer call the agent's number; return the answered call."""
        trunk = await self.stage.parties.customer(self.stage.lab.sip, f"1555{self.user}", tone)
        call: SipCall = await trunk.call(self.did)
        self.parties.append(call)
        await call.answered()
        return call

    async def holds(self) -> None:
        """Put the customer on hold."""
        await self.orders("hold")
        await self.shows("park")
        await hears(self.customer, tones.MUSIC, time.monotonic())

    async def calls_third(self, *, waits: bool = False) -> None:
        """Call the third party with the customer, who otherwise waits."""
        kind = "PARK_CUSTOMER_DIAL" if waits else "DIAL_WITH_CUSTOMER"
        await self.orders("transfers", kind=kind, number=self.colleague)
        while (call := await self.stage.peer.next_call()).number != self.colleague:
            pass
        self.third = call
        self.parties.append(call)
        await self.shows("park" if waits else "3-way")
        await hears(self.third, self.tone, time.monotonic())

    async def ends(self) -> None:
        """End the call, and give it a code."""
        await self.parties_hang_up()
        await self.shows("dispo")
        await self.orders("disposition", status="OTHER")
        await self.shows("ready")

    async def parties_hang_up(self) -> None:
        """Let every customer and third party hang up."""
        for call in self.parties:
            await call.hang_up()
        self.parties.clear()

    async def goes_home(self) -> None:
        """Log the agent out, whatever the test has left."""
        api, token = self.stage.lab.api, (Path(self.stage.lab.dir) / "run/token").read_text().strip()
        async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as http:
            for name, body in (("hangup", {"kind": "HANGUP"}), ("logout", {}), ("disposition", {"status": "OTHER"})):
                async with http.post(f"{api}/api/v1/agents/{self.user}/{name}", json=body) as answer:
                    await answer.read()

    async def campaign(self, **options: str) -> None:
        """Change options of the agent's campaign, and wait until they are in force."""
        change = ("campaign", f"WORK{self.user}", options)
        place = self.place()
        await asyncio.to_thread(configure.fill, Path(self.stage.lab.db), [change])

        async def in_force() -> bool:
            return any(one.type == "config.changed" for one in journal_events.after(self.stage.lab.db, place, 100))

        await self.person.until(in_force)

    def place(self) -> journal_events.EventId:
        """Return the place in the journal from which `changes` begin."""
        return journal_events.last(self.stage.lab.db)

    def changes(self, since: journal_events.EventId) -> list[str]:
        """Return the changes of state of this agent and the call since a place in the journal."""
        return [
            one.type
            for one in self.events(since)
            if one.type.startswith(("call.", "agent.")) and not one.type.endswith(".updated")
        ]

    def events(self, since: journal_events.EventId) -> list[journal_events.JournalEvent]:
        """Return the events of this agent, and of the agent's calls, since a place in the journal."""
        found = journal_events.after(self.stage.lab.db, since, 1_000_000)
        calls = {one.call for one in found if one.agent == self.user} - {""}
        return [one for one in found if one.agent == self.user or one.call in calls]


@asynccontextmanager
async def working(
    stage: Stage, user: str, *, tone: int = tones.AGENT, network: CutNetwork | None = None, **campaign: str
) -> AsyncIterator[WorkingAgent]:
    """Provide an agent who is READY. `campaign` are options of the agent's campaign, `network` leads to the server."""
    agent = WorkingAgent(stage, user, tone, network)
    await asyncio.to_thread(add_agents, stage, [user], **campaign)
    agent.person = await agent.opens()
    await agent.starts()
    try:
        yield agent
    finally:
        await agent.goes_home()


def add_agents(stage: Stage, users: Iterable[str], **campaign: str) -> None:
    """Give each of these agents a login, a campaign with these options, an in-group and a number."""
    changes: list[configure.Change] = []
    for user in users:
        changes += [
            ("ingroup", f"LINE{user}", {}),
            ("campaign", f"WORK{user}", CAMPAIGN | campaign),
            ("agent", user, {"campaign": f"WORK{user}", "ingroups": f"LINE{user}"}),
            ("did", f"800777{user}", {"route": f"ingroup:LINE{user}"}),
        ]
    configure.fill(Path(stage.lab.db), changes)
    with patch.object(passwords, "COST", 16):
        for user in users:
            login = {"pass": PASSWORD, "role": "agent", "agent": user}
            config.create(Path(stage.lab.db), "user", f"user{user}", login, who="test")


async def hears(call: SipCall, hz: int, since: float) -> float:
    """Wait until a party hears a tone; return the time of the first packet with it since then."""

    def find() -> float | None:
        packets = call.audio.between(since, float("inf"))
        return next((one.time for one in packets if tones.packet_has_tone(one.payload, hz)), None)

    return await call.audio.until(find, WITHIN, f"{call}: {hz} Hz not heard")


class Silence(NamedTuple):
    """A time without a tone: the longest gap in seconds, and when the last one ended that was longer than `LATE`."""

    longest: float
    until: float


async def longest_gap(call: SipCall, hz: int, since: float) -> float:
    """Return the longest time in seconds without the tone, from `since` until it has been heard again for a while."""
    return (await last_silence(call, hz, since)).longest


async def last_silence(call: SipCall, hz: int, since: float) -> Silence:
    """Return the silence of a tone from `since` until it has been heard again for a while."""
    again = await hears(call, hz, time.monotonic())

    def captured() -> bool | None:
        return call.audio.captured_until >= again + SETTLES or None

    await call.audio.until(captured, WITHIN, f"{call}: no sound")
    packets = call.audio.between(since, again + SETTLES)
    times = [since, *(one.time for one in packets if tones.packet_has_tone(one.payload, hz)), again + SETTLES]
    gaps = list(pairwise(times))
    until = max((after for before, after in gaps if after - before > LATE), default=since)
    return Silence(max(after - before for before, after in gaps), until)
