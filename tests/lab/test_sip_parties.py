"""The parties' hearing: a tone is heard and no other one, silence is silence, and a lost packet is counted."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from lab.sip import Hearing, PacketLoss, SipCall, tones
from lab.sip.rtp_stream import Packet, Rtp, Stream
from lab.sip.tones import AGENT, BEEP, CUSTOMER, MUSIC, THIRD

START = 1000.0
ALL_TONES = (*tones.PARTY_TONES, *tones.LAB_TONES)


class Engine:
    """Accepts every command, and has captured everything."""

    captured_until = START + 100

    def command(self, *command: Any) -> None:
        pass


def party(hz: int) -> SipCall:
    """Return a call whose party plays this tone throughout."""
    audio = Stream(cast(Rtp, Engine()), 1, 4000, limit=1000)
    audio.tones = [(0.0, hz)]
    return cast(SipCall, SimpleNamespace(audio=audio))


def mixed(*hz: int) -> bytes:
    parts = [[tones.LINEAR[code] for code in tones.tone_packet(tone)] for tone in hz]
    return bytes(tones.ulaw(sum(samples)) for samples in zip(*parts, strict=True))


def give(listener: SipCall, payload: bytes, count: int, begin: float, sequence: int | None = None) -> None:
    """Let `count` packets arrive each 20 ms from `begin`; their numbers continue by default."""
    received = listener.audio.received
    number = sequence if sequence is not None else received[-1].sequence + 1 if received else 0
    for n in range(count):
        received.append(Packet(begin + n * 0.02, n == 0, 0, number + n, 160 * (number + n), 1, payload))


@pytest.fixture
def three() -> Hearing:
    return Hearing({"customer": party(CUSTOMER), "agent": party(AGENT), "third": party(THIRD)})


def test_each_voice_of_a_mix_is_heard_and_no_other(three: Hearing) -> None:
    customer, agent, third = three.parties.values()
    assert three.silent_of(customer, agent, START, START + 1), "no packet at all is silence"
    give(customer, mixed(AGENT, THIRD), 50, START)
    span = START, START + 1
    assert three.hears(customer, agent, *span) and three.hears(customer, third, *span)
    assert three.silent_of(customer, customer, *span) and three.silent_of(customer, MUSIC, *span)


def test_one_packet_breaks_the_silence_and_is_no_voice(three: Hearing) -> None:
    customer, agent, third = three.parties.values()
    give(customer, tones.SILENCE, 25, START)
    give(customer, mixed(AGENT), 1, START + 0.5)
    give(customer, mixed(BEEP), 24, START + 0.52)
    assert not three.hears(customer, agent, START, START + 1)
    assert not three.silent_of(customer, agent, START, START + 1)
    assert three.silent_of(customer, third, START, START + 1)
    assert three.first(customer, agent, START) == three.last(customer, agent) == START + 0.5


def test_a_lost_packet_is_told_from_one_that_was_never_sent_and_from_a_late_one(three: Hearing) -> None:
    customer, agent, _ = three.parties.values()
    give(customer, mixed(AGENT), 10, START)
    give(customer, mixed(AGENT), 10, START + 0.24, sequence=12)  # 10 and 11 are missing
    give(customer, mixed(AGENT), 10, START + 0.48)  # 40 ms in which the server sent nothing
    give(customer, tones.SILENCE, 3, START + 0.68)  # it sends, but not the agent
    give(customer, mixed(AGENT), 9, START + 0.74)
    give(customer, mixed(AGENT), 1, START + 0.938)  # 18 ms late, and the last
    assert three.lost(customer, agent, START, START + 1) == PacketLoss(sequence=2, tone=7)
    assert three.lost(customer, agent, START + 0.74, START + 1) == PacketLoss(sequence=0, tone=0)
    assert three.spacing(customer, agent, START, START + 1) == pytest.approx(80)


def test_packets_of_a_turning_tone_that_never_come_are_counted_and_late_ones_are_not() -> None:
    turns = tones.turning_tone(AGENT)
    wrong = []
    for numbers, unheard in (
        ([*range(40)], 0),
        ([0, 1, None, None, 2, 3], 0),  # two came too late for the mixer, and after that
        ([0, 1, None, 3, 4], 1),
        ([0, 1, 4, 5], 2),
        ([0, 1, *[None] * 32, 34, 35], 32),  # two whole turns
    ):
        ear = Hearing({"customer": party(CUSTOMER), "agent": party(AGENT)})
        customer, agent = ear.parties.values()
        for place, number in enumerate(numbers):
            payload = tones.SILENCE if number is None else turns[number % tones.TURNS]
            give(customer, payload, 1, START + 0.02 * place)
        if (counted := ear.unheard(customer, agent, START, START + 2)) != unheard:
            wrong.append(f"{numbers}: {counted}")
    assert wrong == []


def test_a_packet_carries_its_own_tone_alone_and_keys_are_no_tone() -> None:
    for hz in tones.PARTY_TONES:
        for payload in (tones.tone_packet(hz), *tones.turning_tone(hz)):
            assert {tone for tone in ALL_TONES if tones.packet_has_tone(payload, tone)} == {hz}
    for payload in (tones.SILENCE, b"", *(packet for key in "0123456789*#" for packet in tones.key_tone(key))):
        assert not any(tones.packet_has_tone(payload, tone) for tone in tones.PARTY_TONES)
