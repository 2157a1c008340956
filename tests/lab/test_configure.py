"""A lab's database: the complete demo configuration, with the changes."""

from pathlib import Path

import pytest

from lab import configure, demo_config
from lab.lab_error import LabError
from tests.wording.said import refused
from warmline.store.configuration import config


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "warmline.db"


def toml(folder: Path, text: str) -> Path:
    file = folder / "changes.toml"
    file.write_text(text)
    return file


def test_a_new_database_holds_the_demo_configuration_and_nothing_is_left_beside_it(database: Path) -> None:
    configure.fill(database, [])
    assert [path.name for path in database.parent.iterdir()] == ["warmline.db"]
    assert config.list_names(database, "agent") == list(demo_config.AGENTS)
    assert config.show(database, "did", "8005550102")["route"] == "agent:1000"
    assert config.show(database, "ingroup", "CLOSEDLINE")["active"] == "N"
    campaign = config.show(database, "campaign", "TESTCAMP")
    assert {name: str(campaign[name]) for name in demo_config.CAMPAIGN} == demo_config.CAMPAIGN
    assert campaign["campaign_recording"] == "ONDEMAND"


def test_changes_are_made_on_top_and_a_second_start_keeps_them(database: Path) -> None:
    changes = configure.read(
        toml(
            database.parent,
            """
            [campaign.TESTCAMP]
            campaign_recording = "ALLCALLS"
            dial_timeout = 25
            [ingroup.NIGHTLINE]
            active = false
            [agent.1003]
            ingroups = ["NIGHTLINE", "AGENTDIRECT"]
            [setting]
            api_impossible = "SUCCESS"
            """,
        )
    )
    configure.fill(database, changes)
    configure.fill(database, [])
    campaign = config.show(database, "campaign", "TESTCAMP")
    assert (campaign["campaign_recording"], campaign["dial_timeout"]) == ("ALLCALLS", 25)
    assert config.show(database, "ingroup", "NIGHTLINE")["active"] == "N"
    assert config.show(database, "agent", "1003")["ingroups"] == ("NIGHTLINE", "AGENTDIRECT")
    assert config.show(database, "setting", "warmline")["api_impossible"] == "SUCCESS"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[campaign", "TOML"),
        ("[campain.TESTCAMP]\n", "campain"),
        ("campaign = 1\n", "[campaign.NAME]"),
        ("[campaign]\ndial_timeout = 5\n", "dial_timeout"),
        ("[campaign.TESTCAMP]\ndial_timeout = 5000\n", "5000"),
        ("[campaign.TESTCAMP]\ndial_timeuot = 5\n", "dial_timeout"),
    ],
)
def test_bad_changes_are_refused_by_name_before_anything_is_made(tmp_path: Path, text: str, named: str) -> None:
    with refused(LabError, "lab_config_invalid") as found:
        configure.read(toml(tmp_path, text))
    assert named in str(found.value)


def test_a_reference_to_nothing_is_refused(database: Path) -> None:
    with refused(LabError, "lab_config_not_applied"):
        configure.fill(database, [("ingroup", "SALESLINE", {"default_xfer_group": "NOSUCH"})])
