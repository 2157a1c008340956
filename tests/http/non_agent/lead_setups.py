"""The set-ups of the recorded answers about leads, as rows."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from tests.http.json_site import JsonSite
from tests.http.non_agent.vector_site import DAY, EVERY_LEAD, HOUR, SetUps, insert

CHANGED = ("lead", "dnc", "callback", "call", "hopper_entry")  # tables that the functions about leads change


def _custom(db: sqlite3.Connection) -> None:
    own = json.dumps({"favorite_color": "blue", "policy": "P-77"})
    db.execute("UPDATE lead SET custom_fields = ? WHERE lead_id = 123457", [own])


def _many(db: sqlite3.Connection) -> None:
    for number in range(4):
        lead = {"lead_id": 300000 + number, "list_id": "101", "phone_number": "3125557777", "first_name": f"N{number}"}
        insert(db, "lead", {**EVERY_LEAD, **lead})


def _called(db: sqlite3.Connection) -> None:
    call = {
        "id": "call-in",
        "agc_id": "",
        "state": "ended",
        "arrived": DAY + 10 * HOUR,
        "number": "3125550101",
        "dialled": "8005550100",
        "ingroup": "SALESLINE",
        "direct": "",
        "last_agent": "1000",
        "ended": DAY + 11 * HOUR,
        "ended_by": "caller",
        "status": "SALE",
    }
    insert(db, "call", call)
    db.execute("UPDATE call SET lead = 123457 WHERE id = 'call-in'")
    # The base has the count and the time of the lead's calls already.
    db.execute("UPDATE lead SET called_count = 3, status = 'SALE' WHERE lead_id = 123457")


def _callback(db: sqlite3.Connection) -> None:
    promised = {
        "id": "promised",
        "call": "",
        "lead": 123457,
        "number": "13125550101",
        "ingroup": "",
        "campaign": "TESTCAMP",
        "agent": "1000",
        "at": DAY + 11 * 24 * HOUR + 15 * HOUR,
        "made": DAY + 10 * HOUR + HOUR // 12,
        "status": "CALLBK",
        "comments": "after lunch",
        "state": "pending",
    }
    insert(db, "callback", promised)


def _hopper(db: sqlite3.Connection) -> None:
    insert(db, "hopper_entry", {"lead_id": 123456, "campaign": "TESTCAMP", "priority": 0, "at": DAY, "by": "6666"})


SETUPS = SetUps(rows={"custom": _custom, "many": _many, "callback": _callback, "history": _called, "hopper": _hopper})


def restore(site: JsonSite, base: Path, names: Iterable[str] = ()) -> None:
    """Give a running site the leads, numbers and callbacks of the base again, and those of some set-ups."""
    with closing(sqlite3.connect(site.database)) as db, db:
        db.execute("ATTACH ? AS base", [str(base)])
        for table in CHANGED:
            db.execute(f"DELETE FROM main.{table}")  # noqa: S608 - the names above
            db.execute(f"INSERT INTO main.{table} SELECT * FROM base.{table}")  # noqa: S608
        for name in names:
            SETUPS.rows[name](db)
