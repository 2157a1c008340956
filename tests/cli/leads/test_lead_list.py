"""`warmline list counts`, `list change` and `list scrub`: the words and the numbers."""

import json
from pathlib import Path

import pytest

from cli.leads import list_change
from tests.cli.command_line import Run
from tests.leads.dialled_leads import call
from warmline.store.leads import leads

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def db(db: Path, run: Run) -> Path:
    """Add a list, and two leads; the first lead was called."""
    for command in (
        ("list", "create", "102", "country=AT"),
        ("lead", "create", "--list", "101", "phone_number=01 5344961", "city=Wien"),
        ("lead", "create", "--list", "101", "phone_number=01 5344962", "city=Graz"),
    ):
        assert run(*command)[0] == 0
    call(db, 1, "4315344960", 1_000_000, "NI")
    return db


def test_the_leads_of_a_list_are_counted(run: Run) -> None:
    said = run("list", "counts", "101")[1].splitlines()
    assert said[0] == "list 101: 3 leads, 1 called since the last reset (33.3 %), 1 ever"
    assert said[2].split()[:4] == ["status", "leads", "0", "calls"]
    assert [line.split() for line in said[3:5]] == [["NEW", "2", "2"], ["NI", "1", "1"]]
    assert any(line.split()[:5] == ["2", "list", "may", "be", "dialled"] for line in said)
    found = json.loads(run("list", "counts", "101", "--json")[1])
    assert found["penetration"] == 33.3 and found["statuses"][1] == {"status": "NI", "called_count": 1, "leads": 1}
    assert {one["why"]: one["leads"] for one in found["now"]} == {"": 2, "status NI is not in dial_statuses": 1}


def test_a_wrong_reset_time_changes_nothing(run: Run) -> None:
    for times in ("24:00", "9", "noon", ","):
        assert run("list", "set", "101", "reset_times=08:00")[0] == 0
        code, _, err = run("list", "set", "101", f"reset_times={times}")
        assert code == 1 and "up to 24 times of the day, such as 09:00,17:00; may be empty" in err
        assert json.loads(run("list", "show", "101", "--json")[1])["reset_times"] == ["08:00"], times


def test_leads_are_changed_by_a_filter(run: Run, db: Path) -> None:
    wien = ("list", "change", "101", "--where", "city=Wien")
    assert run(*wien, "--status", "DEAD", "--dry-run") == (0, "list 101: 2 leads match, 2 would be changed\n", "")
    assert {lead["status"] for lead in leads.page(db)} == {"NI", "NEW"}
    assert run(*wien, "--status", "DEAD", "--owner", "anna") == (0, "list 101: 2 leads match, 2 changed\n", "")
    assert [(lead["status"], lead["owner"]) for lead in leads.page(db)] == [("DEAD", "anna")] * 2 + [("NEW", "")]
    assert run("list", "change", "101", "--where", "status=DEAD", "--to-list", "102")[0] == 0
    assert [lead["list_id"] for lead in leads.page(db)] == ["102", "102", "101"]
    call(db, 2, "4315344961", 2_000_000, ended=None, state="ringing")
    said = run("list", "change", "102", "--where", "", "--delete")[1]
    assert said == "list 102: 2 leads match, 1 deleted\nleft out: 1 in a live call\n"
    found = json.loads(run("list", "change", "102", "--where", "", "--delete", "--dry-run", "--json")[1])
    sums = {"matching": 1, "changed": 0, "in_call": 1, "with_callback": 0, "unsure": 0}
    assert found == {"list": "102", "dry_run": True} | sums


def test_a_change_that_is_refused_says_why(run: Run, db: Path) -> None:
    for words, told in (
        (("--where", "town=Wien", "--status", "DEAD"), "unknown field"),
        (("--where", "city=Wien"), "no change is given"),
        (("--where", "city=Wien", "--delete", "--status", "DEAD"), "delete is given with another change"),
        (("--status", "DEAD"), "--where"),
    ):
        code, said, err = run("list", "change", "101", *words)
        assert code != 0 and said == "" and told in err, err
    assert run("list", "change", "103", "--where", "", "--delete")[0] == 3
    assert len(leads.page(db)) == 3


def test_a_list_is_scrubbed_against_a_file(run: Run, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("Phone,Name\n+43 1 5344960,Ada\n01 5344962,Bob\n00431/5344962,Bob\nnone,Eve\n")
    words = ("list", "scrub", "101", "--file", str(file), "--status", "DUP")
    told = "list 101: 2 leads match, 2 would be changed\n1 lines of the file have no usable number\n"
    assert run(*words, "--dry-run")[:2] == (2, told)
    assert {lead["status"] for lead in leads.page(db)} == {"NI", "NEW"}
    assert run(*words)[0] == 2
    assert [lead["status"] for lead in leads.page(db)] == ["DUP", "NEW", "DUP"]
    found = json.loads(run("list", "scrub", "101", "--file", str(file), "--delete", "--json")[1])
    assert (found["matching"], found["changed"], found["rejected"]) == (2, 2, 1)
    assert [lead["lead_id"] for lead in leads.page(db)] == [2]


def test_a_list_is_scrubbed_against_another(run: Run, db: Path) -> None:
    assert run("lead", "create", "--list", "102", "phone_number=01 5344961")[0] == 0
    said = run("list", "scrub", "101", "--against", "102", "--delete")
    assert said == (0, "list 101: 1 leads match, 1 deleted\n", "")
    assert [(lead["lead_id"], lead["list_id"]) for lead in leads.page(db)] == [(1, "101"), (3, "101"), (4, "102")]
    for words in ((), ("--against", "102", "--file", "x.csv"), ("--against", "101"), ("--file", "/none.csv")):
        code, said, err = run("list", "scrub", "101", *words, "--delete")
        assert code != 0 and said == "" and "Traceback" not in err
    assert len(leads.page(db)) == 3


def test_a_lead_is_not_deleted_for_a_number_without_its_area_code(run: Run, tmp_path: Path) -> None:
    assert run("list", "create", "104")[0] == 0
    for number in ("0305344960", "0405344960"):
        assert run("lead", "create", "--list", "104", f"phone_number={number}")[0] == 0
    (file := tmp_path / "numbers.txt").write_text("5344960\n")
    code, said, _ = run("list", "scrub", "104", "--file", str(file), "--delete")
    assert code == 0 and said.startswith("list 104: 2 leads match, 0 deleted\nleft out: 2 with a number of 7 digits")
    assert run("list", "scrub", "104", "--file", str(file), "--status", "DUP")[1].endswith("2 changed\n")


def test_numbers_with_the_same_end_are_compared_in_one_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_change, "NUMBERS", 3)
    numbers = ["1115550100", "2225550101", "3335550100", "4445550102", "5555550101"]
    assert [sorted(part) for part in list_change._steps(numbers)] == [
        ["1115550100", "3335550100"],
        ["2225550101", "4445550102", "5555550101"],
    ]
    alike = [f"{area}5550100" for area in range(201, 208)]
    parts = list(list_change._steps(["3135550199", *alike]))
    assert sorted(number for part in parts for number in part) == [*alike, "3135550199"], "no number is left out"
    assert max(map(len, parts)) == 3
