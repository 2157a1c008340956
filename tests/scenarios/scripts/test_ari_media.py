"""What a script hears, plays and records, on a real Asterisk: sound and files say whether it is true."""

import asyncio
import re
import struct
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import cast

import pytest

from lab.sip import answer, says, tones, wav
from tests.scenarios.given import THIRD
from tests.scenarios.scripts.test_ari_pages import PAGE
from tests.scenarios.scripts.test_ari_recipes import until_listed
from tests.scenarios.scripts.test_ari_scripts import OTHER, called, given, script
from tests.wording.said import refused
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from warmline.ari import Ari, AriError, Channel, CodedError, DialOutcome, NotPlayed, serve

WINDOW = 0.02  # seconds of a file that are looked at
GREETING = ((0.35, 0.15),) * 14  # a machine's; a word is its seconds, and those of the pause after it


def heard_in(world: RealWorld, name: str, tone: int = tones.THIRD) -> list[bool]:
    """Return for each 20 ms of a recording whether the tone is in it."""
    file = wav.read(world.site.folder / f"asterisk/recording/{name}.wav")
    return [tone in window for window in file.windows([tone])]


async def test_a_pause_leaves_a_gap_out_of_the_file_and_mute_silences_it(real: RealWorld) -> None:
    async with script(real) as ari:
        channel, _ = await called(real, ari)
        async with channel.recording("paused") as recording:
            await real.talk(1.0)
            await recording.pause()
            await real.talk(1.5)
            await recording.resume()
            await real.talk(1.0)
            recorded = await recording.stop()
        windows = heard_in(real, "paused")
        assert sum(windows) > 0.9 * len(windows) and 1.8 < len(windows) * WINDOW < 2.4
        assert recorded.name == "paused" and recorded.silent is None
        async with channel.recording("muted") as recording:
            await real.talk(1.0)
            await recording.mute()
            await real.talk(1.0)
            await recording.unmute()
            await real.talk(1.0)
        windows = heard_in(real, "muted")
        assert 2.7 < len(windows) * WINDOW < 3.4 and 1.7 < sum(windows) * WINDOW < 2.3
        assert not any(windows[70:80])


async def test_the_recording_of_a_bridge_has_both_parties(real: RealWorld) -> None:
    async with script(real) as ari:
        one, _ = await called(real, ari)
        other, _ = await called(real, ari, OTHER, tones.CUSTOMER)
        bridge = await ari.bridge(one, other)
        with pytest.raises(NotPlayed, match="bridge"):
            await one.record("one", 1)
        async with bridge.recording("talk", file_format="wav") as recording:
            await real.talk(1.0)
            await recording.pause()
            await real.talk(1.0)
            await recording.resume()
            await real.talk(0.5)
        for tone in (tones.THIRD, tones.CUSTOMER):
            windows = heard_in(real, "talk", tone)
            assert sum(windows) > 0.8 * len(windows) and 1.2 < len(windows) * WINDOW < 2.0
        with pytest.raises(NotPlayed, match="exists"):
            async with bridge.recording("talk"):
                pass
        async with bridge.recording("talk", if_exists="append"):
            await real.talk(0.5)
        assert len(heard_in(real, "talk")) > len(windows)
        async with bridge.recording("closed") as recording:
            await real.talk(0.3)
            await bridge.close()
            assert (await recording.until_end()).name == "closed"


async def test_a_playback_pauses_and_begins_again(real: RealWorld) -> None:
    async with script(real) as ari:
        channel, party = await called(real, ari)
        async with channel.playback("vm-goodbye", "vm-press") as playback:
            await real.hears_sound(party, "vm-goodbye")
            await playback.restart()
            await playback.pause()
            await real.talk(2.0)
            assert await real.prompts(party) == ["vm-goodbye"] and not playback.has_ended
            await playback.resume()
            await playback.until_end()
            assert await real.prompts(party) == ["vm-goodbye", "vm-goodbye", "vm-press"]
            await playback.pause()
        began = real.now()
        async with channel.playback("demo-congrats", skip_ms=25_000) as playback:
            await playback.forward()
            await playback.until_end()
        assert real.now() - began < 15  # of 30
        with pytest.raises(NotPlayed, match="no-such-sound"):
            async with channel.playback("no-such-sound") as playback:
                await real.talk(1.5)
        bridge = await ari.bridge(channel)
        async with bridge.playback("demo-congrats", offset_ms=1000) as playback:
            await playback.pause()
            await playback.stop()
        await channel.play("vm-goodbye", language="xx", offset_ms=500)


