"""ARI scripts on a real Asterisk: each party has its own tone, and packets say who hears whom."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from lab.sip import answer, tones
from tests.internals.scenarios import Channel, CodedError, Settings, settings
from tests.scenarios.given import THIRD
from tests.wording.said import refused
from tools.simulation.asterisk.ari_proxy import Proxy
from tools.simulation.call_centre.far_ends import BUSY, UNKNOWN, FarEnd, rings
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from warmline.ari import (
    Ari,
    AriError,
    ChannelGone,
    ConnectionLost,
    DialOutcome,
    Digits,
    Letters,
    NotPlayed,
    Reconnected,
    Refused,
    connect,
    events,
)

OTHER = "4930555888"
KEYS = f"tone:{tones.EARLY}"


def given(world: RealWorld, **more: str) -> Settings:
    """Return the lab's settings."""
    changed = {f"WARMLINE_{name.upper()}": value for name, value in more.items()}
    return settings.load_with_secrets({"WARMLINE_CONFIG": str(world.site.folder / "warmline.toml"), **changed})


@asynccontextmanager
async def script(world: RealWorld, name: str = "survey") -> AsyncIterator[Ari]:
    """Connect as a script to the lab's Asterisk."""
    async with connect(name, given(world)) as ari:
        yield ari


async def called(world: RealWorld, ari: Ari, number: str = THIRD, tone: int = tones.THIRD) -> tuple[Channel, Party]:
    """Call a party with this voice, who answers at once."""
    world.site.far_ends[number] = answer(tone)
    came = await ari.call(number)
    assert came, came
    return came.channel, await world.third(number)


async def test_a_party_is_called_hears_a_tone_and_presses_keys(real: RealWorld) -> None:
    async with script(real) as ari:
        channel, party = await called(real, ari)
        listening = asyncio.create_task(channel.play(KEYS, keys="12"))
        await real.hears_dialplan(party)
        await real._lines[party].dial("32")
        assert await listening == "2"
        await real._lines[party].dial("47#")
        assert await channel.get_keys(6, seconds=3) == "47"
        assert await channel.get_key(0.05) == ""
        await channel.hang_up()
        await real.is_gone(party)
    assert ari.channels == {}


@pytest.mark.parametrize(
    ("far_end", "outcome", "cause"),
    [(BUSY, DialOutcome.BUSY, 17), (UNKNOWN, DialOutcome.REFUSED, 1), (rings(), DialOutcome.NO_ANSWER, 19)],
)
async def test_a_call_without_an_answer_has_its_reason(
    real: RealWorld, far_end: FarEnd, outcome: DialOutcome, cause: int
) -> None:
    real.far_end(THIRD, far_end)
    async with script(real) as ari:
        came = await ari.call(THIRD, seconds=1)
        assert (came.outcome, came.cause) == (outcome, cause) and came.why and not came
        with pytest.raises(ValueError, match="no party answered"):
            _ = came.channel
        assert ari.channels == {}


async def test_a_number_must_pass_the_dial_rules(real: RealWorld) -> None:
    await real.configure("campaign", "TESTCAMP", dial_deny="_4930X.")
    async with script(real) as ari:
        came = await ari.call(THIRD, "TESTCAMP")
        assert came.outcome is DialOutcome.REFUSED and "dial_deny" in came.why
        with refused(CodedError, "entity_unknown", kind="campaign", name="NOCAMP"):
            await ari.call(THIRD, "NOCAMP")
        assert (await ari.call("trunk/1;2")).outcome is DialOutcome.REFUSED
        assert ari.channels == {}


async def test_two_parties_go_on_talking_when_the_script_ends(real: RealWorld) -> None:
    async with script(real) as ari:
        one, first = await called(real, ari)
        other, second = await called(real, ari, OTHER, tones.CUSTOMER)
        await ari.bridge(one, other)
        await asyncio.gather(real.hears(first, second), real.hears(second, first))
    await asyncio.gather(real.hears(first, second), real.hears(second, first))
    await real.hang_up(first)
    await real.is_gone(second)


