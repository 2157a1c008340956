"""`warmline audit transfers`: its JSON, its filters, and wrong words."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.begun_drivers import BegunDriver
from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.commands import Kind


@pytest.fixture
def lab(demo_database: Path, tmp_path: Path) -> Iterator[RecordedDriver]:
    driver = BegunDriver.copy(demo_database, tmp_path / demo_database.name, lives=leave_and_busy_dial)
    yield driver
    driver.close()


def leave_and_busy_dial(driver: RecordedDriver) -> None:
    """Record one leave with a conversation after it, and one busy dial, a moment ago."""
    driver.asterisk.now = time.time_ns() // 1000 - 60_000_000
    driver.log_in("1000")
    driver.customer()
    driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8502")
    driver.wait(1)
    driver.ask(Kind.DIAL_WITH_CUSTOMER, number="8500")
    driver.wait(1)
    driver.ask(Kind.LEAVE_3WAY_CALL)
    driver.wait(2)
    driver.hang_up("cust")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run `warmline …` on the database: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "warmline.db"))

    return run


def test_all_of_it_for_programs(lab: RecordedDriver, run: Run) -> None:
    code, out, _ = run("audit", "transfers", "--json")
    document = json.loads(out)
    assert code == 0
    busy, _, leave = document["transfers"]
    assert (busy["outcome"], busy["target"], busy["talked_on_ms"]) == ("busy", "8502", None)
    assert busy["took_ms"] == pytest.approx(100, abs=5)
    assert (leave["hung_up"], leave["talked_on_ms"]) == ("customer", pytest.approx(2000, abs=5))
    assert datetime.fromisoformat(leave["left"]) >= datetime.fromisoformat(leave["requested"])


def test_transfers_are_filtered_by_kind_agent_and_outcome(lab: RecordedDriver, run: Run) -> None:
    _, out, _ = run("audit", "transfers", "--kind", "LEAVE_3WAY_CALL", "--agent", "1000", "--json")
    assert len(json.loads(out)["transfers"]) == 1
    assert run("audit", "transfers", "--outcome", "declined")[1].startswith("No transfer since ")
    assert run("audit", "transfers", "--since", "5s")[1].startswith("No transfer since ")


WRONG_LINES = (
    ("audit transfers --since soon", 1, said("written_time_invalid", value="soon")),
    ("audit transfers --kind DIAL", 1, said("filter_word_unknown", option="--kind", value="DIAL")),
    ("audit transfers --outcome won", 1, said("filter_word_unknown", option="--outcome", value="won")),
    ("audit transfers --by agent", 1, "no option --by"),
    ("explain recording --campaign TESTCAM", 3, "did you mean TESTCAMP?"),
    ("explain recording --campaign TESTCAMP --agent nobody", 3, "existing: 1000, 1001"),
    ("explain recording --campaign TESTCAMP --ingroup SALELINE", 3, "did you mean SALESLINE?"),
    ("explain recording --campaign TESTCAMP --moment lunch", 1, "'lunch' is not one of"),
    ("explain recording", 1, "--campaign"),
)


def test_a_wrong_word_is_one_line(lab: RecordedDriver, run: Run) -> None:
    for line, status, words in WRONG_LINES:
        code, out, err = run(*line.split())
        assert (code, out, err.count("\n")) == (status, "", 1) and words in err, line
