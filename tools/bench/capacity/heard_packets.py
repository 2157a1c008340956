"""Counts how complete the sound is that hundreds of legs hear, from the packets that arrive for them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from lab.sip import tones
from tools.bench.capacity.datagrams import Arrived

HEAD = 12  # bytes of an RTP header
HZ = 400
PERIOD = tones.RATE // HZ  # samples that show whether there is any tone
LISTENED = HEAD + PERIOD  # bytes of a packet that are read
SPACING = 20_000_000  # ns between two packets
LATE = 60_000_000  # ns after the previous packet
PCMU = 0
MISSING_MOST, LATE_MOST = 0.001, 0.001  # of all packets


@dataclass(frozen=True)
class HeardPackets:
    """Packets of all legs together; `longest` is the largest time between two packets of a leg, in ms."""

    legs: int
    expected: int
    came: int  # with the others' tone
    silent: int  # without that tone
    lost: int  # sent by Asterisk, by its sequence numbers, and not arrived
    late: int
    longest: float

    @property
    def missing(self) -> float:
        """Return the share of packets that should have carried the others' tone and did not."""
        return max(0, self.expected - self.came) / self.expected if self.expected else 1.0

    @property
    def delayed(self) -> float:
        """Return the share of packets that came later than 60 ms after the previous one."""
        return self.late / self.expected if self.expected else 1.0


def count(packets: Iterable[Arrived], legs: Collection[bytes], begun: int, ended: int) -> HeardPackets:
    """Return what these legs heard between two times, in ns of the packets' clock. Other packets are ignored."""
    came = silent = lost = late = longest = 0
    before: dict[bytes, tuple[int, int]] = {}  # by leg: the sequence number and time of its last packet
    wanted = frozenset(legs)
    for leg, head, time in packets:
        if leg not in wanted or not begun <= time < ended or head[1] & 0x7F != PCMU:
            continue
        if sounding(head[HEAD:]):
            came += 1
        else:
            silent += 1
        number = int.from_bytes(head[2:4], "big")
        if leg in before:
            last, at = before[leg]
            lost += max(0, _steps(last, number) - 1)
            late += time - at > LATE
            longest = max(longest, time - at)
        before[leg] = number, time
    expected = len(wanted) * round((ended - begun) / SPACING)
    return HeardPackets(len(wanted), expected, came, silent, lost, late, longest / 1e6)


@lru_cache(maxsize=4096)
def sounding(samples: bytes) -> bool:
    """Return whether a piece of mu-law contains sound."""
    return max(abs(tones.LINEAR[byte]) for byte in samples) > tones.AMPLITUDE / 4 if samples else False


def _steps(last: int, number: int) -> int:
    """Return the distance between two sequence numbers; negative if the packet comes after a later one."""
    return (number - last + 0x8000 & 0xFFFF) - 0x8000
