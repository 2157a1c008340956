"""Times for people are read and written in the setting's time zone, which the output names; lengths are m:ss."""

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import typer

from cli.arguments.time_options import day_bounds, period
from cli.lazy_group import LazyGroup
from cli.main import main
from cli.output import time_format, time_zone
from cli.output.charts import HourCounts, spark
from cli.output.invalid_argument import InvalidArgument
from cli.output.time_format import ago, date_and_time, of_iso, with_zone
from cli.tree.report_rows import REPORT
from tests.cli.audit.test_reports import REPORTS, recorded  # noqa: F401 - the fixture
from tests.cli.command_line import Run
from tests.cli.whole_tree import whole_tree
from tests.wording.said import refused, said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config
from warmline.text.written_time import TimeTextError, past


def at(text: str) -> int:
    """A time in UTC, in microseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


CAME = at("2026-11-20T23:30")  # the 21st in Kolkata


SATURDAY = at("2026-11-21T12:00")  # a Saturday


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
def run(called: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Iterator[Run]:
    """Run `warmline …` with the setting Asia/Kolkata on a machine in UTC; return exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", shutil.copy(called, tmp_path))
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(time, "time_ns", lambda: SATURDAY * 1000)
    time.tzset()

    yield run
    time_zone.begin([])


def test_a_day_is_that_of_the_settings_clock(run: Run) -> None:
    assert run("audit", "calls", "--day", "2026-11-21", "--ndjson")[1].count("\n") == 1
    assert run("audit", "calls", "--day", "2026-11-20", "--ndjson")[1] == ""
    assert run("audit", "calls", "--day", "today", "--ndjson")[1].count("\n") == 1


def test_json_has_utc_and_names_no_clock(run: Run) -> None:
    document = json.loads(run("audit", "calls", "--day", "today", "--json")[1])
    assert document["calls"][0]["arrived"].startswith("2026-11-20T23:30")


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


HOUR = 3_600_000_000


