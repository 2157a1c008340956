"""The figures that the dialler has learnt of a campaign outlive its stop and restarts of the app."""

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from ari_app.dialler.campaign_pacers import CampaignPacers
from ari_app.dialler.pacing_records import PacingRecords
from warmline.core.model.call import Attempt, Call, CallOutcome
from warmline.core.model.call_states import Direction, Origin, State
from warmline.core.model.dialler import Dialler
from warmline.core.pacing.dial_method import PacingRules
from warmline.core.pacing.pacer import Pacer
from warmline.core.rules.configuration import Campaign, Rules
from warmline.core.world.world import World
from warmline.store.dialling import learnt_pacing

SECOND = 1_000_000
NOW = 1_800_000_000 * SECOND
SALES = Campaign(id="SALES", dial_method="PREDICTIVE")
RULES = Rules(campaigns={"SALES": SALES})
DIALLER = Dialler(id="SALES", running=True)


@pytest.fixture
def db(tmp_path: Path, new_database: Path) -> Path:
    return Path(shutil.copy(new_database, tmp_path / "warmline.db"))


def in_app(db: Path, test: Callable[[CampaignPacers], Awaitable[None]], *, at: int = NOW) -> None:
    """Run the test in an app that starts, and ends normally."""

    async def main() -> None:
        pacers = CampaignPacers(PacingRecords(str(db)))
        await pacers.begin(RULES, SALES, DIALLER, at)
        await test(pacers)
        await pacers.close(at)

    asyncio.run(main())


def world(*calls: Call) -> World:
    found = World()
    found.rules = RULES
    for call in calls:
        found.keep(call)
    return found


def in_flight(serial: int) -> Call:
    return Call(
        id=f"C{serial}",
        agc_id=f"V{serial}",
        direction=Direction.OUT,
        origin=Origin.DIALLER,
        state=State.CALLING,
        since=NOW,
        arrived=NOW,
        attempt=Attempt(),
        outcome=CallOutcome(campaign="SALES"),
    )


async def learn(pacers: CampaignPacers, calls: int = 30) -> None:
    """Let calls begin and end without an answer."""
    pacers.decide(world(*map(in_flight, range(calls))), SALES, DIALLER, NOW)
    pacers.decide(world(), SALES, DIALLER, NOW + 20 * SECOND)


def kept(db: Path) -> dict[str, Any]:
    """Return the record of the campaign; {} if there is none."""
    found = learnt_pacing.load(db, "SALES")
    return found.record if found else {}


def learnt_record() -> dict[str, Any]:
    """Return the record of a pacer that has learnt the same."""
    pacer = Pacer(PacingRules())
    for _ in range(30):
        pacer.outcomes.add(20, is_answered=False)
    return pacer.as_record()["outcomes"]["unanswered"]


def test_learnt_figures_are_stored_when_the_app_ends(db: Path) -> None:
    in_app(db, learn)
    assert kept(db)["outcomes"]["unanswered"] == learnt_record()

    async def test(pacers: CampaignPacers) -> None:
        pacers.decide(world(), SALES, DIALLER, NOW)

    in_app(db, test)
    assert kept(db)["outcomes"]["unanswered"] == learnt_record(), "the next app has taken it over"


@pytest.mark.parametrize("body", ["{}", '{"outcomes": 7}'])
def test_a_record_that_cannot_be_read_is_learnt_again(db: Path, body: str, caplog: pytest.LogCaptureFixture) -> None:
    with sqlite3.connect(db) as opened:
        opened.execute("INSERT INTO pacing VALUES ('SALES', ?, ?)", (NOW, body))
    in_app(db, learn)
    assert "the dialler of campaign SALES learns from the beginning: the record of pacing cannot be read" in caplog.text
    assert kept(db)["outcomes"]["unanswered"] == learnt_record()
