"""`warmline route`: where a call would go, and why a call went where it did."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import Run
from tests.wording.said import said
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.store.configuration import config

BERLIN = "Europe/Berlin"
EVENING = ("--at", "2026-12-24 18:05")


@pytest.fixture(scope="module")
def in_berlin(demo_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's configuration, in Berlin, with office hours and a DID that has them, to be copied."""
    path = Path(shutil.copy(demo_database, tmp_path_factory.mktemp("berlin")))
    eve = {"holiday_date": "2026-12-24", "ct_default_start": "900", "ct_default_stop": "1200"}
    office = {"ct_default_start": "900", "ct_default_stop": "1900", "ct_holidays": "EVE"}
    did = {"route": "ingroup:SALESLINE", "call_time_id": "OFFICE", "after_hours_route": "voicemail:8777"}
    config.set_options(path, "setting", "warmline", {"timezone": BERLIN}, who="test")
    config.create(path, "holiday", "EVE", eve, who="test")
    config.create(path, "call-time", "OFFICE", office, who="test")
    config.create(path, "did", "8005550190", did, who="test")
    return path


@pytest.fixture
def db(in_berlin: Path, tmp_path: Path) -> Path:
    """Return a copy of this configuration."""
    return Path(shutil.copy(in_berlin, tmp_path))


