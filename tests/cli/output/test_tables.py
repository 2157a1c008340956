"""Tables without control characters, and `--csv` with the rows of the JSON and no formula."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from cli.output.table import print_table
from tests.cli.app import App
from tests.cli.command_line import Run
from tests.copied_database import new_database
from tests.leads.dialled_leads import call, writing
from tests.wording.said import said, says
from warmline.leads import custom_fields
from warmline.store.configuration import config
from warmline.store.leads import leads
from warmline.store.leads.import_rejects import RejectedLines
from warmline_contrib.imports.vicidial.import_vicidial import csv_text
from warmline_contrib.vicidial_api.requests.answer_rows import Separators

ID = "01M3252HP00000000060000001"


def test_a_beginning_that_two_have_is_not_taken(app: App) -> None:
    for _ in range(2):
        app.site.customer()
        app.done("agent", "hangup", "1000")
        app.done("agent", "dispo", "1000", "SALE")
    code, _, err = app.run("call", "set-disposition", ID[:4], "NI", "--why", "taken back")
    assert code == 1 and says(err, "id_ambiguous", what="call", wanted=ID[:4])
    assert app.run("callback", "show", ID[:4]) == (3, "", f"warmline: {said('callback_unknown', callback=ID[:4])}\n")


def test_control_characters_in_a_table_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("number", "comments"), [("31255\x1b[2J", "one\x9b5n\ntwo\x07")])
    shown = capsys.readouterr().out
    assert "31255?[2J" in shown and "one?5n" in shown and "two?" in shown
    assert shown.replace("\n", "").isprintable()


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """A list of two leads."""
    new_database(tmp_path / "warmline.db")
    monkeypatch.setenv("WARMLINE_DB", str(tmp_path / "warmline.db"))
    run("list", "create", "101", "country=US")
    for name in ("Ada, =1+1", "Bob"):
        run("lead", "create", "--list", "101", f"phone_number=212555018{len(name)}", f"first_name={name}")
    return run


def rows(run: Run, *words: str) -> list[dict[str, str]]:
    code, out, err = run(*words, "--csv")
    assert (code, err) == (0, "")
    return list(csv.DictReader(StringIO(out)))


def test_csv_has_the_rows_of_the_json(filled: Run) -> None:
    found = rows(filled, "lead", "list", "--list", "101")
    told = json.loads(filled("lead", "list", "--list", "101", "--json")[1])
    assert [row["first_name"] for row in found] == ["Ada, =1+1", "Bob"] and list(found[0]) == list(told[0])
    assert [row["called_count"] for row in rows(filled, "lead", "list", "--fields", "lead_id,called_count")] == [
        "0"
    ] * 2
    assert rows(filled, "list", "counts", "101") == [{"status": "NEW", "called_count": "0", "leads": "2"}]
    assert {row["name"] for row in rows(filled, "list", "list")} == {"101", "998", "999"}
    assert filled("dnc", "list", "--csv") == (0, "", "")


def test_csv_and_json_exclude_each_other(filled: Run) -> None:
    code, out, err = filled("lead", "list", "--csv", "--json")
    assert (code, out) == (1, "") and says(err, "report_forms_several", options="--json and --csv")
    code, _, err = filled("lead", "list", "--csv", "--fields", "nonsense")
    assert code == 1 and says(err, "json_field_unknown", field="nonsense")


PROJECT = Path(__file__).parents[3]


PRODUCT = ("warmline", "ari_app", "cli", "agi-bin", "contrib")


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


SINCE_EVER = ("--since", "1970-01-01")


# Each file that writes CSV, and a text that it writes.
WRITERS: dict[str, list[Callable[[Hostile], Written]]] = {
    "cli/output/json_output.py": [lambda one: one.said("lead", "list", "--list", "101", "--csv")],
    "cli/leads/list_export.py": [lambda one: one.said("list", "export", "101")],
    "cli/audit/report_writer.py": [lambda one: one.said("audit", "calls", *SINCE_EVER, "--csv")],
    "warmline/store/daily_reports/report_csv.py": [lambda one: one.said("report", "dids", *SINCE_EVER, "--csv")],
    "warmline/store/leads/import_rejects.py": [rejected],
    "contrib/imports/warmline_contrib/imports/vicidial/import_vicidial.py": [
        lambda _hostile: Written(csv_text(("table", "why"), [(text, text) for text in HOSTILE]))
    ],
    "contrib/vicidial_api/warmline_contrib/vicidial_api/requests/answer_rows.py": [answered("csv"), answered("tab")],
}


@pytest.fixture
def hostile(run: Run, demo_db: Path) -> Hostile:
    return Hostile(run, demo_db)


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet computes a cell, also one that splits at semicolons and tabs."""
    parts = [] if NUMBER.fullmatch(text) else re.split(r"[;\t\n]", text)
    return any(part[0] != "'" and part.lstrip("\"' ")[:1] in tuple("=+-@\uff1d") for part in parts if part)


def test_no_cell_of_a_csv_is_a_formula(hostile: Hostile) -> None:
    files = (one for folder in PRODUCT for one in (PROJECT / folder).rglob("*.py"))
    found = {str(one.relative_to(PROJECT)) for one in files if WRITES_CSV.search(one.read_text())}
    assert found == {*WRITERS}, "a new writer of CSV needs a case here"
    for path, writers in WRITERS.items():
        for write in writers:
            written = write(hostile)
            rows = list(csv.reader(StringIO(written.text), delimiter=written.between))
            formulas = [cell for row in rows for cell in row if is_formula(cell)]
            assert "1+1" in written.text and formulas == [], path
