"""Tables in 80 columns: short ids that every command accepts, and no word that is broken."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cli.output import cell_format, time_format
from cli.output.printing import complain
from cli.output.table import Narrow, TableColumn, print_pages, print_table
from tests.cli.app import App, opened
from tests.wording.said import said, says
from warmline.store.database.database import connect

HOUR = 3_600_000_000
ID = "01M3252HP00000000060000001"


@pytest.fixture
def app(demo_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[App]:
    with opened(demo_database, tmp_path, capsys) as made:
        yield made


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
