"""Decisions about what was heard, from captures made by hand."""

import io
import json
from types import SimpleNamespace
from typing import Any, cast

import pytest
from rich.console import Console

from lab.sip import Hearing, HearingRow, PacketLoss, SipCall, as_json, table, tones
from lab.sip.rtp_stream import Packet, Rtp, Stream
from lab.sip.tones import AGENT, BEEP, CUSTOMER, MUSIC, THIRD

START = 1000.0


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
    parts = [[tones.LINEAR[code] for code in tones.tone_packet(one)] for one in hz]
    return bytes(tones.ulaw(sum(samples)) for samples in zip(*parts, strict=True)) if hz else tones.SILENCE


def give(listener: SipCall, payload: bytes, count: int, at: float, sequence: int | None = None) -> None:
    """Let `count` packets arrive each 20 ms from `at`; their numbers continue by default."""
    received = listener.audio.received
    number = sequence if sequence is not None else received[-1].sequence + 1 if received else 0
    for n in range(count):
        received.append(Packet(at + n * 0.02, n == 0, 0, number + n, 160 * (number + n), 1, payload))


@pytest.fixture
def three() -> Hearing:
    return Hearing({"customer": party(CUSTOMER), "agent": party(AGENT), "third": party(THIRD)})


def test_each_voice_of_a_mix_is_heard_and_no_other(three: Hearing) -> None:
    customer, agent, third = three.parties.values()
    give(customer, mixed(AGENT, THIRD), 50, START)
    span = START, START + 1
    assert three.hears(customer, agent, *span) and three.hears(customer, third, *span)
    assert three.silent_of(customer, customer, *span) and three.silent_of(customer, MUSIC, *span)
    assert three.levels(customer, *span) == pytest.approx(
        {"customer": 0, "agent": 6000, "third": 6000, "music": 0, "ring tone": 0}, abs=300
    )


def test_one_packet_breaks_the_silence_and_does_not_make_a_voice(three: Hearing) -> None:
    customer, agent, _ = three.parties.values()
    give(customer, tones.SILENCE, 25, START)
    give(customer, mixed(AGENT), 1, START + 0.5)
    give(customer, tones.SILENCE, 24, START + 0.52)
    assert not three.hears(customer, agent, START, START + 1)
    assert not three.silent_of(customer, agent, START, START + 1)
    assert three.first(customer, agent, START) == three.last(customer, agent) == START + 0.5
    assert three.first(customer, agent, START + 0.51) is None


def test_no_packet_at_all_is_silence(three: Hearing) -> None:
    customer, agent, _ = three.parties.values()
    assert three.silent_of(customer, agent, START, START + 1)
    assert three.lost(customer, agent, START, START + 1) == PacketLoss(sequence=0, tone=50)
    assert three.spacing(customer, agent, START, START + 1) == float("inf")


def test_missing_packets_and_packets_of_silence_are_told_apart(three: Hearing) -> None:
    customer, *_ = three.parties.values()
    assert three.arrived(customer, START, START + 0.2) == "no packets so far"
    give(customer, tones.SILENCE, 5, START)
    assert three.arrived(customer, START, START + 0.2) == "5 packets of type 0, SSRC 00000001"
    assert three.arrived(customer, START + 0.5, START + 0.7) == "no packets, the last one 0.42 s before"


def test_a_beep_and_digits_count_as_no_voice(three: Hearing) -> None:
    customer, agent, third = three.parties.values()
    give(customer, mixed(BEEP), 25, START)
    customer.audio.received.append(Packet(START + 0.5, True, 101, 25, 4000, 1, b"\x05\x8a\x01\xe0"))
    assert three.silent_of(customer, agent, START, START + 1)
    assert three.silent_of(customer, third, START, START + 1)


def test_a_packet_lost_on_the_way_and_one_that_was_never_sent_are_told_apart(three: Hearing) -> None:
    customer, agent, _ = three.parties.values()
    give(customer, mixed(AGENT), 10, START)
    give(customer, mixed(AGENT), 10, START + 0.24, sequence=12)  # 10 and 11 are missing
    give(customer, mixed(AGENT), 10, START + 0.48)  # 40 ms in which the server sent nothing
    give(customer, tones.SILENCE, 3, START + 0.68)  # it sends, but not the agent
    give(customer, mixed(AGENT), 10, START + 0.74)
    assert three.lost(customer, agent, START, START + 1) == PacketLoss(sequence=2, tone=7)
    assert three.lost(customer, agent, START, START + 0.2) == PacketLoss(sequence=0, tone=0)
    assert three.spacing(customer, agent, START, START + 1) == pytest.approx(80)


