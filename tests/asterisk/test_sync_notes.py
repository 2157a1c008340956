"""At a connection, the notes of leads who answered without the app come before the end of their calls."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ari_app.asterisk.snapshot import AsteriskSnapshot
from ari_app.servers import asterisk_sync, note_fetch
from ari_app.servers.asterisk_sync import AsteriskSync
from ari_app.switchboard.clock import Clock
from tests.asterisk.fake import fake_ari
from tests.gate.gate_site import gate_site
from warmline.agi import spool
from warmline.core.messages.dialler_messages import LeadAnsweredAway
from warmline.core.messages.events import Event
from warmline.core.messages.leg_messages import LegDestroyed
from warmline.core.messages.process_messages import AsteriskConnected, Reconciled, Reconciling
from warmline.core.world.world import World
from warmline.store.agi import spool as notes
from warmline.system import gate_protocol

CALL, OTHER = "01M84A9FQ85X5B9HW049C1EVX9", "01M84A9FQ85X5B9HW049C1EVX2"
EARLIER, LAST = "01M84A9FQ85X5B9HW049C1EVX1", "01M84A9FQ85X5B9HW049C1EVX3"
GONE = LegDestroyed("L", 0)


class Board:
    """A switchboard that only keeps its events."""

    def __init__(self) -> None:
        self.world, self.events, self.lost_at = World(), list[Event](), 0
        self.written: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def post(self, event: Event) -> None:
        self.events.append(event)

    async def post_and_wait(self, event: Event) -> "asyncio.Future[None]":
        self.events.append(event)
        return self.written

    def reaches(self, server: str) -> None:
        assert server == "main"


async def settled(_: str) -> None:
    pass


@asynccontextmanager
async def held_alone(folder: Path) -> AsyncIterator[bool]:
    """Hold the spool as an erasure does, which waits for it."""
    with ExitStack() as stack:
        yield await asyncio.to_thread(stack.enter_context, notes.held(folder, alone=True, within=10))


async def synchronized(
    spool_folder: Path, monkeypatch: pytest.MonkeyPatch, fetch: Callable[[], Awaitable[None]] | None = None
) -> Board:
    """Return the switchboard after a connection; nothing that it handled is on disk yet. `fetch` is called there."""
    board = Board()
    others = SimpleNamespace(settled=settled, redeemed=lambda event: event, look=lambda: None, server="main")
    parts = cast("Any", (others, board, others, Clock(), others, others, print))
    sync = AsteriskSync(*parts, notes=str(spool_folder), known=asyncio.Event(), fetch=fetch)

    async def picture() -> AsteriskSnapshot:
        return AsteriskSnapshot("warmline", 0, {}, frozenset(), {}, frozenset())

    monkeypatch.setattr(sync, "picture_with_held", picture)
    monkeypatch.setattr(asterisk_sync.snapshot_differences, "differences", lambda *_: [GONE, Reconciled()])
    await sync.made(1)
    return board


async def test_a_note_comes_before_the_end_of_its_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool.put_lead_note(str(tmp_path), CALL, 7, "4930123", "the application is away", opted_out=True)
    spool.put_note(str(tmp_path), OTHER, 8, "4930124", "800", "the application is away")
    board = await synchronized(tmp_path, monkeypatch)
    note = LeadAnsweredAway(CALL, 7, "4930123", "the application is away", opted_out=True)
    assert board.events == [Reconciling(), AsteriskConnected(1), note, GONE, Reconciled()]


async def test_a_note_of_another_machine_is_fetched_before_the_end_of_its_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = tmp_path / "b/spool", tmp_path / "here"
    here.mkdir()
    monkeypatch.setattr(gate_protocol, "NOTES_MOST", 2)
    monkeypatch.setattr(note_fetch, "NOTES_MOST", 2)
    async with gate_site(tmp_path / "b") as site:
        for call in (OTHER, EARLIER, LAST):
            spool.put_note(str(there), call, 8, "4930124", "800", "the application is away")
        spool.put_lead_note(str(there), CALL, 7, "4930123", "the application is away", opted_out=True)
        fetch = partial(note_fetch.fetch_all, await site.client(1), str(here))
        board = await synchronized(here, monkeypatch, fetch)
    note = LeadAnsweredAway(CALL, 7, "4930123", "the application is away", opted_out=True)
    assert board.events == [Reconciling(), AsteriskConnected(1), note, GONE, Reconciled()]
    assert not list(there.iterdir()), "more than one answer of the gate"


async def test_a_gate_without_an_answer_delays_no_comparison(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(note_fetch, "AT_ONCE", 0.1)
    async with fake_ari("b") as (fake, client):
        fake.thawed.clear()
        fetch = partial(note_fetch.fetch_all, client, str(tmp_path))
        board = await synchronized(tmp_path, monkeypatch, fetch)
        fake.thawed.set()
    assert board.events[-1] == Reconciled()
    assert "server b: its calls are compared without its notes: no answer within 0.1 s" in caplog.text


async def test_an_erasure_waits_until_the_note_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool.put_lead_note(str(tmp_path), CALL, 7, "4930123", "the application is away", opted_out=True)
    board = await synchronized(tmp_path, monkeypatch)
    with notes.held(tmp_path, alone=True) as is_free:
        assert not is_free
    board.written.set_result(None)
    async with held_alone(tmp_path) as is_free:
        assert is_free
