"""The list of recordings over HTTP: filters, pages, details with the state of the file, and rights by group."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.http.json_site import JsonSite
from tests.http.management.test_config_entities import token
from tests.rows import check_rows
from warmline.access.visible_agents import VisibleAgents
from warmline.core.model.call_states import AgentState
from warmline.store.database.database import connect
from warmline.store.reports import recordings
from warmline.store.reports.call_filter import CallFilter

MINUTE = 60_000_000
ROW = (
    "INSERT INTO recording "
    "VALUES (?, ?, 'call', 'ALLCALLS', ?, ?, ?, ?, ?, '', ?, ?, 65000, 'ab', '', 0, '', '', 0, 'main')"
)
CALL = """
    INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by, status)
    VALUES (?, ?, 'ended', ?, ?, '', 'SALESLINE', '', '1000', '', '')
"""
IN_CALL = """
    INSERT INTO agent_interval (id, session, agent, state, pause_code, call, started, ended)
    VALUES (?, 'S', ?, ?, '', ?, ?, ?)
"""


@pytest.fixture
def full(demo_database: Path, tmp_path: Path) -> Iterator[JsonSite]:
    """Three recordings of the last hours, each of a call of its own, and one of the week before."""
    database, folder = Path(shutil.copy(demo_database, tmp_path / "site.db")), tmp_path / "recordings"
    folder.mkdir()
    site = JsonSite(database, tmp_path)
    now = time.time_ns() // 1000
    with connect(database) as db:
        for number, agent in enumerate(("1000", "1001", "1000", "1000")):
            at = now - (3 - number) * 60 * MINUTE if number else now - 8 * 24 * 60 * MINUTE
            db.execute(CALL, [f"C{number}", f"Y{number}", at, f"555000{number}"])
            db.execute(IN_CALL, [f"I{number}", agent, AgentState.INCALL, f"C{number}", at, at + MINUTE])
            file = folder / f"R{number}.wav"
            file.write_bytes(b"said")
            row = [f"R{number}", f"C{number}", agent, at, at, at + MINUTE, "kept", str(file), 4]
            db.execute(ROW, row)
    yield site
    site.close()


def listed(site: JsonSite, query: str = "", **how: Any) -> list[str]:
    return [one["id"] for one in site.ask("GET", f"/recordings{query}", **how).body]


def test_recordings_are_found_as_by_the_command_line(full: JsonSite) -> None:
    assert listed(full) == ["R3", "R2", "R1"]
    assert listed(full, "?since=30d") == ["R3", "R2", "R1", "R0"]
    assert listed(full, "?since=30d&number=5550000") == ["R0"]
    assert listed(full, "?since=30d&agent=1001&ingroup=SUPPORTLINE") == []
    assert listed(full, "?agent=1001") == ["R1"]
    with connect(full.database) as db:
        db.execute("UPDATE call SET lead = 17 WHERE id IN ('C0', 'C1')")
    assert listed(full, "?lead=17") == ["R1", "R0"], "of any time"
    assert listed(full, "?lead=17&since=24h") == ["R1"] and listed(full, "?lead=18") == []
    assert full.ask("GET", "/recordings?lead=x").status == 422
    now = time.time_ns() // 1000
    asked = CallFilter(start=now - 30 * 24 * 60 * MINUTE, end=now, agent="1000")
    here = [row["id"] for row in recordings.recordings(full.database, asked, now)]
    assert listed(full, "?since=30d&agent=1000") == here[::-1] == ["R3", "R2", "R0"]


def test_the_pages_together_are_the_list(full: JsonSite) -> None:
    pages: list[str] = []
    while page := listed(full, "?since=30d&limit=3" + (f"&after={pages[-1]}" if pages else "")):
        pages += page
    assert pages == ["R3", "R2", "R1", "R0"]
    assert full.ask("GET", "/recordings?after=NONE").status == 404


def test_only_recordings_of_visible_agents_are_listed(full: JsonSite) -> None:
    now = time.time_ns() // 1000
    asked = CallFilter(start=now - 24 * 60 * MINUTE, end=now)
    with connect(full.database) as db:
        db.execute("UPDATE recording SET agent = '' WHERE id = 'R2'")

    def seen(*agents: str, unassigned: bool) -> list[str]:
        bound = VisibleAgents(frozenset(agents), unassigned=unassigned)
        return [row["id"] for row in recordings.newest(full.database, asked, now, 9, visible=bound)]

    assert seen("1001", unassigned=False) == ["R1"]
    assert seen("1001", unassigned=True) == ["R2", "R1"]
    assert seen(unassigned=False) == []


def test_a_query_that_is_none(full: JsonSite) -> None:
    def check(query: str, status: int) -> None:
        assert full.ask("GET", f"/recordings?{query}").status == status

    check_rows(check, [("since=never", 422), ("since=1h&day=today", 422), ("agent=nobody", 404), ("wrong=1", 422)])


def test_the_details_say_whether_the_file_is_whole(full: JsonSite, tmp_path: Path) -> None:
    player = token(full, "recordings:read")
    told = full.ask("GET", "/recordings/R3/details", token=player).body
    expected = {"call": "C3", "customer": "5550003", "reason": "ALLCALLS", "length_ms": 65_000, "bytes": 4}
    assert expected.items() <= told.items() and (told["file"], told["name"]) == ("whole", "R3.wav")
    assert str(tmp_path) not in str(told)
    (tmp_path / "recordings/R3.wav").write_bytes(b"changed")
    assert full.ask("GET", "/recordings/R3/details", token=player).body["file"] == "changed"
    (tmp_path / "recordings/R3.wav").unlink()
    assert full.ask("GET", "/recordings/R3/details", token=player).body["file"] == "unreadable"
    with connect(full.database) as db:
        db.execute("UPDATE recording SET status = 'expired' WHERE id = 'R3'")
    assert full.ask("GET", "/recordings/R3/details", token=player).body["file"] is None
    assert full.ask("GET", "/recordings/NONE/details", token=player).body["code"] == "recording_missing"