def test_a_late_packet_is_not_lost(three: Hearing) -> None:
    customer, agent, _ = three.parties.values()
    give(customer, mixed(AGENT), 10, START)
    give(customer, mixed(AGENT), 1, START + 0.214)  # 14 ms late
    give(customer, mixed(AGENT), 10, START + 0.22)
    give(customer, mixed(AGENT), 1, START + 0.438)  # 18 ms late, and the last
    assert three.lost(customer, agent, START, START + 1) == PacketLoss(sequence=0, tone=0)
    assert three.lost(customer, agent, START + 0.2, START + 1) == PacketLoss(sequence=0, tone=0)
    assert three.spacing(customer, agent, START, START + 1) == pytest.approx(38)


def test_the_table_shows_the_parties_heard_in_each_half_second(three: Hearing) -> None:
    customer, agent, _ = three.parties.values()
    give(customer, mixed(MUSIC), 25, START)
    give(customer, mixed(AGENT), 50, START + 0.5)
    give(agent, mixed(CUSTOMER), 50, START + 0.5)
    rows = three.rows(START, START + 1.5)
    assert rows == [
        HearingRow(START, {"customer": ["music"], "agent": [], "third": []}),
        HearingRow(START + 0.5, {"customer": ["agent"], "agent": ["customer"], "third": []}),
        HearingRow(START + 1.0, {"customer": ["agent"], "agent": ["customer"], "third": []}),
    ]
    assert json.loads(json.dumps(as_json(rows, START)))[1] == {
        "s": 0.5,
        "hears": {"customer": ["agent"], "agent": ["customer"], "third": []},
    }
    console = Console(width=100, file=io.StringIO())
    with console.capture() as captured:
        console.print(table(rows, START))
    drawn = [[cell.strip() for cell in line.split("│")[1:-1]] for line in captured.get().splitlines()]
    assert [line for line in drawn if line] == [
        ["0.0", "music", "-", "-"],
        ["0.5", "agent", "customer", "-"],
        ["1.0", "agent", "customer", "-"],
    ]


def test_a_changed_tone_is_still_the_same_speaker(three: Hearing) -> None:
    customer, agent, _ = three.parties.values()
    agent.audio.tones.append((START + 0.5, 3200))
    give(customer, mixed(AGENT), 30, START)  # 100 ms of it were on the way
    give(customer, mixed(3200), 20, START + 0.6)
    assert three.share(customer, agent, START, START + 1) == pytest.approx(1)
    give(customer, mixed(AGENT), 10, START + 1)  # an echo of the old one is not
    assert three.silent_of(customer, agent, START + 1, START + 1.2)


def turning(listener: SipCall, hz: int, *packets: int | None) -> None:
    """Let packets of a turning tone arrive one after the other, by their number; None is one of silence."""
    told = tones.turning_tone(hz)
    for number in packets:
        at = listener.audio.received[-1].time + 0.02 if listener.audio.received else START
        give(listener, tones.SILENCE if number is None else told[number % tones.TURNS], 1, at)


@pytest.mark.parametrize(
    ("packets", "unheard"),
    [
        (range(40), 0),
        ([0, 1, None, None, 2, 3], 0),  # two came too late for the mixer, and after that
        ([0, 1, None, 3, 4], 1),
        ([0, 1, 4, 5], 2),
        ([0, 1, *[None] * 32, 34, 35], 32),  # two whole turns
    ],
)
def test_lost_packets_are_distinguished_from_late_ones(packets: list[int | None], unheard: int) -> None:
    ears = Hearing({"customer": party(CUSTOMER), "agent": party(AGENT)})
    customer, agent = ears.parties.values()
    turning(customer, AGENT, *packets)
    assert ears.unheard(customer, agent, START, START + 2) == unheard
