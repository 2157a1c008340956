"""`warmline import freepbx`: an invented office becomes a configuration, and each value of it has its fate."""

import json
from pathlib import Path

import pytest

from contrib.imports.tests.freepbx.invented_office import DUMP, fate
from tests.cli.command_line import Run
from warmline.options.option_table import OptionError
from warmline_contrib.dialplan_lint.dialplan_reading import from_text
from warmline_contrib.imports.converted_value import Fate
from warmline_contrib.imports.freepbx import columns
from warmline_contrib.imports.freepbx.freepbx_conversion import FreepbxConversion, convert
from warmline_contrib.imports.freepbx.freepbx_source import Row

MOVED = ("5550100", "+13125550102")


@pytest.fixture(scope="module")
def converted(office: dict[str, list[Row]]) -> FreepbxConversion:
    return convert(office, "SALES", {"600": "SALESLINE"}, MOVED)


def test_value_of_each_column_is_reported_once(office: dict[str, list[Row]], converted: FreepbxConversion) -> None:
    of_rows = ("users", "devices", "incoming", "queues_config", "ringgroups", "timeconditions", "timegroups_details")
    for table in of_rows:
        told = [one.key for one in converted.values if one.key.startswith(f"{table}.") and " " not in one.key]
        assert sorted(told) == sorted(f"{table}.{name}" for row in office[table] for name in row), table
    for row in office["queues_details"]:
        keyword = {"music": "musicclass"}.get(row["keyword"], row["keyword"])
        key = f"queues_details.{keyword}"
        assert any(one.place == f"queue {row['id']}" and one.key == key for one in converted.values), row
    assert sum(one.key.startswith("sip.") for one in converted.values) == len(office["sip"])


def test_column_of_another_release_is_lost(office: dict[str, list[Row]]) -> None:
    newer = office | {"incoming": [row | {"new_column": "1"} for row in office["incoming"]]}
    found = [one for one in convert(newer).values if one.key == "incoming.new_column"]
    assert {(one.fate, one.why) for one in found} == {(Fate.LOST, "this release does not know the column")}


def test_secrets_are_not_shown(converted: FreepbxConversion) -> None:
    told = {one.key: one.value for one in converted.values if one.value == columns.HIDDEN}
    assert set(told) == {"users.password", "sip.secret", "queues_config.password", "timeconditions.fcc_password"}
    assert not any(secret in str(converted) for secret in ("do-not-show", "pass-1001", "4321"))


def test_queue_becomes_an_in_group_with_agents(converted: FreepbxConversion) -> None:
    sales, agents = converted.config["ingroup"]["SALESLINE"], converted.config["agent"]
    assert (sales["group_name"], sales["next_agent_call"], sales["moh_context"]) == ("Sales", "ring_all", "jazz")
    assert (sales["drop_call_seconds"], sales["drop_action"], sales["voicemail_ext"]) == (
        120,
        "VOICEMAIL",
        "1001@default",
    )
    assert (sales["welcome_message_filename"], sales["play_welcome_message"]) == (
        *("custom/welcome|custom/hours", "IF_WAIT_ONLY"),
    )
    assert sales["exit_keys"] == ("1 -> ingroup:610", "0 -> voicemail:1001@default")
    assert sales["ingroup_recording_override"] == "ALLFORCE"
    assert agents["1001"]["full_name"] == "Ada Lovelace"
    assert agents["1002"]["ingroup_ranks"] == ("SALESLINE:-1", "620:9")
    assert agents["4930555123"]["outside_number"] == "4930555123"
    assert "1003" not in agents
    assert fate(converted, "extension 1003", "users.extension")[0] is Fate.LOST


def test_queue_without_a_possible_name_is_lost_with_each_value(office: dict[str, list[Row]]) -> None:
    """FreePBX takes a number with a star for a queue, and so for a ring group."""
    star = {
        "queues_config": [row | {"extension": "*600"} for row in office["queues_config"][:1]],
        "queues_details": [row | {"id": "*600"} for row in office["queues_details"] if row["id"] == "600"],
        "ringgroups": [row | {"grpnum": "*620"} for row in office["ringgroups"][:1]],
    }
    found = convert(office | star)
    assert "ingroup" not in found.config
    told = [one for one in found.values if one.place in ("queue *600", "ring group *620")]
    assert {one.fate for one in told} == {Fate.LOST}
    assert len(told) == sum(map(len, (star["queues_config"][0], star["queues_details"], star["ringgroups"][0])))
    assert told[0].why.endswith("to rename it: --name '*600=NEW'")
    again = convert(office | star, names={"*600": "SALES", "*620": "SALES"})
    assert [*again.config["ingroup"]] == ["SALES"]
    assert again.config["ingroup"]["SALES"]["group_name"] == "Sales"
    assert fate(again, "ring group *620", "ringgroups.grpnum")[1].startswith("another queue becomes the in-group SALES")