async def test_mute_holds_and_keys(real: RealWorld) -> None:
    async with script(real) as ari:
        one, first = await called(real, ari)
        other, second = await called(real, ari, OTHER, tones.CUSTOMER)
        bridge = await ari.bridge(one)
        await bridge.add(other, mute=True)
        await real.hears(second, first)
        await real.silent_to(first, second)
        await other.unmute("in")
        await real.hears(first, second)
        await bridge.remove(other)
        await bridge.add(other, absorb_dtmf=True)
        await real._lines[second].dial("9")
        assert await other.get_key(5) == "9" and await real.keys(first) == ""
        await one.mute("out")
        await real.silent_to(first, second)
        await real.hears(second, first)
        await one.unmute("out")
        await asyncio.gather(real.hears(first, second), real.hears(second, first))
        await one.hold()
        await one.unhold()
        await one.send_dtmf("47#", duration_ms=120)
        await real.until(lambda: pressed(real, first, "47#"), "the keys are to arrive")
        assert await one.get_variable("CHANNEL(state)") == "Up"
        assert await one.get_variable("NEVER_SET") == ""
        await one.set_variable("ORDER", "4711")
        assert await one.get_variable("ORDER") == "4711"


async def pressed(world: RealWorld, party: Party, keys: str) -> bool | None:
    return await world.keys(party) == keys or None


async def test_those_who_hold_hear_music_and_the_announcer(real: RealWorld) -> None:
    async with script(real) as ari:
        one, first = await called(real, ari)
        other, second = await called(real, ari, OTHER, tones.CUSTOMER)
        announcer, speaker = await called(real, ari, "4930555777", tones.CONTROL_A)
        bridge = await ari.holding_bridge(one, other)
        await asyncio.gather(real.hears_music(first), real.hears_music(second))
        await asyncio.gather(real.silent_to(first, second), real.silent_to(second, first))
        await bridge.play("vm-goodbye")
        assert (await real.prompts(first), await real.prompts(second)) == (["vm-goodbye"], ["vm-goodbye"])
        await bridge.add(announcer, role="announcer")
        await asyncio.gather(real.hears(first, speaker), real.hears(second, speaker))
        await real.silent_to(speaker, first)


async def test_a_snoop_hears_and_is_heard_beside_the_bridge(real: RealWorld) -> None:
    async with script(real) as ari:
        one, first = await called(real, ari)
        other, second = await called(real, ari, OTHER, tones.CUSTOMER)
        supervisor, third = await called(real, ari, "4930555777", tones.CONTROL_A)
        await ari.bridge(one, other)
        coach = await ari.snoop(one, spy="both", whisper="out")
        await ari.bridge(supervisor, coach)
        await asyncio.gather(real.hears(third, first, second), real.hears(first, second, third))
        await real.silent_to(second, third)
        ear = await ari.snoop(one, spy="in")
        await ear.record("snoop", 1, beep=False)
        assert sum(heard_in(real, "snoop")) > 40 and not any(heard_in(real, "snoop", tones.CUSTOMER))
        await real.hang_up(first)
        await coach.until_hangup()
        assert ari.script_events.take_arrival() is None


async def test_a_script_takes_hold_of_the_call_of_another_program(real: RealWorld) -> None:
    async with script(real) as owner, script(real, "watcher") as ari:
        own, party = await called(real, owner)
        name = await own.get_variable("CHANNEL(name)")
        channel = await ari.channel(name)
        assert channel is await ari.channel(own.id)
        with pytest.raises(AriError, match="404"):
            await ari.channel("PJSIP/nobody-1")
        await channel.set_variable("SEEN", "yes")
        assert await own.get_variable("SEEN") == "yes"
        pressing = asyncio.create_task(channel.get_key(10))
        await real._lines[party].dial("7")
        assert await pressing == "7"
        await channel.let_go()
        assert channel.gone and not own.gone
        channel = await ari.channel(own.id)
        await channel.hang_up()
        await own.until_hangup()
    customer = await real.customer()
    async with script(real, "watcher") as ari:
        channels = (await ari.all_channels()).values()
        [name] = [resource.name for resource, _ in channels if resource.caller.number == customer.name]
        channel = await ari.channel(name)
        leaving = asyncio.create_task(channel.until_hangup())
        await real.hang_up(customer)
        await leaving


async def test_phones_and_device_states(real: RealWorld) -> None:
    await real.site.registered("1009")
    async with script(real) as ari:
        endpoints = {f"{one.technology}/{one.resource}": one.state for one in await ari.endpoints()}
        assert endpoints["PJSIP/1009"] == "online" and len(await ari.endpoints("PJSIP")) <= len(endpoints)
        await ari.set_device_state("Stasis:door", "INUSE")
        assert await ari.device_state("Stasis:door") == "INUSE"
        await ari.delete_device_state("Stasis:door")
        with pytest.raises(AriError, match="409"):
            await ari.set_device_state("PJSIP/1009", "INUSE")
        result = await ari.call("PJSIP/nobody")
        assert result.outcome is DialOutcome.REFUSED
        real.site.far_ends["1009"] = answer()
        result = await ari.call("PJSIP/1009", seconds=5)
        assert result, result
        await result.channel.hang_up()


async def test_a_machine_is_told_from_a_person(real: RealWorld) -> None:
    async with script(real) as ari:
        for words, machine in ((GREETING, True), (((0.5, 0.0),), False)):
            real.site.far_ends[THIRD] = says(words, answer(tones.THIRD))
            result = await ari.call(THIRD, detect_machine=True)
            assert result.machine is machine and ari.script_events.take_arrival() is None
            await result.channel.hang_up()
        assert ari.channels == {}


