"""The AGI scripts of examples: each serves callers, in the process of the test."""

import csv
import re
import time
from pathlib import Path
from types import ModuleType

import pytest

from tests.agi import own_scripts
from tests.internals.scripts import config, leads
from warmline.agi.testing import Call, load, new_database

NUMBER = "15551234"
PIN = {("door", "pin"): "4711"}
SOUNDS = ["our-welcome", "our-welcome-back", "our-menu", "our-question-1", "our-question-2"]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("db") / "warmline.db"
    new_database(file, ingroups=["SALESLINE", "SUPPORTLINE"])
    config.create(file, "call-time", "OFFICE", {"ct_default_start": "0", "ct_default_stop": "2400"}, who="test")
    return file


@pytest.fixture
def script(request: pytest.FixtureRequest, tmp_path: Path) -> ModuleType:
    """Return the script that a test names."""
    name = request.node.name.split("_")[1]
    return load(own_scripts.write(own_scripts.example(name), tmp_path / name))


def test_pin_lets_a_caller_with_the_right_one_in(script: ModuleType, db: Path) -> None:
    call = Call(keys="4711", db=db, astdb=PIN).run(script.pin)
    assert (call.heard, call.entered, call.astdb["wrong-pins", NUMBER]) == (["vm-password"], "ingroup:SALESLINE", "0 0")


def test_pin_locks_a_number_after_three_wrong_ones_also_in_later_calls(script: ModuleType, db: Path) -> None:
    first_call = Call(keys="1111 #", db=db, astdb=PIN, hang_up_at=8).run(script.pin)
    assert first_call.astdb["wrong-pins", NUMBER].startswith("2 ") and first_call.hung_up == "caller"
    second_call = Call(keys="2222 4711", db=db, astdb=first_call.astdb).run(script.pin)
    assert second_call.heard == ["vm-password", "vm-incorrect", "vm-goodbye"]
    assert (second_call.entered, second_call.hung_up, second_call.keys_left) == ("", "script", "4711")
    locked_call = Call(keys="4711", db=db, astdb=second_call.astdb).run(script.pin)
    assert (locked_call.heard, locked_call.entered) == (["vm-goodbye"], "")
    other_call = Call("15559999", keys="4711", db=db, astdb=second_call.astdb).run(script.pin)
    assert other_call.entered == "ingroup:SALESLINE"


def test_pin_unlocks_a_number_after_the_time(script: ModuleType, db: Path) -> None:
    for age_seconds, target in (script.LOCKED - 60, ""), (script.LOCKED + 60, "ingroup:SALESLINE"):
        astdb = {("wrong-pins", NUMBER): f"3 {int(time.time()) - age_seconds}"}
        assert Call(keys="4711", db=db, astdb=PIN | astdb).run(script.pin).entered == target


def test_pin_hangs_up_behind_the_script_so_that_no_error_lets_a_caller_in() -> None:
    dialplan = re.findall(r"^#   ( ?(?:exten|same) => [^;\n]*[^; \n])", own_scripts.example("pin"), re.MULTILINE)
    assert dialplan[-2:] == [" same => n,AGI(pin)", " same => n,Hangup()"]


@pytest.mark.parametrize(
    ("keys", "ingroup", "prompt_count"),
    [("1", "SALESLINE", 1), ("2", "SUPPORTLINE", 1), (",2", "SUPPORTLINE", 1), (",9,", "SALESLINE", 2)],
)
def test_menu_leads_to_an_ingroup(script: ModuleType, db: Path, keys: str, ingroup: str, prompt_count: int) -> None:
    call = Call(keys=keys, db=db, sounds=SOUNDS).run(script.menu)
    assert (call.heard, call.entered) == (["our-welcome"] + ["our-menu"] * prompt_count, f"ingroup:{ingroup}")


def test_menu_greets_known_callers_and_no_caller_while_closed(script: ModuleType, tmp_path: Path) -> None:
    db = new_database(tmp_path / "warmline.db", ingroups=["SALESLINE"])
    config.create(db, "call-time", "OFFICE", {"ct_default_start": "0", "ct_default_stop": "2400"}, who="test")
    config.create(db, "list", "CUSTOMERS", {}, who="test")
    leads.create(db, "CUSTOMERS", {"phone_number": NUMBER}, who="test")
    assert Call(keys="1", db=db, sounds=SOUNDS).run(script.menu).heard[0] == "our-welcome-back"
    config.set_options(db, "call-time", "OFFICE", {"ct_default_start": "2400"}, who="test")
    closed = Call(keys="1", db=db, sounds=SOUNDS).run(script.menu)
    assert (closed.heard, closed.hung_up) == (["vm-nobodyavail", "vm-goodbye"], "script")


def test_survey_appends_a_line_for_each_caller(script: ModuleType, tmp_path: Path) -> None:
    script.ANSWERS = str(tmp_path / "survey.csv")
    for keys in "45", ",3":
        assert Call(keys=keys, sounds=SOUNDS).run(script.survey).heard[-1] == "vm-goodbye"
    rows = list(csv.reader((tmp_path / "survey.csv").read_text().splitlines()))
    assert [row[1:] for row in rows] == [[NUMBER, "4", "5"], [NUMBER, "", "3"]]
    Call(hang_up_at="GET DATA", sounds=SOUNDS).run(script.survey)
    assert len((tmp_path / "survey.csv").read_text().splitlines()) == 2
