"""The history of the emergency stop of all automatic dialling: who stopped it and who lifted it, when and why.

The rows are in config_journal, next to the changes of the configuration.
"""

from pathlib import Path

from warmline.store.configuration import config_rows
from warmline.store.configuration.config_history import DIAL_STOP
from warmline.store.database.database import StoreError
from warmline.store.database.errors import Conflict
from warmline.store.database.writing import writing
from warmline.system import dial_stop_file
from warmline.system.dial_stop_file import DialStop

NAME = "all"  # of the entry in the history
UNKNOWN = "unknown"


def note(path: str | Path, who: str, why: str) -> None:
    """Note in the history that a client has stopped all automatic dialling. Raises StoreError."""
    with writing(path) as db:
        config_rows.note(db, who, config_rows.now(), ("create", DIAL_STOP, NAME), {}, {"why": why})


def lift(path: str | Path, run: str | Path, held: list[DialStop], *, who: str, why: str) -> None:
    """Lift the stops `held`, which were read before, and note it in the history; or change nothing.

    Raises StoreError, OSError, Conflict if another stop was set since.
    """
    before = {"by": ", ".join(names(held)), "why": "; ".join(one.why for one in held if one.why)}
    try:
        with writing(path) as db:
            config_rows.note(db, who, config_rows.now(), ("delete", DIAL_STOP, NAME), before, {"why": why})
            if dial_stop_file.stops(run) != held:
                raise Conflict("dial_stop_changed", "automatic dialling was stopped again just now; read why first")
            dial_stop_file.allow(run)
    except StoreError:
        for one in () if dial_stop_file.is_set(run) else held:  # the commit failed; nothing is allowed without a record
            dial_stop_file.stop(run, one.by, one.why)
        raise


def names(held: list[DialStop]) -> list[str]:
    """Return the clients of stops, in words."""
    return [one.by or UNKNOWN for one in held]
