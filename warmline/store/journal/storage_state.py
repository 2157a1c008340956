"""Whether the journal can be stored now, and if not, since when and why."""

from typing import NamedTuple

LATE = 0.19  # seconds that an entry waits for the database until the database counts as late; a commit is late at 0.2


class StorageState(NamedTuple):
    """The state of the database and of the spill file next to it.

    `since`: when the first entry was handed over that the database has not taken in time (microseconds UTC); 0 if the
    database is written. `why` is the cause in SQLite's words. `spill_why`: why the spill file cannot be written; empty
    if it can. `lost`: the database does not have rows that the app wrote, so nothing is written there; `why` says what
    to do.
    """

    since: int = 0
    why: str = ""
    spill_why: str = ""
    lost: bool = False

    @property
    def is_late(self) -> bool:
        """Return whether the database has not been written in time."""
        return self.since > 0

    @property
    def stores_nothing(self) -> bool:
        """Return whether no success is confirmed: neither file can be written, or the database lost rows."""
        return self.is_late and (self.lost or bool(self.spill_why))


GOOD = StorageState()


def in_words(state: StorageState, since: str) -> str:
    """Return a state as a clause; `since` is its time as the reader wants it. A good state is empty."""
    if state.is_late and state.lost:
        return f"nothing is confirmed since {since}: {state.why}"
    if state.stores_nothing:
        return f"nothing can be stored since {since}: database: {state.why}; spill file: {state.spill_why}"
    if state.is_late:
        return f"the database cannot be written since {since}: {state.why}; commands are stored in the spill file"
    return f"the spill file cannot be written: {state.spill_why}" if state.spill_why else ""