async def test_a_script_reads_the_keys_of_parties_who_talk(real: RealWorld) -> None:
    async with script(real) as ari:
        one, first = await called(real, ari)
        other, second = await called(real, ari, OTHER, tones.CUSTOMER)
        await ari.bridge(one, other)
        await asyncio.gather(real.hears(first, second), real.hears(second, first))
        await real.press(first, "47#")
        assert await one.get_keys(6, seconds=3) == "47"


async def test_a_call_is_handed_over(real: RealWorld) -> None:
    agent = await real.agent("1000")
    async with script(real) as ari:
        channel, party = await called(real, ari, tone=tones.CUSTOMER)
        with pytest.raises(Refused, match="NOWHERE"):
            await ari.hand_over(channel, "ingroup:NOWHERE")
        with pytest.raises(Refused, match="call_data"):
            await ari.hand_over(channel, "ingroup:SALESLINE", {"shoe_size": "46"})
        await ari.hand_over(channel, "ingroup:SALESLINE")
        assert channel.gone and channel.why_gone == "handed over to ingroup:SALESLINE"
        with pytest.raises(ChannelGone):
            await channel.play(KEYS)
        await asyncio.gather(real.hears(agent, party), real.hears(party, agent))
        await channel.hang_up()
    await asyncio.gather(real.hears(agent, party), real.hears(party, agent))
    await real.hang_up(party)


async def test_a_call_that_is_cancelled_while_it_rings_is_withdrawn(real: RealWorld) -> None:
    real.far_end(THIRD, rings())
    async with script(real) as ari:
        calling = asyncio.create_task(ari.call(THIRD))
        party = await real.third(THIRD)
        calling.cancel()
        await real.is_gone(party)
        with pytest.raises(asyncio.CancelledError):
            await calling
        await real.until(lambda: no_channels(ari), "the script is to have no channel")


async def no_channels(ari: Ari) -> bool | None:
    """Return whether the script has no channel. A party is gone before the answer to the hang-up arrives."""
    return None if ari.channels else True


async def test_an_answer_for_which_the_script_does_not_wait_is_hung_up(real: RealWorld) -> None:
    real.far_end(THIRD, rings())
    async with script(real) as ari:
        calling = asyncio.create_task(ari.call(THIRD))
        party = await real.third(THIRD)
        [channel] = ari.channels.values()
        channel.ended("no answer to the request came in time")
        await real.answer(party)
        await real.is_gone(party)
        assert ari.script_events.take_arrival() is None
        calling.cancel()


async def test_a_sound_that_does_not_exist_is_named(real: RealWorld) -> None:
    async with script(real) as ari:
        channel, _ = await called(real, ari)
        with pytest.raises(NotPlayed, match="no-such-sound"):
            await channel.play("no-such-sound")
        assert not channel.gone


async def test_a_party_hears_a_text_that_a_program_says(real: RealWorld) -> None:
    copies = f"cp {real.site.sounds}/{{voice}}.wav {{file}}"
    async with connect("survey", given(real, speech_command=copies)) as ari:
        channel, third = await called(real, ari)
        await channel.say_text("goodbye", voice="vm-goodbye", private=True)
        await real.hears_sound(third, "vm-goodbye")
        await channel.hang_up()


async def test_no_part_and_no_name_of_a_recording_holds_the_script(real: RealWorld) -> None:
    """Asterisk reports the end of none of these, unless the library asks, or knows better."""
    async with script(real) as ari, asyncio.timeout(60):
        channel, _ = await called(real, ari)
        await channel.play(Letters("Smith, John"), Digits("1,2"), "sound:beep")
        for part in ("recording:nowhere", "number:x", "beep,beep"):
            with pytest.raises(NotPlayed, match=part):
                await channel.play(part)
        for name in ("a\0b", "a\nb", "x" * 300, "../a", ""):
            with pytest.raises(NotPlayed, match="recording"):
                await channel.record(name, 1, beep=False)
        assert (await channel.record("room/4711", 1, beep=False)).name == "room/4711"
        assert not channel.gone


