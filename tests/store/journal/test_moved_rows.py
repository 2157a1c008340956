"""The machine's clock is set at random moments: every row has the times that the clock showed, as it was at the end.

A record has the correction of its last turn, or that of a later turn in which it, or its call, was still open.
"""

import random
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from tests.soak import examples
from tests.store.records import CALL, DISPOSITION, INTERVAL, LEG, RECEIPT, RECORDING, SESSION
from warmline.core.model.call import Attempt
from warmline.core.model.clock_correction import ClockCorrection
from warmline.core.model.leg import Leg
from warmline.core.model.queue_wait import QueueWait
from warmline.core.world.world import OpenRecord, World
from warmline.store.database import database
from warmline.store.journal import moved_rows
from warmline.store.journal.journal_entry import JournalEntry
from warmline.store.journal.journal_writer import JournalWriter
from warmline.store.journal.projections import rows

BEGUN = 1_700_000_000_000_000
SECOND, HOUR, DAY = 1_000_000, 3_600_000_000, 86_400_000_000
CORRECTIONS = (0, 2 * HOUR, -2 * HOUR, DAY, -DAY, 365 * DAY, -365 * DAY)
Written = tuple[OpenRecord, bool]


def of_one_call(name: str, at: int) -> list[OpenRecord]:
    """Return the records of a call and of its agent, all of them open."""
    call = f"{name}-C"
    wait = QueueWait(id=f"{name}-W", call=call, ingroup="SALES", priority=0, place=1, queued_at=at, entered=at)
    attempt = Attempt(source="list", answered=at)
    return [
        replace(CALL, id=call, agc_id=call, arrived=at, since=at, attempt=attempt),
        replace(LEG, id=f"{name}-L", owner=call, created=at, answered=None),
        replace(SESSION, id=f"{name}-S", agent=name, since=at, started=at),
        replace(INTERVAL, id=f"{name}-I", session=f"{name}-S", agent=name, call=call, started=at),
        replace(RECEIPT, id=f"{name}-R", call=call, requested=at, outcome=None, steps=(("requested", at),)),
        replace(RECORDING, id=f"{name}-F", call=call, asked=at),
        wait,
    ]


def turns(chance: random.Random, name: str, clock: Iterator[int]) -> Iterator[tuple[int, int, list[Written]]]:
    """Yield the time, the correction and the records of each turn of a call."""
    correction, waiting = chance.choice(CORRECTIONS), of_one_call(name, next(clock))
    is_open: list[OpenRecord] = []
    while waiting or is_open:
        at = next(clock)
        correction = chance.choice(CORRECTIONS) if chance.random() < 0.3 else correction
        if waiting and chance.random() < 0.6:
            is_open.append(waiting.pop(0))
            yield at, correction, [(is_open[-1], True)]
        elif is_open:
            record = is_open.pop(chance.randrange(len(is_open)))
            ended = replace(record, ended=at) if hasattr(record, "ended") else record  # type: ignore[call-arg]
            yield at, correction, [(ended, False)]
    given = replace(DISPOSITION, id=f"{name}-D", call=f"{name}-C", at=next(clock), undo_until=next(clock))
    yield next(clock), correction, [(given, False)]


def call_of(record: OpenRecord) -> str:
    return record.owner if isinstance(record, Leg) else getattr(record, "call", "") or ""


def expected(written: list[tuple[int, int, list[Written]]]) -> dict[str, tuple[OpenRecord, int]]:
    """Return the last state of each record, and its correction."""
    latest: dict[str, tuple[OpenRecord, int]] = {}
    is_open: set[str] = set()
    for _, correction, changes in written:
        for name, (record, _) in latest.items():
            if name in is_open or call_of(record) in is_open:
                latest[name] = record, correction
        for record, still in changes:
            latest[record.id] = record, correction
            is_open = is_open | {record.id} if still else is_open - {record.id}
    return latest


async def test_rows_have_the_machines_times(db: Path) -> None:
    chance, clock = random.Random(66), count(BEGUN, SECOND)  # noqa: S311 - a test
    written = [turn for number in range(examples(12, 60)) for turn in turns(chance, f"{number:03}", clock)]
    written.sort(key=lambda turn: turn[0])
    journal = JournalWriter(db)
    journal.open()
    former = ClockCorrection(id="", at=0, correction=0)
    for at, by, found in written:
        if by != former.correction:
            found += [(former, False)] if former.id else []
            former = ClockCorrection(id=str(at), at=at, correction=by)
            found.append((former, True))
    left = [
        JournalEntry(at, "leg.joined", payload={}, changes=tuple(found), correction=by) for at, by, found in written
    ]
    while left:
        size = chance.randrange(1, 9)
        await journal.record(left[:size])
        left = left[size:]
        if chance.random() < 0.1:  # a start knows the correction of the last row
            journal.close()
            journal = JournalWriter(db)
            journal.open()
    journal.close()
    fold: dict[tuple[str, tuple[object, ...]], tuple[Any, ...]] = {}
    world, before = World(), 0
    for _, by, found in written:  # as a replay does
        fold.update(moved_rows.moved(fold, world, by - before))
        before = by
        for record, is_open in found:
            (world.keep if is_open else world.forget)(record)
            fold.update(
                {(table.name, tuple(values[: table.key])): tuple(values) for table, _, values in rows(record, by)}
            )
    with closing(database.connect(db)) as connection:
        for record, by in expected(written).values():
            for table, _, values in rows(record, by):
                key = tuple(values[: table.key])
                names = ", ".join(f'"{name}"' for name in table.columns)
                conditions = " AND ".join(f'"{name}" = ?' for name in table.columns[: table.key])
                sql = f'SELECT {names} FROM "{table.name}" WHERE {conditions}'  # noqa: S608 - names of the code
                [stored] = connection.execute(sql, key)
                stored = dict(zip(table.columns, stored, strict=True))
                wanted = dict(zip(table.columns, values, strict=True))
                replayed = dict(zip(table.columns, fold[table.name, key], strict=True))
                for one in (stored, wanted, replayed):
                    one.pop("steps", None)  # they count from the request
                assert stored == wanted == replayed
