"""The tables of calls, legs, recordings and runs of Asterisk name the server of each row."""

import shutil
from pathlib import Path

import pytest

from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.several_servers import B, SeveralServers
from warmline.core.messages.commands import Kind
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.configuration import config
from warmline.store.database.reading import reading, rows
from warmline.store.journal import hash_chain
from warmline.store.maintenance import backup_and_vacuum, database_restore
from warmline.store.privacy import erasure

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
