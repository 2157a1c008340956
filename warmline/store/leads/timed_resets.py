"""Resets lists at their `reset_times`, each at most once for one moment.

The moment is stored before the first lead changes, and the progress with the leads. So a reset that was interrupted is
continued, and resets no lead twice.
"""

import json
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import NamedTuple
from zoneinfo import ZoneInfo

from warmline.leads import reset_times
from warmline.leads.reset_times import DueReset
from warmline.store.database.reading import Row, reading, rows
from warmline.store.database.writing import writing
from warmline.store.leads import list_reset

AT_ONCE = 500  # leads between two looks at `stop`
ZONE = "SELECT timezone FROM setting"
LISTS = """
    SELECT id, reset_times, ifnull(moment, 0) AS moment, moment IS NOT NULL AND ended IS NULL AS runs
    FROM list LEFT JOIN list_reset ON list_id = id
    WHERE reset_times <> '[]' OR moment IS NOT NULL AND ended IS NULL ORDER BY id
"""
# The moment since which the times of a list apply: they or the time zone were set then.
SINCE = """
    SELECT ifnull(max(at), 0) FROM config_journal
    WHERE entity = 'list' AND name = :list AND after ->> 'reset_times' IS NOT NULL
        OR entity = 'setting' AND after ->> 'timezone' IS NOT NULL
"""
BEGIN = """
    INSERT INTO list_reset (list_id, moment, began, ended, missed) VALUES (:list, :moment, :now, :ended, :missed)
    ON CONFLICT (list_id) DO UPDATE SET moment = excluded.moment, began = excluded.began, ended = excluded.ended,
        missed = excluded.missed, "after" = 0, leads = 0
"""
NOTE = 'UPDATE list_reset SET "after" = :after, leads = leads + :leads WHERE list_id = :list'
# The clock was ahead when the reset was noted: what is due from now on is made, and nothing is repeated.
HANDLED = "UPDATE list_reset SET moment = :now WHERE list_id = :list"
END = "UPDATE list_reset SET ended = :now WHERE list_id = :list"
OF_LIST = "SELECT moment, began, ended, missed, leads FROM list_reset WHERE list_id = :list"


class TimedReset(NamedTuple):
    """The latest reset of a list at its `reset_times`; all times are microseconds UTC.

    `moment` is the time of the day that it is for. `ended` is None while it runs. A `missed` one was not made. `leads`
    is how many leads it has reset so far.
    """

    moment: int
    began: int
    ended: int | None
    missed: bool
    leads: int


class ResetPlan(NamedTuple):
    """The latest reset of a list at its `reset_times`, and the moment of the next one; None if there is none."""

    last: TimedReset | None
    next: int | None


def plan(db: sqlite3.Connection, list_id: str, now: int) -> ResetPlan:
    """Return the plan of an existing list at a moment in microseconds UTC. Raises sqlite3.Error."""
    times = db.execute("SELECT reset_times FROM list WHERE id = ?", [list_id]).fetchone()[0]
    return ResetPlan(_last(db, list_id), reset_times.upcoming(json.loads(times), _zone(db), now))


def begin_due(path: str | Path, now: int) -> dict[str, DueReset]:
    """Store each reset that is due at a moment in microseconds UTC; return them by list, with the interrupted ones.

    One that is due for too long is stored as missed. Raises StoreError.
    """
    with reading(path) as db:
        lists = rows(db, LISTS)
        if not lists:
            return {}
        zone = _zone(db)
        ahead = [one for one in lists if not one["runs"] and one["moment"] > now + reset_times.WRONG]
        for one in ahead:
            one["moment"] = now
        running = {one["id"]: DueReset(one["moment"], missed=False) for one in lists if one["runs"]}
        due = {one["id"]: found for one in lists if one["id"] not in running and (found := _due(db, one, zone, now))}
    if due or ahead:
        with writing(path) as db:
            for one in ahead:
                db.execute(HANDLED, {"list": one["id"], "now": now})
            for list_id, found in due.items():
                ended = now if found.missed else None
                db.execute(BEGIN, found._asdict() | {"list": list_id, "now": now, "ended": ended})
    return running | due


def go_on(path: str | Path, list_id: str, now: Callable[[], int], stop: Event | None = None) -> TimedReset | None:
    """Make the reset that was stored for a list, from where it was interrupted; return it when it is complete.

    `now` returns microseconds UTC. After `stop` is set, it ends within a moment, without a result. Leads are changed in
    short transactions. Raises NotFound (list), StoreError.
    """
    after = _after(path, list_id)
    while not (stop and stop.is_set()):
        after = list_reset.reset_part(path, list_id, after, AT_ONCE, note=partial(_note, list_id)).after
        if not after:
            with writing(path) as db:
                db.execute(END, {"list": list_id, "now": now()})
                return _last(db, list_id)
    return None


def _due(db: sqlite3.Connection, one: Row, zone: ZoneInfo, now: int) -> DueReset | None:
    """Return the reset of a list that is due. The history is read only if there may be one."""
    times = json.loads(one["reset_times"])
    if not reset_times.due(times, zone, now, one["moment"]):
        return None
    return reset_times.due(times, zone, now, one["moment"], int(db.execute(SINCE, {"list": one["id"]}).fetchone()[0]))


def _note(list_id: str, db: sqlite3.Connection, after: int, leads: int) -> None:
    db.execute(NOTE, {"list": list_id, "after": after, "leads": leads})


def _after(path: str | Path, list_id: str) -> int:
    with reading(path) as db:
        found = db.execute('SELECT "after" FROM list_reset WHERE list_id = ?', [list_id]).fetchone()
    return int(found[0]) if found else 0


def _last(db: sqlite3.Connection, list_id: str) -> TimedReset | None:
    found = rows(db, OF_LIST, list=list_id)
    return TimedReset(**found[0] | {"missed": bool(found[0]["missed"])}) if found else None


def _zone(db: sqlite3.Connection) -> ZoneInfo:
    return ZoneInfo(str(db.execute(ZONE).fetchone()[0]))
