"""The last look at a lead before it is dialled: what it refuses, and that it refuses what it cannot know."""

import asyncio
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from ari_app.dialler.last_look import LastLook
from warmline.core.messages.dialler_messages import DialRefused, OriginateToDialplan
from warmline.core.model.call import Attempt, Call, CallOutcome
from warmline.core.model.call_states import Direction, Origin, State
from warmline.core.rules.reasons import CALL_OVER, DO_NOT_CALL_UNREADABLE
from warmline.core.world.world import World
from warmline.store.configuration import config
from warmline.store.leads import dnc
from warmline.system import dial_stop_file

NUMBER, NOW = "4930123456", 1_000_000
DIAL = OriginateToDialplan("L", f"PJSIP/{NUMBER}@trunk", "4930999", "C", 25, number=NUMBER)
CALL = Call(
    id="C",
    agc_id="V1",
    direction=Direction.OUT,
    origin=Origin.DIALLER,
    state=State.CALLING,
    since=1,
    arrived=1,
    number=NUMBER,
    outcome=CallOutcome(campaign="TESTCAMP"),
)


@pytest.fixture
def database(demo_database: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(demo_database, tmp_path))


def refusal(db: Path, *calls: Call) -> DialRefused | None:
    """Return the refusal of the look; the emergency stop is in the folder of the database."""
    world = World()
    for call in calls:
        world.keep(call)

    async def look() -> DialRefused | None:
        looks = LastLook(str(db), str(db.parent), lambda: world, lambda: NOW)
        try:
            return await looks.refusal(DIAL)
        finally:
            looks.close()

    return asyncio.run(look())


def test_a_lead_that_may_be_dialled_is_dialled(database: Path) -> None:
    assert refusal(database, CALL) is None


def test_a_number_that_was_listed_in_between_is_not_dialled(database: Path) -> None:
    dnc.add(database, NUMBER, "TESTCAMP", who="ada")
    where = f"{NUMBER} is on the do-not-call list of campaign TESTCAMP"
    assert refusal(database, CALL) == DialRefused("L", where, "DNCC")
    config.create(database, "campaign", "OTHER", {}, who="ada")
    assert refusal(database, replace(CALL, outcome=CallOutcome(campaign="OTHER"))) is None
    dnc.add(database, NUMBER, who="ada")
    assert refusal(database, CALL) == DialRefused("L", f"{NUMBER} is on the system's do-not-call list", "DNCL")


@pytest.mark.parametrize(("until", "refused"), [(0, False), (NOW + 1, False), (NOW, True), (NOW - 1, True)])
def test_a_lead_whose_hours_are_over_is_not_dialled(database: Path, until: int, refused: bool) -> None:
    found = refusal(database, replace(CALL, attempt=Attempt(open_until=until)))
    assert found == (
        DialRefused("L", f"{NUMBER} may not be dialled now: its legal hours are over") if refused else None
    )


def test_the_emergency_stop_refuses_every_lead(database: Path) -> None:
    (database.parent / dial_stop_file.NAME).write_text("")
    assert refusal(database, CALL) == DialRefused("L", dial_stop_file.WHY)


def test_a_call_that_ended_in_between_is_not_dialled(database: Path) -> None:
    assert refusal(database) == DialRefused("L", CALL_OVER.text())


def test_a_list_that_cannot_be_read_is_no_leave_to_dial(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing.db", CALL) == DialRefused("L", DO_NOT_CALL_UNREADABLE.text())
