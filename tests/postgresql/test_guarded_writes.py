"""Each transaction of a process that leads is one of its epoch: once another app leads, the server refuses it."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from warmline.store.configuration import config
from warmline.store.database import lease
from warmline.store.database.database import StoreError, connect
from warmline.store.database.database_fault import Fault, fault_of
from warmline.store.database.lease_renewal import HeldLease
from warmline.store.database.long_writes import patient, run
from warmline.store.database.writing import writing
from warmline.store.postgresql import write_epoch
from warmline.system.database_address import DatabaseAddress, passed

ADD = "INSERT INTO dnc VALUES (?, '', 1, 'test', '')"
WRITE = """
import sys
from warmline.store.leads import dnc
from warmline.store.postgresql import write_epoch
from warmline.system.database_address import received
write_epoch.write_under(int(sys.argv[1]))
dnc.add(received(sys.stdin.read()), "4930555", who="test")
"""


@pytest.fixture
def replaced(database: DatabaseAddress) -> Iterator[HeldLease]:
    """Provide the lease of this process after another app has taken it."""
    with closing(HeldLease(database)) as held:
        with writing(database) as db:
            db.execute(ADD, ("1",))
        with closing(connect(database)) as other:
            lease.take(other, "other", by_force=True)
        yield held


def numbers(database: DatabaseAddress) -> list[str]:
    with closing(connect(database)) as db:
        return [number for (number,) in db.execute("SELECT phone_number FROM dnc ORDER BY phone_number")]


def test_write_of_replaced_process_is_refused(database: DatabaseAddress, replaced: HeldLease) -> None:
    with pytest.raises(StoreError, match="another app leads"), writing(database) as db:
        db.execute(ADD, ("2",))
    with pytest.raises(StoreError, match="another app leads"), patient(database) as db:
        run(db, [(ADD, ("3",))])
    with pytest.raises(StoreError, match="another app leads"):
        config.set_options(database, "setting", "warmline", {"timezone": "UTC"}, who="test")
    with pytest.raises(sqlite3.OperationalError) as refused, closing(connect(database)) as db:
        db.execute("BEGIN IMMEDIATE")
    assert fault_of(refused.value) is Fault.REPLACED
    assert numbers(database) == ["1"]


def test_process_without_epoch_may_write(database: DatabaseAddress, replaced: HeldLease) -> None:
    """A command of an administrator, and a process that ended its own lease."""
    write_epoch.write_under(0)
    with writing(database) as db:
        db.execute(ADD, ("2",))
    assert numbers(database) == ["1", "2"]


def test_program_of_replaced_process_is_refused(database: DatabaseAddress, replaced: HeldLease) -> None:
    for epoch, code in ((replaced.epoch, 1), (replaced.epoch + 1, 0)):
        done = subprocess.run(
            [sys.executable, "-c", WRITE, str(epoch)],
            input=passed(database),
            capture_output=True,
            text=True,
            timeout=60,
            env=dict(os.environ),
        )
        assert done.returncode == code and ("another app leads" in done.stderr) == bool(code), done.stderr
    assert numbers(database) == ["1", "4930555"]