async def test_a_party_who_hangs_up_ends_the_waits_of_the_script(real: RealWorld) -> None:
    async with script(real) as ari:
        channel, party = await called(real, ari)
        playing = asyncio.create_task(channel.play(KEYS))
        pressing = asyncio.create_task(channel.get_key(30))
        leaving = asyncio.create_task(channel.until_hangup())
        await real.hears_dialplan(party)
        await real.hang_up(party)
        assert await leaving
        for work in (playing, pressing):
            with pytest.raises(ChannelGone):
                await work


async def test_a_party_is_recorded_on_a_trunk_to_which_the_app_listens(real: RealWorld) -> None:
    async with script(real) as ari:
        heard = {"eventSource": "endpoint:PJSIP/trunk"}  # the app does so as soon as it has dialled a lead
        await ari.request("POST", "applications", "warmline", "subscription", query=heard)
        channel, party = await called(real, ari)
        recording = asyncio.create_task(channel.record("survey-answer", 20, beep=False))
        await real.talk(2.0)  # Asterisk cuts off 0.2 s at the key
        await real._lines[party].dial("#")
        recorded = await recording
        assert recorded.name == "survey-answer" and recorded.seconds >= 1
        assert recorded.silent is None
        with pytest.raises(NotPlayed, match="survey-answer"):
            await channel.record("survey-answer", 20)
        again = asyncio.create_task(channel.record("survey-again", 20, 10, beep=False))
        await real.talk(1.2)
        with pytest.raises(NotPlayed, match="it is being written"):
            await channel.record("survey-again", 20)
        await real.hang_up(party)
        assert (await again).silent is False


async def test_a_caller_comes_from_the_dialplan(real: RealWorld) -> None:
    await real._extend("s,1,Stasis(script-survey,blue) into surveys")
    async with script(real) as ari:
        where = {"endpoint": "Local/s@surveys/n", "context": "surveys", "extension": "s", "priority": 1}
        asked = asyncio.create_task(ari.request("POST", "channels", query=where))
        async for channel in ari.arrivals():
            assert channel.arguments == ("blue",)
            await channel.answer()
            break
        await asked


async def test_events_come_typed(real: RealWorld) -> None:
    async with script(real) as ari:
        seen = ari.events(events.StasisStart, events.ChannelDtmfReceived)
        channel, party = await called(real, ari)
        first = await anext(seen)
        assert isinstance(first, events.StasisStart) and first.channel.id == channel.id
        await real._lines[party].dial("7")
        second = await anext(seen)
        assert isinstance(second, events.ChannelDtmfReceived) and second.digit == "7"


async def test_a_cut_connection_comes_back_and_names_the_lost_channels(real: RealWorld) -> None:
    url = real.site.lab.ari["url"]
    port = int(url.rpartition(":")[2].partition("/")[0])
    async with (
        Proxy(port) as proxy,
        connect("survey", given(real, ari_url=url.replace(f":{port}/", f":{proxy.port}/"))) as ari,
    ):
        stays, _ = await called(real, ari)
        goes, party = await called(real, ari, OTHER, tones.CUSTOMER)
        missed = ari.events(Reconnected)
        leaving = asyncio.create_task(goes.until_hangup())
        proxy.deafen()
        await real.hang_up(party)
        await real.talk(0.2)
        proxy.cut()
        assert await leaving == "ended while the connection was lost"
        told = await anext(missed)
        assert told.gone == (goes,) and not told.restarted and not stays.gone
        listening = asyncio.create_task(stays.play(KEYS, keys="1"))
        await real.talk(0.2)
        listening.cancel()


