"""Flags of functions that write: Y alone switches one on, as in VICIdial. Any other value is as if not given."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.http.json_site import JsonSite
from tests.http.non_agent import lead_setups, vector_site
from tests.http.non_agent.vector_site import USUAL, SetUps
from tests.internals.non_agent import DialPlan, HoursCheck, functions
from tests.soak import soaking

NO_FLAGS = ("1", "YES", "y", *(("yes", "true", "ON", "Yes", "N", "0") if soaking() else ()))
LEAD = {"lead_id": "123457"}
NEW = {"phone_number": "3125550999", "phone_code": "1", "list_id": "101"}
NEW_ONE = {**NEW, "search_method": "PHONE_NUMBER"}
CALLBACK = {"campaign_id": "TESTCAMP", "callback_datetime": "2099-12-01 15:00:00", "callback_type": "ANYONE"}
ADDED = "SUCCESS: add_lead LEAD HAS BEEN ADDED - "
NOTHING_OF_LIST = "NOTICE: update_list NO UPDATES DEFINED: |6666|\n"
UPDATED = "SUCCESS: update_lead LEAD HAS BEEN UPDATED - 6666|123457|"

# Each flag: its function, the other fields, and how the answer begins without it.
OF_LEADS = (
    ("delete_lead", "update_lead", LEAD, ""),
    ("delete_cf_data", "update_lead", LEAD, ""),
    ("reset_lead", "update_lead", LEAD, ""),
    ("reset_lead", "batch_update_lead", {"lead_ids": "123457"}, ""),
    ("update_phone_number", "update_lead", LEAD | {"phone_number": "3125550777"}, ""),
    ("update_phone_number", "batch_update_lead", {"lead_ids": "123457", "phone_number": "3125550777"}, ""),
    ("add_to_hopper", "update_lead", LEAD, ""),
    ("remove_from_hopper", "update_lead", {"lead_id": "123456"}, ""),
    ("callback", "update_lead", LEAD | CALLBACK, ""),
    ("custom_fields", "update_lead", LEAD | {"policy": "7"}, ""),
    ("no_update", "update_lead", LEAD | {"last_name": "X"}, UPDATED),
    ("insert_if_not_found", "update_lead", NEW_ONE, "ERROR: update_lead NO MATCHES FOUND IN THE SYSTEM: |6666|||"),
    ("custom_fields", "add_lead", NEW | {"policy": "7"}, ADDED),
    ("add_to_hopper", "add_lead", NEW, ADDED),
    ("hopper_local_call_time_check", "add_lead", NEW | {"add_to_hopper": "Y"}, ADDED),
    ("callback", "add_lead", NEW | CALLBACK, ADDED),
    ("lookup_state", "add_lead", NEW, ADDED),
    ("dnc_check", "add_lead", NEW | {"phone_number": "3125550666"}, ADDED),
    ("usacan_prefix_check", "add_lead", NEW | {"phone_number": "3121550666"}, ADDED),
    ("usacan_areacode_check", "add_lead", NEW | {"phone_number": "1115550666"}, ADDED),
    ("nanpa_ac_prefix_check", "add_lead", NEW, ADDED),
)
OF_CONFIGURATION = (
    ("reset_list", "update_list", {"list_id": "101"}, NOTHING_OF_LIST),
    ("delete_leads", "update_list", {"list_id": "201"}, NOTHING_OF_LIST),
    ("delete_list", "update_list", {"list_id": "102"}, NOTHING_OF_LIST),
    (
        "insert_if_not_found",
        "update_list",
        {"list_id": "556", "list_name": "Feed 556", "campaign_id": "TESTCAMP"},
        "ERROR: update_list LIST DOES NOT EXIST: |6666|556\n",
    ),
    ("delete_user", "update_user", {"agent_user": "1001"}, "ERROR: update_user NO UPDATES DEFINED: |6666|\n"),
)
HOPPER = (
    "reset_hopper",
    "update_campaign",
    {"campaign_id": "TESTCAMP"},
    "NOTICE: update_campaign NO UPDATES DEFINED: ",
)


@pytest.fixture(scope="module")
def site(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonSite]:
    folder = tmp_path_factory.mktemp("flags")
    database = Path(shutil.copy(base, folder / "warmline.db"))
    with vector_site.site(database, folder / "run", [], SetUps()) as (made, _):
        yield made


def ask(site: JsonSite, function: str, fields: dict[str, str]) -> str:
    """Return the answer of a request, without the ids that it made."""
    page = vector_site.ask(site, USUAL | {"function": function} | fields, post=True)
    page = re.sub(r"\b(?!12345[678]\b)\d{6}\b", "LEAD", page)
    return re.sub(r"(ADDED TO HOPPER - \d*\|\w+)\|[1-9]\d*", r"\1|ENTRY", page)


def state(site: JsonSite) -> object:
    """Return what a flag could write, but times and ids."""
    with closing(sqlite3.connect(site.database)) as db:
        of_lead = "list_id, status, phone_number, state, custom_fields, last_name, called_count, passes"
        statements = (
            f"SELECT {of_lead} FROM lead ORDER BY list_id, phone_number, lead_id",  # noqa: S608
            "SELECT priority FROM hopper_entry",
            "SELECT campaign, at, state FROM callback",
            "SELECT id FROM list UNION ALL SELECT id FROM agent",
        )
        return [db.execute(sql).fetchall() for sql in statements]


def test_a_flag_about_leads_is_on_for_y_alone(site: JsonSite, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DialPlan, "hours", lambda *_: HoursCheck(open=False, until=None, why="night"))
    for flag, function, fields, begins in OF_LEADS:
        answers = {}
        for value in ("", *NO_FLAGS, "Y"):
            lead_setups.restore(site, base, ["hopper"] if flag == "remove_from_hopper" else ["custom"])
            answers[value] = ask(site, function, fields | ({flag: value} if value else {})), state(site)
        without = answers.pop("")
        assert without[0].startswith(begins) and (begins or not without[0]), (flag, without)
        assert answers.pop("Y") != without, (flag, function)
        assert {value for value, answer in answers.items() if answer != without} == set(), (flag, function)


def test_a_flag_about_the_configuration_is_on_for_y_alone(site: JsonSite, base: Path) -> None:
    lead_setups.restore(site, base, ["hopper"])
    for flag, function, fields, answer in OF_CONFIGURATION:
        before = state(site)
        for value in NO_FLAGS:
            assert ask(site, function, fields | {flag: value}) == answer, (flag, value)
        assert state(site) == before, flag
        assert ask(site, function, fields | {flag: "Y"}) != answer, flag
    flag, function, fields, answer = HOPPER
    told = [ask(site, function, fields | {flag: value}) for value in ("1", "y", "true", "YES", "Y")]
    assert ["HOPPER HAS BEEN RESET" in page for page in told] == [False, False, False, True, True], "as in VICIdial"


def test_callbacks_are_removed_by_one_word(site: JsonSite, base: Path) -> None:
    lead_setups.restore(site, base, ["callback"])
    with closing(sqlite3.connect(site.database)) as db:
        [lead] = db.execute("SELECT lead FROM callback").fetchone()
    assert ask(site, "update_lead", {"lead_id": str(lead), "callback": "remove"}) == ""
    assert "CALLBACK DELETED" in ask(site, "update_lead", {"lead_id": str(lead), "callback": "REMOVE"})


def test_each_flag_that_is_read_in_the_code_is_in_a_table() -> None:
    files = Path(functions.__file__).parent.glob("*.py")
    named = {flag for file in files for flag in re.findall(r'is_on\("(\w+)"\)', file.read_text())}
    assert named <= {flag for flag, *_ in (*OF_LEADS, *OF_CONFIGURATION)}
