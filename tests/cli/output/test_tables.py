"""Tables of 80 columns with short ids and no broken word, and `--csv` with the rows of the JSON and no formula."""

import csv
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from ari_app.http.non_agent.requests.answer_rows import Separators
from cli.imports.vicidial.import_vicidial import csv_text
from cli.lazy_group import LazyGroup, PlainCommand
from cli.main import tree
from cli.output import cell_format, time_format
from cli.output.printing import complain
from cli.output.table import Narrow, TableColumn, print_pages, print_table
from tests.cli.app import App
from tests.cli.command_line import Run
from tests.copied_database import new_database
from tests.leads.dialled_leads import call, writing
from tests.wording.said import said, says
from warmline.leads import custom_fields
from warmline.store.configuration import config
from warmline.store.database.database import connect
from warmline.store.leads import leads
from warmline.store.leads.import_rejects import RejectedLines

HOUR = 3_600_000_000


ID = "01M3252HP00000000060000001"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[int], None]:
    """Let stdout be a terminal with this many columns."""

    def become(columns: int) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LINES", "24")
        monkeypatch.setenv("TERM", "dumb")
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)

    return become


def test_an_id_is_short_on_a_terminal_only(terminal: Callable[[int], None]) -> None:
    assert cell_format.short(ID) == ID
    terminal(80)
    assert cell_format.short(ID) == "01M3252HP000"


