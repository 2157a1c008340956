"""The hand-off of ARI scripts on a real Asterisk: each party has an own tone, and packets say who hears whom."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from lab.sip import answer, tones, wav
from tests.scenarios.given import THIRD
from tests.scenarios.scripts.test_ari_scripts import called, given, script
from tools.simulation.asterisk.ari_proxy import Proxy
from tools.simulation.call_centre.far_ends import BUSY, FarEnd, rings
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from warmline.ari import Ari, Channel, Conversation, DialOutcome, connect, serve

CUSTOMER, AGENT = "4930555888", "4930555777"


async def talking(real: RealWorld, ari: Ari) -> tuple[Conversation, Party, Party]:
    """Return a conversation of a customer and an agent, whom the script has called, and the two parties."""
    customer_channel, customer = await called(real, ari, CUSTOMER, tones.CUSTOMER)
    agent_channel, agent = await called(real, ari, AGENT, tones.AGENT)
    talk = await ari.conversation(customer_channel, agent_channel)
    await each_hears(real, customer, agent)
    return talk, customer, agent


async def each_hears(real: RealWorld, *parties: Party) -> None:
    """Wait until each of these parties hears all others of them."""
    await asyncio.gather(*(real.hears(one, *(other for other in parties if other is not one)) for one in parties))


async def test_a_third_party_is_brought_and_the_agent_leaves(real: RealWorld) -> None:
    async with script(real) as ari:
        talk, customer, agent = await talking(real, ari)
        real.far_end(THIRD, rings())
        bringing = asyncio.create_task(talk.conference(THIRD))
        third = await real.third(THIRD)
        await real.hears_ring_tone(agent)
        await real.hears_music(customer)
        assert talk.state == "ringing"
        await real.answer(third)
        came = await bringing
        assert came and came.channel is talk.third and talk.state == "consulting"
        await each_hears(real, agent, third)
        await real.no_ring_tone(agent)
        await real.silent_to(customer, third)
        await talk.swap()
        await each_hears(real, agent, customer)
        await real.hears_music(third)
        await talk.swap()
        await each_hears(real, agent, third)
        await talk.unpark()
        assert talk.state == "three-way"
        await each_hears(real, customer, agent, third)
        await real.no_music(customer)
        async with real.unbroken(customer, third):
            await talk.leave()
            await real.is_gone(agent)
        assert talk.state == "left" and not talk
    await each_hears(real, customer, third)
    await real.hang_up(customer)
    await real.is_gone(third)


@pytest.mark.parametrize(
    ("far_end", "outcome"), [(BUSY, DialOutcome.BUSY), (rings(), DialOutcome.NO_ANSWER)], ids=["busy", "no answer"]
)
async def test_without_an_answer_the_two_talk_on(real: RealWorld, far_end: FarEnd, outcome: DialOutcome) -> None:
    async with script(real) as ari:
        talk, customer, agent = await talking(real, ari)
        real.far_end(THIRD, far_end)
        came = await talk.conference(THIRD, seconds=1)
        assert came.outcome is outcome and not came
        await each_hears(real, customer, agent)
        await real.no_music(customer)
        assert talk.state == "talking" and (await talk.conference("4930@trunk;2")).outcome is DialOutcome.REFUSED
        await each_hears(real, customer, agent)


async def test_the_agent_is_called_into_the_conversation(real: RealWorld) -> None:
    async with script(real) as ari:
        channel, customer = await called(real, ari, CUSTOMER, tones.CUSTOMER)
        real.far_end(THIRD, BUSY)
        talk = await ari.conversation(channel, THIRD)
        assert not talk and talk.state == "ended" and not channel.gone
        real.far_end(AGENT, rings())
        calling = asyncio.create_task(ari.conversation(channel, AGENT))
        agent = await real.third(AGENT)
        await real.hears_ring_tone(customer)
        await real.answer(agent)
        talk = await calling
        assert talk and talk.agent.number == AGENT, talk.why_ended
        await each_hears(real, customer, agent)
        await real.no_ring_tone(customer)
        await talk.hang_up()
        await asyncio.gather(real.is_gone(customer), real.is_gone(agent))


async def test_all_hear_the_ring_tone_if_the_customer_is_not_parked(real: RealWorld) -> None:
    async with script(real) as ari:
        talk, customer, agent = await talking(real, ari)
        real.far_end(THIRD, rings())
        bringing = asyncio.create_task(talk.conference(THIRD, park=False))
        third = await real.third(THIRD)
        await asyncio.gather(real.hears_ring_tone(agent), real.hears_ring_tone(customer))
        await each_hears(real, customer, agent)
        await real.answer(third)
        assert await bringing
        await each_hears(real, customer, agent, third)
        await asyncio.gather(real.no_ring_tone(agent), real.no_ring_tone(customer))


async def transfer(ari: Ari, caller: Channel) -> None:
    """Serve a caller as the page about the hand-off does."""
    talk = await ari.conversation(caller, AGENT)
    while talk:
        key = await talk.agent.get_key(3600)
        if key == "*":
            await talk.conference(THIRD)
        elif key == "#" and talk.third:
            await talk.leave()


async def is_listed(real: RealWorld, application: str) -> bool | None:
    """Return whether a script is connected to Asterisk."""
    return any(listed["name"] == application for listed in await real.site.ari("applications")) or None


@pytest.mark.parametrize("way", ["the key", "a hang-up"])
async def test_a_served_call_goes_on_after_the_leave(real: RealWorld, way: str) -> None:
    name = f"transfer{way.count(' ') + len(way)}"
    await real._extend(f'"8005550188,1,Stasis(script-{name})" into from-trunk')
    await real._extend('"8005550188,2,Playback(vm-goodbye)" into from-trunk')
    real.site.far_ends[AGENT], real.site.far_ends[THIRD] = answer(tones.AGENT), answer(tones.THIRD)
    serving = asyncio.create_task(serve(name, transfer, given(real)))
    try:
        await real.until(lambda: is_listed(real, f"script-{name}"), "the script is to be connected")
        customer = await real.customer("8005550188")
        agent = await real.third(AGENT)
        await each_hears(real, customer, agent)
        await real._lines[agent].dial("*")
        third = await real.third(THIRD)
        await each_hears(real, agent, third)
        if way == "the key":
            await real._lines[agent].dial("#")
        else:
            await real.hang_up(agent)
        await real.is_gone(agent)
        await each_hears(real, customer, third)
        await real.hang_up(third)
        await real.hears_sound(customer, "vm-goodbye")  # the line behind Stasis()
        await real.is_gone(customer)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def test_a_caller_goes_on_once_behind_the_script_when_the_agent_has_gone(real: RealWorld) -> None:
    for step in ("1,Stasis(script-once)", "2,Set(GLOBAL(ONCE)=${GLOBAL(ONCE)}x)", "3,Playback(vm-goodbye)"):
        await real._extend(f'"8005550189,{step}" into from-trunk')
    real.site.far_ends[AGENT] = answer(tones.AGENT)
    serving = asyncio.create_task(serve("once", transfer, given(real)))
    try:
        await real.until(lambda: is_listed(real, "script-once"), "the script is to be connected")
        customer = await real.customer("8005550189")
        agent = await real.third(AGENT)
        await each_hears(real, customer, agent)
        await real.hang_up(agent)
        await real.hears_sound(customer, "vm-goodbye")
        await real.is_gone(customer)
        assert await real.site.ari("asterisk/variable?variable=ONCE") == {"value": "x"}
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def test_a_recording_pauses_and_follows_the_leave(real: RealWorld) -> None:
    async with script(real) as ari:
        talk, customer, agent = await talking(real, ari)
        await talk.recording.start("talk-1")
        await real.talk(0.5)
        await talk.recording.pause()
        real.site.far_ends[THIRD] = answer(tones.THIRD)
        assert await talk.conference(THIRD, park=False)
        third = await real.third(THIRD)
        await each_hears(real, customer, agent, third)
        await real.talk(0.5)
        talk.recording.start_at_leave = "talk-2"
        await talk.leave()
        await real.is_gone(agent)
        await real.talk(0.5)
    await each_hears(real, customer, third)
    await real.hang_up(third)
    await real.is_gone(customer)
    assert await heard(real, "talk-1") == {"customer", "agent"}
    assert await heard(real, "talk-2") == {"customer", "third"}


async def heard(real: RealWorld, name: str) -> set[str]:
    """Return whose voices are in a recording that ends."""
    [file] = real.site.folder.rglob(f"recording/{name}.wav")

    async def has_ended() -> bool | None:
        return not await real.site.ari(f"recordings/live/{name}") or None

    await real.until(has_ended, f"{name} is to end")
    voices = {tones.CUSTOMER: "customer", tones.AGENT: "agent", tones.THIRD: "third"}
    windows = wav.read(str(file)).windows(voices, milliseconds=100)
    return {voices[tone] for window in windows for tone in window if tone in voices}


STATES = {
    "talking": ("customer", "agent"),
    "consulting": ("customer", "agent", "third"),
    "three-way": ("customer", "agent", "third"),
}
HANGUPS = [(state, who) for state, parties in STATES.items() for who in parties]


@pytest.mark.parametrize(("state", "who"), HANGUPS, ids=[f"{state}, {who}" for state, who in HANGUPS])
@pytest.mark.parametrize("killed", [False, True], ids=["alive", "killed"])
async def test_nobody_is_left_alone(real: RealWorld, state: str, who: str, *, killed: bool) -> None:
    async with AsyncExitStack() as stack:
        ari, proxy = await connect_through(real, stack)
        talk, customer, agent = await talking(real, ari)
        parties = {"customer": customer, "agent": agent}
        if state != "talking":
            real.site.far_ends[THIRD] = answer(tones.THIRD)
            assert await talk.conference(THIRD, park=state == "consulting")
            parties["third"] = await real.third(THIRD)
            await each_hears(real, *list(parties.values())[state == "consulting" :])
        recording = f"talk-{state}-{who}-{killed}"
        await talk.recording.start(recording)
        await real.talk(0.3)
        if killed:  # from Asterisk's side: nothing more comes from the script
            await end(proxy)
        await real.hang_up(parties.pop(who))
        if len(parties) == 2:
            await each_hears(real, *parties.values())
            await real.hang_up(parties.popitem()[1])
        await asyncio.gather(*(real.is_gone(party) for party in parties.values()))
        assert await heard(real, recording)  # Asterisk ends the file


async def test_after_a_kill_a_phone_rings_no_more_if_the_agent_has_gone(real: RealWorld) -> None:
    async with AsyncExitStack() as stack:
        ari, proxy = await connect_through(real, stack)
        talk, customer, agent = await talking(real, ari)
        real.far_end(THIRD, rings())
        bringing = asyncio.create_task(talk.conference(THIRD, seconds=120))
        third = await real.third(THIRD)
        await real.hears_ring_tone(agent)
        await end(proxy)
        await real.hang_up(agent)
        await asyncio.gather(real.is_gone(customer), real.is_gone(third))
        bringing.cancel()
        await asyncio.gather(bringing, return_exceptions=True)


async def connect_through(real: RealWorld, stack: AsyncExitStack) -> tuple[Ari, Proxy]:
    """Connect a script whose connection ends with the proxy, as if it was killed."""
    url = real.site.lab.ari["url"]
    port = int(url.rpartition(":")[2].partition("/")[0])
    proxy = Proxy(port)
    stack.push_async_callback(end, proxy)
    await proxy.__aenter__()
    settings = given(real, ari_url=url.replace(f":{port}/", f":{proxy.port}/"))
    return await stack.enter_async_context(connect("survey", settings)), proxy


async def end(proxy: Proxy) -> None:
    await proxy.__aexit__(None, None, None)
