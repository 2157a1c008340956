"""Finds which of Asterisk's prompts were played to a party, from the sound of its packets."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from lab.sip import tones, wav
from lab.sip.rtp_stream import Packet
from lab.sip.sdp import PCMU

NAMES = (
    "agent-loginok",
    "agent-alreadyon",
    "agent-incorrect",
    "agent-pass",
    "activated",
    "de-activated",
    "vm-nobodyavail",
    "im-sorry",
    "vm-goodbye",
    "queue-youarenext",
    "vm-press",
    "digits/1",
)
ALIKE = 0.1  # of the sound's size may differ, because mu-law is coarse
ALERT_HZ, ALERT_LEVEL, ALERT_SECONDS = (350, 1050), 600, 0.36


def heard(packets: Iterable[Packet], sounds: Path, names: Sequence[str] = NAMES) -> list[str]:
    """Return the prompts in the order they were played, with repetitions; each is known by its loudest 20 ms."""
    found = []
    for packet in packets:
        if packet.payload_type == PCMU and len(packet.payload) == tones.PACKET:
            found += [name for name in names if _same(packet.payload, _loudest(sounds / f"{name}.wav"))]
    return found


def alerts(packets: Iterable[Packet]) -> int:
    """Return how often `beeperr` was played, known by two of its tones, which no other sound has together."""
    times = [packet.time for packet in packets if packet.payload_type == PCMU and _alert(packet.payload)]
    return sum(1 for before, at in zip([0.0, *times], times, strict=False) if at - before > ALERT_SECONDS)


@lru_cache(maxsize=4096)
def _alert(payload: bytes) -> bool:
    samples = [tones.LINEAR[byte] for byte in payload]
    return all(tones.level(samples, hz) > ALERT_LEVEL for hz in ALERT_HZ)


@lru_cache
def _loudest(file: Path) -> tuple[int, ...]:
    """Return the loudest packet of a prompt; the packets of a file begin at its first sample."""
    samples = wav.read(file).samples
    packets = (samples[n : n + tones.PACKET] for n in range(0, len(samples) - tones.PACKET + 1, tones.PACKET))
    loudest: Sequence[int] = max(packets, key=tones.power)
    return tuple(loudest)


@lru_cache(maxsize=8192)
def _same(payload: bytes, wanted: tuple[int, ...]) -> bool:
    difference = sum(abs(tones.LINEAR[byte] - sample) for byte, sample in zip(payload, wanted, strict=True))
    return difference <= ALIKE * sum(map(abs, wanted))
