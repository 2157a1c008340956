"""Holds the lease of a database of PostgreSQL, and renews it until the app ends."""

import os
import socket
import sqlite3
import threading
from contextlib import suppress

from warmline.store.database import lease
from warmline.store.database.database import StoreError, connect, unreadable
from warmline.store.postgresql import write_epoch

RENEWED = 0.6  # seconds between two renewals


class HeldLease:
    """The lease of this process. A thread renews it, with a connection of its own."""

    def __init__(self, address: str) -> None:
        """Take the lease. Raises StoreError if another app leads, or the database cannot be opened."""
        self._address = address
        self._connection = connect(address)
        try:
            self.epoch = lease.take(self._connection, f"process {os.getpid()} on {socket.gethostname()}")
        except sqlite3.Error as error:
            self._connection.close()
            raise unreadable(address, error) from None
        except StoreError:
            self._connection.close()
            raise
        write_epoch.write_under(self.epoch)
        self.lost = threading.Event()  # another app has taken the lease
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="lease", daemon=True)
        self._thread.start()

    def use(self, connection: sqlite3.Connection) -> None:
        """Let a connection commit turns. Raises sqlite3.Error."""
        lease.use(connection, self.epoch)

    def close(self) -> None:
        """Release the lease."""
        write_epoch.write_under(0)
        self._ended.set()
        self._thread.join()
        with suppress(sqlite3.Error):  # it ends by itself
            lease.release(self._connection, self.epoch)
        self._connection.close()

    def _renew(self) -> None:
        while not self._ended.wait(RENEWED):
            try:
                renewed = lease.renew(self._connection, self.epoch)
            except sqlite3.Error:
                self._connect_again()
                continue
            if not renewed:
                self.lost.set()
                return

    def _connect_again(self) -> None:
        """Open another connection, which renews the same epoch, unless another app has raised it."""
        with suppress(sqlite3.Error, StoreError):
            again = connect(self._address)
            self._connection.close()
            self._connection = again
            lease.guard_session(again)
