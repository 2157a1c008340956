"""`warmline lead`, `list`, `dnc`: what they print and refuse."""

import io
import json
import os
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.command_line import Run
from tests.copied_database import new_database
from tests.wording.said import said

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "warmline.db"
    monkeypatch.setenv("WARMLINE_DB", str(path))
    monkeypatch.setenv("SUDO_USER", "ada")
    new_database(path)
    return path


def test_a_lead_from_its_making_to_its_end(run: Run) -> None:
    assert run("lead", "create", "--list", "999", "phone_number=(800) 555-1234", "first_name=Ada") == (
        0,
        "lead 1 created in list 999\n",
        "",
    )
    assert run("lead", "set", "1", "last_name=Lovelace") == (0, "lead 1: last_name changed\n", "")
    assert run("lead", "set", "1", "last_name=Lovelace")[1] == "lead 1: already set\n"
    [found] = json.loads(run("lead", "find", "+18005551234", "--json")[1])
    assert (found["phone_number"], found["last_name"], found["user"]) == ("8005551234", "Lovelace", "ada")
    assert "Ada Lovelace" in run("lead", "list", "--list", "999")[1]
    assert json.loads(run("lead", "show", "1", "--json")[1])["calls"] == []
    run("lead", "set", "1", "email=ada@example.org", "vendor_lead_code=V 1")
    for words in (("--name", "love, A"), ("--email", "ADA@example.org"), ("--vendor-code", "V 1", "--list", "999")):
        assert "Lovelace" in run("lead", "find", *words)[1], words
    assert run("lead", "find", "--name", "Byron") == (0, "No lead has Byron.\n", "")
    for words in ((), ("--name", " "), ("800", "--name", "Byron")):
        assert run("lead", "find", *words)[0] == 1, words
    assert run("lead", "move", "1", "998")[1] == "lead 1 moved to list 998\n"
    assert run("lead", "move", "1", "998")[1] == "lead 1 is already in list 998\n"
    assert run("lead", "move", "1", "12345")[0] == 3
    run("lead", "move", "1", "999")
    assert run("list", "delete", "999")[0] == 1
    assert run("lead", "delete", "1") == (0, "lead 1 deleted\n", "")
    assert run("lead", "show", "1") == (3, "", f"warmline: {said('lead_unknown', lead=1)}\n")
    assert run("lead", "find", "8005551234")[1] == "No lead has the number 8005551234.\n"


def test_an_invalid_lead_command_is_refused_and_changes_nothing(run: Run) -> None:
    for arguments, code, sentence in (
        (
            ("create", "--list", "99", "phone_number=8005551234"),
            3,
            said("entity_unknown", kind="list", name="99", hint="did you mean 999?"),
        ),
        (("create", "--list", "999", "first_name=Ada"), 1, "phone_number '' needs 2 to 18 digits; given: 0"),
        (("create", "--list", "999", "phone_number=8005551234", "frist_name=A"), 1, "did you mean first_name?"),
        (("create", "--list", "999", "phone_number"), 1, said("pair_form", pair="phone_number", form="field=value")),
        (("create", "--list", "999", "phone_number=800555", "rank=x"), 1, said("lead_rank_invalid", value="x")),
        (
            ("import", "/none.csv", "--list", "999"),
            1,
            said("file_unreadable", file="/none.csv", why="No such file or directory"),
        ),
        (("import", "/none.csv", "--list", "999", "--columns", "x"), 1, said("column_pair_form", pair="x")),
    ):
        told = run("lead", *arguments)
        assert told[0] == code and sentence in told[2] and told[2].count("\n") == 1
        assert run("lead", "list")[1] == "There is no lead.\n", arguments


