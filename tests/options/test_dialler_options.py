"""Options of a dialling campaign: VICIdial's names are taken, and options that contradict each other are refused."""

import shutil
from pathlib import Path

import pytest

from warmline.options.values.entity import OptionError
from warmline.store.configuration import config

HARBOUR = {"safe_harbor_audio": "vm-nobodyavail"}


@pytest.fixture
def db(demo_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_database, tmp_path))


def set_options(db: Path, **options: str) -> None:
    config.set_options(db, "campaign", "TESTCAMP", options, who="test")


def kept(db: Path) -> tuple[object, ...]:
    options = config.show(db, "campaign", "TESTCAMP")
    return tuple(options[name] for name in ("dial_method", "dial_timeout", "adaptive_dropped_percentage"))


@pytest.mark.parametrize("name", ["ADAPT_HARD_LIMIT", "ADAPT_AVERAGE", "ADAPT_TAPERED", "PREDICTIVE"])
def test_the_adaptive_methods_of_vicidial_are_predictive(db: Path, name: str) -> None:
    set_options(db, dial_method=name, **HARBOUR)
    assert kept(db)[0] == "PREDICTIVE"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"dial_method": "PROGRESSIVE", "dial_timeout": "14"}, "dial_timeout_short"),
        ({"dial_method": "RATIO"}, "drop_action_missing"),
        ({"dial_method": "PREDICTIVE", "drop_action": "HANGUP", **HARBOUR}, "drop_action_missing"),
        ({"dial_method": "RATIO", "drop_action": "IN_GROUP", **HARBOUR}, "drop_action_missing"),
        ({"dial_method": "ADAPTIVE", **HARBOUR}, ""),
        ({"adaptive_dropped_percentage": "3.1"}, ""),
        ({"adaptive_dropped_percentage": "0"}, ""),
        ({"auto_dial_level": "-1"}, ""),
    ],
)
def test_a_change_that_is_refused_changes_nothing(db: Path, options: dict[str, str], code: str) -> None:
    before = kept(db)
    with pytest.raises(OptionError) as refused:
        set_options(db, **options)
    assert not code or refused.value.code == code
    assert kept(db) == before


def test_a_contradiction_is_refused_from_either_side(db: Path) -> None:
    set_options(db, dial_method="PREDICTIVE", **HARBOUR)
    for one in ({"dial_timeout": "14"}, {"safe_harbor_audio": ""}, {"drop_action": "HANGUP"}):
        with pytest.raises(OptionError):
            set_options(db, **one)
    for fits in ("0", "15"):
        set_options(db, dial_timeout=fits)
    set_options(db, dial_method="MANUAL", dial_timeout="5", safe_harbor_audio="")
    assert kept(db)[:2] == ("MANUAL", 5)


def test_leads_without_an_agent_may_go_to_an_in_group(db: Path) -> None:
    set_options(db, dial_method="RATIO", drop_action="IN_GROUP", drop_inbound_group="SUPPORTLINE")
    assert kept(db)[0] == "RATIO"
