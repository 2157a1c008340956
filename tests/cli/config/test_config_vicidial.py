"""`warmline config vicidial`: a campaign of VICIdial becomes configuration files, and each value has its fate."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import Run
from tests.copied_database import new_database

CAMPAIGN = {
    "campaign_id": "SALES", "campaign_name": "Autumn", "active": "Y", "dial_method": "ADAPT_TAPERED",
    "auto_dial_level": "2.5", "adaptive_dropped_percentage": "3", "adaptive_maximum_level": "6.0",
    "adaptive_intensity": "5", "available_only_ratio_tally": "Y", "hopper_level": "200", "drop_call_seconds": "5",
    "drop_action": "AUDIO", "safe_harbor_audio": "sorry-nobody", "use_internal_dnc": "N", "lead_filter_id": "NORTH",
    "dial_statuses": " NEW NA B -", "lead_order": "UP LAST NAME 2nd NEW",
    "local_call_time": "9am-9pm", "dial_timeout": "26",
    "campaign_cid": "3125550199", "auto_alt_dial": "ALT_ONLY", "auto_alt_dial_statuses": " B NA -",
    "park_ext": "8301", "next_agent_call": "random", "list_order_mix": "DISABLED", "call_count_limit": "5",
    "campaign_vdad_exten": "8369", "amd_send_to_vmx": "Y", "am_message_exten": "our-offer",
    "lead_order_secondary": "CALLTIME_ASCEND",
}  # fmt: skip
LIST = {
    "list_id": "101", "list_name": "Autumn", "campaign_id": "SALES", "active": "N", "expiration_date": "2099-12-31",
    "reset_time": "0900-1700",
}  # fmt: skip
RECYCLE = {"campaign_id": "SALES", "status": "NA", "attempt_delay": "1800", "attempt_maximum": "4", "active": "Y"}
HOURS = {"call_time_id": "9am-9pm", "call_time_name": "9 to 9", "ct_default_start": "900", "ct_default_stop": "2100"}


def written(folder: Path, table: str, *rows: dict[str, str]) -> str:
    """Write a table as `mysql --batch` does, and return the file's name."""
    lines = [rows[0], *(row.values() for row in rows)]
    (folder / f"{table}.tsv").write_text("\n".join("\t".join(line) for line in lines) + "\n")
    return str(folder / f"{table}.tsv")


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    database = tmp_path / "warmline.db"
    new_database(database)
    monkeypatch.setenv("WARMLINE_DB", str(database))
    monkeypatch.setenv("SUDO_USER", "ada")
    return [
        written(tmp_path, "vicidial_campaigns", CAMPAIGN),
        written(tmp_path, "vicidial_lists", LIST),
        written(tmp_path, "vicidial_lead_recycle", RECYCLE, RECYCLE | {"status": "AB", "active": "N"}),
        written(tmp_path, "vicidial_call_times", HOURS),
    ]


def test_a_campaign_is_converted_and_can_be_applied(run: Run, tables: list[str], tmp_path: Path) -> None:
    folder = str(tmp_path / "converted")
    code, out, err = run("config", "vicidial", *tables, "--to", folder, "--json")
    assert code == 0, err
    fates = {(one["name"], one["column"]): (one["taken"], one["why"]) for one in json.loads(out)["columns"]}
    assert fates["SALES", "dial_method"] == ("read", "PREDICTIVE")
    assert fates["SALES", "drop_call_seconds"][0] == fates["SALES", "lead_filter_id"][0] == "refused"
    assert fates["SALES", "drop_call_seconds"][1].startswith("a dropped person must hear the message within 2 seconds")
    assert fates["SALES", "adaptive_intensity"] == ("not needed", "the prediction knows what this stands for")
    assert fates["SALES", "hopper_level"][0] == fates["SALES", "available_only_ratio_tally"][0] == "not needed"
    for column in ("use_internal_dnc", "lead_order_secondary"):
        assert fates["SALES", column][0] == "refused", column
    assert ("SALES", "park_ext") not in fates and ("SALES", "list_order_mix") not in fates
    code, _, err = run("config", "apply", folder, "--yes")
    assert code == 0, err
    found = shown(run, "campaign", "SALES")
    for option, value in {
        "dial_method": "PREDICTIVE",
        "auto_dial_level": "2.5",
        "adaptive_maximum_level": "6.0",
        "dial_statuses": ["NEW", "NA", "B"],
        "recycle": ["NA:30:4"],
        "local_call_time": "9am-9pm",
        "drop_action": "MESSAGE",
        "drop_call_seconds": 2,
        "safe_harbor_audio": "sorry-nobody",
        "dial_timeout": 26,
        "next_agent_call": "random",
        "call_count_limit": 5,
        "auto_alt_dial": "ALT_ONLY",
        "auto_alt_dial_statuses": ["B", "NA"],
        "lead_order": "UP LAST NAME",
        "new_lead_every": 2,
        "amd": "TAKE",
        "amd_send_to_vmx": "Y",
        "am_message_exten": "our-offer",
    }.items():
        assert found[option] == value, option
    one = shown(run, "list", "101")
    assert (one["campaign"], one["active"], one["expiration_date"]) == ("SALES", "N", "")
    assert one["reset_times"] == ["09:00", "17:00"]
    assert shown(run, "call-time", "9am-9pm")["ct_default_stop"] == 2100


def shown(run: Run, kind: str, name: str) -> Any:
    """Return the options of an entity."""
    found = json.loads(run(kind, "show", name, "--json")[1])
    return found.get("options", found)


def test_a_file_that_is_no_table_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "campaigns.tsv").write_text("")
    code, _, err = run("config", "vicidial", str(tmp_path / "campaigns.tsv"), "--to", str(tmp_path / "new"))
    assert code and "is not named after a table; allowed: vicidial_call_times, vicidial_campaigns" in err
    file = written(tmp_path, "vicidial_lists", {"list_name": "x"})
    code, _, err = run("config", "vicidial", file, "--to", str(tmp_path / "new"))
    assert code and "has a row without list_id" in err
    assert not (tmp_path / "new").exists()
