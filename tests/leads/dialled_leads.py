"""A database with a campaign, its lists and its leads, for tests of the hopper."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from warmline.store.configuration import config
from warmline.store.database import database
from warmline.store.database.reading import connections, reading
from warmline.store.dialling import dial_plan, last_lead_check
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.hopper import HopperFill, HopperUse, fill
from warmline.store.dialling.last_lead_check import LookedAt, LookRefusal
from warmline.store.dialling.lead_holds import ALWAYS
from warmline.store.leads import leads

EAST = "America/New_York"
FLORIDA, TEXAS, CALIFORNIA, TOLL_FREE = "305", "214", "213", "800"


SHOWN = "3125550199"  # the caller id of the campaign
PROMISED = "+13055550100"  # the number of a callback


def at(text: str, zone: str = EAST) -> int:
    """Return a local time in microseconds UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()) * 1_000_000


NOON = at("2026-11-23T12:00")  # a Monday; 9:00 in Los Angeles


def prepare(db: Path, **options: str) -> None:
    """Make the campaign SALES with the list 101, whose numbers are of the United States."""
    config.create(db, "campaign", "SALES", {"campaign_cid": SHOWN} | options, who="test")
    config.create(db, "list", "101", {"campaign": "SALES", "country": "US"}, who="test")


def add(db: Path, number: str, list_id: str = "101", **fields: str) -> int:
    """Create a lead, and return its id."""
    return leads.create(db, list_id, {"phone_number": number} | fields, who="test")


def add_many(db: Path, *areas: str, list_id: str = "101") -> list[int]:
    """Create a lead in each area code, with the numbers 555-0100, 555-0101 and so on."""
    return [add(db, f"{area}5550{100 + place}", list_id) for place, area in enumerate(areas)]


def filled(
    db: str | Path, moment: int = NOON, wanted: int = 50, start: int = 0, most: int = ALWAYS, **used: Any
) -> HopperFill:
    """Fill a hopper of the campaign SALES; `used` are the fields of HopperUse."""
    with reading(db) as opened:
        return fill(opened, dial_plan.load(opened, "SALES"), moment, wanted, HopperUse(**used), start, most)


def chosen(db: Path, moment: int = NOON, wanted: int = 50, **given: Any) -> list[int]:
    """Return the leads that a hopper of the campaign SALES gets, in order."""
    return [one.lead for one in filled(db, moment, wanted, **given).leads]


def refusal(db: Path, plans: DialPlans, asked: LookedAt, moment: int) -> LookRefusal | None:
    """Return what the last look says against a lead at a moment."""
    with reading(db) as opened:
        return last_lead_check.refusal(opened, plans, asked, moment)


@contextmanager
def writing(db: Path) -> Iterator[sqlite3.Connection]:
    """Open the database to change rows as the journal's writer does, in a connection that a test may keep open."""
    kept = connections()
    one = kept.begin(str(db), database.mode(), "SELECT 1")
    try:
        yield one.connection
    finally:
        kept.end(one)


def call(db: Path, lead: int, number: str, moment: int, status: str = "", name: str = "", **more: Any) -> str:
    """Write an ended call that dialled this lead, and return its id."""
    with writing(db) as opened:
        return write_call(opened, lead, number, moment, status, name, **more)


def write_call(
    opened: sqlite3.Connection, lead: int, number: str, moment: int, status: str = "", name: str = "", **more: Any
) -> str:
    """Write an ended call as `call` does, to an open database."""
    row = {
        "id": name or f"CALL{moment}-{lead}-{number}", "agc_id": "V", "state": "ended", "arrived": moment,
        "number": number, "dialled": "", "ingroup": "", "direct": "", "last_agent": "1000",
        "ended": moment, "ended_by": "", "status": "",
        "lead": lead, "direction": "out", "origin": "agent",
    } | more  # fmt: skip
    names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
    opened.execute(f"INSERT INTO call ({names}) VALUES ({marks})", row)  # noqa: S608 - the names are above
    opened.execute("UPDATE call SET status = ? WHERE id = ?", [status, row["id"]])
    return str(row["id"])


def promised(db: Path, moment: int, lead: int = 0, number: str = PROMISED, agent: str = "", name: str = "B") -> None:
    """Store a callback that a call with this lead has promised."""
    origin = call(db, lead, number, NOON - 100 * 3600_000_000, name=f"C{name}", direction="in")
    with writing(db) as opened:
        opened.execute(
            "INSERT INTO callback (id, call, number, ingroup, campaign, agent, at, state)"
            " VALUES (?, ?, ?, '', 'SALES', ?, ?, 'pending')",
            [name, origin, number, agent, moment],
        )


def automatic_call(
    db: Path, lead: int, number: str, moment: int, status: str, source: str = "list", **more: Any
) -> str:
    """Write an ended call of the dialler, or of the `origin`, and return its id.

    `more` are columns of its call and its attempt.
    """
    of_attempt = {name: more.pop(name) for name in ("caller_id", "dropped", "origin") if name in more}
    name, ended_by = more.pop("name", f"CALL{moment}-{lead}-{number}"), more.pop("ended_by", "")
    attempt = {
        "call": name, "campaign": "SALES", "origin": "dialler", "list_id": "101", "source": source, "passes": 0,
        "zones": "", "open_until": 0, "caller_id": "", "ready": 1, "in_flight": 0, "threshold": 0, "risk": 0,
        "agent": "", "dropped": None, "by_fault": 0, "opted_out": 0,
    } | of_attempt  # fmt: skip
    names, marks = ", ".join(attempt), ", ".join(f":{name}" for name in attempt)
    with writing(db) as opened:
        opened.execute(f"INSERT INTO attempt ({names}) VALUES ({marks})", attempt)  # noqa: S608 - the names are above
    call(db, lead, number, moment, status, name, origin=attempt["origin"], **more)
    if ended_by:
        with writing(db) as opened:
            opened.execute("UPDATE call SET ended_by = ? WHERE id = ?", [ended_by, name])
    return str(name)
