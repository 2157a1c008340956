"""Asterisk dies and returns: the stream is connected again, and its broken recording is repaired."""

import asyncio
import signal
import time
from pathlib import Path

from tests.asterisk import private
from tests.asterisk.bench import Bench, bench, fresh_id
from tests.free_port import free_port
from warmline.core.messages import actions as a
from warmline.core.messages import events as e

BLOCK = 32 * 1024  # Asterisk writes this much at once: 2 s


async def recording(bench: Bench, folder: Path) -> str:
    """Provide a bridge whose recording has reached the disk."""
    room, name = f"room-{fresh_id()}", fresh_id()
    bench.do(a.CreateMixingBridge(room))
    for party in ("tone", "answer"):
        leg = fresh_id()
        bench.do(a.CreateChannel(leg, f"Local/{party}@parties", "", ""))
        await bench.until(e.LegArrived(leg, ("made",), "", party))
        bench.do(a.AddToBridge(leg, room), a.DialLeg(leg, 20))
        await bench.until(e.LegJoined(leg, room), e.LegAnswered(leg))
    bench.do(a.StartRecording(name, room))
    await bench.until(e.RecordingStarted(name))
    await asyncio.to_thread(wait_for_block, folder / f"{name}.wav")
    return name


def wait_for_block(path: Path) -> None:
    """Wait until the file grows, by queries, because no event reports it."""
    until = time.monotonic() + 20
    while not path.exists() or path.stat().st_size < BLOCK:
        assert time.monotonic() < until, f"{path} does not grow"
        time.sleep(0.05)


async def killed(bench: Bench, asterisk: private.Private) -> None:
    bench.connected.clear()
    await asyncio.to_thread(private.end, asterisk.process, signal.SIGKILL)
    bench.do(a.HangUpLeg("anybody"))
    await bench.performer.settled()
    last = bench.events[-1]
    assert isinstance(last, e.ActionFailed)
    assert (last.action, last.status) == (a.HangUpLeg("anybody"), 0)


async def works_again(bench: Bench) -> None:
    await bench.connection()
    arrived = await bench.arriving()
    bench.do(a.AnswerLeg(arrived.leg), a.HangUpLeg(arrived.leg))
    await bench.until(e.LegAnswered(arrived.leg), e.LegLeftStasis(arrived.leg))


async def mended(bench: Bench, folder: Path, name: str) -> e.RecordingMeasured:
    path = folder / f"{name}.wav"
    assert path.read_bytes()[40:44] == bytes(4), "the crash left a header without a length"
    bench.do(a.MeasureRecording(name))

    def measured() -> list[e.RecordingMeasured]:
        return [event for event in bench.events if isinstance(event, e.RecordingMeasured)]

    await bench.until_true(lambda: bool(measured()), "the mended file")
    return measured()[0]


def test_asterisk_is_killed_and_comes_back(tmp_path: Path) -> None:
    async def main() -> None:
        port = free_port()
        # The bench cleans up at its end, so it must end before the second Asterisk does.
        with private.running(tmp_path, port) as first, private.later(tmp_path, port) as start_second:
            async with bench(first) as one:
                name = await recording(one, first.recordings)
                await killed(one, first)
                await asyncio.to_thread(start_second)
                await works_again(one)
                file = await mended(one, first.recordings, name)
                assert file.bytes >= BLOCK
                assert file.length == (file.bytes - 44) // 16

    asyncio.run(main())