def test_ring_group_becomes_an_in_group_that_rings_in_turn(converted: FreepbxConversion) -> None:
    desk = converted.config["ingroup"]["620"]
    assert (desk["next_agent_call"], desk["on_hook_ring_time"], desk["drop_call_seconds"]) == (
        *("inbound_group_rank", 12, 36),
    )
    assert (desk["drop_action"], desk["drop_inbound_group"]) == ("IN_GROUP", "SALESLINE")
    assert converted.config["agent"]["1001"]["ingroup_ranks"] == ("620:8",)
    assert converted.config["ingroup"]["621"]["drop_exten"] == "busy@app-blackhole"


def test_inbound_route_becomes_a_did_with_hours(converted: FreepbxConversion) -> None:
    dids = converted.config["did"]
    assert dids["5550100"] == {
        "did_description": "Office",
        "route": "ingroup:621",
        "call_time_id": "Office_hours",
        "after_hours_route": "voicemail:1001@default",
    }
    hours = converted.config["call-time"]["Office_hours"]
    assert (hours["ct_default_start"], hours["ct_default_stop"], hours["timezone"]) == (830, 1200, "Europe/Berlin")
    assert (hours["ct_saturday_start"], hours["ct_saturday_stop"], hours["ct_sunday_start"]) == (0, 200, 2400)
    assert "friday:1300-1700" in hours["ct_more_hours"] and "saturday:2200-2400" in hours["ct_more_hours"]
    assert dids["default"]["route"] == "callmenu:ivr-2"
    assert "5550105" not in dids and not any(name.startswith("55.") for name in dids)


def test_rule_for_a_caller_becomes_a_list(converted: FreepbxConversion) -> None:
    assert converted.config["did"]["5550101"]["filter_route"] == "hangup"
    assert converted.config["container"] == {"CID_5550101": {"entries": ("5557777",)}}
    assert fate(converted, "inbound route 5550101/_44X.", "incoming.cidnum")[0] is Fate.LOST
    assert fate(converted, "inbound route 5550101/+15558888", "incoming.cidnum")[1].endswith("and that is hangup")


def rules(office: dict[str, list[Row]], *destinations: str) -> list[Row]:
    """Return a number's own route, and a rule for a caller with each destination."""
    (own,) = (row for row in office["incoming"] if (row["extension"], row["cidnum"]) == ("5550101", ""))
    return [own, *(own | {"cidnum": f"{count}00", "destination": one} for count, one in enumerate(destinations, 1))]


def test_commonest_destination_of_listed_callers_counts(office: dict[str, list[Row]]) -> None:
    often = rules(office, "app-blackhole,hangup,1", "ext-queues,610,1", "ext-queues,610,1")
    for rows in (often, often[::-1]):  # a server has no order
        found = convert(office | {"incoming": rows}).config
        assert (found["did"]["5550101"]["filter_route"], found["container"]["CID_5550101"]) == (
            *("ingroup:610", {"entries": ("200", "300")}),
        )


def test_route_that_becomes_no_did_keeps_nothing(office: dict[str, list[Row]]) -> None:
    """The numbers 5550101 and +5550101 are one DID, and a destination may be gone."""
    own, rule = rules(office, "app-blackhole,hangup,1")
    gone = [row | {"extension": "77", "destination": "timeconditions,77,1", "description": "X"} for row in (own, rule)]
    found = convert(office | {"incoming": [own, own | {"extension": "+5550101"}, *gone]})
    assert [*found.config["did"]] == ["5550101"] and "container" not in found.config
    for place in ("inbound route 5550101", "inbound route 77", "inbound route 77/100"):
        fates = [fate(found, place, f"incoming.{name}")[0] for name in ("extension", "destination", "description")]
        assert fates == [Fate.LOST, Fate.LOST, Fate.NOT_NEEDED]
    assert fate(found, "inbound route 5550101", "incoming.extension")[1].startswith("the route for +5550101 has this")


def test_condition_with_dates_becomes_lines_of_the_dialplan(converted: FreepbxConversion) -> None:
    assert converted.config["did"]["13125550102"]["route"] == "extension:2@warmline-freepbx-time"
    assert " same => n,GotoIfTime(*,*,25-26,dec?true)\n" in converted.include
    assert " same => n(false),Goto(warmline-freepbx-time,1,1)\n" in converted.include
    assert " same => n(true),Goto(warmline-ingroup,621,1)\n" in converted.include
    assert fate(converted, "inbound route 5550104", "incoming.destination")[0] is Fate.CHANGED


