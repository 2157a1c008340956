"""A core on a database once its agents have logged in, or have had calls: both are made once, and then copied.

To read the configuration, and to write the first turns, takes most of the start of a site. A copy opens its database
at its first turn, so that a test which only reads does without.
"""

import sqlite3
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from tests.core.packed_scene import packed, unpacked
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.store.database.database import connect
from warmline.store.database.reading import keeping

Lives = Callable[[RecordedDriver], object]


class BegunDriver(RecordedDriver):
    """`BegunDriver.copy` makes a database and its core; `BegunDriver(database)` begins as RecordedDriver does."""

    @classmethod
    def copy(cls, source: Path, database: Path, agents: Sequence[str] = (), lives: Lives | None = None) -> Self:
        """Write a copy of a database, which no test changes, to a new file. Return its core after the logins.

        `lives` lets happen what each copy has had.
        """
        begun = _begun(source, tuple(agents), lives)
        database.touch(begun.mode, exist_ok=False)
        database.write_bytes(begun.content)
        made = cls.__new__(cls)
        made.__dict__.update(unpacked(begun.memory), database=database, watch=lambda: None)
        return made

    @cached_property
    def journal(self) -> sqlite3.Connection:  # type: ignore[override] # an attribute there
        journal = connect(self.database)
        journal.execute("PRAGMA synchronous=OFF")  # nothing here outlives the test
        return journal

    def close(self) -> None:
        if "journal" in self.__dict__:
            super().close()


class _Begun(NamedTuple):
    """A database after the logins, the mode of its file, and what its core has in memory."""

    content: bytes
    mode: int
    memory: bytes


@cache
def _begun(source: Path, agents: tuple[str, ...], lives: Lives | None) -> _Begun:
    with TemporaryDirectory() as folder, keeping(0):  # an open connection would leave changes in its log
        path = Path(folder, source.name)
        path.write_bytes(source.read_bytes())
        driver = RecordedDriver(path)
        for agent in agents:
            driver.log_in(agent)
        if lives:
            lives(driver)
        driver.close()
        memory = {name: value for name, value in vars(driver).items() if name not in ("database", "journal", "watch")}
        return _Begun(path.read_bytes(), source.stat().st_mode & 0o777, packed(memory))
