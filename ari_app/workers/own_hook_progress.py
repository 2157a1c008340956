"""The file with the last event that hooks were told about; a worker process that starts again continues there."""

import logging
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from warmline.store.events.event_id import EventId

FILE = "hook-progress"  # in the folder `run`
MISSED_MAX = 20_000  # journal rows that hooks are told about after a restart

log = logging.getLogger("warmline.hooks")


class HookProgress(Struct):
    """The journal row and event up to which all is told, and the calls of which after_call waits for the disposition.

    `open` has the ended calls with the time.time() of their end, and `wraps_up` the agents in wrap-up with their calls.
    """

    row: int
    place: int
    open: dict[str, float]
    wraps_up: dict[str, str]

    @property
    def id(self) -> EventId:
        return EventId(self.row, self.place)


def read(run: str, last: EventId) -> HookProgress:
    """Return the progress; from the journal's `last` event on, if there is no file, or it is of long ago."""
    path = Path(run, FILE)
    try:
        found = msgspec.json.decode(path.read_bytes(), type=HookProgress)
        if last.row - MISSED_MAX <= found.row and found.id <= last:
            return found
        log.warning("hooks are not told about rows %d to %d of the journal: too many", found.row, last.row)
    except FileNotFoundError:
        pass
    except (OSError, msgspec.DecodeError) as error:
        log.warning("%s cannot be read, and hooks are told about events from now on: %s", path, error)
    return HookProgress(last.row, last.place, {}, {})


def write(run: str, progress: HookProgress) -> None:
    """Replace the file. Raises OSError."""
    new = Path(run, f"{FILE}.new")
    new.write_bytes(msgspec.json.encode(progress))
    new.replace(Path(run, FILE))


def forget(run: str) -> None:
    """Remove the file, so that hooks are told about events from now on."""
    with suppress(OSError):
        Path(run, FILE).unlink()
