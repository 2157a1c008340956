"""No cell of CSV that Warmline writes is a formula, whatever a caller, a lead or a custom field is called."""

import csv
import re
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from ari_app.http.non_agent.requests.answer_rows import Separators
from cli.imports.vicidial.import_vicidial import csv_text
from tests.cli.command_line import Run
from tests.leads.dialled_leads import call, writing
from warmline.leads import custom_fields
from warmline.store.configuration import config
from warmline.store.leads import leads
from warmline.store.leads.import_rejects import RejectedLines

PROJECT = Path(__file__).parents[3]
PRODUCT = ("warmline", "ari_app", "cli", "agi-bin")
WRITES_CSV = re.compile(r"csv\.(writer|DictWriter)\(|\"csv\": \",\"")
HOSTILE = ("=1+1", "+1+cmd", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\uff1d1", "a;=1", "a\n@b", 'x\t"+1')
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class Written(NamedTuple):
    """A CSV of a writer, and its delimiter."""

    text: str
    between: str = ","


class Hostile:
    """A database in which every text of people is a formula."""

    def __init__(self, run: Run, db: Path) -> None:
        self.run, self.db = run, db
        config.create(db, "list", "101", {"custom_fields": "plan,extra", "list_name": HOSTILE[0]}, who="test")
        with writing(db) as opened:
            for number, text in enumerate(HOSTILE, 1):
                own = custom_fields.written({"plan": text, "extra": HOSTILE[-number]})
                lead = leads.create(db, "101", {"phone_number": f"2125550{number:03}"}, who="test")
                opened.execute(
                    "UPDATE lead SET first_name = ?1, comments = ?1, custom_fields = ?2 WHERE lead_id = ?3",
                    [text, own, lead],
                )
                call(db, lead, text, 1_000_000 + number, "DROP", name=f"C{number}", direction="in", dialled=text)

    def said(self, *words: str) -> Written:
        code, text, _ = self.run(*words)
        assert code == 0
        return Written(text)


def rejected(hostile: Hostile) -> Written:
    lines = RejectedLines(hostile.db.with_name("leads.csv"))
    lines.between = ";"
    for number, text in enumerate(HOSTILE):
        lines.add(number, "wrong", [text, text])
    lines.close()
    return Written(Path(lines.name).read_text(), ";")


def answered(between: str) -> Callable[[Hostile], Written]:
    one = Separators.of(between, "YES")
    return lambda _hostile: Written(one.page(("a", "b"), [(text, -5.0) for text in HOSTILE]), one.between)


EVERY = ("--since", "1970-01-01")
# Each file that writes CSV, and a text that it writes.
WRITERS: dict[str, list[Callable[[Hostile], Written]]] = {
    "cli/output/json_output.py": [lambda one: one.said("lead", "list", "--list", "101", "--csv")],
    "cli/leads/list_export.py": [lambda one: one.said("list", "export", "101")],
    "cli/audit/report_writer.py": [lambda one: one.said("audit", "calls", *EVERY, "--csv")],
    "warmline/store/daily_reports/report_csv.py": [lambda one: one.said("report", "dids", *EVERY, "--csv")],
    "warmline/store/leads/import_rejects.py": [rejected],
    "cli/imports/vicidial/import_vicidial.py": [
        lambda _hostile: Written(csv_text(("table", "why"), [(text, text) for text in HOSTILE]))
    ],
    "ari_app/http/non_agent/requests/answer_rows.py": [answered("csv"), answered("tab")],
}


def test_each_writer_of_csv_is_known() -> None:
    files = (one for folder in PRODUCT for one in (PROJECT / folder).rglob("*.py"))
    found = {str(one.relative_to(PROJECT)) for one in files if WRITES_CSV.search(one.read_text())}
    assert found == {*WRITERS}, "a new writer of CSV needs a case here"


@pytest.fixture
def hostile(run: Run, demo_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hostile:
    """Provide the database."""
    path = Path(shutil.copy(demo_database, tmp_path / "warmline.db"))
    monkeypatch.setenv("WARMLINE_DB", str(path))
    return Hostile(run, path)


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet computes a cell, also one that splits at semicolons and tabs."""
    parts = [] if NUMBER.fullmatch(text) else re.split(r"[;\t\n]", text)
    return any(part[0] != "'" and part.lstrip("\"' ")[:1] in tuple("=+-@\uff1d") for part in parts if part)


@pytest.mark.parametrize("path", WRITERS)
def test_no_cell_of_a_csv_is_a_formula(path: str, hostile: Hostile) -> None:
    for write in WRITERS[path]:
        written = write(hostile)
        rows = list(csv.reader(StringIO(written.text), delimiter=written.between))
        cells = [cell for row in rows for cell in row]
        assert "1+1" in written.text and [cell for cell in cells if is_formula(cell)] == []
