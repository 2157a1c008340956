"""`warmline import vicidial`: a dump becomes configuration files, and each column has its fate."""

import csv
import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import Run
from tests.cli.imports.vicidial.centre import CENTRE, COLUMNS, written
from warmline_contrib.imports.vicidial import new_names
from warmline_contrib.imports.vicidial.column_fates import TABLES, of_column
from warmline_contrib.imports.vicidial.source import opened


@pytest.fixture
def dump(database: object, tmp_path: Path) -> Path:
    """Provide the dump, beside a new database."""
    return written(tmp_path)


Fates = dict[tuple[str, str, str], list[tuple[str, str]]]


def fates(folder: Path) -> Fates:
    """Return fate and reason of each value by table, name and column."""
    found: Fates = {}
    with (folder / "vicidial-fates.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["table"], row["name"], row["column"]), []).append((row["fate"], row["why"]))
    return found


def shown(run: Run, kind: str, name: str) -> dict[str, Any]:
    code, out, err = run(kind, "show", name, "--json")
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def test_every_column_has_a_fate() -> None:
    assert set(COLUMNS) == set(TABLES)
    every = [(table, one) for table, names in COLUMNS.items() for one in names]
    assert [one for one in every if not of_column(*one).is_known] == []
    assert not of_column("vicidial_campaigns", "column_of_tomorrow").is_known


def test_a_centre_is_converted_and_applied(run: Run, dump: Path, tmp_path: Path) -> None:
    folder = tmp_path / "converted"
    code, out, err = run("import", "vicidial", str(dump), "--to", str(folder))
    assert code == 0, err
    assert "its calls are -5 h from UTC" in out and "vicidial_list             5" in out
    code, out, err = run("config", "apply", str(folder), "--yes")
    assert code == 0, err
    assert "24 to create" in out
    for kind, name, options in (
        ("campaign", "SALES", {"dial_method": "MANUAL", "dial_statuses": ["NEW", "A12"], "recycle": ["A12:30:4"]}),
        ("campaign", "OTHER", {"dial_statuses": ["A1"], "recycle": []}),
        ("agent", "1000", {"phone": "1000", "campaign": "SALES", "ingroups": ["SALESLINE"], "user_group": "AGENTS"}),
        ("did", "8005550100", {"route": "ingroup:SALESLINE", "filter_route": "extension:999@bye"}),
        ("did", "8005550101", {"route": "callmenu:vicidial-menu-main_menu"}),
        ("ingroup", "SALESLINE", {"drop_action": "VOICEMAIL", "play_welcome_message": "ALWAYS"}),
        ("call-time", "9am-9pm", {"ct_holidays": ["XMAS"], "ct_default_stop": 2100}),
        ("list", "101", {"custom_fields": ["favorite_color", "policy"], "reset_times": ["09:00", "17:00"]}),
        ("disposition", "A12", {"key": "1"}),
        ("disposition", "SALE", {"key": ""}),
        ("pause-code", "LUNCH", {"campaigns": ["SALES", "OTHER"]}),
        ("script", "HELLO", {"script_text": "Hello --A--first_name--B--\nBye"}),
        ("cid-group", "CHICAGO", {"caller_ids": ["312:3125550113"]}),
    ):
        found = shown(run, kind, name)
        assert {option: found[option] for option in options} == options, name
    assert run("config", "diff", str(folder))[0] == 0, "applied again, the files change nothing"


def test_codes_of_two_campaigns_that_differ_have_two_names(run: Run, dump: Path, tmp_path: Path) -> None:
    folder = tmp_path / "converted"
    assert run("import", "vicidial", str(dump), "--to", str(folder))[0] == 0
    first = (folder / "vicidial-names.csv").read_text()
    assert "disposition,SALES,A1,A12" in first
    assert fates(folder)["vicidial_campaign_statuses", "A12", "status"][0][0] == "changed"
    assert run("import", "vicidial", str(dump), "--to", str(folder))[0] == 0
    assert (folder / "vicidial-names.csv").read_text() == first, "the names stay the same"
    (folder / "vicidial-names.csv").write_text(first.rpartition(",")[0])
    code, _, err = run("import", "vicidial", str(dump), "--to", str(folder))
    assert code != 0 and "vicidial-names.csv cannot be read" in err


def test_name_that_is_not_allowed_becomes_one_that_is() -> None:
    for kind, old, new in (
        ("group-alias", "7", "72"),
        ("campaign", "A B", "A_B"),
        ("disposition", "TOOLONG", "TOOLON"),
        ("list", "", "X"),
    ):
        names = new_names.NewNames()
        assert (names.give(kind, old), new_names.is_allowed(kind, new)) == (new, True)
        assert names.known(kind, old) == new and names.give(kind, f"{old}?") != new, "a name is given once"


def test_a_value_without_a_home_is_named_with_the_reason(run: Run, dump: Path, tmp_path: Path) -> None:
    folder = tmp_path / "converted"
    assert run("import", "vicidial", str(dump), "--to", str(folder))[0] == 0
    found = fates(folder)
    for key, fate, why in (
        (("vicidial_campaigns", "SALES", "survey_method"), "lost", "Warmline has no surveys"),
        (("vicidial_campaigns", "SALES", "hopper_level"), "not needed", "the leads at hand"),
        (("vicidial_campaigns", "SALES", "dial_method"), "changed", "dropped leads would hear nothing"),
        (("vicidial_users", "6666", "pass"), "lost", "no readable password"),
        (("vicidial_users", "VDAD", "user"), "not needed", "own programs"),
        (("agent", "1000", "ingroups"), "lost", "the source has no ingroup GONE"),
        (("vicidial_xfer_presets", "SALES_Back_office", "preset_dtmf"), "lost", "no keys"),
        (("vicidial_call_menu_options", "main menu", "option_route"), "lost", "it hangs up"),
    ):
        assert any(one == fate and why in said for one, said in found[key]), key
    assert "plain1" not in (folder / "vicidial-fates.csv").read_text(), "the file of fates has no secret"


def test_phones_and_menus_become_files_to_include(run: Run, dump: Path, tmp_path: Path) -> None:
    folder = tmp_path / "converted"
    assert run("import", "vicidial", str(dump), "--to", str(folder))[0] == 0
    phones = (folder / "vicidial-phones.conf").read_text()
    assert "[1000]\ntype=endpoint" in phones and "password=secret1" in phones
    menus = (folder / "vicidial-menus.conf").read_text()
    assert "[vicidial-menu-main_menu]" in menus and "exten => 1,1,Goto(warmline-ingroup,SALESLINE,1)" in menus
    assert " same => n(again),Background(welcome)\n same => n(prompt1),Background(press-1)" in menus
    assert {(folder / name).stat().st_mode & 0o777 for name in ("vicidial-phones.conf", "user.toml")} == {0o600}


def test_a_packed_dump_is_read_like_a_plain_one(tmp_path: Path) -> None:
    plain = written(tmp_path)
    packed = tmp_path / "asterisk.sql.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    with opened(str(plain)) as one, opened(str(packed)) as other:
        for table in CENTRE:
            assert one.table(table) == other.table(table) and one.count(table) == len(list(CENTRE[table]))
        lead = next(row for row in one.table("vicidial_list") if row["lead_id"] == "123456")
        assert (lead["first_name"], lead["last_name"]) == ("Zoë", "O'Neil")
        assert lead["comments"] == "two\nlines; (and) \\ more"


def test_a_wrong_source_is_refused_and_no_password_shown(run: Run, dump: Path) -> None:
    for source, said in (
        ("missing.sql", "cannot be read"),
        ("postgres://user:secret@host/db", "is not the address of a database"),
    ):
        code, _, err = run("import", "vicidial", source, "--to", str(dump.parent / "new"))
        assert code != 0 and said in err and "secret" not in err, source


def applied(run: Run, folder: Path, **tables: Iterable[Mapping[str, object]]) -> Fates:
    """Convert the centre with other rows in these tables, apply the files, and return the fates."""
    dump = written(folder, {**CENTRE, **tables})
    code, _, err = run("import", "vicidial", str(dump), "--to", str(folder / "converted"))
    assert code == 0, err
    code, _, err = run("config", "apply", str(folder / "converted"), "--yes")
    assert code == 0, err
    return fates(folder / "converted")


def test_names_are_found_as_mysql_finds_them(run: Run, dump: Path, tmp_path: Path) -> None:
    """MySQL ignores case, and blanks at the end: a supervisor without a group would see every agent."""
    users = [
        {**row, "user_group": str(row["user_group"]).lower(), "closer_campaigns": " salesline -"}
        for row in CENTRE["vicidial_users"]
    ]
    [sales, other] = CENTRE["vicidial_campaigns"]
    recycle = [{**row, "campaign_id": "Sales", "status": "a1"} for row in CENTRE["vicidial_lead_recycle"]]
    applied(
        run,
        tmp_path,
        vicidial_users=users,
        vicidial_campaigns=[{**sales, "campaign_id": "SALES "}, {**other, "dial_statuses": " a1 -"}],
        vicidial_lead_recycle=recycle,
    )
    assert shown(run, "user", "7000")["user_group"] == "AGENTS"
    found = shown(run, "agent", "1000")
    assert (found["user_group"], found["campaign"], found["ingroups"]) == ("AGENTS", "SALES", ["SALESLINE"])
    assert shown(run, "campaign", "SALES")["recycle"] == ["A12:30:4"]
    assert shown(run, "campaign", "OTHER")["dial_statuses"] == ["A1"]


def test_did_without_a_destination_hangs_up_and_says_so(run: Run, dump: Path, tmp_path: Path) -> None:
    usual = {"did_active": "Y", "filter_inbound_number": "DISABLED"}
    wrong = [
        ("1", {"did_route": "IN_GROUP", "group_id": "GONE"}),
        ("2", {"did_route": "AGENT", "user": "7000"}),
        ("3", {"did_route": "IN_GROUP", "group_id": "AGENTDIRECT"}),
        ("4", {"did_route": "EXTEN", "extension": "", "exten_context": "a b"}),
    ]
    dids = [{**usual, **row, "did_pattern": f"800555020{number}"} for number, row in wrong]
    again = {**usual, "did_pattern": "+8005550201", "did_route": "CALLMENU", "menu_id": "main menu"}
    told = applied(run, tmp_path, vicidial_inbound_dids=[*dids, again])
    for number, _ in wrong:
        assert shown(run, "did", f"800555020{number}")["route"] == "hangup"
    [(_, why)] = told["vicidial_inbound_dids", "8005550201", "did_route"]
    assert why == "the source has no ingroup GONE; it hangs up"
    assert told["vicidial_inbound_dids", "+8005550201", "did_pattern"][0][0] == "lost"


def test_two_containers_of_one_name_keep_their_numbers(run: Run, dump: Path, tmp_path: Path) -> None:
    ours, other = CENTRE["vicidial_settings_containers"]
    applied(run, tmp_path, vicidial_settings_containers=[{**ours, "container_id": "BLOCKED"}, other])
    assert shown(run, "container", "BLOCKED")["entries"] == ["3125550668"]
    assert shown(run, "container", "BLOCKED2")["entries"] == ["3125550100", "3125550101"]
    assert shown(run, "did", "8005550100")["filter_phone_group_id"] == "BLOCKED"
