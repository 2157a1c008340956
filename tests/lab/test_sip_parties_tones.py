"""A present tone is detected, and no other sound is mistaken for it."""

import math
import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lab import asterisk
from lab.sip import tones, wav

ALL = (*tones.PARTY_TONES, *tones.LAB_TONES)
DTMF = [(low, high) for low in (697, 770, 852, 941) for high in (1209, 1336, 1477, 1633)]


def packets(*parts: tuple[float, float], start: int = 0, length: int = 480) -> Iterator[bytes]:
    """Packets of a mix of (Hz, amplitude) that begins at sample `start` and ends 100 samples before the end."""
    samples = [
        sum(amplitude * math.sin(math.tau * hz * n / tones.RATE) for hz, amplitude in parts)
        if start <= n < length - 100
        else 0
        for n in range(length)
    ]
    coded = bytes(tones.ulaw(round(sample)) for sample in samples)
    return (coded[n : n + tones.PACKET] for n in range(0, length, tones.PACKET))


def heard(payload: bytes, wanted: tuple[int, ...] = tones.PARTY_TONES) -> set[int]:
    return {hz for hz in wanted if tones.packet_has_tone(payload, hz)}


@given(st.integers(-32768, 32767))
def test_mu_law_keeps_a_sample_within_its_step(sample: int) -> None:
    clipped = max(-32635, min(32635, sample))
    assert abs(tones.LINEAR[tones.ulaw(sample)] - clipped) <= abs(clipped) / 32 + 8


def test_mu_law_has_the_codes_of_g711() -> None:
    assert [tones.ulaw(sample) for sample in (0, 32767, -32768, 8, -8)] == [0xFF, 0x80, 0x00, 0xFE, 0x7E]
    assert [tones.LINEAR[code] for code in (0x80, 0x00, 0xFE, 0xFF, 0x8F)] == [32124, -32124, 8, 0, 16764]
    assert all(tones.ulaw(tones.LINEAR[code]) == code for code in range(256) if code != 0x7F)  # minus zero


def test_a_packet_carries_its_own_tone_alone() -> None:
    for hz in tones.PARTY_TONES:
        payload = tones.tone_packet(hz)
        samples = [tones.LINEAR[code] for code in payload]
        assert len(payload) == tones.PACKET, hz
        assert tones.level(samples, hz) == pytest.approx(tones.AMPLITUDE, rel=0.01), hz
        assert heard(payload, ALL) == {hz}
        rest = max(tones.level(samples, other) for other in range(50, 4000, 50) if other != hz)
        assert rest < tones.AMPLITUDE / 30, hz


def test_a_tone_has_no_seam_between_packets() -> None:
    twice = [tones.LINEAR[code] for code in tones.tone_packet(tones.AGENT) * 2]
    across = twice[50 : 50 + tones.PACKET]
    assert tones.level(across, tones.AGENT) == pytest.approx(tones.AMPLITUDE, rel=0.01)


def test_the_packets_of_a_turning_tone_are_told_from_each_other() -> None:
    for hz in tones.PARTY_TONES:
        others = [tones.LINEAR[code] for code in tones.tone_packet(next(one for one in tones.PARTY_TONES if one != hz))]
        for number, packet in enumerate(tones.turning_tone(hz)):
            mix = [tones.LINEAR[code] + other for code, other in zip(packet, others, strict=True)]
            mixed = bytes(map(tones.ulaw, mix))
            assert heard(packet, ALL) == {hz} and tones.packet_has_tone(mixed, hz)
            assert tones.turn(packet, hz) == tones.turn(mixed, hz) == number, hz


def test_a_turning_tone_has_no_seam_between_packets() -> None:
    samples = [tones.LINEAR[code] for packet in tones.turning_tone(tones.AGENT) * 2 for code in packet]
    for start in range(80, len(samples) - tones.PACKET, tones.PACKET):
        across = samples[start : start + tones.PACKET]
        assert tones.level(across, tones.AGENT) == pytest.approx(tones.AMPLITUDE, rel=0.02)


@pytest.mark.parametrize("hz", [425, 60, -50, 4000, 4050])
def test_a_tone_that_leaves_a_seam_is_refused(hz: int) -> None:
    with pytest.raises(ValueError, match=f"cannot play {hz} Hz: take a multiple of 50 below 4000"):
        tones.tone_packet(hz)


def test_no_party_tone_is_near_another_or_a_harmonic() -> None:
    keys = [one for pair in DTMF for one in pair]
    for hz in tones.PARTY_TONES:
        others = [other for other in ALL if other != hz]
        assert all(abs(hz - other) >= 150 for other in [*others, *keys]), hz
        assert all(abs(hz - k * other) > 25 and abs(k * hz - other) > 25 for other in others for k in (2, 3, 4)), hz


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_mix_is_taken_apart(count: int) -> None:
    playing = tones.PARTY_TONES[:count]
    mixed = list(packets(*((hz, tones.AMPLITUDE) for hz in playing), length=640))
    assert heard(mixed[1]) == heard(mixed[2]) == set(playing)


@pytest.mark.parametrize("offset", [40, 80, 120])
def test_a_tone_that_begins_or_ends_within_a_packet_is_no_other(offset: int) -> None:
    for hz in ALL:
        found = set().union(*(heard(payload, ALL) for payload in packets((hz, 8000.0), start=offset)))
        assert found == {hz}


def test_dtmf_is_no_party() -> None:
    mistaken = [
        (low, high, offset)
        for low, high in DTMF
        for offset in range(0, 160, 20)
        if any(heard(payload) for payload in packets((low, 8000.0), (high, 8000.0), start=offset))
    ]
    assert mistaken == []


@pytest.mark.parametrize("loudness", [10, 300, 3000])
def test_noise_is_no_party(loudness: int) -> None:
    chance = random.Random(loudness)  # noqa: S311  # the same noise in each run
    for _ in range(500):
        assert not heard(bytes(tones.ulaw(round(chance.gauss(0, loudness))) for _ in range(tones.PACKET)))


def test_random_bytes_are_no_party() -> None:
    chance = random.Random(1)  # noqa: S311
    assert not any(heard(chance.randbytes(tones.PACKET)) for _ in range(500))


def test_silence_and_an_empty_packet_carry_nothing() -> None:
    assert not heard(tones.SILENCE, ALL) and not heard(b"", ALL)
    assert tones.tone_packet(0) == tones.SILENCE


def test_speech_and_the_beep_are_no_party() -> None:
    """Return the prompts that an agent hears at login and the beep, as Asterisk plays them."""
    found = asterisk.find()
    assert found, "make setup brings Asterisk and its prompts"
    sounds = found.data / "sounds/en"
    for name in ("agent-loginok", "agent-alreadyon", "agent-incorrect", "demo-congrats", "beep"):
        samples = wav.read(sounds / f"{name}.wav").samples
        parts = [samples[n : n + tones.PACKET] for n in range(0, len(samples) - tones.PACKET, tones.PACKET)]
        assert len(parts) > 10
        assert not any(tones.has_tone(part, hz) for part in parts for hz in tones.PARTY_TONES), name
    assert sum(tones.has_tone(part, tones.BEEP) for part in parts) > len(parts) / 2  # it was the beep at last
