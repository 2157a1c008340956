"""Callbacks that scripts promise reach the journal, each once, whatever fails."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from ari_app.background import callback_note_poller
from ari_app.link.call_control import CommandReply, CommandTimeout
from tests.http.json_site import JsonSite
from warmline.agi import spool
from warmline.core.messages.commands import Command
from warmline.core.messages.values.callback import Callback
from warmline.core.model import ids
from warmline.store.agi import callback_notes

DUE = 4_000_000_000_000_000
NOTE = Callback(id=ids.encode(1 << 80), call="", number="5550000", ingroup="SALESLINE", at=DUE, by="script")
LIMIT = 10.0


def leave(folder: Path, note: Callback = NOTE) -> Path:
    """Write a note as a script does, and return its file."""
    spool.write_file(str(folder / "callbacks"), note.id, msgspec.json.encode(note))
    return folder / "callbacks" / f"{note.id}.json"


async def until_gone(file: Path, site: JsonSite, folder: Path, rounds: asyncio.Queue[None]) -> None:
    """Let the app read the spool until the note is removed."""
    following = asyncio.create_task(callback_note_poller.follow(str(folder), site.database, site.board))
    try:
        while await asyncio.to_thread(file.exists):
            await asyncio.wait_for(rounds.get(), LIMIT)
            assert not following.done()
    finally:
        following.cancel()


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> asyncio.Queue[None]:
    """Get an item after each look into the spool."""
    looks: asyncio.Queue[None] = asyncio.Queue()
    read = callback_notes.read_all

    def read_all(folder: str, unreadable: Callable[[OSError], None]) -> list[Callback]:
        looks.put_nowait(None)
        return read(folder, unreadable)

    monkeypatch.setattr(callback_notes, "read_all", read_all)
    monkeypatch.setattr(callback_note_poller, "EVERY", 0.01)
    return looks


def test_a_promised_callback_is_listed_once_with_its_receipt(
    site: JsonSite, tmp_path: Path, rounds: asyncio.Queue[None]
) -> None:
    for _ in range(2):  # the second time as after a crash before the note was removed
        site.do(until_gone(leave(tmp_path), site, tmp_path, rounds))
    [found] = site.ask("GET", "/callbacks").body
    assert (found["id"], found["number"], found["ingroup"]) == (NOTE.id, "5550000", "SALESLINE")
    [receipt] = site.board.receipts()
    assert (receipt.by, receipt.source, receipt.kind) == ("script", "agi", "CALLBACK")


def test_a_callback_that_was_cancelled_since_stays_so(
    site: JsonSite, tmp_path: Path, rounds: asyncio.Queue[None]
) -> None:
    site.do(until_gone(leave(tmp_path), site, tmp_path, rounds))
    assert site.ask("POST", f"/callbacks/{NOTE.id}/cancel").status == 201
    site.do(until_gone(leave(tmp_path), site, tmp_path, rounds))
    assert site.ask("GET", f"/callbacks/{NOTE.id}").body["state"] == "cancelled"


def test_a_refused_or_late_one_is_tried_again(
    site: JsonSite,
    tmp_path: Path,
    rounds: asyncio.Queue[None],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers = ["full", "full", "late"]
    ask = site.board.ask

    async def first_fails(command: Command, by: str, source: str) -> CommandReply:
        if not answers:
            return await ask(command, by, source)
        if answers.pop(0) == "late":
            raise CommandTimeout("R")
        return CommandReply("R", "the node has more to do than it can", refused=True)

    monkeypatch.setattr(site.board, "ask", first_fails)
    site.do(until_gone(leave(tmp_path), site, tmp_path, rounds))
    assert [one["id"] for one in site.ask("GET", "/callbacks").body] == [NOTE.id]
    assert caplog.text.count("the node has more to do than it can") == 1
