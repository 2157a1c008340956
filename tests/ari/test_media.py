"""Recordings, playbacks, holding bridges, snoops, bots and machines, in the test world."""

import asyncio

import pytest

from warmline.ari import AriError, Channel, ChannelGone, CodedError, NotPlayed, connect, serve, testing
from warmline.ari.running_script import Ari

ONE, OTHER, THIRD = "8005550123", "8005550124", "8005550125"


async def call_party(ari: Ari, number: str = ONE) -> Channel:
    return (await ari.call(number)).channel


@pytest.mark.parametrize("machine", [True, False, None])
async def test_a_call_says_whether_a_machine_has_answered(machine: bool | None) -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE, machine=machine)
        called = await ari.call(ONE, detect_machine=True)
        assert called.machine is machine and party.on_line
        assert [*ari.channels] == [called.channel.id] and ari.script_events.take_arrival() is None


async def test_without_the_context_of_the_dialplan_no_machine_is_detected() -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE)
        world._asterisk.dialplan_contexts.discard("warmline-amd")
        with pytest.raises(CodedError, match=r"no \[warmline-amd\]"):
            await ari.call(ONE, detect_machine=True)
        await world.until(lambda: party.hung_up == "script")


async def test_a_party_who_hangs_up_during_the_detection_is_no_machine() -> None:
    async with testing.world() as world, connect("survey") as ari:
        world.party(ONE, hang_up_at=0.5)
        called = await ari.call(ONE, detect_machine=True)
        assert called and called.machine is None and called.channel.gone


async def test_the_caller_who_waits_hangs_up_during_the_detection() -> None:
    async with testing.world() as world, connect("doorbell") as ari:
        party = world.party(ONE)
        world.caller(OTHER, hang_up_at=3)
        caller = await anext(ari.arrivals())
        with pytest.raises(ChannelGone):
            await ari.call(ONE, waiting=caller, detect_machine=True)
        await world.until(lambda: party.hung_up == "script")


async def test_a_recording_pauses_and_returns_its_result() -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE)
        channel = await call_party(ari)
        async with channel.recording("card") as recording:
            await asyncio.sleep(2)
            await recording.pause()
            await asyncio.sleep(3)
            await recording.resume()
            await recording.mute()
            await recording.unmute()
            await asyncio.sleep(1)
            recorded = await recording.stop()
        assert (recorded.name, recorded.seconds, recorded.silent) == ("card", 3, None)
        assert await recording.until_end() == recorded and not recording.is_running
        with pytest.raises(NotPlayed, match="card"):
            await channel.record("card", 5)
        assert (await channel.record("card", 5, beep=False, if_exists="overwrite")).seconds == 5
        assert party.recorded == ["card", "card"]


async def test_the_recording_of_a_bridge_ends_with_it() -> None:
    async with testing.world() as world, connect("survey") as ari:
        first, second = world.party(ONE), world.party(OTHER)
        bridge = await ari.bridge(await call_party(ari), await call_party(ari, OTHER))
        async with bridge.recording("talk", keys="#") as recording:
            await asyncio.sleep(2)
            await bridge.close()
            assert not recording.is_running
        assert first.recorded == second.recorded == ["talk"]


async def test_a_block_that_fails_ends_its_recording_and_its_sounds() -> None:
    async with testing.world() as world, connect("survey") as ari:
        world.party(ONE)
        channel = await call_party(ari)
        with pytest.raises(KeyError):
            async with channel.recording("talk") as recording, channel.playback("vm-press"):
                {"lead": 1}["owner"]
        await asyncio.sleep(1)
        assert not recording.is_running
        with pytest.raises(AriError, match="404"):
            await ari.api.recordings.get_live("talk")


