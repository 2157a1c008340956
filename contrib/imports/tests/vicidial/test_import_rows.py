"""`warmline import vicidial-rows`: leads, numbers, callbacks and past calls come, once, and can go again."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC
from typing import Any

import pytest

from contrib.imports.tests.vicidial.conftest import Move
from tests.cli.imports.vicidial.centre import CENTRE, LEAD, written
from tests.leads.dialled_leads import at
from warmline_contrib.imports.store import import_runs
from warmline_contrib.imports.vicidial import source
from warmline_contrib.imports.vicidial.dump_source import DumpSource
from warmline_contrib.imports.vicidial.new_names import NewNames
from warmline_contrib.imports.vicidial.rows.dnc_and_callbacks import OtherReader
from warmline_contrib.imports.vicidial.rows.row_import import RowImport
from warmline_contrib.imports.vicidial.source import Cell


def test_leads_come_with_ids_counts_times_and_custom_fields(move: Move) -> None:
    code, out, err = move.rows("--json")
    assert code == 0, err
    found = {one["table"]: (one["read"], one["new"], one["refused"]) for one in json.loads(out)["tables"]}
    assert found["vicidial_list"] == (5, 4, 1) and found["vicidial_callbacks"] == (2, 1, 0)
    [lead] = move.ask(
        "SELECT list_id, status, user, called_count, passes, custom_fields, more_numbers, time_zones, first_name,"
        " last_call, entry_date, modify_date, next_try FROM lead WHERE lead_id = 123456"
    )
    assert lead[:5] == ("101", "A12", "1000", 3, 3)
    assert json.loads(lead[5]) == {"favorite_color": "blue", "policy": "P-77"}
    assert lead[6:9] == ("+13125550177:office", "America/Chicago", "Zoë")
    assert lead[9:] == tuple(at(f"2026-11-20T{clock}", "UTC") for clock in ("15:00", "14:00", "14:00", "15:30"))
    assert move.ask("SELECT count(*) FROM lead WHERE phone_number = '3125550100'") == [(2,)], "both leads of one number"
    refused = (move.files / "vicidial-refused.csv").read_text()
    assert "vicidial_list,123458,\"phone_number '312555x102' contains 'x'" in refused


def test_calls_and_callbacks_and_numbers_come_and_leave_leads_as_they_are(move: Move) -> None:
    assert move.rows()[0] == 0
    assert move.ask("SELECT agc_id, direction, lead, status, ended_by, origin FROM call ORDER BY arrived") == [
        ("1795169400.11", "out", 123456, "A12", "agent", "imported"),
        ("77", "in", 123457, "SALE", "customer", "imported"),
        ("78", "in", 0, "DROP", "", "imported"),
    ]
    assert move.ask("SELECT status, called_count FROM lead WHERE lead_id = 123457") == [("A1", 0)]
    assert move.ask("SELECT lead, agent, campaign, comments, state FROM callback") == [
        (123459, "1000", "SALES", "after lunch", "pending")
    ]
    assert sorted(move.ask("SELECT phone_number, campaign FROM dnc")) == [
        ("3125550666", ""), ("3125550667", "OTHER"), ("3125550667", "SALES"),
    ]  # fmt: skip
    code, out, err = move.run("audit", "call", "1795169400.11")
    assert code == 0, err
    assert "old.example.org/RECORDINGS" in out and "A12" in out
    code, out, err = move.run("report", "agents", "--day", "2026-11-20", "--json")
    assert code == 0 and '"1000"' in out, err
    assert "is whole" in move.run("db", "check")[1]


def test_a_second_run_changes_no_row_and_adds_new_ones(move: Move) -> None:
    assert move.rows()[0] == 0
    before = move.contents()
    assert move.rows()[0] == 0
    assert move.contents() == before
    more = {"lead_id": 123470, "list_id": 101, "phone_number": "3125550155"}
    number = {"phone_number": "2125550199"}
    written(
        move.folder,
        {
            **CENTRE,
            "vicidial_list": [*CENTRE["vicidial_list"], {**LEAD, **more}],
            "vicidial_dnc": [number, *CENTRE["vicidial_dnc"]],
        },
    )
    assert move.rows()[0] == 0
    assert move.ask("SELECT max(lead_id) FROM lead") == [(123470,)]
    assert move.ask("SELECT count(*) FROM dnc WHERE phone_number = '2125550199'") == [(1,)]


def test_an_import_that_ends_early_goes_on_where_it_was(move: Move, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "PIECE", 2)
    written_rows = import_runs._written
    left = [5]

    def fails(db: sqlite3.Connection, batch: list[Any]) -> int:
        left[0] -= 1
        if left[0] < 0:
            raise sqlite3.OperationalError("disk I/O error")
        return written_rows(db, batch)

    monkeypatch.setattr(import_runs, "_written", fails)
    attempts = 0
    while True:
        code, _, err = move.rows()
        if code == 0:
            break
        assert "import the same file again" in err
        attempts, left[0] = attempts + 1, 2
        assert attempts < 20
    assert attempts >= 2
    found = move.contents()
    assert len(found["lead"]) == 4 and len(found["call"]) == 3 and len(found["agent_interval"]) == 4


def test_an_id_that_another_lead_has_is_refused(move: Move) -> None:
    with closing(sqlite3.connect(move.db)) as db, db:
        db.execute(
            "INSERT INTO lead (lead_id, list_id, entry_date, modify_date, phone_number)"
            " VALUES (123457, '101', 1, 1, '99')"
        )
    code, out, err = move.rows()
    assert code == 0, err
    assert "the id is that of another lead here" in out
    assert move.ask("SELECT phone_number FROM lead WHERE lead_id = 123457") == [("99",)]
    assert move.run("import", "undo", "--rows-only", "--yes")[0] == 0
    assert move.ask("SELECT lead_id FROM lead") == [(123457,)], "the lead of before stays"


def test_a_time_zone_that_calls_contradict_is_refused(move: Move) -> None:
    code, _, err = move.run("import", "vicidial-rows", str(move.dump), "--from", str(move.files))
    assert code != 0 and "its clock showed 2026-11-20 05:10:00" in err
    assert move.ask("SELECT count(*) FROM lead") == [(0,)]


def test_a_shown_source_has_no_password() -> None:
    assert source.shown("mysql://ada:secret@db.example.org/asterisk") == "db.example.org:/asterisk"


def test_numbers_with_letters_are_refused_and_not_shortened(move: Move) -> None:
    """VICIdial writes 312XXXXXXX for all numbers of an area."""
    alt = {"alt_phone_id": 1, "lead_id": 123456, "phone_code": "1", "phone_number": "3125550177x12", "active": "Y"}
    written(
        move.folder,
        {
            **CENTRE,
            "vicidial_dnc": [{"phone_number": "312XXXXXXX"}, {"phone_number": "+1 (312) 555-0666"}],
            "vicidial_campaign_dnc": [{"phone_number": "312555ABCD", "campaign_id": "SALES"}],
            "vicidial_list_alt_phones": [alt],
        },
    )
    assert move.rows()[0] == 0
    assert move.ask("SELECT phone_number FROM dnc") == [("13125550666",)]
    assert move.ask("SELECT more_numbers FROM lead WHERE lead_id = 123456") == [("",)]
    refused = (move.files / "vicidial-refused.csv").read_text()
    assert "312XXXXXXX" in refused and "312555ABCD" in refused and "3125550177x12" in refused


class FoldingSource(DumpSource):
    """A dump whose rows come as MariaDB sorts them: `a` before `B`."""

    def rows(self, statement: str, values: Sequence[str | int] = ()) -> list[tuple[Cell, ...]]:
        return sorted(super().rows(statement, values), key=lambda row: str(row[0]).upper())


def test_numbers_of_all_campaigns_come_after_a_kill(move: Move) -> None:
    numbers = [{"phone_number": "3125550667", "campaign_id": one} for one in ("a", "B", "c")]
    written(move.folder, {"vicidial_campaign_dnc": numbers})

    def keys(after: str) -> list[str]:
        with FoldingSource(move.dump) as old, closing(sqlite3.connect(move.db)) as db:
            rows = RowImport(old, db, 1, NewNames(), UTC, 1, str, lambda *_: None)
            return [one.key for one in OtherReader(rows).numbers_of_campaigns(after)]

    every = keys("")
    assert len(every) == 3
    assert [every[: place + 1] + keys(one) for place, one in enumerate(every)] == [every] * 3


def test_names_in_rows_are_found_as_mysql_finds_them(move: Move) -> None:
    """MySQL ignores case, and blanks at the end."""
    [call] = CENTRE["vicidial_log"]
    first, *others = CENTRE["vicidial_list"]
    [callback, _] = CENTRE["vicidial_callbacks"]
    written(
        move.folder,
        {
            **CENTRE,
            "vicidial_log": [{**call, "campaign_id": "sales ", "status": "a1"}],
            "vicidial_list": [{**first, "status": "a1"}, *others],
            "vicidial_callbacks": [{**callback, "campaign_id": "Sales", "user": "GONE"}],
        },
    )
    assert move.rows()[0] == 0
    assert move.ask("SELECT status FROM call WHERE lead = 123456") == [("A12",)]
    assert move.ask("SELECT status FROM lead WHERE lead_id = 123456") == [("A12",)]
    assert move.ask("SELECT campaign, agent FROM callback") == [("SALES", "")], "any agent may make it"
