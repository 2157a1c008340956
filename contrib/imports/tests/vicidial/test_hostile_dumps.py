"""Dumps that are broken or hostile: an import refuses them or their rows, says why, and changes nothing else."""

import csv
import gzip
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from contrib.imports.tests.vicidial.conftest import Move
from tests.cli.imports.vicidial.centre import CENTRE, LEAD, dump, written
from warmline_contrib.imports.store.copied_tables import CopiedTables
from warmline_contrib.imports.vicidial.source import opened

FOREIGN = """CREATE TABLE `call_notes` (
  `notes` text
);
INSERT INTO `call_notes` VALUES ('a note
INSERT INTO `vicidial_users` VALUES (\\'evil\\');
');
DELIMITER ;;
INSERT INTO vicidial_users VALUES ('evil');
DELIMITER ;
"""
LOOP = [{"menu_id": "main menu", "option_value": "1", "option_route": "CALLMENU", "option_route_value": "main menu"}]
Changed = Callable[[str], str]


def refused(move: Move) -> dict[tuple[str, str], str]:
    """Return the reason for each refused row by table and key."""
    file = move.files / "vicidial-refused.csv"
    with file.open(newline="") as opened_file:
        return {(row["table"], row["key"]): row["why"] for row in csv.DictReader(opened_file)}


DAMAGE: tuple[tuple[Changed, str], ...] = (
    (lambda text: text.replace("'SALESLINE','Sales',", "'SALESLINE',"), "values"),
    (lambda text: text.replace("  `campaign_id` varchar", "  `campaign` varchar"), "has no column campaign_id"),
    (lambda text: text.replace("`vicidial_list` VALUES", "`vicidial_list` (`no``such`) VALUES"), "cannot be read"),
    (lambda text: text.replace("  `lead_id`", "  lead_id").replace("  `", "  "), "no column of it can be read"),
    (lambda text: text[: text.index("Angry")], "ends too early"),
    (lambda text: text[: text.index("`hotkey`")], "ends too early"),
    (lambda text: text[: text.index("DROP TABLE IF EXISTS `vicidial_lists`")], "ends too early"),
    (lambda text: text.replace("CREATE TABLE `vicidial_list`", "CREATE TABLE `other`"), "not its columns"),
    (lambda _: "\0\1\2" * 1000, "has no table of VICIdial"),
)


def test_dump_that_cannot_be_read_changes_nothing(move: Move) -> None:
    before, kept = move.contents(), sorted(move.folder.rglob("*.toml"))
    for change, said in DAMAGE:
        move.dump.write_text(change(dump()))
        for words in (("vicidial", str(move.dump), "--to", str(move.folder / "new")), ()):
            code, out, err = move.run("import", *words) if words else move.rows()
            assert code != 0 and said in err and len(err.splitlines()) < 4, (said, out, err)
    packed = move.folder / "damaged.sql.gz"
    whole = gzip.compress(dump().encode())
    for damaged in (whole[:-40], whole[:200] + b"\xff" * 200 + whole[400:]):
        packed.write_bytes(damaged)
        code, _, err = move.run("import", "vicidial", str(packed), "--to", str(move.folder / "new"))
        assert code != 0 and "cannot be read" in err
    assert move.contents() == before and sorted(move.folder.rglob("*.toml")) == kept


def test_text_that_looks_like_a_statement_is_none(move: Move) -> None:
    move.dump.write_text(dump() + FOREIGN)
    with opened(str(move.dump)) as source:
        assert "evil" not in {row["user"] for row in source.table("vicidial_users")}
        assert source.count("vicidial_users") == len(list(CENTRE["vicidial_users"]))


def test_long_texts_with_lines_and_quotes_are_read_whole(move: Move) -> None:
    long = "it's (a) line;\n),('\\\n" * 50_000
    leads = [{**LEAD, "lead_id": 5, "list_id": 101, "phone_number": "3125550155", "comments": long}]
    text = dump({**CENTRE, "vicidial_list": leads}).replace("\\n", "\n")
    move.dump.write_text(text)
    with opened(str(move.dump)) as source:
        assert source.table("vicidial_list")[0]["comments"] == long
    assert move.rows()[0] == 0
    assert move.ask("SELECT length(comments) BETWEEN 200 AND 4000 FROM lead WHERE lead_id = 5") == [(1,)]


def test_bytes_of_an_older_character_set_are_letters_beside_utf8(move: Move) -> None:
    move.dump.write_bytes(dump().encode().replace("Zoë".encode(), b"Zo\xeb M\xc3\xbcller \x80"))
    assert move.rows()[0] == 0
    assert move.ask("SELECT first_name FROM lead WHERE lead_id = 123456") == [("Zoë Müller €",)]


def test_signs_that_no_screen_shows_become_blanks(move: Move) -> None:
    text = dump().replace("after lunch", "after\\0\x1b[2Jlunch").replace("Zoë", "Zo\\0ë").replace("'DROP'", "'D\x07P'")
    move.dump.write_text(text)
    assert move.rows()[0] == 0
    assert move.ask("SELECT first_name FROM lead WHERE lead_id = 123456") == [("Zo ë",)]
    assert move.ask("SELECT comments FROM callback") == [("after  [2Jlunch",)]
    assert move.ask("SELECT status FROM call WHERE agc_id = '78'") == [("D P",)]