@pytest.fixture
def run(db: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Run `warmline route …` on the database: exit code, stdout, stderr."""
    monkeypatch.setenv("WARMLINE_DB", str(db))

    return lambda *arguments: run("route", *arguments)


@pytest.fixture
def agents(tmp_path: Path) -> str:
    """1000 is READY, 1001 has been READY longer, 1002 is PAUSED."""
    path = tmp_path / "agents.toml"
    path.write_text(
        """
        [[agents]]
        user = "1000"
        since = "1m"
        [[agents]]
        user = "1001"
        since = "10m"
        [[agents]]
        user = "1002"
        state = "PAUSED"
        """
    )
    return str(path)


def simulated(run: Run, *arguments: str, code: int = 0) -> Any:
    ended, out, err = run("simulate", *arguments, "--json")
    assert (ended, err) == (code, "")
    return json.loads(out)


def test_on_christmas_eve_it_is_closed(run: Run) -> None:
    found = simulated(run, "--did", "8005550190", *EVENING)
    assert (found["goto"], found["route"], found["ingroup"]) == ("warmline-voicemail,8777,1", "", None)
    [closed] = [step for step in found["steps"] if not step["passed"]]
    assert closed["rule"] == "call_time_id" and "EVE" in closed["why"]
    assert found["at"] == "2026-12-24T17:05:00.000000+00:00"


@pytest.fixture
def german(db: Path) -> None:
    """Give the number a rule for German callers, and SUPPORTLINE rules about its order and a preferred agent."""
    config.set_options(db, "setting", "warmline", {"call_data": "language,owner,vip"}, who="test")
    config.set_options(db, "did", "8005550100", {"data_routes": "language=de* -> ingroup:SUPPORTLINE"}, who="test")
    rules = {"data_priority": "vip=yes:+50", "data_agent": "owner"}
    config.set_options(db, "ingroup", "SUPPORTLINE", rules, who="test")


@pytest.mark.usefixtures("german")
def test_the_part_of_the_data_in_a_decision(run: Run, agents: str) -> None:
    data = ("--data", "language=de-AT", "--data", "Owner=1000", "--data", "vip=Yes", "--data", "other=\x1b[2J")
    found = simulated(run, "--did", "8005550100", *data, "--agents", agents)
    steps = [(step["rule"], step["passed"], step["why"]) for step in found["steps"] if step["rule"][:4] == "data"]
    assert steps == [
        ("data", False, "other is left out, because call_data does not name it"),
        ("data_routes", False, 'language is "de-AT": language=de* -> ingroup:SUPPORTLINE'),
        ("data_priority", True, "vip=yes:+50 fits"),
        ("data_agent", True, "agent 1000 is READY"),
    ]
    assert found["data"] == {"language": "de-AT", "Owner": "1000", "vip": "Yes", "other": "\x1b[2J"}
    assert found["outcome"] == "in-group SUPPORTLINE: agent 1000 gets it (data_agent=owner)"
    assert [one["agent"] for one in found["ingroup"]["ranking"]] == ["1000", "1001", "1002"]
    code, out, _ = run("simulate", "--did", "8005550100", *data, "--agents", agents)
    assert code == 0 and "\x1b" not in out and "other=\ufffd[2J" in out


@pytest.mark.usefixtures("german")
def test_route_why_names_the_call_data_that_chose_the_agent(run: Run, db: Path) -> None:
    lab = RecordedDriver(db)
    lab.log_in("1000")
    lab.log_in("1001")
    lab.customer("ingroup", "SUPPORTLINE", owner="1001", vip="yes")
    told = json.loads(run("why", "last", "--json")[1])
    steps = {step["rule"]: step["why"] for step in told["steps"]}
    assert (steps["data_priority"], steps["data_agent"]) == ("vip=yes:+50 fits", "agent 1001 is READY")
    assert told["waits"][0]["why"].startswith("data_agent=owner: READY for ")
    assert told["waits"][0]["why"].endswith("; by next_agent_call=longest_wait_time it would be 1000")


def test_a_call_without_a_route_ends_with_1(run: Run) -> None:
    found = simulated(run, "--did", "8005550199", code=1)
    assert (found["routed"], found["outcome"]) == (False, "to the fallback: DID 8005550199 is not configured")
    found = simulated(run, "--ingroup", "CLOSEDLINE", code=1)
    assert found["outcome"] == "to the fallback: refused: in-group CLOSEDLINE is not active"


def test_an_overflow_is_followed(run: Run, db: Path, agents: str) -> None:
    options = {"call_time_id": "OFFICE", "after_hours_action": "IN_GROUP", "afterhours_xfer_group": "SUPPORTLINE"}
    config.set_options(db, "ingroup", "SALESLINE", options, who="test")
    found = simulated(run, "--did", "8005550100", *EVENING, "--agents", agents)
    assert found["ingroup"]["name"] == "SUPPORTLINE" and found["ingroup"]["agent"] == "1001"
    assert {"rule": "after_hours_action", "passed": True, "why": "IN_GROUP: on to in-group SUPPORTLINE"} in found[
        "steps"
    ]


def test_the_agents_and_calls_there_are(run: Run, db: Path) -> None:
    lab = RecordedDriver(db)
    found = simulated(run, "--did", "8005550100")["ingroup"]
    assert (found["agent"], found["place"], found["ranking"]) == ("", 1, [])
    lab.log_in("1000")
    assert simulated(run, "--did", "8005550100")["ingroup"]["agent"] == "1000"
    lab.customer(name="first")
    lab.wait(2)
    lab.customer(name="second")
    lab.wait(2)
    found = simulated(run, "--did", "8005550100")["ingroup"]
    assert (found["agent"], found["place"]) == ("", 2)
    assert found["ranking"] == [{"agent": "1000", "full_name": "", "rank": 0, "why": "INCALL"}]


# -- why --


def test_route_why_explains_a_served_call(run: Run, db: Path) -> None:
    lab = RecordedDriver(db)
    lab.log_in("1000")
    lab.log_in("1001")
    customer = lab.customer()
    lab.wait(5)
    lab.hang_up(customer)
    code, out, err = run("why", "last")
    assert (code, err) == (0, "")
    assert "agent 1000 had it, ended by customer" in out
    told = json.loads(run("why", "last", "--json")[1])
    [wait] = told["waits"]
    assert (wait["ingroup"], wait["outcome"], wait["agent"]) == ("SALESLINE", "ANSWERED", "1000")
    assert wait["why"].startswith("next_agent_call=longest_wait_time: READY for ") and "1001" in wait["why"]
    assert {"rule": "in-group", "why": "in-group SALESLINE is active"} in told["steps"]


def test_route_why_explains_a_call_that_took_the_fallback(run: Run, db: Path) -> None:
    lab = RecordedDriver(db)
    call = "01M7W31VYE99DKXMPMQCCKFHM7"
    lab.feed(FallbackTaken(call, 1_790_000_000_000_000, "3125550100\x1b[2J", "8005550100", "the application is away"))
    code, out, _ = run("why", call)
    assert code == 0 and "It took the fallback: the application is away" in out and "\x1b" not in out
    assert json.loads(run("why", call, "--json")[1])["fallback"] == "the application is away"


def test_route_why_of_an_unknown_call_exits_with_3(run: Run) -> None:
    assert run("why", "01M7W3")[0] == 3


def test_an_invalid_simulation_is_refused_in_one_line(run: Run) -> None:
    number = ("--did", "8005550100")
    for arguments, why in (
        ((), said("route_target_not_one")),
        ((*number, "--ingroup", "SALESLINE"), said("route_target_not_one")),
        ((*number, "--data", "ticket"), said("data_item_invalid", text="ticket")),
        ((*number, "--data", "1=\x1b[2J"), said("data_item_invalid", text="1=\x1b[2J")),
        ((*number, "--at", "noon"), said("written_time_invalid", value="noon")),
        ((*number, "--agents", "nowhere.toml"), said("agents_file_unreadable", file="nowhere.toml")),
    ):
        code, out, err = run("simulate", *arguments)
        assert (code, out, err.count("\n")) == (1, "", 1) and why in err, arguments
