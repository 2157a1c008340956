"""A campaign calls 30 leads on a real Asterisk: the record of each attempt is what its phone did and heard."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from lab.outbound import demo_agents, demo_leads, lead_story
from lab.outbound.demo_leads import ANSWERS, HANGS_UP, IS_BUSY, IS_MACHINE, NO_ANSWER, REJECTS, RINGS_LATE, LeadKind
from lab.outbound.lead_story import ExpectedEnd, LeadStory
from lab.sip import IncomingCall, SipCall, later, refuse, ring, tones
from tests.internals.scenarios import BUSY_CAUSE, RINGS_AT_LEAST, UNTIL_IT_RINGS
from tests.scenarios.dialler.dialled_campaign import CAMPAIGN, GUESTS, SEATED, dialler, five_agents, numbers
from tools.simulation.call_centre.real_world import RealWorld

__all__ = ["numbers"]

TALK = 1.5  # seconds with each lead; a machine beeps before that
LASTS = 50.0  # seconds for all calls at most; mostly 23
LONG = 60.0  # seconds; longer than any call here rings
SOON = 0.5  # seconds until the end of a call without a report of ringing


async def rings_then_busy(call: IncomingCall) -> None:
    """Ring for three seconds, and then refuse: the user presses the red key."""
    call.ring()
    await asyncio.sleep(3.0)  # the user thinks
    call.refuse(486)


REFUSES_LATE = LeadKind("rings, then is busy", lambda hz: rings_then_busy, "AB", "lead", BUSY_CAUSE)
UNKNOWN = LeadKind("has no such number", lambda hz: refuse(404), "ADC", "lead", 1)
NOT_TOLD = LeadKind("does not tell of ringing", lambda hz: later(LONG, ring()), "NA", "dial_timeout")
KINDS = (
    *(RINGS_LATE, NOT_TOLD, NO_ANSWER, NO_ANSWER, NO_ANSWER),
    *(ANSWERS, IS_BUSY, UNKNOWN, IS_BUSY, REFUSES_LATE),
    *(HANGS_UP, IS_BUSY, UNKNOWN, IS_BUSY, ANSWERS),
    *(REJECTS, IS_BUSY, UNKNOWN, IS_MACHINE, IS_BUSY),
    *(ANSWERS, IS_BUSY, UNKNOWN, IS_BUSY, REFUSES_LATE),
    *(UNKNOWN, ANSWERS, IS_BUSY, UNKNOWN, IS_BUSY),
)


async def test_each_attempt_is_the_story_of_its_phone(real: RealWorld, numbers: Iterator[str]) -> None:
    leads = [demo_leads.DemoLead(next(numbers), hz, kind) for hz, kind in zip(tones_of(KINDS), KINDS, strict=True)]
    async with working(real) as seats:
        behaviours = {lead.number: lead.kind.behaves(lead.tone) for lead in leads}
        async with dialler(real, behaviours, dial_timeout=str(RINGS_AT_LEAST)):
            stories = await all_stories(real, [lead.number for lead in leads], seats)
    kinds = {lead.number: lead.kind for lead in leads}
    wrong = []
    for story in stories:
        kind = kinds[story.call.number]
        wrong += story.differences(ExpectedEnd(kind.status, kind.ended_by, kind.cause))
        if kind.status == "NA" and story.rang is not None:
            assert story.rang >= RINGS_AT_LEAST
        elif kind.status == "NA":  # the record begins before the request to Asterisk
            assert story.call.ended.at
            assert abs(story.call.ended.at - story.call.began - RINGS_AT_LEAST - UNTIL_IT_RINGS) <= SOON
        if story.answered:
            assert story.heard == story.heard_by and len(story.heard) == 1 and not story.beeps
            assert story.sound_after is not None and story.sound_after <= lead_story.IN_TIME
            assert story.silent_for is not None and story.silent_for <= lead_story.IN_TIME
    assert wrong == []
    assert len(stories) == len({story.call.number for story in stories}) == len(KINDS)
    assert {story.heard for story in stories if story.answered} >= {(user,) for user in (*SEATED, *GUESTS)}


def tones_of(kinds: Sequence[LeadKind]) -> list[int]:
    """Return a tone for each lead; those who never speak may share one."""
    fresh = iter([hz for hz in demo_leads.TONES if hz not in tones.PARTY_TONES])
    return [next(fresh) if kind in (ANSWERS, HANGS_UP, IS_MACHINE) else tones.THIRD for kind in kinds]


@asynccontextmanager
async def working(real: RealWorld) -> AsyncIterator[dict[str, SipCall]]:
    """Let the agents take leads."""
    async with five_agents(real) as agents:
        seats = {agent.name: real._lines[agent] for agent in agents}
        tasks = [asyncio.create_task(demo_agents.work(real.site.lab, user, seat, TALK)) for user, seat in seats.items()]
        try:
            yield seats
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)


async def all_stories(real: RealWorld, wanted: list[str], seats: dict[str, SipCall]) -> list[LeadStory]:
    """Wait until each lead was called, and every call has its end and its status on record."""
    limit = time.monotonic() + LASTS
    while True:
        calls = [one for one in real.site.peer.calls if isinstance(one, IncomingCall) and one.number in wanted]
        if len(calls) >= len(wanted) and all(call.ended.at is not None for call in calls):
            stories = lead_story.read(real.site.database, CAMPAIGN, calls, seats)
            if len(stories) == len(calls) and all(one.row["ended"] and one.row["status"] for one in stories):
                return stories
        assert time.monotonic() < limit, [call.story() for call in calls]
        await asyncio.sleep(0.2)  # no event tells when the last row is written
