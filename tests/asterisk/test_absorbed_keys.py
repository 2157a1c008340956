"""An agent's keys in a bridge, for each way in which a phone sends them: the packets and the sound that others get.

"Who hears a key" in docs/how-to/phone-keys.md says what these cases show.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
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
ROUNDS = 3  # a busy machine loses packets in some of them; keys would cost some in each
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


@dataclass
class Pressed:
    """The keys that reached Asterisk, the customer (RFC 4733), a third party (in-band) and the recording."""

    asterisk: str
    customer: Got
    third: Got | None
    lost: int  # packets of the third party that the customer did not hear
    recorded: int  # windows of 20 ms in the recording with a key's tone


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


@asynccontextmanager
async def in_room(
    line: tuple[private.Private, ports.Ports], mode: str, *, three: bool, absorb: bool
) -> AsyncIterator[tuple[Bench, str, list[tuple[SipCall, str]]]]:
    """Provide a bridge with an agent, a customer, and a third party if `three`."""
    asterisk, own = line
    others = [("rfc4733", tones.CUSTOMER), ("inband", tones.THIRD)][: 2 if three else 1]
    async with bench(asterisk) as here, Parties() as parties:
        room = f"room-{fresh_id()}"
        here.do(a.CreateMixingBridge(room))
        legs = [await comes(here, parties, own.sip, *party) for party in [(mode, tones.AGENT), *others]]
        for number, (_, leg) in enumerate(legs):
            here.do(a.AddToBridge(leg, room, absorb and number == 0))
        await here.until(*(e.LegJoined(leg, room) for _, leg in legs))
        yield here, room, legs


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


def pressed(
    line: tuple[private.Private, ports.Ports], mode: str, press: Press, *, three: bool, absorb: bool
) -> Pressed:
    """Return what comes of the keys of an agent whose endpoint has this `dtmf_mode`."""

    async def main() -> Pressed:
        async with in_room(line, mode, three=three, absorb=absorb) as (here, room, legs):
            (agent, leg), (customer, _), *rest = legs
            third = rest[0][0] if rest else None
            ear = Hearing({"agent": agent, "customer": customer} | ({"third": third} if third else {}))
            name = fresh_id()
            here.do(a.StartRecording(name, room))
            await here.until(e.RecordingStarted(name))
            since = await ear.heard(customer, agent, since=time.monotonic())
            await press(agent)
            _, until = await ear.listen(0.5)
            here.do(a.StopRecording(name))
            await here.until(e.RecordingFinished(name))
            keys = [event.digit for event in here.events if isinstance(event, e.DtmfReceived) and event.leg == leg]
            lost = ear.lost(customer, third, since, until).tone if third else 0
            of_third = got(third, since, until) if third else None
            tape = recorded(line[0].recordings / f"{name}.wav")
            outcome = Pressed("".join(keys), got(customer, since, until), of_third, lost, tape)
            print(mode, press.__name__, "three" if three else "two", "absorb" if absorb else "pass", outcome)
            return outcome

    return asyncio.run(main())


SEEN: list[tuple[str, Press]] = [("rfc4733", by_events), ("auto", by_events), ("info", by_info), ("auto_info", by_info)]


@pytest.mark.parametrize("three", [False, True])
@pytest.mark.parametrize(("mode", "press"), SEEN)
def test_absorbed_keys_reach_only_asterisk(
    line: tuple[private.Private, ports.Ports], mode: str, press: Press, three: bool
) -> None:
    lost = []
    for _ in range(ROUNDS):
        found = pressed(line, mode, press, three=three, absorb=True)
        assert found == Pressed(KEYS, Got("", 0, 0), Got("", 0, 0) if three else None, found.lost, 0)
        lost.append(found.lost)
        if found.lost <= 2:
            break
    assert lost[-1] <= 2, lost


def test_keys_that_are_not_absorbed_interrupt_the_sound_between_the_parties(
    line: tuple[private.Private, ports.Ports],
) -> None:
    """The control: without `absorb`, both get every key, and each key replaces the sound of the other party."""
    found = pressed(line, "rfc4733", by_events, three=True, absorb=False)
    assert found.third
    assert (found.asterisk, found.customer.keys, found.recorded) == (KEYS, KEYS, 0)
    assert found.customer.event_packets > 2 * len(KEYS) and found.third.tone_packets > 2 * len(KEYS)
    assert found.lost > 2


def test_tones_that_asterisk_detects_are_cut_off_at_their_beginning(line: tuple[private.Private, ports.Ports]) -> None:
    """Asterisk needs some packets to know a tone; the others hear at most one of them per key."""
    found = pressed(line, "inband", by_tones, three=True, absorb=True)
    assert found.third
    assert (found.asterisk, found.customer.keys, found.third.keys) == (KEYS, "", "")
    assert max(found.customer.tone_packets, found.third.tone_packets, found.recorded) <= len(KEYS)


@pytest.mark.parametrize("mode", ["rfc4733", "auto"])
def test_tones_that_asterisk_does_not_detect_are_heard_and_recorded(
    line: tuple[private.Private, ports.Ports], mode: str
) -> None:
    """The phone has agreed on RFC 4733 events and sends tones all the same; nothing can keep them back."""
    found = pressed(line, mode, by_tones, three=True, absorb=True)
    assert found.third and found.asterisk == ""
    assert min(found.customer.tone_packets, found.third.tone_packets, found.recorded) > 2 * len(KEYS)
