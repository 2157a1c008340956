"""`warmline import undo`: an import goes as one, its rows and its configuration, until something has used it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from contrib.imports.tests.vicidial.conftest import Move
from tests.copied_database import new_database
from warmline.store.configuration import config
from warmline.store.configuration.config import Everything
from warmline.store.database.errors import Conflict
from warmline_contrib.imports.store import import_configuration, import_runs, import_undo
from warmline_contrib.imports.vicidial.rows import import_vicidial_rows

CALL = """
    INSERT INTO call (id, agc_id, state, arrived, number, dialled, ingroup, direct, last_agent, ended_by, status, lead)
    VALUES ('X1', '', 'ended', 9000000000000000, '', '', '{ingroup}', '', '', '', '', {lead})
"""
SESSION = """
    INSERT INTO agent_session (id, agent, phone, on_hook, campaign, ingroups, conf_exten, started)
    VALUES ('S1', '1000', '1000', 0, 'SALES', '[]', '', 9000000000000000)
"""


def configured(move: Move) -> Everything:
    return config.everything(move.db)


@pytest.fixture
def before(move: Move) -> Everything:
    """Return the configuration of a database into which nothing is imported."""
    new_database(move.folder / "untouched.db")
    return config.everything(move.folder / "untouched.db")


def undo(move: Move, *more: str) -> tuple[int, str, str]:
    return move.run("import", "undo", "--yes", *more)


def test_undo_takes_rows_and_configuration_back(move: Move, before: Everything) -> None:
    empty = move.contents()
    assert move.rows()[0] == 0
    assert move.contents() != empty and configured(move) != before
    code, out, err = undo(move)
    assert code == 0 and "is undone" in out and "its configuration went in revision" in out, err
    assert move.contents() == empty and configured(move) == before
    assert "no import can be undone" in undo(move)[2]
    move.apply()
    assert move.rows()[0] == 0 and len(move.contents()["lead"]) == 4, "it can be imported again"


def test_undo_without_rows_takes_two_applied_versions_back(move: Move, before: Everything) -> None:
    with (move.files / "list.toml").open("a") as file:
        file.write('\n[list.301]\nlist_name = "Later"\n')
    (move.files / "script.toml").write_text('[script.HELLO]\nscript_text = "Hello again"\n')
    move.apply()
    assert "Hello again" in str(configured(move)["script"]["HELLO"])
    assert undo(move)[0] == 0
    assert configured(move) == before


def test_undo_of_rows_alone_leaves_the_configuration_for_later(move: Move, before: Everything) -> None:
    empty, applied = move.contents(), configured(move)
    assert move.rows()[0] == 0
    assert "the configuration stays" in undo(move, "--rows-only")[1]
    assert move.contents() == empty and configured(move) == applied
    assert move.rows()[0] == 0 and len(move.contents()["lead"]) == 4
    assert undo(move)[0] == 0
    assert move.contents() == empty and configured(move) == before


@pytest.mark.parametrize(
    ("use", "named"),
    [
        ("UPDATE callback SET state = 'cancelled', \"by\" = 'ann'", "callback"),
        (CALL.format(ingroup="", lead=123456), "call X1"),
        ("UPDATE lead SET modify_date = 9000000000000000 WHERE lead_id = 123456", "lead 123456"),
        (
            "INSERT INTO call_comment (call, at, \"by\", mark, comment) SELECT min(id), 1, 'ann', '', 'x' FROM call",
            "call with a comment",
        ),
        (CALL.format(ingroup="SALESLINE", lead=0), "call X1 with ingroup SALESLINE"),
        (SESSION, "session S1 with agent 1000"),
        (
            "INSERT INTO lead (lead_id, list_id, entry_date, modify_date, phone_number) VALUES (7, '201', 1, 1, '99')",
            "lead 7 with list 201",
        ),
    ],
)
def test_undo_is_refused_after_a_use_of_a_row_or_an_entity(move: Move, use: str, named: str) -> None:
    assert move.rows()[0] == 0
    with closing(sqlite3.connect(move.db)) as db, db:
        db.execute(use)
    applied = configured(move)
    code, _, err = undo(move)
    assert code != 0 and "cannot be undone" in err and named in err
    assert len(move.contents()["imported_lead"]) == 4 and configured(move) == applied


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("campaign", "set", "SALES", "dial_timeout=25"), "campaign SALES, changed in revision"),
        (("agent", "create", "2000", "ingroups=SALESLINE"), "agent 2000 (ingroups) with ingroup SALESLINE"),
        (("user", "set", "7000", "full_name=Sue"), ""),
    ],
)
def test_undo_is_refused_after_a_change_and_names_it(move: Move, change: tuple[str, ...], named: str) -> None:
    assert move.rows()[0] == 0
    assert move.run(*change)[0] == 0
    code, _, err = undo(move)
    assert (code != 0 and named in err) if named else code == 0, err


def test_configuration_that_was_undone_by_hand_keeps_no_import(move: Move, before: Everything) -> None:
    assert move.run("config", "undo", "last", "--yes")[0] == 0
    assert undo(move)[0] == 0
    assert configured(move) == before


def test_undo_that_was_interrupted_goes_on(move: Move, before: Everything, monkeypatch: pytest.MonkeyPatch) -> None:
    assert move.rows()[0] == 0

    def fails(*_: object) -> None:
        raise Conflict("import_used", "something has changed")

    with monkeypatch.context() as patched:
        patched.setattr(import_configuration, "take_back", fails)
        assert undo(move)[0] != 0
    assert not move.contents()["lead"]
    assert undo(move)[0] == 0
    assert configured(move) == before


def test_undo_lets_the_rows_of_another_source_be_imported_again(move: Move) -> None:
    other = move.folder / "other.sql"
    shutil.copy(move.dump, other)
    move.dump = other
    assert move.rows()[0] == 0, "an import of its own, after that of the configuration"
    assert undo(move)[0] == 0 and not move.contents()["lead"]
    assert move.rows()[0] == 0 and len(move.contents()["lead"]) == 4
    assert undo(move)[0] == 0 and undo(move)[0] == 0, "then the import of the configuration goes"
    assert "no import can be undone" in undo(move)[2]


def test_numbers_that_a_person_adds_too_stay_after_the_undo(move: Move) -> None:
    file = move.folder / "letters.csv"
    file.write_text("phone_number\n3125550667\n")
    assert move.rows()[0] == 0
    assert move.run("dnc", "create", "3125550666")[0] == 0
    assert move.run("dnc", "import", str(file), "--campaign", "SALES")[0] == 0
    assert undo(move, "--rows-only")[0] == 0
    assert sorted(move.ask("SELECT phone_number, campaign FROM dnc")) == [("3125550666", ""), ("3125550667", "SALES")]


def test_number_of_a_caller_who_opts_out_stays_after_the_undo(move: Move) -> None:
    assert move.rows()[0] == 0
    with closing(sqlite3.connect(move.db)) as db, db:
        db.execute(CALL.format(ingroup="", lead=0))
        db.execute("UPDATE call SET number = '+3125550666' WHERE id = 'X1'")
        db.execute(
            'INSERT INTO disposition_entry (id, call, agent, status, at, "by")'
            " VALUES ('D1', 'X1', '1000', 'DNC', 9000000000000000, 'ann')"
        )
    assert undo(move, "--rows-only")[0] == 0
    assert move.ask("SELECT phone_number, campaign FROM dnc") == [("3125550666", "")]


def test_use_after_an_interrupted_undo_is_found(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    assert move.rows()[0] == 0

    def killed(*_: object) -> None:
        raise Conflict("import_used", "the process ends here")

    with monkeypatch.context() as patched:
        patched.setattr(import_undo, "_leads", killed)
        assert undo(move)[0] != 0
    with closing(sqlite3.connect(move.db)) as db, db:
        db.execute(CALL.format(ingroup="", lead=123456))
    code, _, err = undo(move)
    assert code != 0 and "call X1" in err and len(move.contents()["lead"]) == 4


def test_change_between_two_imports_is_found(move: Move) -> None:
    """The rows of both imports go, also those that the first one has brought."""
    assert move.rows()[0] == 0
    assert move.run("lead", "set", "123456", "last_name=Brown")[0] == 0
    other = move.folder / "other.sql"
    shutil.copy(move.dump, other)
    move.dump = other
    assert move.rows()[0] == 0
    code, _, err = undo(move)
    assert code != 0 and "lead changed by a person or a program 123456" in err
    assert len(move.contents()["lead"]) == 4


def test_import_that_is_undone_while_it_runs_ends(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    before, tables = move.contents(), import_vicidial_rows._tables

    def undone(*given: Any) -> Iterator[Any]:
        first, *others = tables(*given)
        yield first
        with closing(import_runs.opened(str(move.db))) as db:
            import_undo.undo(db, move.db, "ann", rows_only=False)
        yield from others

    monkeypatch.setattr(import_vicidial_rows, "_tables", undone)
    code, _, err = move.rows()
    assert code != 0 and "was undone while it ran" in err
    assert move.contents() == before