async def test_a_killed_asterisk_ends_the_calls_and_the_script_calls_again(real: RealWorld) -> None:
    async with script(real) as ari:
        channel, _ = await called(real, ari)
        missed = ari.events(Reconnected)
        waiting = asyncio.create_task(channel.get_key(60))
        await real.kill_asterisk()
        with pytest.raises(AriError, match="no connection"):
            await ari.request("GET", "channels")
        await real.start_asterisk()
        told = await anext(missed)
        assert told.restarted and told.gone == (channel,)
        with pytest.raises(ChannelGone):
            await waiting
        again, party = await called(real, ari, OTHER, tones.CUSTOMER)
        playing = asyncio.create_task(again.play(KEYS))
        await real.hears_dialplan(party)
        playing.cancel()


DYING = """
import asyncio, sys
from warmline.ari import connect
async def main():
    async with connect("mortal") as ari:
        one, other, third = [(await ari.call(number)).channel for number in sys.argv[1:4]]
        await ari.bridge(one, other)
        ringing = asyncio.create_task(ari.call(sys.argv[4]))
        print("all there", flush=True)
        await ringing
asyncio.run(main())
"""


async def dying(world: RealWorld, *numbers: str) -> tuple[asyncio.subprocess.Process, list[Party]]:
    """Start a script that joins two parties, and has another one and one that rings. Return it and the four."""
    for number, tone in zip(numbers, (tones.THIRD, tones.CUSTOMER, tones.CONTROL_A), strict=False):
        world.site.far_ends[number] = answer(tone)
    world.far_end(numbers[3], rings())
    environ = {**os.environ, "WARMLINE_CONFIG": str(world.site.folder / "warmline.toml")}
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-c", DYING, *numbers, env=environ, stdout=asyncio.subprocess.PIPE
    )
    assert running.stdout
    assert await running.stdout.readline() == b"all there\n"
    return running, [await world.third(number) for number in numbers]


@pytest.mark.fault(
    "an ARI script is killed (-9)",
    "two parties whom it joined go on talking; its other parties are hung up within 10 s",
    "no channel and no bridge of the script is left, once the two have hung up",
)
async def test_a_killed_script_leaves_two_people_talking_and_nothing_else(real: RealWorld) -> None:
    running, (first, second, alone, ringing) = await dying(real, THIRD, OTHER, "4930555777", "4930555776")
    await asyncio.gather(real.hears(first, second), real.hears(second, first))
    running.kill()
    await running.wait()
    async with asyncio.timeout(10), real.unbroken(first, second):
        for gone in (alone, ringing):
            await real._lines[gone].ended(10)
    await asyncio.gather(real.hears(first, second), real.hears(second, first))
    await real.hang_up(first)
    await real._lines[second].ended(10)
    real.patience = 10.0
    await real.until(lambda: nothing_locked(real), "no lock of a script is to be left")


async def test_a_script_that_starts_again_ends_the_channels_of_the_killed_one(real: RealWorld) -> None:
    numbers = THIRD, OTHER, "4930555777", "4930555776"
    running, (first, second, alone, ringing) = await dying(real, *numbers)
    running.kill()
    await running.wait()
    async with script(real, "mortal") as ari:
        for gone in (alone, ringing):
            await real._lines[gone].ended(10)
        channel, party = await called(real, ari, "4930555775", tones.CONTROL_B)
        await asyncio.gather(real.hears(first, second), real.hears(second, first))
        await real.hang_up(first)
        await real._lines[second].ended(10)
        assert not channel.gone and real.on_the_line(party)
    await real.until(lambda: nothing_locked(real), "no lock of a script is to be left")


async def test_two_scripts_of_one_name_cannot_run_at_once(real: RealWorld) -> None:
    async with script(real):
        with pytest.raises(ConnectionLost, match="runs already"):
            async with script(real):
                pass


async def nothing_locked(world: RealWorld) -> bool | None:
    return None if list((world.site.folder / "spool").glob("*.script")) else True
