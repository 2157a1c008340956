"""Calls that took the fallback: a separate outcome in every report that counts calls."""

import json
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests.begun_drivers import BegunDriver
from tests.cli.command_line import Run
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.store.calls import call_history
from warmline.store.calls.call_history import PastCall
from warmline.store.database import database
from warmline.store.reports import calls
from warmline.store.reports.call_filter import CallFilter

AWAY, STOPPED = "the application is away", "the application is stopped"
VOICEMAIL = "warmline-voicemail,100,1"
REFUSED = "login refused at phone 1001: agent 1001: wrong PIN"


@pytest.fixture
def site(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / demo_database.name
    BegunDriver.copy(demo_database, path, lives=fallbacks)
    monkeypatch.setenv("WARMLINE_DB", str(path))
    return path


def fallbacks(driver: RecordedDriver) -> None:
    """An answered call, and several calls that took the fallback.

    Two came while the app was away, and one of these hung up. Its DID sent one elsewhere. One waited in a queue when
    the guard sent it to the fallback. Then a phone was refused its login.
    """
    driver.asterisk.now = time.time_ns() // 1000 - 600_000_000
    driver.log_in("1000")
    driver.asterisk.come_in("one", "ingroup", "SALESLINE", number="4930111", dialled="8005550100")
    driver.pump()
    driver.wait(20)
    driver.asterisk.come_in("two", "ingroup", "SALESLINE", number="4930222", dialled="8005550100")
    driver.pump()
    (waiting,) = [call.id for call in driver.world.calls.values() if call.number == "4930222"]
    notes = (
        ("01M7W0SYD3KRP8EZM7S5B7TNR1", "4930333", AWAY, ""),
        ("01M7W0SYD3KRP8EZM7S5B7TNR2", "4930444", AWAY, ""),
        ("01M7W0SYD3KRP8EZM7S5B7TNR3", "4930555", "hung up before queue", ""),
        ("01M7W0SYD3KRP8EZM7S5B7TNR4", "4930666", "sent to voicemail:100", VOICEMAIL),
        (waiting, "4930222", STOPPED, ""),
        ("01M7W0SYD3KRP8EZM7S5B7TNR5", "1001", REFUSED, ""),
    )
    for call, number, reason, goto in notes:
        driver.wait(1)
        driver.feed(FallbackTaken(call, driver.asterisk.now, number, "8005550100", reason, goto))
    driver.hang_up("two")


@pytest.fixture
def run(site: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "120")

    return lambda *arguments: run("audit", *arguments)


def listed(run: Run, *filters: str) -> dict[str, tuple[str, Any]]:
    """Return the calls by number, with outcome and reason."""
    found = json.loads(run("calls", "--json", *filters)[1])["calls"]
    return {one["number"]: (one["outcome"], one["fallback"]) for one in found}


def test_calls_that_took_the_fallback_are_listed_and_counted(run: Run) -> None:
    assert listed(run) == {
        "4930111": ("live", None),
        "4930222": ("fallback", STOPPED),
        "4930333": ("fallback", AWAY),
        "4930444": ("fallback", AWAY),
        "4930555": ("missed", None),
        "4930666": ("dialplan", None),
        "1001": ("login_refused", REFUSED),
    }
    out = run("calls")[1]
    assert "\n7 calls: 1 dialplan, 3 fallback, 1 live, 1 login_refused, 1 missed\n" in out
    assert f"\n{REFUSED}\n" in out
    assert f"3 took the fallback: 2 {AWAY}, 1 {STOPPED}\n" in out
    told = json.loads(run("calls", "--json")[1])["summary"]
    assert told["outcomes"] == {"dialplan": 1, "fallback": 3, "live": 1, "login_refused": 1, "missed": 1}
    assert told["fallback"] == {AWAY: 2, STOPPED: 1}


def test_no_list_of_calls_is_narrower_than_its_records(site: Path) -> None:
    """Check each list of calls against the records: the audit, a page of it, the history, and the analysts' view."""
    now = time.time_ns() // 1000
    with closing(database.connect(site)) as db:
        recorded = sorted(row[0] for row in db.execute("SELECT id FROM call UNION SELECT id FROM fallback"))
        view = dict(db.execute("SELECT call, outcome FROM v_calls"))
    asked = CallFilter(start=0, end=now)
    listed = {row["call"]: row["outcome"] for row in calls.calls(site, asked, now)}
    assert sorted(listed) == recorded
    assert view == listed == {row["call"]: row["outcome"] for row in calls.page(site, asked, now, 100)}
    found = call_history.of_everybody(site, now)
    assert [one.call for one in found] == [row["call"] for row in calls.calls(site, asked, now, newest=True)]
    pages: list[PastCall] = []
    while page := call_history.of_everybody(site, now, 2, pages[-1].call if pages else ""):
        pages += page
    assert pages == found
    for one in found:
        assert call_history.of_number(site, f"+{one.number}", now) == [one]


def test_reports_of_the_day_count_them_and_name_the_reasons(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def told(report: str) -> Any:
        with pytest.raises(SystemExit):
            main(["report", report, "--json"])
        return json.loads(capsys.readouterr().out)

    day = {row["group"]: row["fallback"] for row in told("day")["day"]}
    assert day == {"SALESLINE": 1, "FALLBACK": 2} and told("day")["totals"]["fallback"] == 3
    drops = {(row["ingroup"], row["outcome"], row["went"]): row["calls"] for row in told("drops")["drops"]}
    assert drops == {("", "FALLBACK", AWAY): 2, ("SALESLINE", "DROP", STOPPED): 1}
    assert {row["number"] for row in told("missed")["missed"]} == {"4930222", "4930333", "4930444", "4930555"}
    [number] = told("dids")["dids"]
    assert (number["calls"], number["fallback"], number["dialplan"], number["abandoned"]) == (6, 3, 1, 1)


def test_each_filter_knows_them(run: Run) -> None:
    numbers = {
        "--outcome fallback": ["4930222", "4930333", "4930444"],
        "--outcome missed": ["4930555"],
        "--outcome dialplan": ["4930666"],
        "--number 4930666": ["4930666"],
        "--outcome live": ["4930111"],
        "--number 4930333": ["4930333"],
        "--ingroup SALESLINE": ["4930111", "4930222"],
        "--agent 1000": ["4930111"],
        "--recorded": [],
        "--not-recorded --outcome fallback": ["4930222", "4930333", "4930444"],
        "--length 5s..": ["4930111"],
        "--outcome login_refused": ["1001"],
        "--limit 1": ["1001"],
    }
    assert {filters: sorted(listed(run, *filters.split())) for filters in numbers} == numbers
