"""The delivery of a lead on a real Asterisk: the agent alone hears the beep, and has the lead before the first word."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from lab.sip import Hearing, tones
from tests.internals.scenarios import Kind
from tests.scenarios.dialler.dialled_campaign import called, dialler, ended, numbers
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.real_world import RealWorld

__all__ = ["numbers"]

SPEAKS_AFTER = 0.3  # seconds from the answer to the first word; most people take longer
LISTENS = 1.0  # seconds from the first word, in which a beep would have ended

Seen = list[tuple[float, dict[str, Any]]]


@asynccontextmanager
async def event_stream(real: RealWorld, agent: str) -> AsyncIterator[Seen]:
    """Collect the events of an agent, each with its time, as a program of that agent reads them."""
    site, seen = real.site, Seen()
    query = {"agent": agent}
    async with site.http.get(f"{site.lab.api}/api/v1/events", params=query, headers=site.token()) as response:
        await response.content.readline()  # the place at which the stream begins

        async def read() -> None:
            async for line in response.content:
                name, _, text = line.decode().partition(": ")
                if name == "data":
                    seen.append((time.monotonic(), json.loads(text)))

        reading = asyncio.create_task(read())
        yield seen
        reading.cancel()


async def test_the_agent_has_the_lead_before_the_first_word(real: RealWorld, numbers: Iterator[str]) -> None:
    agent, number = await real.agent(), next(numbers)
    line = real._lines[agent]
    async with event_stream(real, agent.name) as seen, dialler(real, {number: answers(0.5, silent=True)}):
        lead = await called(real, number)
        answered = await lead.answered()
        ear = Hearing({"lead": lead, "agent": line})
        beep = await ear.heard(line, tones.BEEP, answered)
        await asyncio.sleep(max(0.0, answered + SPEAKS_AFTER - time.monotonic()))
        lead.tone(tones.THIRD)
        word = await ear.heard(line, lead, answered)
        shown = [(at, one) for at, one in seen if one["data"].get("customer") == number]
        at, event = shown[0]
        assert at < word and event["data"]["lead"] and event["agent"] == agent.name, (seen, word)
        assert answered < beep < word and ear.first(lead, line, answered)
        since, until = await ear.listen(LISTENS)
        assert ear.hears(line, lead, since, until) and ear.hears(lead, line, since, until)
        assert ear.first(lead, tones.BEEP, answered) is None and await real.beeps(agent) == 1
        await lead.hang_up()
        await real.agent_is(agent, "DISPO")
        assert await real.ask(Kind.STATUS, agent, status="SALE") == ""
        assert await ended(real, number) == ("SALE", "customer")
