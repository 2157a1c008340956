"""Agents who leave a ringing lead on a real Asterisk, and callers beside it: no lead who answers is in silence."""

import asyncio
from collections.abc import Iterator

import pytest

from lab.outbound import lead_story
from lab.sip import Hearing, IncomingCall, silence
from tests.internals.scenarios import Kind, State
from tests.scenarios.dialler.dialled_campaign import CAMPAIGN, called, dialler, ended, numbers
from tools.simulation.call_centre.dialled_leads import ends, hears_message
from tools.simulation.call_centre.far_ends import rings
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

__all__ = ["numbers"]

MESSAGE_WITHIN = 2.3  # seconds from the answer; drop_call_seconds is 2
STAYS, LEAVE = "1000", ("1001", "1007", "1009", "1002")
PAUSE = LEAVE[0], LEAVE[3]


async def test_agents_leave_while_a_lead_rings_for_each(real: RealWorld, numbers: Iterator[str]) -> None:
    """One agent loses the phone, and one logs out: two of five leads are dropped. Two more pause after the ring."""
    stays, *others = await asyncio.gather(*(real.agent(user) for user in (STAYS, *LEAVE)))
    wanted = [next(numbers) for _ in range(5)]
    async with dialler(real, dict.fromkeys(wanted, rings())):
        leads = [await called(real, number) for number in wanted]
        pausing = await leave(real, *others)
        for lead in leads:
            lead.answer()
        for lead in leads:
            await hears_a_sound(lead)
        there = {STAYS: stays} | dict(zip(PAUSE, pausing, strict=True))
        lines = {user: real._lines[agent] for user, agent in there.items()}
        stories = lead_story.read(real.site.database, CAMPAIGN, leads, lines)
        assert sorted(story.heard for story in stories) == [(), (), *sorted((user,) for user in there)]
        for story in stories:
            assert (story.row["dropped"] is None) == bool(story.heard) == (story.row["agent"] in there)
            assert story.sound_after is not None and story.sound_after <= MESSAGE_WITHIN
        await asyncio.gather(*(lead.hang_up() for lead in leads))
        for agent in (stays, *pausing):
            await sells(real, agent)
        for agent in pausing:
            await real.agent_is(agent, "PAUSED")
        assert sorted([(await ended(real, number))[0] for number in wanted]) == ["DROP"] * 2 + ["SALE"] * 3


async def leave(
    real: RealWorld, pauses: Party, loses_phone: Party, logs_out: Party, pauses_too: Party
) -> tuple[Party, Party]:
    """Let agents go though leads ring for them; return those who stay until the ring is over."""
    await real.hang_up(loses_phone)  # it is called back, and is busy
    assert await real.ask(Kind.LOGOUT, logs_out) == ""
    for agent in (pauses, pauses_too):
        assert await real.ask(Kind.PAUSE, agent) == ""
        assert await real.agent_state(agent) == "READY"
    return pauses, pauses_too


async def hears_a_sound(lead: IncomingCall) -> None:
    answered = await lead.answered()

    def sound() -> float | None:
        return silence.first_sound(lead.audio.between(answered, lead.audio.captured_until))

    await lead.audio.until(sound, MESSAGE_WITHIN, f"{lead} hears a sound")


async def sells(real: RealWorld, agent: Party) -> None:
    await real.agent_is(agent, "DISPO")
    assert await real.ask(Kind.STATUS, agent, status="SALE") == ""


@pytest.mark.parametrize(("priority", "first"), [("0", "lead"), ("90", "caller")])
async def test_the_higher_rank_gets_the_agent(
    real: RealWorld, numbers: Iterator[str], priority: str, first: str
) -> None:
    """A caller comes while a lead rings whose queue_priority is 50, and there is one agent."""
    agent, number = await real.agent(), next(numbers)
    async with dialler(real, {number: rings()}):
        lead = await called(real, number)
        await real.configure("ingroup", "SALESLINE", queue_priority=priority)  # before, the agent would be left to it
        caller = await real.customer()
        if first == "caller":
            await real.hears(agent, caller)
            lead.answer()
            assert await hears_message(real.site, lead, MESSAGE_WITHIN) <= MESSAGE_WITHIN
            await ends(lead)
            assert (await ended(real, number))[0] == "DROP"
            await real.hang_up(caller)
            await sells(real, agent)
            return
        await real.call_is(caller, State.WAITING)
        assert await real.agent_state(agent) == "READY"
        lead.answer()
        line, answered = real._lines[agent], await lead.answered()
        assert await Hearing({"lead": lead, "agent": line}).heard(lead, line, answered) - answered <= MESSAGE_WITHIN
        assert await real.call_state(caller) == State.WAITING
        await real.hears_music(caller)
        await lead.hang_up()
        await sells(real, agent)
        await real.hears(agent, caller)  # and not the next lead
