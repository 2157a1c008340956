"""The pulse sleeps while there is no dialler, and the first dialler wakes it at once."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ari_app.dialler.lead_hopper import LeadHopper
from ari_app.dialler.pulse import Pulse
from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from tests.http.test_switchboard import SlowDisk
from warmline.core.messages.process_messages import ConfigurationChanged, TimerFired
from warmline.core.model.dialler import Dialler
from warmline.core.rules.configuration import Campaign, Rules
from warmline.core.world.world import World

LIMIT = 10.0
RULES = Rules(campaigns={"SALES": Campaign(id="SALES", dial_method="PROGRESSIVE")})


class CountedPulse(Pulse):
    """A pulse that only counts its beats, with what it thinks of the disk at each."""

    def __init__(self, board: Switchboard, hopper: LeadHopper, folder: Path) -> None:
        super().__init__(lambda: board, hopper, str(folder / "warmline.db"), str(folder), lambda: 0)
        self._counted_board = board
        self.beats: list[str] = []
        self.beaten = asyncio.Event()

    async def beat(self) -> None:
        self.beats.append(self._doubt(self._counted_board))
        self.beaten.set()


def with_a_pulse(
    folder: Path, database: Path, test: Callable[[Switchboard, CountedPulse, SlowDisk], Awaitable[None]]
) -> None:
    """Run `test` with a switchboard that has no dialler, and a disk that has written everything unless told."""

    async def main() -> None:
        disk = SlowDisk()
        disk.written.set_result(None)
        board = Switchboard(World(), disk, lambda _, __: None, Clock(0))
        shutil.copy(database, folder / "warmline.db")
        hopper = LeadHopper(str(folder / "warmline.db"), lambda: board.world, lambda: 0, lambda: 0)
        pulse = CountedPulse(board, hopper, folder)
        tasks = [asyncio.create_task(one) for one in (board.run(), pulse.run())]
        try:
            await board.post_and_wait(ConfigurationChanged(RULES))
            await asyncio.wait_for(test(board, pulse, disk), LIMIT)
        finally:
            hopper.close()
            for task in tasks:
                task.cancel()

    asyncio.run(main())


async def commit(board: Switchboard) -> None:
    """Let a turn with a row of the journal be committed, and its followers run."""
    ring = board.committed.next_ring()
    board.post(ConfigurationChanged(RULES))
    await ring.wait()
    for _ in range(3):
        await asyncio.sleep(0)


def add_dialler(board: Switchboard) -> None:
    """Let the next commit be the one that starts the campaign's dialler."""
    board.world.keep(Dialler(id="SALES", running=True))


def test_the_first_dialler_wakes_it_at_once_and_each_commit_from_then_on(tmp_path: Path, new_database: Path) -> None:
    async def test(board: Switchboard, pulse: CountedPulse, _: SlowDisk) -> None:
        await commit(board)
        add_dialler(board)
        await commit(board)
        await pulse.beaten.wait()
        assert pulse.beats == [""]
        await commit(board)
        assert len(pulse.beats) == 2

    with_a_pulse(tmp_path, new_database, test)


def test_a_dialler_of_before_the_start_needs_no_commit(tmp_path: Path, new_database: Path) -> None:
    async def test(board: Switchboard, _: CountedPulse, __: SlowDisk) -> None:
        add_dialler(board)
        hopper = LeadHopper(str(tmp_path / "warmline.db"), lambda: board.world, lambda: 0, lambda: 0)
        again = CountedPulse(board, hopper, tmp_path)
        running = asyncio.create_task(again.run())
        await again.beaten.wait()
        running.cancel()
        hopper.close()

    with_a_pulse(tmp_path, new_database, test)


def test_a_disk_that_is_late_when_the_dialler_starts_is_noticed(
    tmp_path: Path, new_database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ari_app.switchboard.turn_commit.COMMIT_WITHIN", 0.002)
    monkeypatch.setattr("ari_app.switchboard.turn_commit.SPILL_AFTER", 0.001)

    async def test(board: Switchboard, pulse: CountedPulse, disk: SlowDisk) -> None:
        disk.written = asyncio.get_running_loop().create_future()
        add_dialler(board)
        board.post(ConfigurationChanged(RULES))
        await board.post_and_wait(TimerFired())
        assert pulse.beats == []
        disk.written.set_result(None)
        await pulse.beaten.wait()
        assert pulse.beats[0] != ""

    with_a_pulse(tmp_path, new_database, test)
