"""No lead is dialled before its call is on record, and none long after the decision to dial."""

import asyncio

import pytest

from ari_app.switchboard.clock import Clock
from ari_app.switchboard.switchboard import Switchboard
from tests.core.dialler.lead_stage import ANSWERS, dialling, lead
from tests.http.test_switchboard import SlowDisk
from warmline.core.messages.actions import Action
from warmline.core.messages.dialler_messages import OriginateToDialplan, PacingDecided

NEVER = 2**60


@pytest.mark.parametrize("late", [False, True])
def test_a_lead_is_dialled_when_its_call_is_written_and_not_later(
    monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    """After START_WITHIN, the call has failed instead."""
    monkeypatch.setattr("ari_app.switchboard.turn_commit.COMMIT_WITHIN", 0.01)
    monkeypatch.setattr("ari_app.switchboard.turn_commit.START_WITHIN", 0.05 if late else 20.0)
    lab = dialling("1000")

    async def go() -> None:
        disk, performed, dialled = SlowDisk(), list[Action](), asyncio.Event()

        def perform(_lane: str, action: Action) -> None:
            performed.append(action)
            if isinstance(action, OriginateToDialplan):
                dialled.set()

        board = Switchboard(lab.world, disk, perform, Clock(lab.asterisk.now))
        running = asyncio.create_task(board.run())
        await board.post_and_wait(PacingDecided("TESTCAMP", (lead(lab, ANSWERS, open_until=NEVER),), (), ready=1))
        assert [call.number for call in board.world.calls.values()] == [ANSWERS]
        assert not performed, "the call is not on record"
        while late and board.world.calls:
            await board.turned()
        disk.written.set_result(None)
        if late:
            await board.turned()
            assert not any(isinstance(action, OriginateToDialplan) for action in performed)
        else:
            await dialled.wait()
        running.cancel()

    asyncio.run(asyncio.wait_for(go(), 20))
