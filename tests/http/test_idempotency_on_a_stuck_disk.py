"""A repeated request gives no second command, even while the first one's record waits for the disk."""

import asyncio
import errno
from collections.abc import Awaitable, Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from ari_app.link.call_control import CommandReply, CommandTimeout, CommandUnrecorded
from ari_app.link.idempotency import CommandRequest, IdempotentCommands
from ari_app.switchboard.switchboard import Switchboard
from tests.http.agent_api import FakeBoard, world
from tests.http.test_switchboard import on_a_board
from tests.wording.said import refused
from warmline.core.messages.command_classes import make_command
from warmline.core.messages.commands import Command, Kind
from warmline.core.messages.leg_messages import LegArrived, LegDestroyed
from warmline.core.model.receipt import Outcome, Receipt
from warmline.store.database.database import StoreError, connect
from warmline.store.journal import receipt_lookup
from warmline.store.journal.spill_file import SpillFile

LIMIT = 10.0


def disk_fails(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def corrections(
    folder: Path, talk: Callable[[Switchboard, IdempotentCommands, CommandRequest], Awaitable[None]]
) -> None:
    """Let `talk` correct the code of a call that has ended, while another program locks the database."""
    path = folder / "warmline.db"

    async def beside_a_lock(board: Switchboard) -> None:
        await board.post_and_wait(LegArrived("17.1", ("ingroup", "SALESLINE")))
        [call] = board.world.calls
        await board.post_and_wait(LegDestroyed("17.1", 16))
        once = IdempotentCommands(board, partial(asyncio.to_thread, receipt_lookup.find_by_key, path))
        correction = CommandRequest(make_command(Kind.SET_STATUS, "1000", call, status="SALE"), "ada", "test", "key")
        with closing(connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")  # no other program can write now
            await talk(board, once, correction)
            other.execute("ROLLBACK")
        async with asyncio.timeout(LIMIT):
            while not (stored := receipt_lookup.find_by_key(path, "ada", "key")):
                await board.committed.next_ring().wait()
        await board.outcome(stored.id, LIMIT)  # the row is in the database before the loop hears of it
        assert await once.give(correction) == (stored.id, "", False)
        with closing(connect(path)) as reader:
            assert reader.execute("SELECT count(*), max(status) FROM disposition_entry").fetchone() == (1, "SALE")

    on_a_board(folder, beside_a_lock)


def test_a_correction_in_the_spill_file_is_confirmed_and_not_given_again(tmp_path: Path) -> None:
    async def talk(board: Switchboard, once: IdempotentCommands, correction: CommandRequest) -> None:
        first = await once.give(correction)
        assert first.why == ""
        assert await IdempotentCommands(board, nothing_stored).give(correction) == first
        found = board.receipt(first.receipt)
        assert found and found.outcome is Outcome.COMPLETED

    corrections(tmp_path, talk)


def test_a_correction_that_nothing_can_store_is_unrecorded_and_not_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ari_app.switchboard.switchboard.ANSWER_WITHIN", 0.3)
    monkeypatch.setattr(SpillFile, "append", disk_fails)

    async def talk(board: Switchboard, once: IdempotentCommands, correction: CommandRequest) -> None:
        late = []
        for _ in range(3):
            with pytest.raises(CommandUnrecorded) as raised:
                await once.give(correction)
            late.append(raised.value.receipt)
        assert len(set(late)) == 1
        found = board.receipt(late[0])
        assert found and (found.outcome, found.ended, found.told) == (None, None, False)
        with pytest.raises(TimeoutError):
            await board.outcome(late[0], 0.1)

    corrections(tmp_path, talk)


class Stuck(FakeBoard):
    """It answers every key but "late"."""

    def __init__(self) -> None:
        super().__init__(world())
        self.go_on = asyncio.Event()
        self.keys: list[str] = []

    async def ask(
        self, command: Command, by: str, source: str, key: str = "", digits: str = "", request: str = ""
    ) -> CommandReply:
        self.keys.append(key)
        if key == "late":
            await self.go_on.wait()
            raise CommandTimeout("R")
        return CommandReply("Q", "")

    def receipt_with(self, by: str, key: str) -> Receipt | None:
        return (
            Receipt(id="R", command=make_command(Kind.PAUSE, "1000"), requested=0)
            if key in self.keys and key == "late"
            else None
        )


async def nothing_stored(by: str, key: str) -> None:
    return None


def pause(once: IdempotentCommands, key: str) -> "asyncio.Task[CommandReply]":
    return asyncio.create_task(once.give(CommandRequest(make_command(Kind.PAUSE, "1000"), "ada", "test", key)))


def test_a_command_in_progress_is_not_repeated_beside_many_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ari_app.link.idempotency.REMEMBERED", 1)

    async def go() -> None:
        board = Stuck()
        once = IdempotentCommands(board, nothing_stored)
        first = pause(once, "late")
        for key in ("other", "one more", "a third"):
            await pause(once, key)
        second = pause(once, "late")
        await asyncio.sleep(0)
        board.go_on.set()
        await asyncio.wait({first, second})
        assert board.keys.count("late") == 1
        assert len(once._ended) == 1 and not once._running

    asyncio.run(asyncio.wait_for(go(), LIMIT))


def test_commands_of_disconnected_clients_count_against_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ari_app.link.idempotency.AT_ONCE", 2)

    async def go() -> None:
        goes_on = asyncio.Event()

        async def stored(by: str, key: str) -> None:
            await goes_on.wait()

        once = IdempotentCommands(Stuck(), stored)
        clients = {pause(once, key) for key in ("a", "b")}
        await asyncio.sleep(0)
        for client in clients:
            client.cancel()
        await asyncio.wait(clients)
        with refused(StoreError, "commands_wait"):
            await pause(once, "c")
        goes_on.set()
        assert (await pause(once, "a")).receipt == "Q"  # the key of one in progress finds its answer
        assert (await pause(once, "c")).receipt == "Q"

    asyncio.run(asyncio.wait_for(go(), LIMIT))


def test_one_that_many_others_have_overtaken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ari_app.link.idempotency.REMEMBERED", 1)

    async def go() -> None:
        board = Stuck()
        once = IdempotentCommands(board, nothing_stored)
        late = pause(once, "late")
        await pause(once, "other")
        await pause(once, "one more")
        board.go_on.set()
        with pytest.raises(CommandTimeout):
            await late
        with pytest.raises(CommandTimeout) as again:
            await pause(once, "late")
        assert (again.value.receipt, board.keys.count("late")) == ("R", 1)

    asyncio.run(asyncio.wait_for(go(), LIMIT))