class Bot(asyncio.DatagramProtocol):
    """A program that hears a party by RTP, and answers each packet with a tone."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)  # uvloop's is one without saying so

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.heard.append(data[12:])
        count = len(self.heard)
        head = struct.pack("!BBHII", 0x80, 0, count % 65536, count * tones.PACKET, 4711)
        self._transport.sendto(head + tones.tone_packet(tones.EARLY), addr)


async def start_bot() -> tuple[str, Bot]:
    """Return a bot and its address."""
    transport, bot = await asyncio.get_running_loop().create_datagram_endpoint(Bot, local_addr=("127.0.0.1", 0))
    return f"127.0.0.1:{transport.get_extra_info('sockname')[1]}", bot


@asynccontextmanager
async def audiosocket(heard: list[bytes]) -> AsyncIterator[int]:
    """Serve AudioSocket within the block, and yield the port: each frame is answered with one of a tone."""
    tone = struct.pack(f"<{tones.PACKET}h", *(tones.LINEAR[byte] for byte in tones.tone_packet(tones.EARLY)))

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                kind, size = struct.unpack("!BH", await reader.readexactly(3))
                data = await reader.readexactly(size)
                if kind == 0x10:
                    heard.append(data)
                    writer.write(struct.pack("!BH", 0x10, len(tone)) + tone)
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_a_bot_hears_a_party_and_is_heard(real: RealWorld) -> None:
    async with script(real) as ari:
        channel, party = await called(real, ari)
        host, bot = await start_bot()
        media = await ari.external_media(host)
        bridge = await ari.bridge(channel, media)
        await real.hears_dialplan(party)
        assert any(tones.packet_has_tone(payload, tones.THIRD) for payload in bot.heard)
        assert await media.get_variable("UNICASTRTP_LOCAL_PORT")
        await media.hang_up()
        heard: list[bytes] = []
        async with audiosocket(heard) as port:
            media = await ari.external_media(f"127.0.0.1:{port}", "slin", encapsulation="audiosocket")
            await bridge.add(media)
            await real.hears_dialplan(party)
        await media.hang_up()
        with pytest.raises(AriError):
            await ari.external_media(f"127.0.0.1:{port}", "slin", encapsulation="audiosocket")
        assert heard and ari.script_events.take_arrival() is None and [*ari.channels] == [channel.id]


async def test_the_obvious_voice_bot_serves_its_callers_and_not_itself(real: RealWorld) -> None:
    """It requests its media channel as an ARI program does, with an id of its own or without one."""
    host, _ = await start_bot()
    arrivals: list[str] = []

    async def talk(ari: Ari, caller: Channel) -> None:
        arrivals.append(caller.id)
        await caller.answer()
        bridge = await ari.bridge(caller)
        query = {"app": ari.name, "external_host": host, "format": "ulaw"}
        given_id = {"channelId": f"bot-{caller.id}"} if len(arrivals) == 2 else {}
        media = await ari.request("POST", "channels", "externalMedia", query={**query, **given_id})
        snoop = await ari.request("POST", "channels", caller.id, "snoop", query={"app": ari.name, "spy": "in"})
        await bridge.add(await ari.channel(media["id"]))
        await caller.until_hangup()
        for made in (media, snoop):
            await ari.stop("DELETE", "channels", made["id"])

    await real._extend("8005550190,1,Stasis(script-bot) into from-trunk")
    serving = asyncio.create_task(serve("bot", talk, given(real)))
    await until_listed(real, "script-bot")
    first = await real.customer("8005550190")
    await real.hears_dialplan(first)
    await real.hang_up(first)
    second = await real.customer("8005550190")
    await real.hears_dialplan(second)
    serving.cancel()
    await asyncio.wait((serving,))
    await real.is_gone(second)
    assert len(arrivals) == 2


async def test_the_lines_of_the_page_detect_machines_without_warmlines_dialplan(real: RealWorld) -> None:
    [lines] = re.findall(r"\[warmline-amd\]\nexten => 1,(.*?)```", PAGE, re.DOTALL)
    async with script(real) as ari:
        real.site.far_ends[THIRD] = says(GREETING, answer(tones.THIRD))
        await command_asterisk(real, "dialplan remove context warmline-amd")
        try:
            with refused(CodedError, "ari_amd_missing", context="warmline-amd"):
                await ari.call(THIRD, detect_machine=True)
            for number, step in enumerate(lines.strip().replace(" same => n,", "").splitlines(), 1):
                await real._extend(f'"1,{number},{step.removeprefix("1,")}" into warmline-amd')
            assert (await ari.call(THIRD, detect_machine=True)).machine
        finally:
            await command_asterisk(real, "dialplan remove context warmline-amd")
            await command_asterisk(real, "dialplan reload")


async def command_asterisk(world: RealWorld, command: str) -> None:
    words = [*world.site.lab.asterisk_cli, command]
    await asyncio.to_thread(subprocess.run, words, check=True, capture_output=True)
