"""Replays one call's part of the journal through the core."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warmline.store.database.reading import each, reading, rows
from warmline.store.journal.clock_corrections import OF_ROW
from warmline.store.journal.replay import ReplayResult, replay
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS

# The app's starts before the call, latest first; a replay may begin at one without open records.
STARTS = f"""
    SELECT seq, at + {OF_ROW} AS at FROM journal
    WHERE kind IN ({JOURNAL_KINDS.sql("app.started")}) AND seq <= :first ORDER BY seq DESC
"""  # noqa: S608 - only constants of the code
OPEN = " UNION ALL ".join(
    f"SELECT 1 FROM {table} WHERE {begun} < :at AND (ended IS NULL OR ended >= :at)"  # noqa: S608 - only constants of the code
    for table, begun in (
        ("call", "arrived"),
        ("leg", "created"),
        ("agent_session", "started"),
        ("receipt", "requested"),
        ("recording", "asked"),
        ("webhook", "queued"),
    )
)
OF_CALL = (
    "SELECT min(seq) AS first, max(seq) AS last, count(*) AS inputs FROM journal WHERE call = :call AND call <> ''"
)


@dataclass(frozen=True, slots=True)
class CallReplayResult:
    """The result of a call's replay, which began at row `begun`.

    The rows `first` to `last` include the call's `inputs` rows.
    """

    call: str
    begun: int
    first: int
    last: int
    inputs: int
    replay: ReplayResult


def replay_call(path: str | Path, call: str, tell: Callable[[int, int], None] = lambda _, __: None) -> CallReplayResult:
    """Replay the journal up to the last row of a call.

    The replay begins at the app's last start without open records, or at the first row. It includes the inputs of
    other calls, because they affect decisions. Earlier waits of in-groups are missing, so announced waits may differ.

    `call` is the whole id of an existing call. `tell` is called with the number of rows left and of all rows.

    Raises:
        StoreError: the database cannot be read.
    """
    with reading(path) as db:
        [found] = rows(db, OF_CALL, call=call)
        if not found["inputs"]:
            return CallReplayResult(call, 0, 0, 0, 0, ReplayResult(stopped="the journal has no row of this call"))
        begun = _begin(db, found["first"])
    length = found["last"] - begun + 1
    done = replay(path, begun, found["last"], lambda seq: tell(found["last"] - seq, length))
    return CallReplayResult(call, begun, **found, replay=done)


def _begin(db: sqlite3.Connection, first: int) -> int:
    for start in each(db, STARTS, first=first):
        if not rows(db, OPEN, at=start["at"]):
            return int(start["seq"])
    return 1