@pytest.fixture
def clock_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Set this machine's time zone."""

    def of(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield of
    monkeypatch.undo()
    time.tzset()


NOW = at("2026-10-26T12:00")


def test_since_yesterday_is_since_its_midnight(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    assert period("yesterday", "", "", NOW) == (at("2026-10-24T22:00"), NOW + 1, NOW)
    assert period("", "", "", NOW).start == NOW - 24 * HOUR


def test_between_two_times(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    assert period("", "", "2026-10-24..2026-10-26", NOW)[:2] == (at("2026-10-23T22:00"), at("2026-10-25T23:00"))
    assert period("", "", "2026-10-25T01:00Z..now", NOW)[:2] == (at("2026-10-25T01:00"), NOW)
    for wrong in ("..today", "today..", "today", "now..yesterday"):
        with pytest.raises(typer.BadParameter):
            period("", "", wrong, NOW)


def test_an_hour_that_comes_twice_is_told_apart(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    assert date_and_time(at("2026-10-25T00:30")) == "2026-10-25 02:30:00"
    assert date_and_time(at("2026-10-25T01:30")) == "2026-10-25 02:30:00 CET"
    assert past("2026-10-25T02:30", None, NOW) == at("2026-10-25T00:30")


def test_the_letters_of_charts() -> None:
    assert spark([0, 1, 4, 8]) == " ▁▄█"
    assert spark([]) == "" and spark([0, 0]) == "  "


def test_a_long_line_has_letters_for_several_hours() -> None:
    hours = HourCounts()
    for hour in range(200):
        hours.add(hour * HOUR)
    assert "a bar for each 3 hours" in hours.line() and hours.line().count("█") == 66


def test_hours_are_counted_once_each(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    hours = HourCounts()
    for hour in range(25):
        hours.add(at("2026-10-24T22:15") + hour * HOUR)
    hours.add(at("2026-10-25T23:15"))
    assert hours.line() == f"Sun 00:00 {'█' * 26} Mon 00:00, a bar for each hour"


def test_a_time_is_shown_on_the_clock_of_a_zone() -> None:
    assert (
        with_zone(of_iso("2026-12-24T17:05Z"), ZoneInfo("Europe/Berlin")) == "Thu 2026-12-24 18:05 +0100 Europe/Berlin"
    )


Words = tuple[str, ...]


ALL = (*(("audit", name) for name in REPORTS), *(("report", one.name) for one in REPORT))


PAGES: tuple[Words, ...] = (
    *ALL,
    ("audit", "agent", "1000"),
    ("audit", "drops"),
    ("audit", "webhooks", "--since", "1d"),
    ("history", "1000"),
    ("config", "history"),
    ("dnc", "list"),
    ("callback", "list"),
    ("recording", "list"),
    ("route", "why", "last"),
    ("ingroup", "members", "SALESLINE"),
)


MILLISECONDS = re.compile(r"[0-9] ?ms\b|[0-9]\.[0-9]+ ?s\b|:[0-9]{2}\.[0-9]")


# Each time of an option or argument, after the words that the command needs besides.
TIMES: dict[tuple[str, str], Words] = {
    ("agent dispo", "--callback"): ("1000", "CALLBK"),
    ("callback list", "--day"): (),
    ("callback make", "TIME"): ("17", "nonsense"),
    ("callback reschedule", "TIME"): ("01M7Z4CZA5DV", "nonsense"),
    ("route simulate", "--at"): ("--did", "8005550100"),
    ("audit agent", "--day"): ("1000",),
    ("audit webhooks", "--since"): (),
    **{
        (" ".join(words), option): ()
        for words in (*ALL, ("recording", "list"))
        for option in ("--since", "--day", "--between")
    },
}


@pytest.fixture(scope="module")
def in_kolkata(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """Return a copy of the recorded calls, with the setting timezone=Asia/Kolkata."""
    path = Path(shutil.copy(recorded, tmp_path_factory.mktemp("kolkata")))
    config.set_options(path, "setting", "warmline", {"timezone": "Asia/Kolkata"}, who="ada")
    return path


@pytest.fixture
def page(in_kolkata: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> "Page":
    """Run a command on the recorded calls there."""
    monkeypatch.setenv("WARMLINE_DB", str(in_kolkata))
    monkeypatch.setenv("WARMLINE_RUN", str(in_kolkata.parent))
    monkeypatch.delenv("TZ", raising=False)
    return Page(capsys)


class Page:
    """Runs commands; `err` is what the last one wrote to stderr."""

    def __init__(self, said: pytest.CaptureFixture[str]) -> None:
        self._said, self.err = said, ""

    def of(self, *words: str) -> list[str]:
        """Run a command line, and return the lines of its output."""
        with pytest.raises(SystemExit):
            main(words)
        out, self.err = self._said.readouterr()
        return out.splitlines()


def times_of(group: LazyGroup, path: Words = ()) -> Iterator[tuple[str, str]]:
    """Yield each option and argument that takes a time, with the path of its command."""
    for name, command in group.commands.items():
        if isinstance(command, LazyGroup):
            yield from times_of(command, (*path, name))
        for one in command.params:
            shown = one.metavar or ""
            if shown in ("TIME", "WHEN", "DAY") or "--between" in one.opts:
                yield " ".join((*path, name)), one.opts[0] if isinstance(one, typer.core.TyperOption) else shown


def test_each_time_is_in_the_table() -> None:
    assert set(times_of(whole_tree())) == set(TIMES)


def test_a_time_is_shown_as_its_age(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_format, "precise", False)
    now = of_iso("2026-11-20T12:00:00+00:00")
    for text, age in (
        ("11:59:59.001", "0:00"),
        ("11:59:18.000", "0:42"),
        ("11:57:55.000", "2:05"),
        ("08:59:58.000", "3:00:02"),
        ("12:00:07.000", "0:00"),
    ):
        assert ago(f"2026-11-20T{text}+00:00", now) == age


def test_output_for_people_is_on_the_clock_of_the_setting_or_of_an_option(run: Run) -> None:
    for line in ("audit calls --since 7d", "history 1000", "audit call last", "route why last"):
        code, out, err = run(*line.split())
        assert (code, err) == (0, "")
        assert "2026-11-21" in out and "05:00" in out and "23:30" not in out
        assert out.splitlines()[-1] == "times: Asia/Kolkata"
    for line in ("--timezone {} history 1000", "history --timezone={} 1000", "history 1000 --timezone {}"):
        _, out, _ = run(*line.format("America/New_York").split())
        assert "2026-11-20 18:30" in out and out.endswith("times: America/New_York\n")


PAST_TIMES = {
    "today": "2026-11-20T18:30",
    "yesterday": "2026-11-19T18:30",
    "saturday": "2026-11-20T18:30",
    "Monday": "2026-11-15T18:30",
    "thisweek": "2026-11-15T18:30",
    "lastweek": "2026-11-08T18:30",
    "last week": "2026-11-08T18:30",
    "thismonth": "2026-10-31T18:30",
    "lastmonth": "2026-09-30T18:30",
    "9:00": "2026-11-21T03:30",
    "18:00": "2026-11-20T12:30",
    "monday 9:00": "2026-11-16T03:30",
    "saturday 18:00": "2026-11-14T12:30",
    "yesterday 9:00": "2026-11-20T03:30",
    "2026-11-20 09:00": "2026-11-20T03:30",
    "90m": "2026-11-21T10:30",
    "24h": "2026-11-20T12:00",
    "2d": "2026-11-19T12:00",
    "2026-11-20T00:00Z": "2026-11-20T00:00",
}
NO_TIMES = ("", "someday", "someday 9:00", "lastyear", "25:00", "monday 9", "1", "1w", "h", "-1h", "2026-13-01", "²h")


def test_a_past_time_is_read_in_each_allowed_form(run: Run) -> None:
    read = {text: past(text, time_zone.here(), SATURDAY) for text in PAST_TIMES}
    assert read == {text: at(meant) for text, meant in PAST_TIMES.items()}
    assert past("90s", None, SATURDAY) == SATURDAY - 90_000_000 and past("99999d", None, SATURDAY) == 0
    for text in NO_TIMES:
        with refused(TimeTextError, "written_time_invalid", value=text):
            past(text, time_zone.here(), SATURDAY)


# The zone of the machine, the day, its start in UTC, and its hours. In Havana the clocks change at midnight.
DAYS = (
    ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00", 25),
    ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00", 23),
    ("Europe/Berlin", "yesterday", "2026-10-24T22:00", 25),
    ("Europe/Berlin", "today", "2026-10-25T23:00", 24),
    ("America/New_York", "2026-11-01", "2026-11-01T04:00", 25),
    ("America/Havana", "2026-03-08", "2026-03-08T05:00", 23),
    ("America/Havana", "2026-11-01", "2026-11-01T04:00", 25),
    ("Asia/Kathmandu", "2026-11-20", "2026-11-19T18:15", 24),
    ("UTC", "2026-10-25", "2026-10-25T00:00", 24),
)


def test_a_day_is_as_long_as_its_clock_says(clock_of: Callable[[str], None]) -> None:
    for zone, day, first, hours in DAYS:
        clock_of(zone)
        start, end, _ = period("", day, "", NOW)
        assert (start, end - start) == (at(first), hours * HOUR), (zone, day)
        for moment in (*range(start, end, HOUR // 2), end - 1):
            assert day_bounds("today", moment) == (start, end), (zone, moment)
        assert day_bounds("yesterday", end) == (start, end)
    for text in ("", "2026-02-30", "20-11-2026", "9999-12-31", "to day"):
        with refused(InvalidArgument, "time_invalid", option="--day"):
            day_bounds(text, 0)


def test_a_week_or_month_in_words_ends_where_the_next_begins(clock_of: Callable[[str], None]) -> None:
    clock_of("Europe/Berlin")
    for words, start, end in (
        ("thisweek", "2026-10-25T23:00", "2026-11-01T23:00"),
        ("last week", "2026-10-18T22:00", "2026-10-25T23:00"),
        ("thismonth", "2026-09-30T22:00", "2026-10-31T23:00"),
        ("Lastmonth", "2026-08-31T22:00", "2026-09-30T22:00"),
    ):
        assert period("", words, "", NOW)[:2] == (at(start), at(end)), words


def test_lists_and_reports_name_the_one_zone_of_their_times_and_show_no_milliseconds(page: Page) -> None:
    clock, problems = re.compile(r"\b[0-9]{2}:[0-9]{2}:[0-9]{2}\b"), []
    for words in PAGES:
        lines = page.of(*words)
        has_clock, zones = any(map(clock.search, lines)), lines.count("times: Asia/Kolkata")
        if not lines or any(map(MILLISECONDS.search, lines)) or zones > 1 or (has_clock and lines[-1][:6] != "times:"):
            problems.append((words, lines))
    for words in (*ALL, ("audit", "agent", "1000")):
        day = (*words, "--day", "today")
        zones = [page.of(*day)[-1], page.of(*day, "--timezone", "America/Denver")[-1]]
        if zones != ["times: Asia/Kolkata", "times: America/Denver"] or "times:" in page.of(*day, "--json")[-1]:
            problems.append((words, zones))
    assert problems == []


def test_precise_lengths_have_milliseconds(page: Page) -> None:
    for words in (("audit", "calls"), ("audit", "agent", "1000"), ("route", "why", "last")):
        assert any(re.search(r"[0-9]:[0-9]{2}:[0-9]{2}\.[0-9]{3}\b", line) for line in page.of(*words, "--precise"))


def test_the_one_parser_reads_each_time(page: Page) -> None:
    problems = []
    for (command, option), words in TIMES.items():
        text = "nonsense..today" if option == "--between" else "nonsense"
        page.of(*command.split(), *words, *(() if option == "TIME" else (option, text)))
        kind = "day" if option == "--day" else "time"
        said = f"warmline: Invalid value: {option}: 'nonsense' is not a {kind}; allowed: "
        if not page.err.startswith(said):
            problems.append((command, option, page.err))
    assert problems == []
