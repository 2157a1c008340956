"""`warmline audit reconcile`: Asterisk's records compared with Warmline's, with each possible difference."""

import csv
import json
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, tzinfo
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.main import main
from tests.begun_drivers import BegunDriver
from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind
from warmline.store.asterisk_records import queue_log
from warmline.store.database.database import connect

SUNDAY = int(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp())  # 02:30 in Berlin, and an hour later again
Leg = tuple[str, int, int | None, int | None]


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    driver = BegunDriver.copy(demo_database, tmp_path / demo_database.name, lives=three_calls)
    yield driver
    driver.close()


def three_calls(driver: RecordedDriver) -> None:
    """Three calls of agent 1000 on the night when the clock is set back, the last one with a third party."""
    driver.asterisk.now = SUNDAY * 1_000_000
    driver.asterisk.come_in(f"{SUNDAY}.1", "login", "1000")
    driver.pump()
    driver.wait(2)
    for number in range(3):
        channel = f"{driver.asterisk.now // 1_000_000}.{number + 2}"
        driver.asterisk.come_in(channel, "ingroup", "SALESLINE", number="4930123456")
        driver.pump()
        driver.wait(20)
        if number == 2:
            driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
            driver.wait(5)
        driver.hang_up(channel)
        driver.ask(Kind.HANGUP)
        driver.ask(Kind.STATUS, status="SALE")
        driver.wait(1800)
    driver.ask(Kind.LOGOUT)
    driver.hang_up(f"{SUNDAY}.1")