def test_rows_that_cannot_be_meant_are_refused_by_name(move: Move) -> None:
    usual = [*CENTRE["vicidial_list"]]
    odd = [
        {**LEAD, "lead_id": 123456, "list_id": 101, "phone_number": "3125550190"},
        {**LEAD, "lead_id": "many", "list_id": 101, "phone_number": "3125550191"},
        {**LEAD, "lead_id": "99999999999999999999", "list_id": 101, "phone_number": "3125550192"},
        {**LEAD, "lead_id": 123470, "list_id": 101, "phone_number": "3125550193", "called_count": "-7",
         "entry_date": "0001-01-01 00:00:00", "modify_date": "0000-00-00 00:00:00", "called_since_last_reset": "Y²",
         "last_local_call_time": "9999-12-31 23:59:59", "gmt_offset_now": "1e308", "rank": "high"},
    ]  # fmt: skip
    [call] = CENTRE["vicidial_log"]
    calls = [
        {**call, "uniqueid": "a", "start_epoch": "1e400", "call_date": "0000-00-00 00:00:00"},
        {**call, "uniqueid": "b", "start_epoch": 9_000_000_000_000_000},
        {**call, "uniqueid": "c", "lead_id": "x", "length_in_sec": "-5"},
        {**call, "uniqueid": "d", "length_in_sec": 10**15},
        {**call, "uniqueid": "e", "start_epoch": 12},
    ]
    [interval] = CENTRE["vicidial_agent_log"]
    times = [interval, {**interval, "agent_log_id": 2, "talk_epoch": -5, "event_time": "0000-00-00 00:00:00"}]
    centre = {
        **CENTRE,
        "vicidial_list": [*usual, *odd], "vicidial_log": [call, *calls], "vicidial_agent_log": times,
        "vicidial_dnc": [{"phone_number": "9" * 200}],
    }  # fmt: skip
    written(move.folder, centre)
    code, _, err = move.rows()
    assert code == 0, err
    found = refused(move)
    assert found["vicidial_list", "123456"] == "another lead of the source has the id"
    assert found["vicidial_list", "many"] == found["vicidial_list", "1e+20"] == "its id is no number"
    assert found["vicidial_log", "a"] == "it has no time"
    assert all("before 1990 or in the future" in found["vicidial_log", one] for one in "be")
    assert found["vicidial_agent_log", "2"] == "it has no time or no user"
    assert ("vicidial_dnc", "9" * 200) in found
    assert move.ask("SELECT called_count, rank FROM lead WHERE lead_id = 123470") in ([(0, 0)], [])
    assert move.ask("SELECT lead, ended - arrived FROM call WHERE agc_id = 'c'") == [(0, 0)]
    assert move.rows()[0] == 0 and "is whole" in move.run("db", "check")[1]


def test_menus_that_lead_to_each_other_or_nowhere_become_a_dialplan(move: Move) -> None:
    menus = [{"menu_id": "main menu", "menu_repeat": "often", "menu_timeout": "-", "menu_prompt": "a)System(b|c"}]
    options = [
        *LOOP,
        {"menu_id": "main menu", "option_value": "2,1,System(rm)\nexten => 3", "option_route": "HANGUP"},
        {"menu_id": "main menu", "option_value": "4", "option_route": "CALLMENU", "option_route_value": "gone"},
    ]
    users = [{**row, "user_level": "boss"} for row in CENTRE["vicidial_users"]]
    written(
        move.folder,
        {**CENTRE, "vicidial_call_menu": menus, "vicidial_call_menu_options": options, "vicidial_users": users},
    )
    code, out, err = move.run("import", "vicidial", str(move.dump), "--to", str(move.folder / "new"))
    assert code == 0, err
    lines = (move.folder / "new/vicidial-menus.conf").read_text().splitlines()
    assert "exten => 1,1,Goto(vicidial-menu-main_menu,s,1)" in lines and "exten => 4,1,Hangup()" in lines
    assert " same => n(again),Background(aSystemb)" in lines
    assert not [line for line in lines if line.startswith("exten => 2") or "rm" in line]
    assert "it is no key of a phone" in out and "the source has no such menu or in-group" in out


def test_copy_of_a_dump_has_no_name_that_a_killed_program_leaves() -> None:
    before = open_files()
    copied = CopiedTables()
    copied.rows("PRAGMA cache_size=10")  # pages, so that most are in the file
    copied.create("lead", [("number", True), ("name", False)], "number")
    copied.insert("lead", ("number", "name"), [(str(number), 500 * "x") for number in range(2000)])
    made = open_files() - before
    assert made and all(name.endswith(" (deleted)") for name in made)
    assert copied.rows("SELECT length(name) FROM lead WHERE number = 7") == [(500,)]
    copied.close()
    assert not open_files() - before


def open_files() -> set[str]:
    found = set()
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the folder's own
            found.add(str(link.readlink()))
    return found
