"""An in-group that has served some callers, and lost some."""

import asyncio
from pathlib import Path
from typing import Any

from tests.store.records import entry
from warmline.core.messages.values.callback import Callback
from warmline.core.model.queue_wait import ANSWERED_OUTCOME, QueueWait, WaitStatus
from warmline.store.configuration import config
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter

SECOND = 1_000_000
START = 1_700_000_000 * SECOND


def wait(entered: int, seconds: float | None, outcome: str = "", ingroup: str = "SALES", place: int = 1) -> QueueWait:
    """Return a wait that began then (microseconds UTC) and took this long."""
    return QueueWait(
        id=f"W{entered}",
        call=f"01CALL{entered}",
        ingroup=ingroup,
        priority=0,
        place=place,
        queued_at=entered,
        entered=entered,
        ended=None if seconds is None else entered + int(seconds * SECOND),
        outcome=outcome,
    )


def callback(name: str, at: int, **other: Any) -> Callback:
    return Callback(id=name, call="01CALL", number="5551234", ingroup="SALES", at=at, **other)


def fill(db: Path, start: int = START) -> None:
    """Return calls every 10 s from `start` on. SALES serves some and loses some; GONE is deleted afterwards."""
    config.create(db, "ingroup", "SALES", {"answer_sec_pct_rt_stat_one": "10"}, who="ada")
    config.create(db, "ingroup", "QUIET", {}, who="ada")
    waits = [
        wait(start, 1, ANSWERED_OUTCOME),
        wait(start + 10 * SECOND, 10, ANSWERED_OUTCOME),
        wait(start + 20 * SECOND, 30.5, ANSWERED_OUTCOME),
        wait(start + 30 * SECOND, 5, WaitStatus.DROP),
        wait(start + 40 * SECOND, 0, WaitStatus.AFTHRS, place=0),
        wait(start + 50 * SECOND, 360, WaitStatus.TIMEOT),
        wait(start + 60 * SECOND, None),
        wait(start + 70 * SECOND, 7, ANSWERED_OUTCOME, ingroup="GONE"),
    ]
    asked = [callback("B1", start + 2), callback("B2", start + 1), callback("B3", start, state="completed")]

    told = [(one.entered, one, True) for one in waits] + [(one.ended, one, False) for one in waits if one.ended]
    record(db, *(entry(at, (one, is_open)) for at, one, is_open in sorted(told, key=lambda each: each[0])))
    record(db, entry(start + 1000 * SECOND, *((one, False) for one in asked)))


def record(db: Path, *entries: JournalEntry) -> None:
    """Write them into the journal."""

    async def write() -> None:
        journal = JournalWriter(db)
        journal.open()
        await journal.record(entries)
        journal.close()

    asyncio.run(write())
