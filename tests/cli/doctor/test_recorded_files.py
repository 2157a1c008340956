"""`warmline doctor` and the recordings of the last day: each row is what its file is."""

import time
from contextlib import closing
from dataclasses import replace

from cli.doctor.facts.finding import Severity
from tests.asterisk.test_recording_measurement import write
from tests.cli.doctor.made_machine import Machine
from tests.store.records import CALL
from warmline.store.database.database import connect
from warmline.store.journal import projections

ROW = """
    INSERT INTO recording (id, call, kind, reason, agent, asked, started, ended, status, cause, path, bytes, length,
        sha256, converted_path, converted_bytes, converted_sha256)
    VALUES (?, '01CALL', 'call', '', '', ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '')
"""
SECOND = 1_000_000


def test_recordings_of_the_last_day_differ_from_their_rows(machine: Machine) -> None:
    now, folder = time.time_ns() // 1000, machine.folder / "spool/recording"
    write(folder / "good.wav", 3000)
    (folder / "zeros.wav").write_bytes(bytes(20_800))
    rows = [
        ("good", now, now + 3 * SECOND, "kept", "", 3000),
        ("zeros", now, now + 1 * SECOND, "kept", "", 1000),
        ("gone", now, now + 1 * SECOND, "kept", "", 1000),
        ("failed", now, now, "failed", "its file has no sound", 0),
    ]
    expected = {
        1: ["recordings_whole"],
        2: ["recordings_differ"],
        3: ["recordings_differ"],
        4: ["recordings_failed", "recordings_differ"],
    }
    facts = machine.facts()
    for count, codes in expected.items():
        with closing(connect(facts.settings.db)) as db:
            if count == 1:
                for _, statement, values in projections.rows(replace(CALL, arrived=now)):
                    db.execute(statement, values)
            name, start, end, status, cause, length = rows[count - 1]
            path = folder / f"{name}.wav"
            size = path.stat().st_size if path.exists() else 1
            db.execute(ROW, (name, start, start, end, status, cause, str(path), size, length))
        found = machine.found("recorded files")
        assert [one.code for one in found] == codes
    assert "1 no sound" in found[1].found and "1 missing" in found[1].found
    with closing(connect(facts.settings.db)) as db:
        db.execute("UPDATE recording SET ended = ended + 4500000 WHERE id = 'good'")
    [short] = [one for one in machine.found("recorded files") if one.severity is Severity.WARNING]
    assert short.code == "recordings_short" and "1, by up to 4.5 s" in short.found
