"""The views for analysts: their columns, names and times, and the file that has nothing else."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database

from tests.store import three_calls
from tests.wording.said import refused
from tools.pages.analysis.views import VIEWS
from tools.pages.marked_text import PROJECT
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.store.configuration import config
from warmline.store.database import timezone_offsets
from warmline.store.database.database import StoreError, connect
from warmline.store.maintenance.export_analysis import export_analysis

PAGE = PROJECT / "docs/reference/analysis.md"
BERLIN = "Europe/Berlin"
BEFORE_WINTER = int(datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC).timestamp()) * 1_000_000  # clocks go back at 1:00 UTC
SECRETS = {"crm-key-4711", "ticket-4711", "handed-over-in-private", "note-4711"}  # planted below


@pytest.fixture(scope="module")
def recorded(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Provide a call over a change of the clock, a warm transfer, an abandoned call, and one in the fallback."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("analysis")))
    url = {"start_call_url": "https://crm.example/?key=crm-key-4711"}
    config.set_options(path, "campaign", "TESTCAMP", {"campaign_recording": "ALLCALLS"} | url, who="ada")
    config.set_options(path, "setting", "warmline", {"timezone": BERLIN, "call_data": "ticket"}, who="ada")
    for kind, key, name in (("agent", "1000", "full_name"), ("ingroup", "SALESLINE", "group_name")):
        config.set_options(path, kind, key, {name: f"the {kind}"}, who="ada")
    config.set_options(path, "campaign", "TESTCAMP", {"campaign_name": "the campaign"}, who="ada")
    config.set_options(path, "agent", "1001", {"pin": "836251"}, who="ada")
    config.create(path, "api-token", "dashboard", {"token": "t" * 43, "scopes": "events:read"}, who="ada")
    config.create(path, "user", "ada", {"pass": "aGoodLongOne47", "role": "admin"}, who="ada")
    driver = RecordedDriver(path)
    driver.asterisk.now = BEFORE_WINTER - 1_000_000
    three_calls.take(driver, notes="note-4711")
    with closing(connect(path)) as db:
        away = ("01AWAY", BEFORE_WINTER + 60_000_000, "4930444", "8005550100", "the application is away")
        db.execute("INSERT INTO fallback (id, at, number, dialled, reason) VALUES (?, ?, ?, ?, ?)", away)
        db.execute('UPDATE call SET data = \'[["ticket", "ticket-4711"]]\'')
        db.execute("UPDATE lead SET comments = 'handed-over-in-private'")
        made = "INSERT INTO user_session (token, user, program, created, ends) VALUES (?, 'ada', 'warmline', 0, 1)"
        db.execute(made, ("5e55" * 16,))
    return path


def rows(path: Path, view: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(path)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute(f"SELECT * FROM {view} ORDER BY 1")]  # noqa: S608 - one of VIEWS


def test_the_examples_of_the_page_have_rows(recorded: Path) -> None:
    examples = re.findall(r"^```sql\n(.*?)^```", PAGE.read_text(), re.MULTILINE | re.DOTALL)
    statements = [one for text in examples for one in text.split(";") if one.strip()]
    with closing(sqlite3.connect(recorded)) as db:
        assert len(statements) == 3 and all(db.execute(one).fetchall() for one in statements)


def test_calls_have_names_times_of_the_zone_and_seconds(recorded: Path) -> None:
    away, one, two, three = rows(recorded, "v_calls")
    assert (one["arrived_utc"], one["ended_utc"]) == ("2026-10-25T00:59:50.500+00:00", "2026-10-25T01:00:10.500+00:00")
    assert (one["arrived_local"], one["ended_local"]) == (
        "2026-10-25T02:59:50.500+02:00",
        "2026-10-25T02:00:10.500+01:00",
    )
    assert (one["full_name"], one["group_name"], one["campaign_name"]) == ("the agent", "the ingroup", "the campaign")
    assert (one["outcome"], one["status_name"], one["sale"], one["talk_seconds"]) == ("answered", "Sale", "Y", 20.0)
    assert (two["left_utc"], two["status"], two["recordings"]) == ("2026-10-25T01:00:16.500+00:00", "XFER", 1)
    assert (three["outcome"], three["wait_seconds"], three["connected_local"]) == ("missed", 7.0, None)
    assert (away["outcome"], away["fallback_reason"], away["number"]) == (
        "fallback",
        "the application is away",
        "4930444",
    )


def test_the_other_views_show_the_same_day(recorded: Path) -> None:
    [transfer] = rows(recorded, "v_transfers")
    assert (transfer["kind"], transfer["to_number"], transfer["outcome"]) == ("LEAVE_3WAY_CALL", "8500", "completed")
    assert (transfer["full_name"], transfer["after_seconds"]) == ("the agent", 10.0)
    waits = rows(recorded, "v_queue_waits")
    assert [(wait["outcome"], wait["in_time"], wait["seconds"]) for wait in waits] == [
        ("ANSWERED", 1, 0.0),
        ("ANSWERED", 1, 0.0),
        ("DROP", 0, 7.0),
    ]
    recordings = rows(recorded, "v_recordings")
    assert [(one["seconds"], one["full_name"]) for one in recordings] == [(20.0, "the agent"), (6.0, "the agent")]
    spent: dict[str, float] = {}
    for interval in rows(recorded, "v_agent_time"):
        spent[interval["activity"]] = spent.get(interval["activity"], 0) + (interval["seconds"] or 0)
    assert spent["talk"] == 26.0 and spent["pause"] > 0 and set(spent) <= {"wait", "talk", "dispo", "pause"}


def test_a_new_zone_is_that_of_all_local_times(recorded: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(recorded, tmp_path))
    config.set_options(path, "setting", "warmline", {"timezone": "Asia/Kolkata"}, who="ada")
    assert rows(path, "v_calls")[1]["arrived_local"] == "2026-10-25T06:29:50.500+05:30"
    config.set_options(path, "setting", "warmline", {"timezone": "UTC"}, who="ada")
    assert rows(path, "v_calls")[1]["arrived_local"] == "2026-10-25T00:59:50.500+00:00"


@pytest.mark.parametrize("name", ["UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"])
def test_the_offsets_are_those_of_the_zone(name: str) -> None:
    found = timezone_offsets.offsets(name, 2026)
    start, end = datetime(2000, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    hours = range(int(start.timestamp()), int(end.timestamp()), 53 * 3600 + 7)
    edges = [begins // 1_000_000 + second for begins, *_ in found[1:] for second in (-1, 0)]
    for second in (*hours, *edges):
        here = datetime.fromtimestamp(second, ZoneInfo(name))
        _, seconds, iso = next(one for one in reversed(found) if one[0] <= second * 1_000_000)
        assert (here.isoformat()[19:], here.utcoffset()) == (iso, datetime.fromtimestamp(seconds, UTC) - EPOCH), here


EPOCH = datetime.fromtimestamp(0, UTC)


def test_new_rules_of_the_zone_and_new_years_are_filled_in(recorded: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(recorded, tmp_path))
    assert not timezone_offsets.refresh(path, datetime.now(UTC).year)
    assert timezone_offsets.refresh(path, 2060)
    with closing(connect(path)) as db:
        db.execute("UPDATE timezone_offset SET seconds = 0 WHERE begins = 0")
    assert timezone_offsets.refresh(path, 2060) and not timezone_offsets.refresh(path, 2060)


@pytest.fixture(scope="module")
def exported(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("exported") / "analysis.db"
    assert export_analysis(recorded, file) == file.stat().st_size
    return file


def texts(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each text of a database with its table and column."""
    with closing(sqlite3.connect(path)) as db:
        for table in [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]:
            for (column,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall():
                for (value,) in db.execute(f'SELECT "{column}" FROM "{table}"'):  # noqa: S608 - of the schema
                    if isinstance(value, str):
                        yield table, column, value


def test_the_copy_has_the_same_rows_and_only_its_owner_reads_it(recorded: Path, exported: Path) -> None:
    for view in VIEWS:
        assert rows(exported, view) == rows(recorded, view) != []
    assert exported.stat().st_mode & 0o777 == 0o600
    with refused(StoreError, "copy_exists", file=exported):
        export_analysis(recorded, exported)


def test_no_byte_of_a_secret_is_in_the_copy(recorded: Path, exported: Path) -> None:
    """No text leaves the database, except those of the columns that the views read."""
    columns = {(table, column) for table, column, _ in texts(exported)}
    with closing(sqlite3.connect(exported)) as db:
        told = "\n".join([*(value for *_, value in texts(exported)), *(sql for (sql,) in db.execute(SCHEMA))])
    kept = {value for table, column, value in texts(recorded) if (table, column) not in columns and value not in told}
    whole = exported.read_bytes()
    assert [value for value in kept if value.encode() in whole] == []
    secrets = {"pin", "pass", "token", "url", "facts", "payload", "start_call_url", "data", "notes", "comments"}
    assert not secrets & {column for _, column in columns}
    assert all(any(secret in value for value in kept) for secret in SECRETS)  # the search looked for them
    hashes = {(table, value) for table, column, value in texts(recorded) if (table, column) in HASHES and value}
    assert {table for table, _ in hashes} == {table for table, _ in HASHES} and {value for _, value in hashes} <= kept


SCHEMA = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
HASHES = {
    ("agent", "pin"),
    ("api_user", "pass"),
    ("api_token", "token"),
    ("user", "pass"),
    ("user_session", "token"),
}


def test_a_strange_view_is_not_followed(recorded: Path, tmp_path: Path) -> None:
    path, file = Path(shutil.copy(recorded, tmp_path)), tmp_path / "analysis.db"
    with closing(connect(path)) as db:
        db.execute("CREATE VIEW v_pins AS SELECT id, pin FROM agent")
    export_analysis(path, file)
    assert set(Database(file).view_names()) == {*VIEWS, "known_agent"}
    assert "pin" not in Database(file)["agent"].columns_dict


def test_sqlite_utils_opens_the_copy(exported: Path) -> None:
    assert set(Database(exported).view_names()) == {*VIEWS, "known_agent"}
    [counts] = Database(exported).query("SELECT count(*) AS calls FROM v_calls WHERE status_name = 'Sale'")
    assert counts == {"calls": 1}