async def test_a_playback_is_controlled() -> None:
    async with testing.world() as world, connect("survey") as ari:
        party = world.party(ONE)
        channel = await call_party(ari)
        began = world.seconds
        async with channel.playback("vm-press", "vm-goodbye") as playback:
            await playback.pause()
            await asyncio.sleep(10)
            assert not playback.has_ended
            await playback.resume()
            await playback.until_end()
        assert party.heard == ["vm-press", "vm-goodbye"] and world.seconds - began == pytest.approx(12, abs=0.1)
        async with channel.playback("vm-press") as playback, channel.playback("vm-goodbye") as queued:
            await queued.pause()  # when it is heard, because Asterisk pauses no sound that waits
            await asyncio.sleep(10)
            assert party.heard[2:] == ["vm-press", "vm-goodbye"] and not queued.has_ended
        async with channel.playback("vm-press") as playback:
            await playback.stop()
            await playback.pause()
        with pytest.raises(ChannelGone):
            async with channel.playback("vm-press") as playback:
                party.hang_up()
                await asyncio.sleep(1)


async def test_those_who_hold_hear_the_announcer_and_not_each_other() -> None:
    async with testing.world() as world, connect("survey") as ari:
        first, second, speaker = world.party(ONE), world.party(OTHER), world.party(THIRD)
        bridge = await ari.holding_bridge(await call_party(ari), await call_party(ari, OTHER))
        assert first.heard == second.heard == ["music default"]
        await bridge.add(await call_party(ari, THIRD), role="announcer")
        assert first.hears_from == second.hears_from == [speaker] and speaker.hears_from == []


async def test_a_muted_party_is_heard_by_nobody() -> None:
    async with testing.world() as world, connect("survey") as ari:
        first, second = world.party(ONE), world.party(OTHER)
        channel, other_channel = await call_party(ari), await call_party(ari, OTHER)
        bridge = await ari.bridge(channel)
        await bridge.add(other_channel, mute=True)
        assert first.hears_from == [] and second.hears_from == [first]
        await other_channel.unmute("in")
        assert first.hears_from == [second]
        await channel.set_variable("ORDER", "4711")
        assert (await channel.get_variable("ORDER"), await channel.get_variable("NEVER")) == ("4711", "")
        await channel.send_dtmf("12")
        assert first.heard == ["keys 12"]


async def test_a_bot_and_a_supervisor_are_no_callers() -> None:
    async def talk(ari: Ari, caller: Channel) -> None:
        media = await ari.external_media("127.0.0.1:9999", "slin16")
        await ari.bridge(caller, media)
        snoop = await ari.snoop(caller, spy="both")
        assert await ari.channel(snoop.id) is snoop
        await caller.until_hangup()

    async with testing.world() as world:
        world.start(serve("bot", talk))
        caller = world.caller(ONE)
        await world.until(lambda: world.external_media and caller.hears_from == world.external_media)
        caller.hang_up()
        await world.until(lambda: not world._asterisk.channels)

    async with testing.world() as world, connect("survey") as ari:
        world.party(ONE)
        await ari.snoop(await call_party(ari))
        assert ari.script_events.own_ids == set()  # Asterisk reports the end of no listener, so they would be kept


async def test_a_channel_of_another_script_is_taken_hold_of_and_left_to_it() -> None:
    async with testing.world() as world, connect("owner") as owner, connect("watcher") as ari:
        party = world.party(ONE)
        owned_channel = await call_party(owner)
        channel = await ari.channel(await owned_channel.get_variable("CHANNEL(name)"))
        assert channel.id == owned_channel.id and channel is not owned_channel
        party.press("7")
        assert await channel.get_key(1) == "7"
        await channel.let_go()
        assert (channel.gone, owned_channel.gone, ari.channels) == (True, False, {})
        with pytest.raises(AriError, match="404"):
            await ari.channel("PJSIP/nobody-1")


async def test_a_caller_whose_script_ends_is_not_left_with_the_bot() -> None:
    async def talk(ari: Ari, caller: Channel) -> None:
        media = await ari.external_media("127.0.0.1:9999")
        await ari.bridge(caller, media, await ari.snoop(caller))
        await caller.until_hangup()

    async with testing.world() as world:
        serve_task = world.start(serve("bot", talk))
        caller = world.caller(ONE)
        await world.until(lambda: world.external_media and caller.hears_from == world.external_media)
        serve_task.cancel()
        await world.until(lambda: caller.in_dialplan)
        assert not world.external_media[0].on_line