@pytest.fixture
def run(lab: RecordedDriver, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `warmline audit reconcile …`: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(lab.database))

    def go(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(("audit", "reconcile", *arguments))
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return go


def legs(lab: RecordedDriver) -> list[Leg]:
    with closing(connect(lab.database)) as db:
        return db.execute("SELECT id, created, answered, ended FROM leg ORDER BY created").fetchall()


def written(at: int | None, zone: tzinfo) -> str:
    return "" if at is None else datetime.fromtimestamp(at // 1_000_000, zone).strftime("%Y-%m-%d %H:%M:%S")


def cdr(path: Path, found: list[Leg], zone: tzinfo = UTC, app: str = "Stasis", data: str = "warmline,x") -> Path:
    """Write a file as cdr_csv does."""
    text = StringIO()
    for name, *times in found:
        start, answer, end = (written(at, zone) for at in times)
        fields = ["", "4930123456", "s", "from-trunk", "", "PJSIP/trunk-1", "", app, data, start, answer, end]
        csv.writer(text).writerow([*fields, 20, 20, "ANSWERED", "DOCUMENTATION", name, ""])
    path.write_text(text.getvalue())
    return path


def cel(path: Path, found: list[Leg]) -> Path:
    """Write a file as cel_custom does with the sample's mapping."""
    text = StringIO()
    for name, *times in found:
        for event, at in zip(("CHAN_START", "ANSWER", "CHAN_END"), times, strict=True):
            if at is not None:
                fields = [event, f"{at / 1e6:.6f}", *[""] * 8, "Stasis", "warmline,x", "", "", name, name, *[""] * 4]
                csv.writer(text).writerow(fields)
    path.write_text(text.getvalue())
    return path


def test_both_say_the_same(run: Run, lab: RecordedDriver, tmp_path: Path) -> None:
    assert run("--cel", str(cel(tmp_path / "cel.csv", legs(lab)))) == (
        0,
        "CEL: 5 channels of Warmline in the file, 5 in the database, 5 in both.\n",
        "",
    )
    customers = [one for one in legs(lab) if one[0].split(".")[-1] in "234"]
    early = [(name, begun, answered, answered) for name, begun, answered, _ in customers]  # bridged: another CDR
    for found in (customers, early):
        code, out, err = run("--cdr", str(cdr(tmp_path / "cdr.csv", found)))
        assert (code, out, err) == (0, "CDR: 3 channels of Warmline in the file, 3 in the database, 3 in both.\n", "")


def test_in_the_hour_that_the_clock_shows_twice(
    run: Run, lab: RecordedDriver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = cdr(tmp_path / "cdr.csv", legs(lab), ZoneInfo("Europe/Berlin"))
    assert file.read_text().count("2026-10-25 02:") > 5
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        assert run("--cdr", str(file))[0] == 0
    finally:
        monkeypatch.undo()
        time.tzset()


def differences(run: Run, option: str, file: Path) -> list[tuple[str, str]]:
    code, out, _ = run(option, str(file), "--json")
    [found] = json.loads(out).values()
    assert code == (2 if found["differences"] else 0)
    return [(one["what"], one["text"]) for one in found["differences"]]


def test_each_way_in_which_they_disagree(run: Run, lab: RecordedDriver, tmp_path: Path) -> None:
    file, every = tmp_path / "cel.csv", legs(lab)
    name, created, answered, ended = every[1]
    assert answered is not None and ended is not None
    others = [one for one in every if one[0] != name]
    stranger = (f"{created // 1_000_000}.99", created, None, ended)

    def told(*changed: Leg) -> list[tuple[str, str]]:
        return differences(run, "--cel", cel(file, [*others, *changed]))

    [(what, text)] = told()
    assert what == "only Warmline has it" and text.startswith("customer of ")
    assert told((name, created, answered, ended), stranger) == [
        ("only Asterisk has it", "it was in Stasis, and is not a leg of a call or agent")
    ]
    assert told((name, created, None, ended)) == [("they differ", "Warmline alone has an answer time")]
    assert told((name, created, answered, ended - 5_000_000)) == [
        ("they differ", "ended 5.000 s later than in Asterisk's records")
    ]
    assert told((name, created, answered, ended + 5_000_000)) == [
        ("they differ", "ended 5.000 s earlier than in Asterisk's records")
    ]
    assert told((name, created, answered, ended + 1_000_000)) == []


def test_calls_outside_the_app_are_ignored(run: Run, lab: RecordedDriver, tmp_path: Path) -> None:
    file, every = tmp_path / "cdr.csv", legs(lab)
    ours = cdr(file, every).read_text()
    other = [("1790000000.77", every[1][1], None, every[1][3])]
    file.write_text(ours + cdr(tmp_path / "other.csv", other, app="Queue", data="support").read_text())
    assert differences(run, "--cdr", file) == []
    file.write_text(ours + cdr(tmp_path / "other.csv", other, data="conferences,x").read_text())
    assert differences(run, "--cdr", file) == []


def test_a_call_that_continues_in_the_dialplan_may_end_later(run: Run, lab: RecordedDriver, tmp_path: Path) -> None:
    name, created, answered, ended = legs(lab)[1]
    assert ended is not None
    later = [(name, created, answered, ended + 60_000_000)]
    file = cdr(tmp_path / "cdr.csv", [one for one in legs(lab) if one[0] != name])
    file.write_text(file.read_text() + cdr(tmp_path / "one.csv", later, app="VoiceMail", data="100").read_text())
    assert differences(run, "--cdr", file) == []


def test_every_line_of_queue_log(run: Run, lab: RecordedDriver, tmp_path: Path) -> None:
    file, lines = tmp_path / "queue_log", queue_log.behind(lab.database, 0, 10_000).lines
    assert len(lines) > 10
    foreign = f"{SUNDAY + 60}|NONE|support|NONE|CONFIGRELOAD|"
    file.write_text("\n".join([*lines, foreign]))
    assert run("--queue-log", str(file))[0] == 0
    connect_line = next(line for line in lines if "|CONNECT|" in line)
    file.write_text("\n".join(line for line in lines if line != connect_line))
    assert differences(run, "--queue-log", file) == [("only Warmline has it", connect_line)]
    added = connect_line.replace("|CONNECT|", "|ABANDON|")
    file.write_text("\n".join(sorted([*lines, added])))
    assert differences(run, "--queue-log", file) == [("only Asterisk has it", added)]


@pytest.mark.parametrize(
    ("option", "text", "code"),
    [
        ("--cdr", "a,b,c\n", "cdr_columns_missing"),
        ("--cdr", '"","",s,x,"",c,"",Stasis,warmline,2026-11-20,,,1,1,A,D,,""\n', "cdr_no_channel_id"),
        ("--cdr", '"","",s,x,"",c,"",Stasis,warmline,soon,,,1,1,A,D,1790000000.1,""\n', "cdr_time_invalid"),
        ("--cel", "CHAN_START,1\n", "cdr_columns_missing"),
    ],
)
def test_a_file_that_cannot_be_read(run: Run, tmp_path: Path, option: str, text: str, code: str) -> None:
    file = tmp_path / "file.csv"
    file.write_text(text)
    found, out, err = run(option, str(file))
    where = {"where": f"{file}, line 1", "value": "soon"}
    assert (found, out) == (1, "") and said(code, file=file, line=1, **where) in err and err.count("\n") == 1


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert run("--cdr", str(tmp_path / "none"))[::2] == (
        1,
        f"warmline: {tmp_path}/none cannot be read: No such file or directory\n",
    )
    code, _, err = run()
    assert code == 1 and said("reconcile_file_missing") in err


def test_an_empty_file_has_nothing_to_compare(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cdr.csv").write_text("")
    assert run("--cdr", str(tmp_path / "cdr.csv"))[0] == 0
