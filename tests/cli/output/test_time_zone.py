"""Times for people are read and written in the setting's time zone, and the output names it."""

import json
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.main import main
from cli.output import time_zone
from tests.cli.command_line import Run
from tests.wording.said import refused, said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.text.written_time import TimeTextError, past

HOUR = 3_600_000_000


def at(text: str) -> int:
    """A time in UTC, in microseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


CAME = at("2026-11-20T23:30")  # the 21st in Kolkata
NOW = at("2026-11-21T12:00")  # a Saturday


@pytest.fixture(scope="module")
def called(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the setting Asia/Kolkata and a call, to be copied."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("called")))
    config.set_options(path, "setting", "warmline", {"timezone": "Asia/Kolkata"}, who="ada")
    driver = RecordedDriver(path)
    driver.asterisk.now = CAME
    driver.log_in("1000")
    driver.customer()
    driver.wait(20)
    driver.ask(Kind.HANGUP)
    driver.ask(Kind.STATUS, status="SALE")
    driver.close()
    return path


@pytest.fixture
def run(
    called: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run `warmline …` with the setting Asia/Kolkata on a machine in UTC; return exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", shutil.copy(called, tmp_path))
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(time, "time_ns", lambda: NOW * 1000)
    time.tzset()

    def go(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    yield go
    time_zone.begin([])


@pytest.mark.parametrize(
    "words",
    [("audit", "calls", "--since", "7d"), ("history", "1000"), ("audit", "call", "last"), ("route", "why", "last")],
)
def test_output_for_people_is_on_the_clock_of_the_setting(run: Run, words: tuple[str, ...]) -> None:
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    assert "2026-11-21" in out and "05:00" in out and "23:30" not in out
    assert out.splitlines()[-1] == "times: Asia/Kolkata"


def test_a_day_is_that_of_the_settings_clock(run: Run) -> None:
    assert run("audit", "calls", "--day", "2026-11-21", "--ndjson")[1].count("\n") == 1
    assert run("audit", "calls", "--day", "2026-11-20", "--ndjson")[1] == ""
    assert run("audit", "calls", "--day", "today", "--ndjson")[1].count("\n") == 1


def test_json_has_utc_and_names_no_clock(run: Run) -> None:
    document = json.loads(run("audit", "calls", "--day", "today", "--json")[1])
    assert document["calls"][0]["arrived"].startswith("2026-11-20T23:30")


@pytest.mark.parametrize(
    "words",
    [
        ("--timezone", "America/New_York", "history", "1000"),
        ("history", "--timezone=America/New_York", "1000"),
        ("history", "1000", "--timezone", "America/New_York"),
    ],
)
def test_an_option_anywhere_takes_another_clock(run: Run, words: tuple[str, ...]) -> None:
    _, out, _ = run(*words)
    assert "2026-11-20 18:30" in out and out.endswith("times: America/New_York\n")


def test_tz_takes_another_clock(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    _, out, _ = run("history", "1000")
    assert "2026-11-20 18:30" in out and out.endswith("times: America/New_York\n")
    monkeypatch.delenv("TZ")
    time.tzset()


def test_a_zone_that_there_is_not_is_refused(run: Run) -> None:
    for words in (("--timezone", "Mars/Crater", "history", "1000"), ("history", "1000", "--timezone")):
        code, out, err = run(*words)
        assert (code, out) == (1, "") and "such as Europe/Berlin" in err


def test_a_page_without_times_names_no_clock(run: Run) -> None:
    assert "times:" not in run("campaign", "list")[1]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("today", "2026-11-20T18:30"),
        ("yesterday", "2026-11-19T18:30"),
        ("saturday", "2026-11-20T18:30"),
        ("Monday", "2026-11-15T18:30"),
        ("thisweek", "2026-11-15T18:30"),
        ("lastweek", "2026-11-08T18:30"),
        ("last week", "2026-11-08T18:30"),
        ("thismonth", "2026-10-31T18:30"),
        ("lastmonth", "2026-09-30T18:30"),
        ("9:00", "2026-11-21T03:30"),
        ("18:00", "2026-11-20T12:30"),
        ("monday 9:00", "2026-11-16T03:30"),
        ("saturday 18:00", "2026-11-14T12:30"),
        ("yesterday 9:00", "2026-11-20T03:30"),
        ("2026-11-20 09:00", "2026-11-20T03:30"),
    ],
)
def test_a_past_time_is_read_in_each_allowed_form(run: Run, text: str, meant: str) -> None:
    assert past(text, time_zone.here(), NOW) == at(meant)


@pytest.mark.parametrize("text", ["", "someday", "someday 9:00", "lastyear", "25:00", "monday 9"])
def test_an_invalid_time_is_refused_with_the_allowed_forms(run: Run, text: str) -> None:
    with refused(TimeTextError, "written_time_invalid"):
        past(text, time_zone.here(), NOW)


def test_a_weekday_is_a_day(run: Run) -> None:
    assert run("audit", "calls", "--day", "saturday", "--ndjson")[1].count("\n") == 1
    code, _, err = run("audit", "calls", "--day", "someday")
    assert code == 1 and said("written_day_invalid", value="someday") in err


def test_a_call_is_simulated_on_a_weekday(run: Run) -> None:
    _, out, err = run("route", "simulate", "--ingroup", "SALESLINE", "--at", "sunday 10:00")
    assert err == "" and "at Sun 2026-11-22 10:00 +0530 Asia/Kolkata" in out


def test_lengths_in_reports_are_minutes_and_seconds(run: Run) -> None:
    _, out, _ = run("audit", "calls", "--since", "7d")
    assert " 0:20 " in out and " s " not in out and " ms" not in out
    _, out, _ = run("audit", "calls", "--since", "7d", "--precise")
    assert " 0:00:20." in out


def test_an_agents_states_add_up_in_whole_seconds(run: Run) -> None:
    _, out, _ = run("audit", "agent", "1000", "--day", "today")
    table = [line.split() for line in map(str.rstrip, out.splitlines()) if line.endswith("%")]
    seconds = {
        name: sum(int(part) * unit for part, unit in zip(time.split(":"), (3600, 60, 1), strict=True))
        for name, time, _ in table
    }
    whole = seconds.pop("all")
    assert sum(seconds.values()) == whole and f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02} logged in" in out
    assert "." in run("audit", "agent", "1000", "--day", "today", "--precise")[1].splitlines()[0]
