"""`warmline audit agent`: a day of one agent, run by the core and written by the journal."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.begun_drivers import BegunDriver
from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from tools.simulation.asterisk.simulated_asterisk import SECOND
from warmline.core.messages.commands import Kind
from warmline.store.daily_reports import agents_report
from warmline.store.daily_reports.report_query import ReportQuery
from warmline.store.database.database import connect
from warmline.store.journal import hash_chain
from warmline.store.reports.agent_day import agent_day
from warmline.store.reports.agent_today import forced_logouts


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set this machine's time zone."""

    def go(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield go
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path, in_zone: Callable[[str], None]) -> Iterator[RecordedDriver]:
    """Record agent 1000's day: a call with a hold, a pause for lunch, then ready again. It began an hour ago.

    The time zone is chosen so that the clock shows noon, and the day is complete.
    """
    in_zone(f"NOON{time.gmtime().tm_hour - 12:+d}")
    driver = BegunDriver.copy(demo_database, tmp_path / demo_database.name)
    driver.asterisk.now = time.time_ns() // 1000 - 3600 * SECOND
    driver.log_in("1000")
    driver.wait(10)
    driver.customer()
    driver.wait(20)
    driver.ask(Kind.PARK_CUSTOMER)
    driver.wait(7)
    driver.ask(Kind.GRAB_CUSTOMER)
    driver.wait(3)
    driver.ask(Kind.HANGUP)
    driver.wait(4)
    driver.ask(Kind.STATUS, status="SALE")
    driver.ask(Kind.PAUSE, pause_code="LUNCH")
    driver.wait(30)
    driver.ask(Kind.RESUME)
    driver.wait(5)
    yield driver
    driver.close()


@pytest.fixture
def run(lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    monkeypatch.setenv("WARMLINE_DB", str(lab.database))

    return lambda *arguments: run("audit", "agent", *arguments)


def seconds(times: dict[str, int]) -> dict[str, int]:
    return {name: round(length / SECOND) for name, length in times.items()}


def test_only_the_time_within_the_day_counts(lab: RecordedDriver) -> None:
    lunch = lab.session().ready_since - 30 * SECOND
    found = agent_day(lab.database, "1000", lunch + 10 * SECOND, lunch + 15 * SECOND)
    assert (found.totals["pause"], found.length, found.calls) == (5 * SECOND, 5 * SECOND, 0)
    assert found.findings == [] and found.dispositions == {}


def test_a_laptop_closed_for_an_hour_is_no_work_in_the_reports_of_the_next_morning(lab: RecordedDriver) -> None:
    lab.asterisk.far_ends["1000"] = []
    lab.hang_up("phone-1000", 44)
    lab.wait(600)
    assert "1000" not in lab.world.sessions
    found = agent_day(lab.database, "1000", 0, lab.asterisk.now)
    assert found.findings == [] and seconds(found.totals)["lost"] == pytest.approx(580, abs=2)
    assert seconds(found.totals)["pause"] == 31
    asked = ReportQuery(start=0, end=lab.asterisk.now, now=lab.asterisk.now, zone=ZoneInfo("UTC"))
    [row] = agents_report.read(lab.database, asked).rows
    assert row["phone_lost"] == found.totals["lost"] and row["logged_in"] == found.length - row["phone_lost"]
    assert (row["pauses"].keys(), row["logout"]) == ({"LOGIN", "LUNCH", "LOSTMX"}, row["login"] + row["logged_in"])
    [left] = forced_logouts(lab.database, ["1000", "1001"]).values()
    assert (left["code"], left["since"], left["at"]) == ("LOSTMX", row["logout"], found.sessions[0]["ended"])
    lab.log_in("1000")
    assert forced_logouts(lab.database, ["1000"]) == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE agent_interval SET started = started + 1000000 WHERE state = 'DISPO'",
            "DISPO begins 1000000 µs after",
        ),
        ("UPDATE agent_interval SET state = 'PAUSED' WHERE state = 'DISPO'", "DISPO: 0 µs in agent_interval"),
        ("DELETE FROM agent_interval WHERE state = 'INCALL'", "INCALL: 0 µs in agent_interval"),
        ("UPDATE agent_session SET ended = 1 + (SELECT max(started) FROM agent_interval)", "after its last state"),
        ("UPDATE journal SET payload = NULL WHERE kind = 'command.requested'", "rows of the journal were erased"),
    ],
)
def test_records_that_were_changed_do_not_agree(lab: RecordedDriver, change: str, said: str) -> None:
    with closing(connect(lab.database)) as connection:
        connection.execute(change)
    findings = agent_day(lab.database, "1000", 0, lab.asterisk.now).findings
    assert any(said in finding for finding in findings), findings


def test_programs_read_json(run: Run) -> None:
    code, out, _ = run("1000", "--json")
    told = json.loads(out)
    assert code == 0 and told["agrees"] and told["calls"] == 1
    assert sum(told["totals_ms"].values()) == pytest.approx(told["length_ms"])


def test_a_mismatch_of_the_totals_exits_with_1(run: Run, lab: RecordedDriver) -> None:
    with closing(connect(lab.database)) as connection:
        connection.execute("DELETE FROM agent_interval WHERE state = 'DISPO'")
    code, out, _ = run("1000")
    assert code == 1 and "Mismatch: DISPO: 0 µs" in out
    assert hash_chain.verify(lab.database) == []  # the journal itself is whole


def test_a_day_without_a_session_is_empty_and_an_unknown_agent_is_refused(run: Run) -> None:
    code, out, _ = run("1000", "--day", "2001-02-03")
    assert (code, out) == (0, f"Agent 1000, Sat 2001-02-03: 0:00:00 logged in, calls: 0\ntimes: {os.environ['TZ']}\n")
    assert run("nobody")[::2] == (3, f"warmline: {said('agent_never_known', agent='nobody')}\n")
    code, _, err = run("1000", "--day", "tomorrow")
    assert code == 1 and said("written_day_invalid", value="tomorrow") in err
