"""Adds the callbacks that scripts promised in the spool, each once.

A note becomes a command, whose receipt is in the journal before the note is removed. A note that is read again after a
crash has the id of the existing callback and is only removed.
"""

import asyncio
import logging
import time
from pathlib import Path

from ari_app.calls.held_spool import held
from ari_app.link.call_control import CommandSwitchboard, CommandTimeout
from warmline.core.messages.agent_command_types import ChangeCallback
from warmline.core.messages.values.callback import Callback
from warmline.store.agi import callback_notes
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.leads import callbacks

log = logging.getLogger("warmline.watch")

EVERY = 1.0  # seconds
SOURCE = "agi"  # the program in receipts


async def follow(spool: str, db: str | Path, board: CommandSwitchboard) -> None:
    """Add each noted callback within about a second, without end. Each failure is logged once and retried."""
    known: set[str] = set()
    while True:
        async with held(spool) as is_free:
            failed = await _add_all(spool, db, board) if is_free else list(known)
        for text in failed:
            if text not in known:
                log.warning("a note of a promised callback stays in the spool: %s", text)
        known = set(failed)
        await asyncio.sleep(EVERY)


async def _add_all(spool: str, db: str | Path, board: CommandSwitchboard) -> list[str]:
    """Add the noted callbacks and remove their notes; return what failed, in words."""
    unreadable: list[OSError] = []
    notes = await asyncio.to_thread(callback_notes.read_all, spool, unreadable.append)
    failed = [str(error) for error in unreadable]
    for note in notes:
        try:
            await _add(note, db, board)
            await asyncio.to_thread(callback_notes.remove, spool, note.id)
        except (_Refused, CommandTimeout, StoreError, OSError) as error:
            failed.append(f"callback {note.id}: {error or type(error).__name__}")
    return failed


class _Refused(Exception):
    """The core refused the callback."""


async def _add(note: Callback, db: str | Path, board: CommandSwitchboard) -> None:
    try:
        await asyncio.to_thread(callbacks.find, db, note.id, time.time_ns() // 1000)
    except NotFound:
        command = ChangeCallback(change=f"{note.id} promised by a script", callback=note)
        reply = await board.ask(command, note.by, SOURCE)
        if reply.why:
            raise _Refused(reply.why) from None
