"""A small soak: all calls end in a lab, and errors would be detected."""

import asyncio
import hashlib
from contextlib import closing
from pathlib import Path

import pytest

from tools.bench.tools import final_checks
from tools.proofs import calls as soak
from tools.proofs.calls import ProgramSample, grown
from warmline.store.database.database import connect

CALLS = 10


def test_ten_calls_go_all_their_ways_and_leave_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak, "AGENTS", CALLS)
    monkeypatch.setattr(soak, "TALK", 10.0)  # on a slow disk too, each agent has finished by then
    steps: list[None] = []
    found = asyncio.run(soak.measure(CALLS, lambda: steps.append(None)))
    assert len(steps) == CALLS
    judged = [row for row in found.rows if row.goal == "0"]
    assert len(judged) == 6 and [(row.what, row.warmline) for row in judged if not row.met] == []
    [there] = [row.warmline for row in found.rows if row.what == "there were"]
    assert there["calls"] == CALLS and there["left to a third"] == sum(kind is soak.LEFT for kind in soak.KINDS)
    assert there["recordings"] >= 4, "of four in ten, and after a leave once more"
    assert [row.met for row in found.rows if row.what in ("memory", "open files, at most")] == [None, None]


def test_growing_memory_and_files_are_found() -> None:
    start = [50_000.0, 58_000.0, 59_000.0]
    still = ProgramSample([*start, 60_000, 60_050, 60_100], [40, 44, 44, 44, 41, 44])
    leaks = ProgramSample([*start, 60_000, 61_000, 62_000], [40, 44, 44, 45, 46, 47])
    assert [(row.met, row.warmline) for row in grown(still, leaks)] == [
        (True, {"a thousand calls": 50, "first": 50_000, "last": 60_100}),
        (True, {"later": 44, "first half": 44}),
    ]
    assert [row.met for row in grown(leaks, still)] == [False, False]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("", ""),
        ("status = 'running'", "r1 is running"),
        ("status = 'failed'", "r1 is failed"),
        ("status = 'failed', cause = 'disk full'", ""),
        ("status = 'expired', path = '/nowhere'", ""),
        ("path = '/nowhere'", "r1 is kept, and /nowhere is not there"),
        ("bytes = 3", "as it is: 4 bytes"),
        ("sha256 = 'aa'", "as it is: 4 bytes"),
    ],
)
def test_a_recording_with_a_wrong_row_is_found(new_database: Path, tmp_path: Path, change: str, found: str) -> None:
    database, file = tmp_path / "warmline.db", tmp_path / "r1.wav"
    database.write_bytes(new_database.read_bytes())
    file.write_bytes(b"RIFF")
    facts = {"id": "r1", "call": "c", "kind": "call", "reason": "", "agent": "", "asked": 1, "status": "kept"}
    facts |= {"cause": "", "path": str(file), "bytes": 4, "length": 0, "sha256": hashlib.sha256(b"RIFF").hexdigest()}
    facts |= {"converted_path": "", "converted_bytes": 0, "converted_sha256": ""}
    call = {"id": "c", "agc_id": "Y", "state": "ended", "arrived": 1, "number": "13125550100", "dialled": ""}
    call |= {"status": "", "ingroup": "", "direct": "", "last_agent": "", "ended_by": ""}
    with closing(connect(database)) as db:
        for table, row in (("recording", facts), ("call", call)):
            marks = ", ".join("?" * len(row))
            db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))  # noqa: S608 - our own
        if change:
            db.execute(f"UPDATE recording SET {change}")  # noqa: S608 - our own
    [text] = final_checks.untrue(str(database)) or [""]
    assert found in text and bool(found) == bool(text)
    assert final_checks.untrue(str(database), "5550100") == final_checks.untrue(str(database))
    assert final_checks.untrue(str(database), "5550199") == []
