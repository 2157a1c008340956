"""Writes of many rows are made by a process of their own, which may end at any time."""

import os
import select
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ari_app.records.large_writes import LargeWrites
from ari_app.records.privileged_write_types import AddLeads, ChangeLeads
from ari_app.records.write_results import WriteRefused
from tests.copied_database import new_database
from tests.wording.said import refused
from warmline.options.values.entity import OptionError
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.database.errors import NotFound

FOUND: list[dict[str, str | int]] = [{"phone_number": f"72755512{number:02}"} for number in range(3)]
WITHIN = 10.0  # seconds


@pytest.fixture
def db(tmp_path: Path) -> str:
    path = str(tmp_path / "warmline.db")
    new_database(path)
    config.create(path, "list", "101", {}, who="test")
    return path


@pytest.fixture
def writes(db: str) -> Iterator[LargeWrites]:
    found = LargeWrites(db)
    yield found
    found.close()


def adding(list_id: str = "101") -> AddLeads:
    return AddLeads(list_id, FOUND)


def count(db: str) -> int:
    with closing(connect(db)) as open_db:
        return int(open_db.execute("SELECT count(*) FROM lead WHERE list_id = '101'").fetchone()[0])


def pid(writes: LargeWrites) -> int:
    assert writes.program
    return writes.program.pid


def test_one_program_makes_the_writes_one_after_the_other(writes: LargeWrites, db: str) -> None:
    assert writes.make(adding(), "test").outcome.count == 3 == count(db)
    first = pid(writes)
    assert writes.make(ChangeLeads("101", "", owner="ann"), "test").outcome.count == 3
    assert writes.make(adding(), "test").outcome.count == 0
    assert pid(writes) == first and os.getsid(first) == first


def test_a_write_goes_to_the_database_that_has_the_path_now(writes: LargeWrites, db: str) -> None:
    restored = f"{db}.restored"
    new_database(restored)
    config.create(restored, "list", "101", {}, who="test")
    writes.make(adding(), "test")
    Path(restored).replace(db)
    for beside in ("-wal", "-shm"):
        Path(db + beside).unlink(missing_ok=True)
    assert writes.make(adding(), "test").outcome.count == 3 == count(db)


def test_errors_are_those_of_the_write(writes: LargeWrites, db: str) -> None:
    with refused(NotFound, "entity_unknown"):
        writes.make(adding("nope"), "test")
    with refused(OptionError, "lead_value_unusable"):
        writes.make(AddLeads("101", [{"phone_number": "none"}]), "test")
    assert writes.make(adding(), "test").outcome.count == 3 == count(db)


def test_a_write_during_which_the_program_is_killed_is_refused_and_can_be_made_again(
    writes: LargeWrites, db: str
) -> None:
    writes.make(ChangeLeads("101", "", owner="ann"), "test")  # it runs now
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # the program waits for the lock
        killer = threading.Timer(0.3, os.kill, (pid(writes), signal.SIGKILL))
        killer.start()
        with refused(WriteRefused, "write_ended"):
            writes.make(adding(), "test")
        other.execute("ROLLBACK")
    assert writes.make(adding(), "test").outcome.count == 3 == count(db)


def test_a_program_that_ended_for_want_of_work_is_started_again(
    writes: LargeWrites, db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends at the moment at which an order comes, after which its exit code is 0 and it has answered nothing."""
    started = writes.start
    quits = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    programs = iter([quits])
    monkeypatch.setattr(writes, "start", lambda: next(programs, None) or started())
    assert writes.make(adding(), "test").outcome.count == 3 == count(db)
    assert quits.wait() == 0


def test_the_program_ends_with_the_process_that_started_it(db: str) -> None:
    script = (
        "import sys\nfrom ari_app.records.large_writes import LargeWrites\n"
        "from ari_app.records.privileged_write_types import ResetLeads\n"
        f"writes = LargeWrites({db!r})\nwrites.make(ResetLeads('101'), 'test')\n"
        "print(writes.program.pid, flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        waits = os.pidfd_open(child)
        parent.kill()
    assert select.select([waits], [], [], WITHIN)[0] == [waits]
    os.close(waits)
