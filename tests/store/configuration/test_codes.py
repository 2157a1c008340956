"""The dispositions that exist from the start."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.wording.said import refused
from warmline.core.agents.agent_release import XFER
from warmline.core.model.queue_wait import WaitStatus
from warmline.core.rules.configuration import Disposition
from warmline.store.configuration import config, configuration_snapshot
from warmline.store.database import database
from warmline.store.database.errors import NotFound

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
    assert set(UPSTREAM.split()) | {XFER, *WaitStatus} <= codes.keys()
    assert not {one.id for one in codes.values() if not one.status_name}


def test_the_flags_of_dispositions_are_set(codes: dict[str, Disposition]) -> None:
    assert flagged(codes, "sale") == {"SALE"}
    assert flagged(codes, "dnc") == {"DNC", "DNCL", "DNCC"}
    assert flagged(codes, "scheduled_callback") == {"CALLBK", "CBHOLD", "QCFAIL"}
    assert flagged(codes, "not_interested") == {"NI"}
    assert flagged(codes, "unworkable") == {"DC", "ADC", "AFAX"}


def test_a_code_is_for_campaigns_and_in_groups_that_exist(db: Path) -> None:
    config.create(db, "disposition", "UPSELL", {"sale": "Y", "ingroups": "AGENTDIRECT"}, who="ada")
    with refused(NotFound, "entity_unknown", kind="campaign", name="SHOP"):
        config.set_options(db, "disposition", "UPSELL", {"campaigns": "SHOP"}, who="ada")
    config.create(db, "pause-code", "LUNCH", {"billable": "HALF"}, who="ada")
    assert config.show(db, "pause-code", "LUNCH")["billable"] == "HALF"
