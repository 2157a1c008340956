"""`warmline audit transfers` and `warmline explain recording`: what they print."""

import json
import sys
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
from warmline.store.configuration import config


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


def test_a_list_for_people(lab: RecordedDriver, run: Run) -> None:
    code, out, err = run("audit", "transfers")
    assert (code, err) == (0, "")
    _, busy, dial, leave, _ = out.splitlines()
    assert "1000" in busy and "DIAL_WITH_CUSTOMER" in busy and "8502" in busy and "busy (17)" in busy
    assert "completed" in dial and "customer" not in dial
    assert "LEAVE_3WAY_CALL" in leave and "8500" in leave and "0:02  customer  " in leave


def test_a_list_in_80_columns(lab: RecordedDriver, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.asterisk.far_ends["15551230007"] = lab.asterisk.far_ends["8500"]
    lab.ask(Kind.STATUS, status="A")
    lab.customer(name="another")
    lab.ask(Kind.DIAL_WITH_CUSTOMER, number="15551230007")
    lab.wait(1)
    lab.ask(Kind.LEAVE_3WAY_CALL)
    lab.wait(2)
    lab.hang_up("another")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = run("audit", "transfers")
    lines = out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].split() == ["when", "agent", "command", "target", "outcome", "call"]
    assert lines[-3].split()[3:5] == ["LEAVE_3WAY_CALL", "15551230007"]
    assert lines[-2] == "No room for cause, took, talked, ended by: see --fields"


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


def test_explain_names_the_options_that_decide_and_those_that_change_nothing(lab: RecordedDriver, run: Run) -> None:
    config.create(lab.database, "container", "VIPS", {"entries": "8500"}, who="ada")
    options = {
        "campaign_recording": "ALLCALLS",
        "leave_3way_start_recording": "ONLY_EXCEPTIONS",
        "leave_3way_start_recording_exception": "VIPS",
    }
    config.set_options(lab.database, "campaign", "TESTCAMP", options, who="ada")
    asked = ("explain", "recording", "--campaign", "TESTCAMP", "--ingroup", "SALESLINE", "--agent", "1000")
    code, out, _ = run(*asked, "--number", "8500", "--moment", "leave", "--json")
    assert code == 0
    assert json.loads(out) == {
        "moment": "leave",
        "recorded": "handoff",
        "reason": "leave_3way_start_recording=ONLY_EXCEPTIONS, number in VIPS",
        "losers": [
            "leave_3way_stop_recording=DISABLED: stops nothing",
            "campaign_recording=ALLCALLS: leave_3way_start_recording goes before it",
            "recording_override=DISABLED: leaves it open",
            "ingroup_recording_override=DISABLED: leaves it open",
        ],
        "file": ["campaign_rec_filename=FULLDATE_CUSTPHONE: its name"],
    }
    assert run(*asked, "--number", "8500", "--moment", "leave")[1].splitlines() == [
        "leave: the agent leaves the other two",
        "  yes: a new file, without the agent, by leave_3way_start_recording=ONLY_EXCEPTIONS, number in VIPS",
        "    file: campaign_rec_filename=FULLDATE_CUSTPHONE: its name",
        "    not by leave_3way_stop_recording=DISABLED: stops nothing",
        "    not by campaign_recording=ALLCALLS: leave_3way_start_recording goes before it",
        "    not by recording_override=DISABLED: leaves it open",
        "    not by ingroup_recording_override=DISABLED: leaves it open",
    ]
    _, out, _ = run(*asked, "--json")
    assert [(one["moment"], one["recorded"]) for one in json.loads(out)] == [
        ("call", "call"),
        ("third", "call"),
        ("hangup_xfer", "call"),
        ("park", "call"),
        ("dead", "call"),
        ("leave", None),
    ]
    _, out, _ = run(*asked, "--moment", "third")
    assert "campaign_recording=ALLCALLS" in out and "three_way_record_stop=N: changes nothing" in out


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
