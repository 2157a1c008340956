"""Leads in flight on a real Asterisk: each call tells how it rings and ends, although it is not in the app yet."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.internals.scenarios import (
    MEANINGS,
    REQUESTS,
    AriClient,
    AriEventStream,
    DtmfReceived,
    Event,
    LegAnswered,
    LegArrived,
    LegDestroyed,
    LegLeftStasis,
    LegRinging,
    OriginateToDialplan,
    decode,
)
from tools.simulation.call_centre.far_ends import BUSY, UNKNOWN, FarEnd, answers, rings
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld
from warmline.agi import new_id

OTHER_APP = "leads"
CAUSES = {"busy": (BUSY, 17), "no such number": (UNKNOWN, 1), "rings on": (rings(), 19)}  # Q.850


class Leads:
    """Another app on the lab's Asterisk that dials leads as Warmline does, and the events of their legs."""

    def __init__(self, site: LabSite, client: AriClient) -> None:
        self.site, self.client = site, client
        self.events: list[Event] = []
        self._changed = asyncio.Event()

    def hear(self, text: str) -> None:
        """Keep the events of a message."""
        self.events += decode(text)
        self._changed.set()

    async def dial(self, number: str, does: FarEnd) -> str:
        """Dial a lead for two seconds, and return the leg."""
        self.site.far_ends[number] = does
        leg = new_id()
        endpoint = f"PJSIP/{number}@trunk"
        dial = OriginateToDialplan(leg, endpoint, "4930999", new_id(), 2, "vm-nobodyavail", number, "9")
        await REQUESTS[OriginateToDialplan](self.client, dial)
        return leg

    async def until(self, *wanted: Event) -> None:
        """Wait until all of these events have come."""
        async with asyncio.timeout(10):
            while any(one not in self.events for one in wanted):
                self._changed.clear()
                await self._changed.wait()

    def of(self, leg: str) -> list[Event]:
        """Return the events of a leg, in order."""
        return [one for one in self.events if getattr(one, "leg", "") == leg]


@asynccontextmanager
async def leads(site: LabSite) -> AsyncIterator[Leads]:
    """Let another app take the leads who answer."""
    ari = site.lab.ari
    async with AriClient(ari["url"], ari["user"], ari["password"], OTHER_APP) as client:
        made, connected = Leads(site, client), asyncio.Event()

        async def on_connect(_: int) -> None:
            connected.set()

        listening = asyncio.create_task(AriEventStream(client, MEANINGS, made.hear, on_connect).run())
        await asyncio.wait_for(connected.wait(), 10)
        await site.set_global("WARMLINE_APP", OTHER_APP)
        try:
            yield made
        finally:
            await site.set_global("WARMLINE_APP", "warmline")
            listening.cancel()
            await asyncio.wait([listening])


async def test_each_end_of_a_call_that_is_not_answered_has_its_cause(real: RealWorld) -> None:
    async with leads(real.site) as all_leads:
        legs = {name: await all_leads.dial(f"493077800{n}", does) for n, (name, (does, _)) in enumerate(CAUSES.items())}
        await all_leads.until(*(LegDestroyed(leg, CAUSES[name][1]) for name, leg in legs.items()))
        rang = [name for name, leg in legs.items() if LegRinging(leg) in all_leads.events]
        assert rang == ["rings on"]


async def test_a_lead_who_answers_is_told_once(real: RealWorld) -> None:
    """Asterisk reports a channel in the app for itself, and again for its trunk."""
    async with leads(real.site) as all_leads:
        leg = await all_leads.dial("4930778010", answers(0.3))
        lead = await real.site.peer.next_call()
        while lead.number != "4930778010":
            lead = await real.site.peer.next_call()
        await lead.answered()
        await lead.dial("95")
        await all_leads.until(DtmfReceived(leg, "9"), DtmfReceived(leg, "5"))
        await lead.hang_up()
        await all_leads.until(LegDestroyed(leg, 0))
        arrived = next(one for one in all_leads.of(leg) if isinstance(one, LegArrived))
        assert (arrived.args, arrived.up) == (("auto",), True)
        others = [one for one in all_leads.of(leg) if not isinstance(one, LegAnswered)]
        assert others == [
            LegRinging(leg),
            arrived,
            DtmfReceived(leg, "9"),
            DtmfReceived(leg, "5"),
            LegLeftStasis(leg),
            LegDestroyed(leg, 0),
        ]