def test_an_import_counts_new_existing_and_rejected_rows(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Phone;Name\n8005551234;Ada\nnone;Bob\n")
    columns = ("--list", "999", "--columns", "Phone=phone_number,Name=first_name")
    code, dry, _ = run("lead", "import", str(file), *columns, "--dry-run")
    assert code == 2 and dry.startswith("1 would be imported into list 999, 0 there already, 1 rejected\n")
    told = json.loads(run("lead", "import", str(file), *columns, "--json")[1])
    assert (told["imported"], told["rejected"], told["rejects"]) == (1, 1, f"{file}.rejected.csv")
    assert run("lead", "import", str(file), *columns)[1].startswith("0 imported into list 999, 1 there already")


def test_rejected_lines_can_be_corrected_and_imported(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(
        "Vorname;Telefon;Farbe\nAda;n/a;red\nBob;4,93012E+11;blue\nCy;n/a;red\nDan;'08005551234;x\nEve;1;2;3\n"
    )
    code, out, _ = run("lead", "import", str(file), "--list", "999")
    assert code == 2
    assert "columns: Vorname → first_name, Telefon → phone_number" in out and "columns left out: Farbe" in out
    assert "2         2           phone_number 'n/a' contains 'n'; allowed: digits" in out
    assert "phone_number '4,93012E+11' is in scientific notation" in out and "has 4 fields" in out
    rejects = tmp_path / "a.csv.rejected.csv"
    head, *lines = rejects.read_text().splitlines()
    assert head == "why;Vorname;Telefon;Farbe"
    assert [line.split(";")[-3:-1] for line in lines[:3]] == [["Ada", "n/a"], ["Bob", "4,93012E+11"], ["Cy", "n/a"]]
    fixed = tmp_path / "fixed.csv"
    fixed.write_text("\n".join((head, *(line.replace("n/a", "8005550001") for line in lines[:1]))))
    assert run("lead", "import", str(fixed), "--list", "999")[:1] == (0,)
    assert json.loads(run("lead", "list", "--json")[1])[0]["phone_number"] == "08005551234"
    assert "Ada" in run("lead", "find", "8005550001")[1]


@pytest.mark.parametrize(
    "text", ["8005550001\n(800) 555-0002\nabc\n800 555 0001\n", "x,Telefon\n1,8005550001\n2,8005550002\n3,abc\n"]
)
def test_numbers_that_must_not_be_dialled_come_in_a_file(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "robinson.csv"
    file.write_text(text)
    twice = text.count("555 0001")
    code, out, _ = run("dnc", "import", str(file), "--why", "authority", "--dry-run")
    assert (code, out.splitlines()[0]) == (2, f"2 would be put on the list, {twice} there already, 1 rejected")
    assert run("dnc", "list")[1] == "No number is on a do-not-call list.\n"
    code, out, _ = run("dnc", "import", str(file), "--why", "authority")
    assert (code, out.splitlines()[0]) == (2, f"2 put on the list, {twice} there already, 1 rejected")
    assert "authority" in run("dnc", "find", "8005550002")[1] and "phone_number 'abc' contains 'a'" in out
    assert json.loads(run("dnc", "import", str(file), "--json")[1])["there"] == 2 + twice


def test_a_file_in_another_encoding_is_read_once_its_encoding_is_named(run: Run, tmp_path: Path) -> None:
    leads, numbers = tmp_path / "leads.csv", tmp_path / "numbers.csv"
    leads.write_bytes("Telefon;Nachname\n8005550001;Größe\n".encode("cp850"))
    numbers.write_bytes("Telefon;Größe\n8005550001;1\n".encode("cp850"))
    for words in (
        ("lead", "import", str(leads), "--list", "999"),
        ("dnc", "import", str(numbers)),
        ("list", "scrub", "999", "--file", str(numbers), "--status", "DNC"),
    ):
        code, out, err = run(*words)
        assert (code, out) == (1, "") and "Größe" in err and "--encoding NAME" in err, words
        assert run(*words, "--encoding", "cp037")[0] == 1
        assert run(*words, "--encoding", "cp850")[0] == 0
    assert json.loads(run("lead", "find", "8005550001", "--json")[1])[0]["last_name"] == "Größe"


def test_what_comes_through_a_pipe_is_imported(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("fifo")
    read, write = os.pipe()
    ways = ("-", f"/dev/fd/{read}", "fifo")
    for place, way in enumerate(ways):
        data = f"phone_number\n800555000{place}\nabc\n".encode()
        if way == "-":
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        elif way == "fifo":
            Thread(target=Path("fifo").write_bytes, args=[data]).start()
        else:
            os.write(write, data)
            os.close(write)
        code, out, _ = run("lead", "import", way, "--list", "999", "--json")
        done = json.loads(out)
        assert (code, done["imported"], done["rejects"]) == (
            2,
            1,
            f"{'fifo' if way == 'fifo' else 'stdin'}.rejected.csv",
        )
        assert "abc" in Path(done["rejects"]).read_text()
    os.close(read)
    Path("fifo").unlink()
    assert sorted(one.name for one in tmp_path.glob("*csv*")) == ["fifo.rejected.csv", "stdin.rejected.csv"]


def test_a_file_of_rejected_lines_that_cannot_be_written_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"phone_number\nabc\n")))
    monkeypatch.chdir("/proc")  # nobody can write there, not even root
    code, _, err = run("lead", "import", "-", "--list", "999")
    assert code == 1 and said("rejected_lines_unwritten", file="stdin.rejected.csv") in err


def test_a_number_that_must_not_be_dialled(run: Run) -> None:
    assert run("dnc", "create", "8005551234", "--why", "letter")[1] == "8005551234 is on the list now\n"
    assert run("dnc", "create", "8005551234")[1] == "8005551234 is on the list already\n"
    [found] = json.loads(run("dnc", "find", "18005551234", "--json")[1])
    assert found["by"].startswith("ada") and (found["why"], found["campaign"]) == ("letter", "")
    assert "letter" in run("dnc", "list")[1]
    assert run("dnc", "delete", "8005551234") == (0, "8005551234 may be dialled again\n", "")
    assert run("dnc", "delete", "8005551234")[0] == 3
    [noted] = json.loads(run("config", "history", "--entity", "dnc", "--json")[1])
    assert noted["who"].startswith("ada") and noted["changes"][0]["name"] == "*1234"
    assert run("dnc", "list")[1] == "No number is on a do-not-call list.\n"


def test_a_country_that_is_set_later_places_the_leads(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "berlin.csv"
    file.write_text("phone_number\n030 555777\n030 555778\n")
    out = run("lead", "import", str(file), "--list", "999")[1]
    assert "2 have no place and are not dialled automatically" in out
    assert run("list", "set", "999", "country=DE")[1].rstrip().endswith("2 leads placed")
    assert run("lead", "import", str(file), "--list", "999", "--duplicates", "system")[1].startswith("0 imported")
    assert json.loads(run("lead", "show", "1", "--json")[1])["time_zones"] == "Europe/Berlin"
