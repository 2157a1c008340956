"""The rows named as dated ahead are those after which the machine's clock showed an earlier time."""

import random
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from tests.copied_database import new_database
from warmline.store.journal import dated_ahead

SECOND, HOUR = 1_000_000, 3_600_000_000
ROW = "INSERT INTO journal (seq, at, kind, payload_hash, hash) VALUES (?, ?, '', ?, ?)"
CORRECTION = "INSERT INTO clock_correction (at, correction) VALUES (?, ?)"
HISTORIES = 150


def test_each_row_dated_ahead_is_named_however_often_the_clock_was_set(tmp_path: Path) -> None:
    new_database(path := tmp_path / "warmline.db")
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER journal_stays")
        for seed in range(HISTORIES):
            dice = random.Random(seed)  # noqa: S311 - a test
            rows, pieces, at, correction = list[tuple[int, int]](), [(0, 0)], HOUR, 0
            for number in range(dice.randint(1, 5)):
                if number:
                    at += SECOND
                    correction += dice.choice((-1, 1)) * dice.choice((5, 90, 7200, 86400, 259200)) * SECOND
                    pieces.append((at, correction))
                    rows.append((at, correction))
                for _ in range(dice.randint(0, 5)):
                    at += dice.choice((1, 60, 3600, 50_000)) * SECOND
                    rows.append((at, correction))
            db.execute("DELETE FROM journal")
            db.execute("DELETE FROM clock_correction")
            db.executemany(ROW, [(seq, one[0], "0" * 64, f"{seq:064}") for seq, one in enumerate(rows, 1)])
            db.executemany(CORRECTION, pieces[1:])
            db.commit()
            named = [seq for span in dated_ahead.spans(path) for seq in range(span.first, span.last + 1)]
            assert named == _ahead(rows, pieces), (seed, pieces)


def _ahead(rows: list[tuple[int, int]], pieces: list[tuple[int, int]]) -> list[int]:
    """Return the numbers of rows that are dated ahead, of each period whose end was ahead by more than AHEAD."""
    found = []
    for number, ((begins, before), (ends, _)) in enumerate(pairwise(pieces), 1):
        earliest = min(sum(one) for one in pieces[number:])
        if ends + before - earliest > dated_ahead.AHEAD:
            found += [seq for seq, (at, _) in enumerate(rows, 1) if begins <= at < ends and at + before > earliest]
    return found
