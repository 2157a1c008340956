"""One call's part of the journal, folded through the core once more."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warmline.store.database.reading import each, reading, rows
from warmline.store.journal.replay import ReplayResult, replay
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS

# The app's starts before the call, the latest first: where nothing was open, the fold may begin.
STARTS = f"""
    SELECT seq, at FROM journal WHERE kind IN ({JOURNAL_KINDS.sql("app.started")}) AND seq <= :first ORDER BY seq DESC
"""  # noqa: S608 - names of our own
OPEN = " UNION ALL ".join(
    f"SELECT 1 FROM {table} WHERE {begun} < :at AND (ended IS NULL OR ended >= :at)"  # noqa: S608 - names of our own
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
    """The call's rows are among `first` to `last`, `inputs` of them its own; `begun` is where the replay did."""

    call: str
    begun: int
    first: int
    last: int
    inputs: int
    replay: ReplayResult


def replay_call(path: str | Path, call: str, tell: Callable[[int, int], None] = lambda _, __: None) -> CallReplayResult:
    """Give the core every input again from the last start of the app at which nothing was open, else from the first.

    Until the call's last one: whoever else was there meanwhile decides with it. What in-groups remembered of waits
    before that start is missing; it decides what callers are told of their wait. `tell` is told how many rows are left,
    and of how many. Raises StoreError; `call` is a whole id that there is.
    """
    with reading(path) as db:
        [found] = rows(db, OF_CALL, call=call)
        if not found["inputs"]:
            return CallReplayResult(call, 0, 0, 0, 0, ReplayResult(stopped="the journal has nothing of it"))
        begun = _begin(db, found["first"])
    length = found["last"] - begun + 1
    done = replay(path, begun, found["last"], lambda seq: tell(found["last"] - seq, length))
    return CallReplayResult(call, begun, **found, replay=done)


def _begin(db: sqlite3.Connection, first: int) -> int:
    for start in each(db, STARTS, first=first):
        if not rows(db, OPEN, at=start["at"]):
            return int(start["seq"])
    return 1
