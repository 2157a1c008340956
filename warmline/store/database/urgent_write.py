"""Begins a transaction of a writer that is in a hurry."""

import sqlite3
import time

from warmline.store.database.database_fault import Fault, fault_of

LOOKS = 0.0001  # seconds


def begin(connection: sqlite3.Connection, within: float) -> None:
    """Begin to write as soon as the lock is free, for which this waits up to `within` seconds.

    The connection needs a timeout of 0. SQLite's own waits are of 1, 2, 5 and more milliseconds, and do not see that
    the lock is free between them. Raises sqlite3.Error.
    """
    until = time.monotonic() + within
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if fault_of(error) is not Fault.LOCKED or time.monotonic() >= until:
                raise
            time.sleep(LOOKS)
        else:
            return
