"""The lock of the app in PostgreSQL, in place of a lock file: only its holder may write the journal.

The server frees it as soon as the connection of its holder ends.
"""

import os
import socket
import sqlite3

from warmline.store.database.address import Address
from warmline.store.postgresql.connection import APP, Connection, opened

TAKE = f"SELECT pg_try_advisory_lock({APP})"


def is_held(address: Address) -> bool:
    """Return whether a process holds the lock, or may hold it because the server does not answer."""
    try:
        connection = opened(address, 0)
    except sqlite3.Error:
        return True
    try:
        return bool(connection.app())
    except sqlite3.Error:
        return True
    finally:
        connection.close()


def hold(address: Address) -> tuple[Connection | None, str]:
    """Take the lock; return the connection that holds it, or None and the process that does. Raises sqlite3.Error."""
    connection = opened(address, 0, name=f"warmline {os.getpid()} on {socket.gethostname()}")
    [taken] = connection.as_written(TAKE).fetchone() or [False]
    if taken:
        return connection, ""
    other = connection.app()
    connection.close()
    return None, other
