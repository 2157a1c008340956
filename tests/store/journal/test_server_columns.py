"""The tables of calls, legs, recordings and runs of Asterisk name the server of each row."""

import shutil
import time
from pathlib import Path

import pytest

from tests.wording.said import refused
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.several_servers import B, SeveralServers
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.calls import call_story
from warmline.store.configuration import config
from warmline.store.daily_reports import day_report
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading, rows
from warmline.store.journal import hash_chain
from warmline.store.maintenance import backup_and_vacuum, database_restore
from warmline.store.privacy import erasure
from warmline.store.reports import calls, filter_names_check
from warmline.store.reports.call_filter import CallFilter

NUMBER = "+493055512345"
SERVERS = {  # each server of a table, with its number of rows
    "call": 'SELECT server, count(*) AS "rows" FROM call GROUP BY server',
    "leg": "SELECT server, count(*) AS \"rows\" FROM leg WHERE role IN ('customer', 'third') GROUP BY server",
    "recording": 'SELECT server, count(*) AS "rows" FROM recording GROUP BY server',
    "asterisk": 'SELECT server, count(*) AS "rows" FROM asterisk GROUP BY server',
}


class RecordedServers(SeveralServers, RecordedDriver):
    """Two simulated Asterisks, and the real database."""

    def __init__(self, database: Path) -> None:
        super().__init__(database)  # type: ignore[arg-type]  # passed on to RecordedDriver


def told(path: Path) -> dict[str, dict[str, int]]:
    with reading(path) as db:
        return {table: {row["server"]: row["rows"] for row in rows(db, sql)} for table, sql in SERVERS.items()}


@pytest.fixture
def recorded(demo_database: Path, tmp_path: Path) -> Path:
    """Provide the database of an ended recorded call on each server, that of `b` with a third party."""
    db = Path(shutil.copy(demo_database, tmp_path))
    config.set_options(db, "campaign", "TESTCAMP", {"campaign_recording": "ALLCALLS"}, who="test")
    lab = RecordedServers(db)
    for server, user in ((MAIN_SERVER, "1000"), (B, "1001")):
        lab.seat(server, user)
        lab.server(server).come_in(f"cust-{server}", "ingroup", "SALESLINE", number=NUMBER)
        lab.pump()
        lab.wait(2)
    lab.ask(Kind.DIAL_WITH_CUSTOMER, "1001", number="8500")
    lab.wait(2)
    [third] = [call.third for call in lab.world.calls.values() if call.server == B]
    lab.leave(B, third or "")
    for server, user in ((MAIN_SERVER, "1000"), (B, "1001")):
        lab.leave(server, f"cust-{server}")
        lab.ask(Kind.HANGUP, user)
    lab.wait(2)
    lab.close()
    return db


def test_each_row_has_the_server_of_its_record(recorded: Path) -> None:
    found = told(recorded)
    assert found["call"] == {MAIN_SERVER: 1, B: 1}
    assert found["leg"] == {MAIN_SERVER: 1, B: 2}
    assert set(found["recording"]) == {MAIN_SERVER, B}
    assert found["asterisk"] == {MAIN_SERVER: 1, B: 1}
    with reading(recorded) as db:
        [leg] = rows(db, "SELECT DISTINCT server FROM leg WHERE id LIKE 'cust-b'")
        assert leg["server"] == B


def test_a_copy_a_check_and_an_erasure_keep_the_servers(recorded: Path, tmp_path: Path) -> None:
    before = told(recorded)
    backup_and_vacuum.backup(recorded, tmp_path / "copy.db")
    assert erasure.erase(recorded, tmp_path, NUMBER, who="test").calls == 2
    assert told(recorded) == before
    assert backup_and_vacuum.check(recorded) == [] and hash_chain.verify(recorded) == []
    database_restore.restore(recorded, tmp_path / "copy.db")
    assert told(recorded) == before and backup_and_vacuum.check(recorded) == []


def test_reports_and_searches_know_the_servers(recorded: Path) -> None:
    now = time.time_ns() // 1000
    whole = ReportQuery(start=0, end=1 << 62, now=now, by="server")
    day = day_report.read(recorded, whole)
    assert [(row["kind"], row["group"], row["calls"], row["answered"]) for row in day.rows] == [
        ("in", B, 1, 1),
        ("in", MAIN_SERVER, 1, 1),
    ]
    for server in (MAIN_SERVER, B):
        asked = CallFilter(start=0, end=1 << 62, server=server)
        [row] = calls.page(recorded, asked, now, 10)
        assert row["server"] == server
        assert [one["call"] for one in calls.calls(recorded, asked, now)] == [row["call"]]
        [leg] = [one for one in call_story.story(recorded, row["call"]).legs if one["role"] == "customer"]
        assert leg["server"] == server
    filter_names_check.check(recorded, server=B)
    with refused(NotFound, "entity_unknown", kind="server", name="c"):
        filter_names_check.check(recorded, server="c")
