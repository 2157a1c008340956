"""A text with letters is no number: commands, scripts, files and callers find and change no other person's lead."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command_line import Run
from tests.leads.no_numbers import NO_NUMBERS, OTHERS, WRITTEN
from warmline import agi
from warmline.store.database.database import connect
from warmline.store.leads import leads
from warmline.store.leads.number_reads import SYSTEM_DNC
from warmline.text.coded_error import CodedError


@pytest.fixture
def others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, db: Path) -> Path:
    """Provide a database with a lead and a do-not-call entry for each number of digits alone."""
    monkeypatch.setenv("WARMLINE_SPOOL", str(tmp_path / "spool"))
    with closing(connect(db)) as opened, opened:
        for number in OTHERS:
            leads.insert(opened, "998", {"phone_number": number}, "test")
            opened.execute("INSERT INTO dnc VALUES (?, '', 0, 'test', '')", [number])
    return db


def test_a_text_with_letters_finds_and_makes_no_other_number(others: Path, run: Run) -> None:
    before = state(others)
    with closing(connect(others)) as opened:
        for text in NO_NUMBERS:
            for method in ("CIDLOOKUP", "CID", "CIDLOOKUPRL"):
                assert leads.of_caller(opened, text, method, "998") == 0, (text, method)
    for text in NO_NUMBERS:
        assert agi.find_leads(text) == [] and agi.find_dnc(text) == "", text
        with pytest.raises(CodedError):
            agi.make_callback(text, "+2h")
        with pytest.raises(CodedError):
            agi.add_dnc(text)
        for command in (
            ("lead", "find", text),
            ("dnc", "find", text),
            ("lead", "show", text),
            ("lead", "create", "--list", "998", f"phone_number={text}"),
            ("dnc", "create", text),
            ("privacy", "export", text),
        ):
            code, out, err = run(*command)
            assert (code, out) in ((1, ""), (3, "")) and repr(text)[1:-1] in err.replace("\\\\", "\\"), (command, err)
    assert state(others) == before


def test_a_line_with_letters_is_rejected(others: Path, run: Run, tmp_path: Path) -> None:
    before, count = state(others), len(NO_NUMBERS)
    file = tmp_path / "numbers.csv"
    file.write_text("phone_number\n" + "".join(f'"{text}"\n' for text in NO_NUMBERS))
    for words in (("lead", "import", str(file), "--list", "998"), ("dnc", "import", str(file))):
        code, out, _ = run(*words, "--json")
        assert (code, json.loads(out)["rejected"]) == (2, count), words
    assert state(others) == before


def test_a_number_is_found_however_it_is_written(others: Path, run: Run) -> None:
    with closing(connect(others)) as opened:
        for text in WRITTEN:
            assert leads.of_caller(opened, text, "CIDLOOKUP", "998") == agi.find_leads(text)[0]["lead_id"] == 2
            assert agi.find_dnc(text) == SYSTEM_DNC
            assert run("dnc", "find", text)[1].count("3125550132") == 1, text


def state(db: Path) -> list[object]:
    """Return all leads and do-not-call entries."""
    with closing(connect(db)) as opened:
        return [opened.execute(f"SELECT * FROM {table}").fetchall() for table in ("lead", "dnc")]  # noqa: S608
