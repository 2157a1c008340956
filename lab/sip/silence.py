"""Finds the packets without sound, whatever the sound would be."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from lab.sip import tones
from lab.sip.rtp_stream import Packet
from lab.sip.sdp import PCMU

QUIET = 300  # of 32767; the largest sample of a packet without sound


def silent(packet: Packet) -> bool:
    """Return whether a packet has no sound."""
    return packet.payload_type == PCMU and _loudest(packet.payload) <= QUIET


def first_sound(packets: Iterable[Packet]) -> float | None:
    """Return the time of the first packet that has sound, or None."""
    return next((packet.time for packet in packets if not silent(packet)), None)


def longest_silence(packets: Iterable[Packet], since: float, until: float) -> float:
    """Return the longest time in seconds without a packet that has sound."""
    loud = [packet.time for packet in packets if not silent(packet)]
    return max(after - before for before, after in pairwise([since, *loud, until]))


@lru_cache(maxsize=4096)
def _loudest(payload: bytes) -> int:
    return max(abs(tones.LINEAR[byte]) for byte in payload)