def test_chosen_numbers_alone_go_to_warmline(office: dict[str, list[Row]], converted: FreepbxConversion) -> None:
    numbers = [line for line in converted.include.splitlines() if ",1,Set(__FROM_DID" in line]
    assert [line.split()[2].partition(",")[0] for line in numbers] == ["5550100", "+13125550102"]
    assert "[ext-did-custom]" not in convert(office).include
    assert "[ext-did-post-custom]\nexten => _[+0-9*#]!,1" in convert(office, moved=["default"]).include
    with pytest.raises(OptionError, match="--did 1 has no inbound route that was converted; allowed: 13125550102, "):
        convert(office, moved=["1"])


# The contexts that FreePBX writes: each includes NAME-custom first.
FREEPBX = """
[from-pstn]
include => from-pstn-custom
include => ext-did
include => ext-did-post-custom
include => ext-did-catchall
[ext-did]
include => ext-did-custom
include => ext-did-0002
[ext-did-0002]
exten => 5550100,1,Goto(timeconditions,1,1)
exten => 5550101,1,Goto(ext-queues,600,1)
[ext-did-catchall]
exten => _.,1,Goto(ext-did,s,1)
#tryinclude warmline-freepbx.conf
"""


def test_conditions_that_lead_to_each_other_end(office: dict[str, list[Row]]) -> None:
    first, second, *others = office["timeconditions"]
    circle = [first | {"falsegoto": "timeconditions,2,1", "truegoto": "nowhere"}, second, *others]
    found = convert(office | {"timeconditions": circle})
    assert found.config["did"]["5550100"]["route"] == "extension:1@warmline-freepbx-time"
    assert " same => n(false),Goto(warmline-freepbx-time,2,1)\n same => n(true),Hangup()\n" in found.include
    assert found.include.count("exten => 1,1,") == found.include.count("exten => 2,1,") == 1


@pytest.mark.usefixtures("database")
def test_files_can_be_applied_and_written_again(run: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / "new")
    args = ("import", "freepbx", str(DUMP), "--campaign", "TESTCAMP", "--name", "600=SALESLINE", "--to", folder)
    code, out, err = run(*args, "--did", "5550100")
    assert code == 0, err
    assert "numbers that go to Warmline: 5550100; for Asterisk: " in out
    assert "queues_config.grppre" in out and "not needed" in out.splitlines()[-3]
    assert "timeconditions.timeconditions_id +4" in out and "timeconditions.displayname" not in out
    for line in (("campaign", "create", "TESTCAMP"), ("config", "apply", folder, "--yes")):
        code, _, err = run(*line)
        assert code == 0, err
    code, out, _ = run("route", "simulate", "5550100", "--at", "2026-11-28 14:00")
    assert "Office_hours is closed" in out
    code, out, _ = run(*args, "--json")
    told = json.loads(out)
    assert told["counts"]["lost"] == sum(one["fate"] == "lost" for one in told["values"])
    assert "ext-did-custom" not in Path(told["files"][-1]).read_text()
    code, out, _ = run("config", "diff", folder)
    assert code == 0 and out == "nothing to change\n"


def test_nothing_is_written_where_a_file_is_in_the_way(run: Run, tmp_path: Path) -> None:
    (tmp_path / "asterisk").write_text("in the way")
    code, _, err = run("import", "freepbx", str(DUMP), "--to", str(tmp_path))
    assert code == 1 and "asterisk cannot be written: File exists" in " ".join(err.split())
    assert [one.name for one in tmp_path.iterdir()] == ["asterisk"]


def test_secret_of_a_trunk_is_not_shown(office: dict[str, list[Row]]) -> None:
    for keyword in ("register", "Secret", "md5secret", "outbound_auth", "md5_cred", "remotesecret"):
        row = {"id": "tr-reg-1", "keyword": keyword, "data": "ada:do-not-show@192.0.2.7"}
        found = convert(office | {"sip": [row]})
        assert [one.value for one in found.values if one.key == f"sip.{keyword}"] == [columns.HIDDEN], keyword


def test_number_moves_by_its_lines_and_back_without_them(office: dict[str, list[Row]], tmp_path: Path) -> None:
    before = ["ext-did-0002", "ext-did-0002", "ext-did-catchall"]
    moves: tuple[tuple[list[str] | None, list[str]], ...] = (
        (None, before),
        (["5550100"], ["ext-did-custom", "ext-did-0002", "ext-did-catchall"]),
        (["5550100", "default"], ["ext-did-custom", "ext-did-0002", "ext-did-post-custom"]),
        ([], before),
    )
    for moved, contexts in moves:
        if moved is not None:
            (tmp_path / "warmline-freepbx.conf").write_text(convert(office, moved=moved).include)
        plan = from_text(FREEPBX, "extensions.conf", tmp_path)
        found = [plan.find("from-pstn", number) for number in ("5550100", "5550101", "5559876")]
        assert [one and one.context for one in found] == contexts, moved
