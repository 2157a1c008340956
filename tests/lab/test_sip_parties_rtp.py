"""Streams play and capture; every packet is accounted for."""

import asyncio
import socket
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from lab.sip import tones
from lab.sip.hearing import sequence_gaps
from lab.sip.rtp_engine import Engine
from lab.sip.rtp_stream import Packet, Rtp, Stream

Scenario = Callable[[Rtp, Stream, Stream], Coroutine[Any, Any, None]]


def between_two(scenario: Scenario) -> None:
    """Run a scenario with two streams that send to each other, the first one a tone."""

    async def run() -> None:
        async with Rtp() as rtp:
            one, other = rtp.open(), rtp.open()
            one.tone(tones.AGENT)
            one.remote("127.0.0.1", other.port)
            other.remote("127.0.0.1", one.port)
            await other.until(lambda: len(other.received) >= 5 or None, 5, "no first packets")
            await scenario(rtp, one, other)

    asyncio.run(run())


async def gets(stream: Stream, hz: int) -> None:
    """Wait for a packet with this tone, and only this one, from now on."""
    known = len(stream.received)

    def find() -> Packet | None:
        fresh = stream.received[known:]
        return next((packet for packet in fresh if packet.payload == tones.tone_packet(hz)), None)

    await stream.until(find, 5, f"no packet of {hz} Hz")


def test_packets_follow_each_other_without_a_hole() -> None:
    async def scenario(rtp: Rtp, one: Stream, other: Stream) -> None:
        await other.until(lambda: len(other.received) >= 50 or None, 5, "no 50 packets")
        first, *rest = other.received
        assert first.marker and not any(packet.marker for packet in rest)
        for before, after in zip([first, *rest], rest, strict=False):
            assert (after.sequence - before.sequence) & 0xFFFF == 1
            assert (after.timestamp - before.timestamp) & 0xFFFFFFFF == 160
            assert (after.ssrc, after.payload_type, after.payload) == (first.ssrc, 0, tones.tone_packet(tones.AGENT))
            assert before.time < after.time
        assert sequence_gaps(other.received) == 0

    between_two(scenario)


def test_a_stream_closed_in_the_middle_of_traffic_leaves_the_others_alone() -> None:
    async def scenario(rtp: Rtp, one: Stream, other: Stream) -> None:
        for _ in range(40):
            brief = rtp.open()
            brief.remote("127.0.0.1", one.port)
            one.remote("127.0.0.1", brief.port)
            await brief.until(lambda brief=brief: brief.received or None, 5, "no packet")  # type: ignore[misc]
            brief.close()
            brief.tone(tones.THIRD)  # too late, and harmless
        one.remote("127.0.0.1", other.port)
        await gets(other, tones.AGENT)

    between_two(scenario)


def test_a_stranger_is_not_heard() -> None:
    async def scenario(rtp: Rtp, one: Stream, other: Stream) -> None:
        stranger = rtp.open()
        stranger.tone(tones.THIRD)
        stranger.remote("127.0.0.1", other.port)
        stranger_heard = rtp.open()
        stranger_heard.remote("127.0.0.1", stranger.port)
        known = len(other.received)
        await other.until(lambda: len(other.received) >= known + 20 or None, 5, "no packets")
        assert {packet.payload for packet in other.received} == {tones.tone_packet(tones.AGENT)}

    between_two(scenario)


def test_old_packets_are_forgotten() -> None:
    async def run() -> None:
        async with Rtp() as rtp:
            one, other = rtp.open(), rtp.open(limit=10)
            one.remote("127.0.0.1", other.port)
            other.remote("127.0.0.1", one.port)
            await other.until(lambda: other.kept_since or None, 5, "nothing forgotten")
            assert 10 <= len(other.received) <= 20
            assert other.kept_since == other.received[0].time

    asyncio.run(run())


def test_a_dead_engine_is_named() -> None:
    async def run() -> None:
        async with Rtp() as rtp:
            one = rtp.open()
            rtp._process.kill()
            with pytest.raises(RuntimeError, match="the RTP engine has died"):
                await one.until(lambda: None, 5, "nothing")
            with pytest.raises(RuntimeError, match="the RTP engine has died"):
                one.tone(tones.AGENT)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("numbers", "gaps"), [([1, 2, 3], 0), ([1, 4], 2), ([65534, 65535, 0, 1], 0), ([65535, 2], 2), ([5, 5, 6], 0)]
)
def test_gaps_are_counted_across_the_wrap(numbers: list[int], gaps: int) -> None:
    received = [Packet(0.0, False, 0, number, 0, 1, b"") for number in numbers]
    assert sequence_gaps(received) == gaps
    assert sequence_gaps([*received, received[0]._replace(ssrc=2, sequence=9000)]) == gaps


def test_a_clock_that_is_set_moves_no_packet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel stamps packets by the clock of the machine, which a virtual machine sets beside calls."""
    clock = time.time_ns
    control, other_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    rtp, speaker = (socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(2))
    with control, other_end, rtp, speaker:
        rtp.bind(("127.0.0.1", 0))
        engine = Engine(control)
        engine.open(1, rtp)
        for seconds in (0, 5, -5):
            monkeypatch.setattr(time, "time_ns", lambda set_by=seconds: clock() + set_by * 1_000_000_000)
            before = time.monotonic()
            speaker.sendto(bytes((0x80, 0, *range(10))) + tones.tone_packet(tones.AGENT), rtp.getsockname())
            while not engine.captured:  # loopback hands it over within microseconds
                engine.capture()
            assert before - 0.1 <= engine.captured.popleft()[1] <= time.monotonic()
