"""A disk in virtual time with a database and a spill file, its faults, and what a crash leaves of it."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.durability.virtual_time import pause
from warmline.store.journal.spill_file import SECTOR


def dice_of(seed: float) -> random.Random:
    """Return dice that give the same numbers in each run."""
    return random.Random(seed)  # noqa: S311 - moments, no secrets


class Fault(StrEnum):
    """A fault of the disk, or another program that locks the database."""

    NONE = "none"
    LOCKED = "locked"  # the database is; the spill file is not affected
    LATE = "late"  # the database's file is
    SLOW = "slow"  # the whole disk is
    FULL = "full"  # only bytes that a file has already can be written
    READ_ONLY = "read_only"
    NO_SYNC = "no_sync"  # every fsync fails
    FLAKY = "flaky"  # half of them fail, and the database is late


LASTS = {Fault.LATE: (0.1, 3.0), Fault.SLOW: (0.05, 4.0), Fault.FLAKY: (0.1, 0.5)}  # seconds of a flush
QUICK = (0.0003, 0.01)
REFUSES = {
    Fault.LOCKED: (sqlite3.SQLITE_BUSY, "database is locked"),
    Fault.READ_ONLY: (sqlite3.SQLITE_READONLY, "attempt to write a readonly database"),
    Fault.FULL: (sqlite3.SQLITE_FULL, "database or disk is full"),
    Fault.NO_SYNC: (sqlite3.SQLITE_IOERR, "disk I/O error"),
}
BUSY = 0.15  # seconds that SQLite waits for a lock


@dataclass(frozen=True)
class Left:
    """The bytes that a crash leaves: those of the database, and those of the spill file."""

    rows: bytes
    spill: bytes


class SimulatedDisk:
    """The disk of one app. `dice` chooses delays, and what a failed flush or a crash leaves."""

    def __init__(self, dice: random.Random, left: Left) -> None:
        self.dice, self.fault = dice, Fault.NONE
        self.database = sqlite3.connect(":memory:", isolation_level=None)
        self.database.deserialize(left.rows)
        self.spill = SpillBytes(self, left.spill)
        self.rows = left.rows  # committed
        self._maybe: bytes | None = None  # the rows after a commit whose flush failed

    def flush_time(self, fault_of: set[Fault]) -> float:
        """Return the seconds of the next flush."""
        return self.dice.uniform(*(LASTS[self.fault] if self.fault in fault_of else QUICK))

    def sync_fails(self) -> bool:
        """Return whether the current flush fails."""
        return self.fault is Fault.NO_SYNC or (self.fault is Fault.FLAKY and self.dice.random() < 0.5)

    def committed(self) -> None:
        self.rows, self._maybe = self.database.serialize(), None

    def half_committed(self) -> None:
        """Note rows whose flush failed: after a kill, they may be there or not."""
        self._maybe = self.database.serialize()

    def left_by_kill(self) -> Left:
        """Return what a killed program leaves: all that it has written, flushed or not."""
        rows = self._maybe if self._maybe and self.dice.random() < 0.5 else self.rows
        return Left(rows, bytes(self.spill.written))

    def left_by_power_loss(self) -> Left:
        """Return what a loss of power leaves: all that was flushed, and any sectors of the rest."""
        return Left(self.rows, self.spill.torn())


class SpillBytes:
    """The storage of a spill file; see spill_file.Storage. A flush that fails leaves pages that count as flushed."""

    path = "the simulated spill file"

    def __init__(self, disk: SimulatedDisk, data: bytes) -> None:
        self._disk = disk
        self.written, self._stored = bytearray(data), bytearray(data)
        self._dirty: set[int] = set()

    def read(self) -> bytes | None:
        return bytes(self.written) or None

    def reserve(self, size: int) -> None:
        self.resize(size, shrink=False)

    def resize(self, size: int, *, shrink: bool) -> None:
        if shrink and size < len(self.written):
            del self.written[size:], self._stored[size:]
            self._dirty = {sector for sector in self._dirty if sector * SECTOR < size}
        elif size > len(self.written):
            self._refuse_growth(size)
            for stored in (self.written, self._stored):
                stored.extend(bytes(size - len(stored)))

    def write(self, offset: int, data: bytes) -> None:
        pause(self._disk.dice.uniform(0, 0.0005))
        if self._disk.fault is Fault.READ_ONLY:
            raise OSError(30, "Read-only file system")
        self._refuse_growth(offset + len(data))
        self._write(offset, data)

    def _refuse_growth(self, size: int) -> None:
        if self._disk.fault is Fault.FULL and size > len(self.written):
            raise OSError(28, "No space left on device")

    def _write(self, offset: int, data: bytes) -> None:
        self.written[offset : offset + len(data)] = data
        self._dirty.update(range(offset // SECTOR, -(-(offset + len(data)) // SECTOR)))

    def sync(self) -> None:
        pause(self._disk.flush_time({Fault.SLOW}))
        failed = self._disk.sync_fails()
        for sector in sorted(self._dirty):
            if not failed or self._disk.dice.random() < 0.5:
                self._store(self._stored, sector)
        self._dirty.clear()
        if failed:
            raise OSError(5, "Input/output error")

    def close(self) -> None:
        """Do nothing."""

    def _store(self, stored: bytearray, sector: int) -> None:
        start = sector * SECTOR
        stored.extend(bytes(max(0, start - len(stored))))
        stored[start : start + SECTOR] = self.written[start : start + SECTOR]

    def torn(self) -> bytes:
        found = bytearray(self._stored)
        for sector in sorted(self._dirty):
            if self._disk.dice.random() < 0.5:
                self._store(found, sector)
        return bytes(found)


class Connection:
    """A connection to the database, which fails as SQLite does on such a disk."""

    def __init__(self, disk: SimulatedDisk) -> None:
        self._disk, self._real = disk, disk.database

    @property
    def row_factory(self) -> Any:
        return self._real.row_factory

    @row_factory.setter
    def row_factory(self, factory: Any) -> None:
        self._real.row_factory = factory

    def execute(self, sql: str, parameters: Any = ()) -> sqlite3.Cursor:
        disk = self._disk
        if sql == "BEGIN IMMEDIATE":
            if disk.fault is Fault.LOCKED:
                pause(BUSY)
            self._refuse({Fault.LOCKED, Fault.READ_ONLY})
        elif sql == "COMMIT":
            pause(disk.flush_time({Fault.LATE, Fault.SLOW, Fault.FLAKY}))
            if disk.sync_fails():
                disk.half_committed()
                raise _error(Fault.NO_SYNC)
            self._refuse({Fault.FULL})
            found = self._real.execute(sql)
            disk.committed()
            pause(disk.dice.uniform(0, 0.002))  # a crash may come before the program knows
            return found
        return self._real.execute(sql, parameters)

    def _refuse(self, faults: set[Fault]) -> None:
        if self._disk.fault in faults:
            raise _error(self._disk.fault)

    def executemany(self, sql: str, parameters: Any) -> sqlite3.Cursor:
        return self._real.executemany(sql, parameters)

    def close(self) -> None:
        """Do nothing: the disk keeps the database open."""


def _error(fault: Fault) -> sqlite3.OperationalError:
    code, text = REFUSES[fault]
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error


DISKS: dict[str, SimulatedDisk] = {}  # by the path that programs open


def view(path: object) -> sqlite3.Connection:
    """Return a connection that reads the committed rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(DISKS[str(path)].rows)
    return connection


@contextmanager
def reading(path: object) -> Iterator[sqlite3.Connection]:
    """Stand for store.database.reading.reading."""
    with closing(view(path)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def connect(path: object, busy: float) -> Connection:
    """Stand for store.database.database.connect."""
    return Connection(DISKS[str(path)])
