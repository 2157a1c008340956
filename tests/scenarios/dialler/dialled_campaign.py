"""A campaign that dials leads in the lab, and the phones of its leads."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

import pytest

from lab.demo_config import CAMPAIGN as OPTIONS
from lab.sip import Behaviour, IncomingCall
from tests.internals.scenarios import Conflict, Kind, config, dial_stop_file, leads
from tools.simulation.call_centre.dialled_leads import MESSAGE
from tools.simulation.call_centre.far_ends import FarEnd
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

CAMPAIGN, PACED, SHOWN = "TESTCAMP", "PACECAMP", "4930999888"
LISTS = {CAMPAIGN: "977", PACED: "978"}
AUTOMATIC = {
    "dial_method": "PROGRESSIVE",
    "campaign_cid": SHOWN,
    "safe_harbor_audio": MESSAGE,
    "local_call_time": "ALLDAY",
}
BY_HAND = {"dial_method": "MANUAL", "campaign_cid": "0000000000"}
JAPAN = "8131234"  # a country without legal hours here: the campaign's own hold, at any time of the day
SERIAL = count(1000)
SEATED, GUESTS, OF_PACED = ("1000", "1001", "1002"), ("1007", "1009"), ("1004", "1005", "1006")  # agents


@pytest.fixture
def numbers() -> Iterator[str]:
    """Return numbers of leads that no other test has."""
    return (f"{JAPAN}{n}" for n in SERIAL)


@asynccontextmanager
async def dialler(
    real: RealWorld, ends_of: Mapping[str, FarEnd | Behaviour], campaign: str = CAMPAIGN, **options: str
) -> AsyncIterator[None]:
    """Let the campaign dial these leads, in this order, with only these leads in its list."""
    site, db = real.site, real.site.database
    site.far_ends.update(ends_of)
    with_list(db, campaign, options)
    for number in ends_of:
        leads.create(db, LISTS[campaign], {"phone_number": f"+{number}"}, who="test")

    async def started() -> bool | None:
        status, _ = await site.order(f"diallers/{campaign}/start", {})
        return True if status < 300 else None

    await real.until(started, "the dialler starts")
    try:
        yield
    finally:
        if not site.app_runs:
            await real.start_app()
        dial_stop_file.allow(f"{site.folder}/run")
        status, told = await site.order(f"diallers/{campaign}/stop", {})
        assert status < 300, told
        with sqlite3.connect(db) as opened:
            opened.execute("DELETE FROM lead WHERE list_id = ?", [LISTS[campaign]])
        config.set_options(db, "campaign", campaign, BY_HAND, who="test")


def with_list(db: str, campaign: str, options: Mapping[str, str]) -> None:
    """Let the campaign dial its list."""
    with suppress(Conflict):  # of an earlier test in this lab
        config.create(db, "call-time", "ALLDAY", {"ct_default_start": "0", "ct_default_stop": "2400"}, who="test")
    with suppress(Conflict):
        config.create(db, "list", LISTS[campaign], {"campaign": campaign, "country": "JP"}, who="test")
    config.set_options(db, "campaign", campaign, AUTOMATIC | dict(options), who="test")


@asynccontextmanager
async def five_agents(real: RealWorld) -> AsyncIterator[tuple[Party, ...]]:
    """Let five agents work. Those whom other scenarios expect at home log out at the end."""
    agents = await asyncio.gather(*(real.agent(user) for user in (*SEATED, *GUESTS)))
    yield tuple(agents)
    for agent in agents[len(SEATED) :]:
        assert await real.ask(Kind.LOGOUT, agent) == ""


@asynccontextmanager
async def paced_agents(real: RealWorld) -> AsyncIterator[list[Party]]:
    """Let three agents work in a campaign of its own, whose drops no other test counts."""
    db = real.site.database
    with suppress(Conflict):  # of another test in this lab
        config.create(db, "campaign", PACED, OPTIONS, who="test")
    for user in OF_PACED:
        config.set_options(db, "agent", user, {"campaign": PACED}, who="test")
    await real.in_force()
    yield (agents := [await real.agent(user) for user in OF_PACED])
    for agent in agents:
        assert await real.ask(Kind.LOGOUT, agent) == ""
        config.set_options(db, "agent", agent.name, {"campaign": CAMPAIGN}, who="test")


async def called(real: RealWorld, number: str) -> IncomingCall:
    """Wait until the lead's phone is called. Calls to leads come in any order."""

    async def find() -> IncomingCall | None:
        calls = (call for call in real.site.peer.calls if call.number == number)
        return next((call for call in calls if isinstance(call, IncomingCall)), None)

    return await real.until(find, f"the call to {number}")


async def ended(real: RealWorld, number: str) -> tuple[Any, ...]:
    """Wait for the end of the lead's call; return its status and what ended it."""

    async def find() -> tuple[Any, ...] | None:
        with sqlite3.connect(real.site.database) as db:
            sql = "SELECT status, ended_by FROM call WHERE number = ? AND ended IS NOT NULL"
            found: tuple[Any, ...] | None = db.execute(sql, [number]).fetchone()
            return found

    return await real.until(find, f"the end of the call to {number}")
