"""Attempts of the dialler that a test writes into the database."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warmline.store.database.database import connect

SECOND = 1_000_000
HOUR = 3600 * SECOND
BEGUN = int(datetime(2026, 10, 1, 15, tzinfo=UTC).timestamp()) * SECOND  # 10:00 in Chicago, a Thursday
ZONE, PLACES = "America/Chicago", "US|US-IL"


class Attempts:
    """A database in which attempts are written directly. By default an agent talks to the lead in time."""

    def __init__(self, path: Path) -> None:
        self.path, self._made = path, 0
        self._opened = connect(path)
        self.write("INSERT INTO list (id, campaign) VALUES ('101', 'TESTCAMP')")

    def write(self, sql: str, *values: object) -> int:
        return int(self._opened.execute(sql, values).lastrowid or 0)

    def close(self) -> None:
        self._opened.close()

    def insert(self, table: str, row: dict[str, Any]) -> int:
        marks = ", ".join("?" * len(row))
        sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"  # noqa: S608 - names of the test
        return self.write(sql, *row.values())

    def add(self, at: int = BEGUN, lead: int = 0, number: str = "", **other: Any) -> tuple[str, int]:
        """Write one attempt that began at that time; return its call and its lead."""
        self._made += 1
        call = f"01M{self._made:023}"
        number = number or f"1312555{self._made:04}"
        lead = lead or self.insert(
            "lead",
            {"list_id": "101", "entry_date": 0, "modify_date": 0, "phone_number": number, "time_zones": ZONE}
            | {"jurisdictions": other.pop("jurisdictions", PLACES)},
        )
        seen = {"id": call, "agc_id": "", "state": "ended", "arrived": at, "number": number, "dialled": ""}
        seen |= {"ingroup": "", "direct": "", "last_agent": "1000", "ended_by": "agent", "status": "SALE"}
        seen |= {"lead": lead, "direction": "out", "origin": "dialler"}
        seen |= {"connected": at + 6 * SECOND, "ended": at + 90 * SECOND}
        tried = {"call": call, "campaign": "TESTCAMP", "list_id": "101", "source": "list", "passes": 0, "zones": ZONE}
        tried |= {"open_until": at + HOUR, "caller_id": "3125550199", "ready": 1, "in_flight": 0, "threshold": 0}
        tried |= {"risk": 0, "ringing": at + SECOND, "answered": at + 5 * SECOND, "agent": "1000", "by_fault": 0}
        tried |= {"opted_out": 0}
        for name, value in other.items():
            (seen if name in seen else tried)[name] = value
        tried["origin"] = seen["origin"]
        self.insert("call", seen)
        self.insert("attempt", tried)
        return call, lead

    def unanswered(self, rang: int, at: int = BEGUN, **other: Any) -> str:
        """Write one attempt that rang for that time, in microseconds."""
        begun: dict[str, Any] = {"ringing": at + SECOND, "ended": at + SECOND + rang, "answered": None}
        return self.add(
            at, **(begun | {"connected": None, "agent": "", "status": "NA", "ended_by": "pacing", "cause": 16} | other)
        )[0]

    def dropped(self, at: int = BEGUN, after: int = 2 * SECOND, **other: Any) -> str:
        """Write one attempt that was answered after 5 seconds, and heard the message `after` the answer."""
        gone: dict[str, Any] = {
            "connected": None,
            "agent": "",
            "dropped": at + 7 * SECOND,
            "message_at": at + 5 * SECOND + after,
        }
        return self.add(at, **(gone | {"status": "DROP", "ended_by": "drop_call_seconds"} | other))[0]

    def persons(self, number: int) -> None:
        """Write persons who answered before all other calls, so that some drops are within the limit."""
        for one in range(number):
            self.add(BEGUN - HOUR + one * SECOND)
