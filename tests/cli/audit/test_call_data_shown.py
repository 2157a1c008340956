"""Data of calls is untrusted text: terminals and CSV show it without controls, markup and formulas."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from cli.main import main
from tools.simulation.asterisk.recorded_driver import RecordedDriver
from warmline.store.configuration import config

FORMULA, MARKUP = "=cmd|'/C calc'!A0", "<script>x</script> [red]y[/red] \\[z"
RAW = "\x1b]0;title\x07\x9b2J\u202egnp"  # a call has this only if the database was changed by hand


@pytest.fixture
def database(demo_db: Path) -> Path:
    """Return a database with one call that has hostile data."""
    names = {"campaign_recording": "ALLCALLS", "campaign_rec_filename": "DATA_formula"}
    config.set_options(demo_db, "campaign", "TESTCAMP", names, who="test")
    lab = RecordedDriver(demo_db)
    lab.log_in("1000")
    lab.customer(formula=FORMULA, markup=MARKUP, raw=RAW)
    assert dict(lab.call_of("cust").data) == {"formula": FORMULA, "markup": MARKUP}
    lab.hang_up("cust")
    lab.wait(1)
    data = [["formula", FORMULA], ["markup", MARKUP], ["r", RAW]]
    lab.journal.execute("UPDATE call SET data = ?", (json.dumps(data),))
    return demo_db


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a command prints; the exit code is 1 if the file of a recording is missing."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    assert (ended.value.code or 0) in (0, 1) and err == ""
    return out


@pytest.mark.usefixtures("database")
def test_the_story_of_a_call_shows_the_text_and_no_controls(capsys: pytest.CaptureFixture[str]) -> None:
    out = told(capsys, "audit", "call", "last")
    assert f"formula = {FORMULA}" in out and f"markup = {MARKUP}" in out
    assert all(sign.isprintable() or sign == "\n" for sign in out)
    document = json.loads(told(capsys, "audit", "call", "last", "--json"))
    assert document["call"]["data"] == {"formula": FORMULA, "markup": MARKUP, "r": RAW}


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("report", ["calls", "recordings"])
def test_no_cell_of_a_csv_is_a_formula(capsys: pytest.CaptureFixture[str], report: str) -> None:
    out = told(capsys, "audit", report, "--csv", "--since", "2026-09-01")
    cells = [cell for row in csv.reader(StringIO(out)) for cell in row]
    assert len(out.splitlines()) >= 2 and not [cell for cell in cells if cell.startswith(("=", "-", "@"))]
    assert all(sign.isprintable() or sign in "\r\n" for sign in out) and RAW not in out
