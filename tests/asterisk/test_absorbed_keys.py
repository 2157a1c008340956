"""An agent's keys in a bridge, for each way in which a phone sends them: what the others and the recording get.

"Who hears a key" in docs/how-to/phone-keys.md says it. The scenarios of phone keys have RFC 4733, as the lab's phones.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from lab import ports
from lab.sip import Hearing, Parties, SipCall, tones, wav
from lab.sip.sdp import PCMU
from tests.asterisk import private
from tests.asterisk.bench import Bench, bench, fresh_id
from warmline.core.messages import actions as a
from warmline.core.messages import events as e

KEYS = "147*#"
MODES = ("rfc4733", "inband", "auto", "info", "auto_info")
PJSIP = """
[global]
type=global
endpoint_identifier_order=username,ip
[udp]
type=transport
protocol=udp
bind=127.0.0.1:{sip}
[leg](!)
type=endpoint
context=in
disallow=all
allow=ulaw
direct_media=no
media_address=127.0.0.1
identify_by=username
"""
IN = "[in]\nexten => _X.,1,Stasis(warmline,ingroup,SALES)\n same => n,Hangup()\n"
Press = Callable[[SipCall], Awaitable[None]]


async def by_events(phone: SipCall) -> None:
    """Press the keys as RFC 4733 events."""
    await phone.dial(KEYS)


async def by_tones(phone: SipCall) -> None:
    """Press the keys as tones, of which no packet tells that they are keys."""
    for key in KEYS:
        phone.audio.key_tone(key)
        await phone.audio.settled()
        await asyncio.sleep(0.1)  # the key is down
        phone.tone(tones.AGENT)
        await asyncio.sleep(0.1)


async def by_info(phone: SipCall) -> None:
    """Press the keys as SIP INFO."""
    for key in KEYS:
        assert await phone.info("application/dtmf-relay", f"Signal={key}\r\nDuration=160\r\n") == 200
        await asyncio.sleep(0.25)  # Asterisk passes a key on for as long as it is down


@dataclass
class Got:
    """The keys that a party got while the agent pressed keys, and their packets."""

    keys: str
    event_packets: int
    tone_packets: int


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[private.Private, ports.Ports]]:
    """An Asterisk with one endpoint for each way of keys; the number of a caller is the endpoint's name."""
    own, keeper = ports.reserve()
    endpoints = "".join(f"[{mode}](leg)\ndtmf_mode={mode}\n" for mode in MODES)
    files = private.FILES | {
        "modules.conf": private.FILES["modules.conf"].replace("noload=chan_pjsip.so\n", ""),
        "rtp.conf": f"[general]\nrtpstart={own.rtp_first}\nrtpend={own.rtp_last}\n",
        "pjsip.conf": PJSIP.format(sip=own.sip) + endpoints,
        "extensions.conf": private.FILES["extensions.conf"] + IN,
    }
    folder: Path = tmp_path_factory.mktemp("keys")
    with keeper, private.running(folder, own.http, files) as started:
        yield started, own


async def comes(here: Bench, parties: Parties, sip: int, mode: str, tone: int) -> tuple[SipCall, str]:
    """Return a party's call and its leg, answered."""
    before = len(here.events)
    call = await (await parties.customer(f"127.0.0.1:{sip}", mode, tone)).call("8005550100")

    def arrived() -> list[e.LegArrived]:
        return [event for event in here.events[before:] if isinstance(event, e.LegArrived)]

    await here.until_true(lambda: bool(arrived()), "the party's leg")
    leg = arrived()[0].leg
    here.do(a.AnswerLeg(leg))
    await call.answered()
    return call, leg


def got(call: SipCall, since: float, until: float) -> Got:
    packets = call.audio.between(since, until)
    sound = [[tones.LINEAR[byte] for byte in packet.payload] for packet in packets if packet.payload_type == PCMU]
    return Got(
        "".join(key for at, key in call.audio.dialled() if at >= since),
        sum(packet.payload_type == call.audio.event_type for packet in packets),
        sum(any(tones.has_key_tone(samples, key) for key in KEYS) for samples in sound),
    )


def recorded(file: Path) -> int:
    samples = wav.read(file).samples
    parts = (samples[n : n + tones.PACKET] for n in range(0, len(samples) - tones.PACKET + 1, tones.PACKET))
    return sum(any(tones.has_key_tone(part, key) for key in KEYS) for part in parts)


async def press_in_room(
    line: tuple[private.Private, ports.Ports], mode: str, press: Press
) -> tuple[str, Got, Got, int]:
    """Let an agent whose endpoint has this `dtmf_mode` press keys in a call of three.

    Return the keys that reached Asterisk, what the customer and the third party got, and the windows of 20 ms in the
    recording with a key's tone.
    """
    asterisk, own = line
    async with bench(asterisk) as here, Parties() as parties:
        room, name = f"room-{fresh_id()}", fresh_id()
        here.do(a.CreateMixingBridge(room))
        rows = [(mode, tones.AGENT), ("rfc4733", tones.CUSTOMER), ("inband", tones.THIRD)]
        legs = [await comes(here, parties, own.sip, *row) for row in rows]
        for number, (_, leg) in enumerate(legs):
            here.do(a.AddToBridge(leg, room, number == 0))
        await here.until(*(e.LegJoined(leg, room) for _, leg in legs))
        (agent, agent_leg), (customer, _), (third, _) = legs
        ear = Hearing({"agent": agent, "customer": customer, "third": third})
        here.do(a.StartRecording(name, room))
        await here.until(e.RecordingStarted(name))
        since = await ear.heard(customer, agent, since=time.monotonic())
        await press(agent)
        _, until = await ear.listen(0.5)
        here.do(a.StopRecording(name))
        await here.until(e.RecordingFinished(name))
        keys = [event.digit for event in here.events if isinstance(event, e.DtmfReceived) and event.leg == agent_leg]
        key_windows = recorded(asterisk.recordings / f"{name}.wav")
        return "".join(keys), got(customer, since, until), got(third, since, until), key_windows


@pytest.mark.parametrize(("mode", "press"), [("auto", by_events), ("info", by_info), ("auto_info", by_info)])
def test_absorbed_keys_reach_only_asterisk(line: tuple[private.Private, ports.Ports], mode: str, press: Press) -> None:
    assert asyncio.run(press_in_room(line, mode, press)) == (KEYS, Got("", 0, 0), Got("", 0, 0), 0)


def test_tones_that_asterisk_detects_are_cut_off_at_their_beginning(line: tuple[private.Private, ports.Ports]) -> None:
    """Asterisk needs some packets to know a tone; the others hear at most one of them per key."""
    keys, customer, third, key_windows = asyncio.run(press_in_room(line, "inband", by_tones))
    assert (keys, customer.keys, third.keys) == (KEYS, "", "")
    assert max(customer.tone_packets, third.tone_packets, key_windows) <= len(KEYS)
