"""`warmline lead`, `list`, `dnc`: what they print and refuse."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from warmline.cli.main import main
from warmline.store.migrations import migrate

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "warmline.db"
    monkeypatch.setenv("WARMLINE_DB", str(path))
    monkeypatch.setenv("SUDO_USER", "ada")
    migrate(path)
    return path


@pytest.fixture
def run(db: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line: exit code, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_a_lead_from_its_making_to_its_end(run: Run) -> None:
    assert run("lead", "create", "--list", "999", "phone_number=(800) 555-1234", "first_name=Ada") == (
        0,
        "lead 1 created in list 999\n",
        "",
    )
    assert run("lead", "set", "1", "last_name=Lovelace") == (0, "lead 1: last_name changed\n", "")
    assert run("lead", "set", "1", "last_name=Lovelace")[1] == "lead 1: it was so already\n"
    [found] = json.loads(run("lead", "find", "+18005551234", "--json")[1])
    assert (found["phone_number"], found["last_name"], found["user"]) == ("8005551234", "Lovelace", "ada")
    assert "Ada Lovelace" in run("lead", "list", "--list", "999")[1]
    assert json.loads(run("lead", "show", "1", "--json")[1])["calls"] == []
    assert run("list", "delete", "999")[0] == 1
    assert run("lead", "delete", "1") == (0, "lead 1 deleted\n", "")
    assert run("lead", "show", "1") == (3, "", "warmline: lead 1 does not exist\n")
    assert run("lead", "find", "8005551234")[1] == "No lead has the number 8005551234.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("create", "--list", "99", "phone_number=8005551234"), 3, "list '99' does not exist: did you mean 999?"),
        (("create", "--list", "999", "first_name=Ada"), 1, "phone_number has 0 digits, not 2 to 18"),
        (("create", "--list", "999", "phone_number=8005551234", "frist_name=A"), 1, "did you mean first_name?"),
        (("create", "--list", "999", "phone_number"), 1, "'phone_number' is no field=value"),
        (("create", "--list", "999", "phone_number=800555", "rank=x"), 1, "rank cannot be 'x'"),
        (("import", "/none.csv", "--list", "999"), 1, "/none.csv: No such file or directory"),
        (("import", "/none.csv", "--list", "999", "--columns", "x"), 1, "'x' is no THEIRS=OURS"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(run: Run, arguments: tuple[str, ...], code: int, said: str) -> None:
    told = run("lead", *arguments)
    assert told[0] == code and said in told[2] and told[2].count("\n") == 1
    assert run("lead", "list")[1] == "There is no lead.\n"


def test_an_import_says_what_has_come_of_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Phone;Name\n8005551234;Ada\nnone;Bob\n")
    columns = ("--list", "999", "--columns", "Phone=phone_number,Name=first_name")
    dry = run("lead", "import", str(file), *columns, "--dry-run")[1]
    assert dry.startswith("1 would be imported into list 999, 0 there already, 1 rejected\n")
    told = json.loads(run("lead", "import", str(file), *columns, "--json")[1])
    assert (told["imported"], told["rejected"], told["rejects"]) == (1, 1, f"{file}.rejected.csv")
    assert run("lead", "import", str(file), *columns)[1].startswith("0 imported into list 999, 1 there already")


def test_a_number_that_must_not_be_dialled(run: Run) -> None:
    assert run("dnc", "create", "8005551234", "--why", "letter")[1] == "8005551234 is on the list now\n"
    assert run("dnc", "create", "8005551234")[1] == "8005551234 is on the list already\n"
    [found] = json.loads(run("dnc", "find", "18005551234", "--json")[1])
    assert (found["by"], found["why"], found["campaign"]) == ("ada", "letter", "")
    assert "letter" in run("dnc", "list")[1]
    assert run("dnc", "delete", "8005551234") == (0, "8005551234 may be dialled again\n", "")
    assert run("dnc", "delete", "8005551234")[0] == 3
    assert run("dnc", "list")[1] == "Nobody is on a do-not-call list.\n"
