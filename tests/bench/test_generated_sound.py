"""The sound of hundreds of legs: the packets that are sent, and how received packets are counted."""

import socket
import struct
import time
from collections.abc import Iterator

import pytest

from lab.sip import tones
from tools.bench.capacity import heard_packets
from tools.bench.capacity.datagrams import MOST, Arrived, Incoming, Outgoing
from tools.bench.capacity.rtp_generator import PARTS, Legs

TONE, SILENCE = tones.tone_packet(heard_packets.HZ), tones.SILENCE
MS = 1_000_000  # ns
BEGUN = 1_795_000_000 * 1000 * MS


@pytest.fixture
def ends() -> Iterator[list[socket.socket]]:
    opened = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(3)]
    for one in opened:
        one.bind(("127.0.0.1", 0))
        one.settimeout(5)
    yield opened
    for one in opened:
        one.close()


def test_one_packet_goes_to_all_and_can_be_changed(ends: list[socket.socket]) -> None:
    out, *others = ends
    incoming = Incoming(out, 8)
    for one in others:
        one.sendto(b"hello", out.getsockname())
    packet = bytearray(b"first")
    outgoing = Outgoing(packet, [arrived.sender for arrived in incoming.packets(incoming.read())])
    outgoing.send(out)
    packet[:] = b"again"
    outgoing.send(out)
    assert [one.recv(100) for one in others for _ in range(2)] == [b"first", b"again"] * 2


def test_a_packet_that_cannot_be_sent_is_lost_and_the_others_arrive(ends: list[socket.socket]) -> None:
    out, one, _ = ends
    family, port = socket.AF_INET, one.getsockname()[1]
    nowhere = struct.pack("=H", family) + bytes(14)  # port 0
    there = struct.pack("=H", family) + struct.pack("!H4s8x", port, socket.inet_aton("127.0.0.1"))
    Outgoing(bytearray(b"packet"), [nowhere, there]).send(out)
    assert one.recv(100) == b"packet"


def kernel_counts_time(into: socket.socket, one: socket.socket, incoming: Incoming) -> None:
    """Wait until packets carry their time of arrival. The first ones carry the time of reading instead."""
    stamped = False
    while not stamped:
        one.sendto(bytes(12), into.getsockname())
        sent = time.time_ns()
        came = [arrived.time for arrived in incoming.packets(incoming.read())]
        stamped = bool(came) and max(came) <= sent


def test_all_that_came_is_read_with_the_kernels_times(ends: list[socket.socket]) -> None:
    into, one, _ = ends
    into.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    incoming = Incoming(into, 4)
    assert list(incoming.packets(incoming.read())) == []
    kernel_counts_time(into, one, incoming)
    for number in range(MOST + 50):
        one.sendto(struct.pack("!IQ", number, 0), into.getsockname())
    came = list(incoming.packets(incoming.read()))
    kept = len(came)
    assert kept + incoming.dropped == MOST + 50
    assert [arrived.head for arrived in came] == [struct.pack("!I", number) for number in range(kept)]
    assert {int.from_bytes(arrived.sender[2:4], "big") for arrived in came} == {one.getsockname()[1]}
    assert [arrived.time for arrived in came] == sorted(arrived.time for arrived in came)


def test_packets_without_room_in_the_buffer_are_counted_as_dropped(ends: list[socket.socket]) -> None:
    into, one, _ = ends
    into.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)  # the least there is
    incoming = Incoming(into, 4)
    for _ in range(100):
        one.sendto(bytes(172), into.getsockname())
    kept = len(list(incoming.packets(incoming.read())))
    assert (kept < 100, incoming.dropped) == (True, 100 - kept)


def test_each_leg_that_sends_is_sent_packets(ends: list[socket.socket]) -> None:
    sound, one, other = ends
    legs = Legs(sound)
    for end in (one, other):
        end.sendto(rtp(1, TONE), sound.getsockname())
    legs.meet(legs.turn())
    for _ in range(2 * PARTS):
        legs.turn()
    assert len(legs.known) == 2
    for end in (one, other):
        first, second = (end.recv(1000) for _ in range(2))
        assert (first[0], first[1], first[12:]) == (0x80, 0, TONE)
        (number, stamp, source), (next_number, next_stamp, next_source) = (
            struct.unpack("!2xHII", packet[:12]) for packet in (first, second)
        )
        assert (next_number - number, next_stamp - stamp) == (1, tones.PACKET)
        assert source == next_source


def rtp(number: int, payload: bytes, kind: int = 0) -> bytes:
    return struct.pack("!BBHII", 0x80, kind, number & 0xFFFF, number * 160, 7) + payload


def came(leg: bytes, number: int, at: float, payload: bytes = TONE, kind: int = 0) -> Arrived:
    return Arrived(leg, rtp(number, payload, kind)[: heard_packets.LISTENED], BEGUN + round(at * MS))


def count(*packets: Arrived, legs: tuple[bytes, ...] = (b"a",), milliseconds: int = 100) -> heard_packets.HeardPackets:
    return heard_packets.count(packets, legs, BEGUN, BEGUN + milliseconds * MS)


def test_complete_sound_has_no_missing_and_no_late_packets() -> None:
    packets = [came(leg, 65534 + n, 20 * n + 5) for n in range(5) for leg in (b"a", b"b")]
    found = count(*packets, legs=(b"a", b"b"))
    assert found == heard_packets.HeardPackets(2, expected=10, came=10, silent=0, lost=0, late=0, longest=20.0)
    assert (found.missing, found.delayed) == (0, 0)


def test_a_lost_packet_is_missing_and_its_number_tells_that_it_was_sent() -> None:
    found = count(*(came(b"a", n, 20 * n) for n in (0, 1, 3, 4)))
    assert (found.came, found.lost, found.late) == (4, 1, 0)
    assert found.missing == pytest.approx(0.2)


def test_a_packet_that_was_never_sent_is_missing_too() -> None:
    found = count(*(came(b"a", number, 20 * n) for number, n in enumerate((0, 1, 3, 4))))
    assert (found.came, found.lost) == (4, 0)
    assert found.missing == pytest.approx(0.2)


def test_a_packet_later_than_60_ms_is_late() -> None:
    found = count(*(came(b"a", n, at) for n, at in enumerate((0, 20, 80, 81, 82))))
    assert (found.late, found.longest) == (0, 60.0)
    found = count(*(came(b"a", n, at) for n, at in enumerate((0, 20, 81, 82, 83))))
    assert (found.late, found.longest) == (1, 61.0)
    assert found.delayed == pytest.approx(0.2)


def test_packets_with_nothing_on_them_are_missing() -> None:
    found = count(*(came(b"a", n, 20 * n, SILENCE if n == 2 else TONE) for n in range(5)))
    assert (found.came, found.silent) == (4, 1)
    assert found.missing == pytest.approx(0.2)


def test_only_sound_of_these_legs_in_this_time_counts() -> None:
    found = count(
        came(b"a", 0, -1),
        came(b"a", 1, 19),
        came(b"stranger", 7, 20),
        came(b"a", 2, 39, kind=13),  # keep-alive
        came(b"a", 3, 59),
        came(b"a", 4, 100),
    )
    assert (found.came, found.lost) == (2, 1)


def test_a_leg_without_packets_misses_all_sound() -> None:
    assert count(legs=(b"a", b"b")).missing == 1.0
    assert count(legs=()).missing == 1.0
