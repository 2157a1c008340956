"""The dispositions that exist from the start."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.core.agents.agent_release import TRANSFER_STATUS
from warmline.core.model.queue_wait import WaitStatus
from warmline.core.rules.configuration import Disposition
from warmline.options.values.option_types import as_text
from warmline.store.configuration import change_plan, config, configuration_snapshot
from warmline.store.database import database
from warmline.store.database.errors import Conflict, NotFound

# VICIdial's system statuses, and those that its flows write.
UPSTREAM = """
    NEW QUEUE INCALL DROP XDROP NA CALLBK CBHOLD A AA AM AL AFAX AB B DC ADC DEC DNC DNCL DNCC SALE N NI NP PU PM XFER
    ERI SVYEXT SVYVM SVYHU SVYREC QVMAIL RQXFER TIMEOT AFTHRS NANQUE IQNANQ PDROP IVRXFR SVYCLM MLINAT MAXCAL LRERR
    QCFAIL ADCT LSMERG DAIR ADAIR ALTNUM DCMX DISMX PAUSMX RAXFER HOLDTO WAITTO CLOSOP
"""


REACHED = ["SALE", "NI", "CALLBK", "XFER", "DNC", "WRONG", "OTHER"]
UNREACHED = ["NA", "A", "B", "DC"]


@pytest.fixture
def codes(db: Path) -> dict[str, Disposition]:
    with closing(database.connect(db)) as connection:
        return dict(configuration_snapshot.load_rules(connection).dispositions)


def flagged(codes: dict[str, Disposition], flag: str) -> set[str]:
    return {name for name, one in codes.items() if getattr(one, flag) == "Y"}


def test_agents_choose_from_these(codes: dict[str, Disposition]) -> None:
    placed = sorted((codes[name] for name in flagged(codes, "selectable")), key=lambda one: one.place)
    assert [one.id for one in placed if one.direction == "BOTH"] == REACHED
    assert [one.id for one in placed if one.direction == "OUTBOUND"] == UNREACHED
    assert {one.id for one in placed if one.reached == "NO"} == set(UNREACHED)
    assert [one.key for one in placed] == [*"123456789", "01", "02"]


def test_every_system_code_is_there_and_each_that_we_write(codes: dict[str, Disposition]) -> None:
    assert set(UPSTREAM.split()) | {TRANSFER_STATUS, *WaitStatus} <= codes.keys()
    assert not {one.id for one in codes.values() if not one.status_name}


def test_the_flags_of_dispositions_are_set(codes: dict[str, Disposition]) -> None:
    assert flagged(codes, "sale") == {"SALE"}
    assert flagged(codes, "dnc") == {"DNC", "DNCL", "DNCC"}
    assert flagged(codes, "scheduled_callback") == {"CALLBK", "CBHOLD", "QCFAIL"}
    assert flagged(codes, "not_interested") == {"NI"}


def test_a_code_is_for_campaigns_and_in_groups_that_exist(db: Path) -> None:
    config.create(db, "disposition", "UPSELL", {"sale": "Y", "ingroups": "AGENTDIRECT"}, who="ada")
    with refused(NotFound, "entity_unknown", kind="campaign", name="SHOP"):
        config.set_options(db, "disposition", "UPSELL", {"campaigns": "SHOP"}, who="ada")
    config.create(db, "pause-code", "LUNCH", {"billable": "HALF"}, who="ada")
    assert config.show(db, "pause-code", "LUNCH")["billable"] == "HALF"


CLASHES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("create", "disposition", {"key": "4"}),
    ("create", "pause-code", {"key": "7"}),
    ("set", "disposition", {"key": "4", "campaigns": "SHOP"}),
    ("set", "disposition", {"selectable": "Y"}),
    ("set", "disposition", {"campaigns": ""}),
    ("set", "pause-code", {"key": "7"}),
)


@pytest.mark.parametrize(("action", "kind", "options"), CLASHES)
def test_no_change_gives_two_codes_one_key(db: Path, action: str, kind: str, options: dict[str, str]) -> None:
    config.create(db, "campaign", "SHOP", {}, who="ada")
    config.create(db, "campaign", "OTHER", {}, who="ada")
    config.create(db, "pause-code", "LUNCH", {"key": "7"}, who="ada")
    config.create(db, "disposition", "FIRST", {"key": "12", "campaigns": "OTHER"}, who="ada")
    if action == "set":
        mine = {"disposition": {"key": "12", "campaigns": "SHOP"}, "pause-code": {}}[kind]
        if "selectable" in options:
            mine = {"key": "4", "selectable": "N"}
        config.create(db, kind, "MINE", mine, who="ada")
    before = config.everything(db)
    taken = {"pause-code": ("LUNCH", "MINE"), "disposition": ("MINE", "XFER")}[kind]
    first, second = ("FIRST", "MINE") if options == {"campaigns": ""} else taken
    with refused(Conflict, "code_key_taken", kind=kind, first=first, second=second):
        if action == "create":
            config.create(db, kind, "MINE", options, who="ada")
        else:
            config.set_options(db, kind, "MINE", options, who="ada")
    with refused(Conflict, "code_key_taken", kind=kind, first=first, second=second):
        change_plan.plan(db, {(kind, "MINE"): options})
    assert config.everything(db) == before


def test_codes_that_share_a_key_from_before_can_be_changed(db: Path) -> None:
    config.create(db, "disposition", "MINE", {"key": "12"}, who="ada")
    with closing(sqlite3.connect(db)) as connection:  # as an earlier release allowed
        connection.execute("UPDATE disposition SET key = '4' WHERE id = 'MINE'")
        connection.commit()
    config.set_options(db, "disposition", "MINE", {"status_name": "Mine", "direction": "INBOUND"}, who="ada")
    texts = {option: as_text(value) for option, value in config.show(db, "disposition", "MINE").items()}
    assert change_plan.plan(db, {("disposition", "MINE"): texts}) == []
    swapped = {("disposition", "MINE"): {"key": "1"}, ("disposition", "SALE"): {"key": "4"}}
    with refused(Conflict, "code_key_taken", key="4", first="SALE", second="XFER"):
        change_plan.plan(db, swapped)
    change_plan.apply(db, change_plan.plan(db, {**swapped, ("disposition", "XFER"): None}), who="ada")
    assert config.show(db, "disposition", "SALE")["key"] == "4"
