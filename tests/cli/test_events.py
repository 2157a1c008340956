"""`warmline events tail`: the journal, in lines."""

import json
from pathlib import Path

import pytest

from tests.cli.test_live import running_app
from tests.http.door import world
from tests.worlds.recorded_driver import RecordedDriver
from warmline.cli.main import main
from warmline.core.commands import Kind


@pytest.fixture
def database(demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One in which agent 1000 has logged in and paused."""
    path = tmp_path / "warmline.db"
    path.write_bytes(demo_database.read_bytes())
    driver = RecordedDriver(path)
    driver.log_in("1000")
    driver.ask(Kind.PAUSE, "1000")
    driver.close()
    monkeypatch.setenv("WARMLINE_DB", str(path))
    return path


def tail(database: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit code of the command, with the app's door open."""
    run = database.parent / "run"
    with running_app(run, world(), db=str(database)) as port, pytest.raises(SystemExit) as ended:
        monkeypatch.setenv("WARMLINE_RUN", str(run))
        monkeypatch.setenv("WARMLINE_LISTEN_PORT", str(port))
        main(["events", "tail", *arguments])
    return int(ended.value.code or 0)


def test_from_the_beginning_of_an_agents_day(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tail(database, monkeypatch, "--agent", "1000", "--after", "0", "--no-follow") == 0
    lines = capsys.readouterr().out.splitlines()
    assert all("agent 1000" in line for line in lines)
    assert "Ask" in lines[-1]
    assert "command=PAUSE" in lines[-1]
    assert "agent 1000: PAUSED" in lines[-1]


def test_for_programs(database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert tail(database, monkeypatch, "--json", "--after", "0", "--no-follow") == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert events[-1]["data"]["command"] == "PAUSE"


def test_a_number_that_is_not_there_yet(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tail(database, monkeypatch, "--after", "99999") == 4
    assert "warmline: the app gives no events: 422 Unprocessable" in capsys.readouterr().err