def test_a_time_is_short_on_a_terminal_only(terminal: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns() // 1000
    monkeypatch.setattr(time, "time_ns", lambda: now * 1000)
    assert len(cell_format.moment(now)) == len("2026-11-20 15:11:41")
    terminal(80)
    assert len(cell_format.moment(now - 48 * HOUR)) == len("2026-11-20 15:11")
    assert len(cell_format.moment(now)) == len("15:11:41")
    assert [time_format.length(one * 1_000_000) for one in (5, 65, 3605)] == ["0:05", "1:05", "1:00:05"]


def test_free_text_folds_between_words_and_spare_columns_go(
    terminal: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [("3125550100", "wants the blue one, not the green", "SALESLINE")]
    print_table(("number", "comments", "in-group"), rows, free=("comments",), spare=("in-group",))
    assert "green" in capsys.readouterr().out.splitlines()[1]
    terminal(42)
    print_table(("number", "comments", "in-group"), rows, free=("comments",), spare=("in-group",))
    assert [line.rstrip() for line in capsys.readouterr().out.splitlines()] == [
        "number      comments             in-group",
        "3125550100  wants the blue one,  SALESLINE",
        "            not the green",
    ]
    terminal(28)
    print_table(("number", "comments", "in-group"), rows, free=("comments",), spare=("in-group",))
    out = capsys.readouterr().out
    assert "SALESLINE" not in out and "3125550100" in out and max(map(len, out.splitlines())) <= 28
    terminal(12)
    print_table(("number", "comments", "in-group"), rows, free=("comments",), spare=("in-group",))
    assert "3125550100" in capsys.readouterr().out


def test_a_day_fits_80_columns_and_its_ids_are_taken(app: App, terminal: Callable[[int], None]) -> None:
    app.site.customer()
    terminal(80)
    live = app.done("call", "list")
    assert max(map(len, live.splitlines())) <= 80
    call = live.splitlines()[1].split()[0]
    assert len(call) == cell_format.LETTERS
    app.done("agent", "conference", "1000", "8500")
    app.site.driver.wait(1)
    assert "8500" in app.done("agent", "status")
    assert "hung up" in app.done("call", "hangup", call)
    app.site.driver.wait(1)
    app.done(
        "agent", "dispo", "1000", "CALLBK", "--callback", "+2h", "--comments", "after six, he is at work until then"
    )
    for shown in (("callback", "list"), ("agent", "callbacks", "1000"), ("history", "1000")):
        out = app.done(*shown)
        assert max(map(len, out.splitlines())) <= 80, out
    callback = next(line for line in app.done("callback", "list").splitlines() if "pending" in line).split()[-1]
    assert "comments   after six" in app.done("callback", "show", callback)
    assert "due " in app.done("callback", "reschedule", callback, "monday 9:00")
    code, _, err = app.run("callback", "reschedule", callback, "later")
    assert code == 1 and f"TIME: {said('written_time_invalid', value='later')}" in err
    assert f"callback {callback}" in app.done("callback", "cancel", callback)


def test_a_long_error_goes_on_in_the_next_line_between_two_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "the node has 400 phones on the line: set it with warmline setting set max_legs=500"
    complain(text)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    complain(text)
    one, *several = capsys.readouterr().err.splitlines()
    assert one == f"warmline: {text}"
    assert len(several) == 3 and max(map(len, several)) <= 40 and " ".join(several) == one


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


def test_words_of_every_script_are_shown_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["Zoë", "हिन्दी", "می\u200cروم"]
    print_table(("name", "comments"), [(word, word) for word in words])
    shown = capsys.readouterr().out
    assert all(shown.count(word) == 2 for word in words) and "?" not in shown


def test_control_characters_in_a_stored_callback_do_not_reach_the_terminal(app: App) -> None:
    with closing(connect(app.site.database)) as db:
        made = {"id": ID, "call": "C", "number": "3125550100", "comments": "\x1b[2J", "state": "pending", "at": 0}
        db.execute(
            "INSERT INTO callback (id, call, number, ingroup, agent, comments, state, at)"
            " VALUES (:id, :call, :number, '', '', :comments, :state, :at)",
            made,
        )
    for words in (("list",), ("show", ID)):
        assert "?[2J" in app.done("callback", *words)


def test_a_page_is_printed_before_the_next_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    def pages() -> Iterator[list[list[str]]]:
        yield [["1", "2"], ["a", "b"]]
        assert capsys.readouterr().out == "n  text\n1  a\n2  b\n"
        yield [["1000"], ["c"]]

    print_pages([TableColumn("n", right=True), TableColumn("text")], pages())
    assert capsys.readouterr().out == "1000  c\n"


def test_columns_are_shortened_or_left_out_as_declared(
    terminal: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    columns = [
        TableColumn("id", narrow=Narrow.END, least=4),
        TableColumn("reason", narrow=Narrow.TEXT, least=6),
        TableColumn("number"),
        TableColumn("note", spare=1),
    ]
    terminal(24)
    page = [["01M3252HP000"], ["nobody was free"], ["3125550100"], ["long"]]
    print_pages(columns, [page], every=False, hint="see --fields")
    head, row, *left_out = capsys.readouterr().out.splitlines()
    assert (head.split(), row) == (["id", "reason", "number"], "01M3  nobod…  3125550100")
    assert " ".join(left_out) == "No room for note: see --fields"


def test_a_wide_sign_takes_two_places(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("name", "number"), [("日本", "1"), ("Ada", "2")])
    assert capsys.readouterr().out.splitlines() == ["name  number", "日本  1", "Ada   2"]


# The last words of commands that print a table, besides those of the groups audit and report.
LISTS = ("list", "find", "members", "history", "callbacks", "counts", "hopper", "status", "describe", "log")


def commands(group: LazyGroup, path: tuple[str, ...] = ()) -> Iterator[tuple[str, PlainCommand]]:
    """Yield every command with its words."""
    for name, one in group.load_all().commands.items():
        if isinstance(one, LazyGroup):
            yield from commands(one, (*path, name))
        else:
            assert isinstance(one, PlainCommand)
            yield " ".join((*path, name)), one


def test_every_command_that_lists_has_csv() -> None:
    found = {words: {name for one in command.params for name in one.opts} for words, command in commands(tree())}
    lists = [words for words in found if words.split()[-1] in LISTS or words.split()[0] in ("audit", "report")]
    assert len(lists) > 60
    assert [words for words in lists if "--csv" not in found[words]] == ["audit replay"]


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


def test_a_text_that_a_spreadsheet_would_compute_is_protected(filled: Run) -> None:
    filled("lead", "set", "2", "first_name==1+1")
    assert [row["first_name"] for row in rows(filled, "lead", "find", "2125550183")] == ["'=1+1"]


def test_csv_and_json_exclude_each_other(filled: Run) -> None:
    code, out, err = filled("lead", "list", "--csv", "--json")
    assert (code, out) == (1, "") and says(err, "report_forms_several", options="--json and --csv")
    code, _, err = filled("lead", "list", "--csv", "--fields", "nonsense")
    assert code == 1 and says(err, "json_field_unknown", field="nonsense")


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


SINCE_EVER = ("--since", "1970-01-01")


# Each file that writes CSV, and a text that it writes.
WRITERS: dict[str, list[Callable[[Hostile], Written]]] = {
    "cli/output/json_output.py": [lambda one: one.said("lead", "list", "--list", "101", "--csv")],
    "cli/leads/list_export.py": [lambda one: one.said("list", "export", "101")],
    "cli/audit/report_writer.py": [lambda one: one.said("audit", "calls", *SINCE_EVER, "--csv")],
    "warmline/store/daily_reports/report_csv.py": [lambda one: one.said("report", "dids", *SINCE_EVER, "--csv")],
    "warmline/store/leads/import_rejects.py": [rejected],
    "cli/imports/vicidial/import_vicidial.py": [
        lambda _hostile: Written(csv_text(("table", "why"), [(text, text) for text in HOSTILE]))
    ],
    "ari_app/http/non_agent/requests/answer_rows.py": [answered("csv"), answered("tab")],
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
