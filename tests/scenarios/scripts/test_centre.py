"""`warmline.centre()` and `ari.adopt` on a real Asterisk: packets say who hears whom."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

import warmline
from tests.internals.scenarios import Channel, State
from tests.scenarios.given import THIRD, all_talk
from tests.scenarios.recipes.recipes import console
from tests.scenarios.scripts.test_ari_scripts import given, script
from tools.simulation.call_centre.far_ends import BUSY, answers, rings
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import OUTSIDE_PHONE, Party
from warmline.ari import Ari, Refused
from warmline.centre import DialOutcome

NUMBER = "8005550172"


async def test_three_lines_are_a_warm_transfer(real: RealWorld) -> None:
    agent = await real.agent("1000")
    customer = await real.customer()
    await all_talk(real, agent, customer)
    real.far_end(THIRD, answers())
    async with warmline.centre(settings=given(real)) as centre:
        call = await centre.agent("1000").call
        third = await call.conference(THIRD)
        await call.leave()
    assert third and third.outcome is DialOutcome.ANSWERED
    party = await real.third(THIRD)
    await asyncio.gather(real.hears(customer, party), real.hears(party, customer))
    await real.silent_to(agent, customer, party)
    await real.hang_up(customer)
    await real.is_gone(party)


async def test_a_third_party_who_is_busy_leaves_the_two_talking(real: RealWorld) -> None:
    agent = await real.agent("1000")
    customer = await real.customer()
    await all_talk(real, agent, customer)
    real.far_end(THIRD, BUSY)
    async with warmline.centre(settings=given(real)) as centre:
        third = await (await centre.agent("1000").call).conference(THIRD)
        assert third.outcome is DialOutcome.BUSY, third
    await all_talk(real, agent, customer)
    await real.hang_up(customer)


async def test_waits_and_events_go_on_when_the_app_was_killed(real: RealWorld) -> None:
    real.patience = 20.0
    agent = await real.agent("1000")
    customer = await real.customer()
    await all_talk(real, agent, customer)
    real.far_end(THIRD, rings())
    async with warmline.centre(settings=given(real)) as centre:
        call = await centre.agent("1000").call
        heard: list[str] = []

        async def listen() -> None:
            async for event in centre.events(call=call.id):
                heard.append(event.type)

        listening, dialling = asyncio.create_task(listen()), asyncio.create_task(call.conference(THIRD))
        party = await real.third(THIRD)
        await centre.agent("1000").mute()
        await real.until(lambda: listed(heard, "command.completed"), f"events are to be told: {heard}")
        await real.kill_app()
        await real.start_app()
        await real.answer(party)
        assert await dialling
        await call.leave()
        await asyncio.gather(real.hears(customer, party), real.hears(party, customer))
        await call.hang_up()
        await call.until_hangup()
        await real.until(lambda: listed(heard, "call.ended"), f"the end of the call is to be told: {heard}")
        listening.cancel()
    assert {"call.handed_off", "call.ended"} <= {*heard}, heard


async def listed(heard: list[str], kind: str) -> bool | None:
    return kind in heard or None


@asynccontextmanager
async def talking(
    world: RealWorld, ari: Ari, *, guarded: bool = False
) -> AsyncIterator[tuple[Channel, Channel, Party, Party]]:
    """Let a caller talk to a phone in the script, also `guarded` as a conversation; yield channels and parties."""
    if OUTSIDE_PHONE in world.seats:
        await world._leaves_his_seat(world.seats.pop(OUTSIDE_PHONE))
    phone = Party(OUTSIDE_PHONE)
    world.takes_calls(phone)
    await world.site.registered(phone.name)
    await world._extend(f'"{NUMBER},1,Stasis({ari.name})" into from-trunk')
    await world._extend(f'"{NUMBER},2,Hangup()" into from-trunk')
    arrivals = ari.arrivals()
    customer = await world.customer(NUMBER)
    caller = await anext(arrivals)
    await caller.answer()
    called = await ari.call(f"PJSIP/{phone.name}")
    world._lines[phone] = await world.site.called(phone.name, world.patience)
    if guarded:
        conversation = await ari.conversation(caller, called.channel)
        talk: asyncio.Task[object] = asyncio.create_task(conversation.until_end())
    else:
        talk = asyncio.create_task(ari.talk(caller, called.channel))
    await all_talk(world, phone, customer)
    yield caller, called.channel, phone, customer
    await talk


async def test_a_talk_of_a_script_becomes_an_agents_call(real: RealWorld) -> None:
    async with script(real) as ari, talking(real, ari) as (caller, phone_channel, phone, customer):
        async with real.unbroken(phone, customer):
            call = await ari.adopt(caller, phone_channel, agent=OUTSIDE_PHONE)
        assert caller.gone and phone_channel.gone and ari.channels == {}
    await real.call_is(customer, State.TALKING)
    real.far_end(THIRD, answers())
    await call.recording.start()
    third = await call.conference(THIRD)
    party = await real.third(THIRD)
    assert third
    await real.hears_music(customer)
    await call.leave()
    await real.is_gone(phone)
    await asyncio.gather(real.hears(customer, party), real.hears(party, customer))
    await call.hang_up()
    await real.is_gone(party)
    found = (await real.ended(customer)).call
    assert found and (found["origin"], found["last_agent"]) == ("adopted", OUTSIDE_PHONE)


async def test_a_conversation_of_a_script_is_no_more_of_the_script(real: RealWorld) -> None:
    """What looks after its parties if the script is killed looks after them no more."""
    async with script(real) as ari, talking(real, ari, guarded=True) as (caller, phone_channel, phone, customer):
        async with real.unbroken(phone, customer):
            call = await ari.adopt(caller, phone_channel, agent=OUTSIDE_PHONE)
        assert ari.conversations == set() and ari.bridges == {}
        for channel in (caller, phone_channel):
            variable = await real.site.ari(f"channels/{channel.id}/variable?variable=WARMLINE_TALK_WITH")
            assert variable == {"value": ""}
        real.far_end(THIRD, answers())
        assert await call.conference(THIRD, park=False)
        party = await real.third(THIRD)
        await all_talk(real, phone, customer, party)
        async with real.unbroken(customer, party):
            await call.leave()
            await real.is_gone(phone)
        await real.hang_up(customer)
        await real.is_gone(party)


@pytest.mark.parametrize(("agent", "why"), [("4711", "there is no agent 4711"), ("1000", "is logged in already")])
async def test_after_a_refusal_both_talk_on_in_the_script(real: RealWorld, agent: str, why: str) -> None:
    await real.agent("1000")
    async with script(real) as ari, talking(real, ari) as (caller, phone_channel, phone, customer):
        async with real.unbroken(phone, customer):
            with pytest.raises(Refused, match=why):
                await ari.adopt(caller, phone_channel, agent=agent)
        assert not caller.gone and not phone_channel.gone
        assert await real.call_state(customer) is None
        await real.hang_up(customer)
        await real.is_gone(phone)


async def test_without_the_contexts_of_the_dialplan_both_talk_on_in_the_script(real: RealWorld) -> None:
    """Asterisk hangs up a channel that continues in a context which does not exist."""
    async with script(real) as ari, talking(real, ari) as (caller, phone_channel, phone, customer):
        await console(real, "dialplan remove context warmline-handoff-customer")
        try:
            async with real.unbroken(phone, customer):
                with pytest.raises(Refused, match="does it include"):
                    await ari.adopt(caller, phone_channel, agent=OUTSIDE_PHONE)
        finally:
            await console(real, "dialplan reload")
        assert not caller.gone and not phone_channel.gone
        await real.hang_up(customer)
        await real.is_gone(phone)


async def test_without_the_app_both_talk_on_in_the_script(real: RealWorld) -> None:
    async with script(real) as ari, talking(real, ari) as (caller, phone_channel, phone, customer):
        await real.kill_app()
        async with real.unbroken(phone, customer):
            with pytest.raises(Refused, match=r"it has no place|is not running|does not answer|was not started"):
                await ari.adopt(caller, phone_channel, agent=OUTSIDE_PHONE)
        await real.start_app()
        assert not caller.gone and not phone_channel.gone
        await real.hang_up(customer)
        await real.is_gone(phone)


async def test_no_other_program_takes_a_talk_from_a_script(real: RealWorld) -> None:
    async with script(real) as ari, talking(real, ari) as (_, _, phone, customer):
        async with real.unbroken(phone, customer):
            assert "belongs to the ARI application script-survey" in await real.adopt(phone)
        await real.hang_up(customer)
