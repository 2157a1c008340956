"""A progressive campaign on a real Asterisk: a lead's phone rings for each ready agent, and silence greets no lead."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any

import pytest

from simulation.call_centre.dialled_leads import KEY, MESSAGE, ends, hears_message
from simulation.call_centre.far_ends import BUSY, FarEnd, answers, rings
from simulation.call_centre.real_world import RealWorld
from simulation.call_centre.scenario_language import Party
from sip_parties import Hearing, IncomingCall
from warmline.core.model.commands import Kind
from warmline.store.configuration import config
from warmline.store.database.errors import Conflict
from warmline.store.leads import leads
from warmline.system import no_dial

CAMPAIGN, LIST, SHOWN = "TESTCAMP", "977", "4930999888"
AUTOMATIC = {
    "dial_method": "PROGRESSIVE",
    "campaign_cid": SHOWN,
    "safe_harbor_audio": MESSAGE,
    "local_call_time": "ALLDAY",
}
BY_HAND = {"dial_method": "MANUAL", "campaign_cid": "0000000000"}
JAPAN = "8131234"  # a country without legal hours here: the campaign's own hold, at any time of the day
CONNECTED = 0.5  # seconds from the answer until lead and agent hear each other; mostly 0.03
DROPPED = 2.0  # drop_call_seconds
MESSAGE_AFTER_DROP, MESSAGE_BY_GUARD = 2.3, 4.2  # seconds from the answer
SERIAL = count(1000)


@pytest.fixture
def numbers() -> Iterator[str]:
    """Return numbers of leads that no other test has."""
    return (f"{JAPAN}{n}" for n in SERIAL)


@asynccontextmanager
async def dialler(real: RealWorld, ends_of: dict[str, FarEnd]) -> AsyncIterator[None]:
    """Let the campaign dial these leads, in this order, with only these leads in its list."""
    site, db = real.site, real.site.lab.db
    site.far_ends.update(ends_of)
    with_list(db)
    for number in ends_of:
        leads.create(db, LIST, {"phone_number": f"+{number}"}, who="test")

    async def started() -> bool | None:
        status, _ = await site.order(f"diallers/{CAMPAIGN}/start", {})
        return True if status < 300 else None

    await real.until(started, "the dialler starts")
    try:
        yield
    finally:
        if not site.app_runs:
            await real.start_app()
        no_dial.allow(f"{site.folder}/run")
        status, told = await site.order(f"diallers/{CAMPAIGN}/stop", {})
        assert status < 300, told
        with sqlite3.connect(db) as opened:
            opened.execute("DELETE FROM lead WHERE list_id = ?", [LIST])
        config.set_options(db, "campaign", CAMPAIGN, BY_HAND, who="test")


def with_list(db: str) -> None:
    """Let the campaign dial its list."""
    with suppress(Conflict):  # of an earlier test in this lab
        config.create(db, "call-time", "ALLDAY", {"ct_default_start": "0", "ct_default_stop": "2400"}, who="test")
        config.create(db, "list", LIST, {"campaign": CAMPAIGN, "country": "JP"}, who="test")
    config.set_options(db, "campaign", CAMPAIGN, AUTOMATIC, who="test")


async def called(real: RealWorld, number: str) -> IncomingCall:
    """Wait until the lead's phone is called. Calls to leads come in any order."""

    async def find() -> IncomingCall | None:
        calls = (call for call in real.site.peer.calls if call.number == number)
        return next((call for call in calls if isinstance(call, IncomingCall)), None)

    return await real.until(find, f"the call to {number}")


async def ended(real: RealWorld, number: str) -> tuple[Any, ...]:
    """Wait for the end of the lead's call; return its status and what ended it."""

    async def find() -> tuple[Any, ...] | None:
        with sqlite3.connect(real.site.lab.db) as db:
            sql = "SELECT status, ended_by FROM call WHERE number = ? AND ended IS NOT NULL"
            found: tuple[Any, ...] | None = db.execute(sql, [number]).fetchone()
            return found

    return await real.until(find, f"the end of the call to {number}")


async def pauses(real: RealWorld, agent: Party) -> None:
    assert await real.ask(Kind.PAUSE, agent) == ""
    await real.agent_is(agent, "PAUSED")


async def test_a_lead_who_answers_and_the_agent_hear_each_other(real: RealWorld, numbers: Iterator[str]) -> None:
    agent, busy, number = await real.agent(), next(numbers), next(numbers)
    async with dialler(real, {busy: BUSY, number: answers(0.5)}):
        lead = await called(real, number)
        assert lead.caller.uri.user == SHOWN
        answered, line = await lead.answered(), real._lines[agent]
        ear = Hearing({"lead": lead, "agent": line})
        for listener, speaker in ((lead, line), (line, lead)):
            assert await ear.heard(listener, speaker, since=answered) - answered < CONNECTED
        assert await real.beeps(agent) == 1
        assert await ended(real, busy) == ("AB", "lead")
        await lead.hang_up()
    await real.agent_is(agent, "DISPO")


async def test_a_lead_without_an_agent_hears_the_message_and_opts_out(real: RealWorld, numbers: Iterator[str]) -> None:
    agent, number = await real.agent(), next(numbers)
    async with dialler(real, {number: answers(1.0)}):
        lead = await called(real, number)
        await pauses(real, agent)
        after = await hears_message(real.site, lead, MESSAGE_AFTER_DROP)
        assert DROPPED <= after <= MESSAGE_AFTER_DROP
        await lead.dial(KEY)
        await ends(lead)
        assert await ended(real, number) == ("DROP", "opt-out")
        with sqlite3.connect(real.site.lab.db) as db:
            assert db.execute("SELECT campaign FROM dnc WHERE phone_number = ?", [number]).fetchall() == [("",)]


async def test_the_emergency_stop_begins_no_call(real: RealWorld, numbers: Iterator[str]) -> None:
    agent, number = await real.agent(), next(numbers)
    no_dial.stop(f"{real.site.folder}/run")
    async with dialler(real, {number: rings()}):
        await real.talk(1.5)
        assert not [call for call in real.site.peer.calls if call.number == number]
        no_dial.allow(f"{real.site.folder}/run")
        lead = await called(real, number)
        await pauses(real, agent)
        await lead.hang_up()
    assert (await ended(real, number))[0] == "NA"


@pytest.mark.fault(
    "the app is killed (-9) while a lead's phone rings, or before an agent is found for the lead",
    "a lead who answers later hears the safe harbour message at once; one who has answered, within 4 s",
    "both calls count as dropped, by a fault",
)
async def test_a_lead_hears_the_message_when_the_app_is_killed(real: RealWorld, numbers: Iterator[str]) -> None:
    agent, other = await real.agent("1000"), await real.agent("1001")
    answered, ringing = next(numbers), next(numbers)
    async with dialler(real, {answered: answers(1.0), ringing: answers(3.0)}):
        early, late = await called(real, answered), await called(real, ringing)
        await pauses(real, agent)
        await pauses(real, other)
        await early.answered()
        await real.kill_app()
        assert await hears_message(real.site, early, MESSAGE_BY_GUARD) <= MESSAGE_BY_GUARD
        assert await hears_message(real.site, late, MESSAGE_AFTER_DROP) <= MESSAGE_AFTER_DROP
        await ends(early)
        await ends(late)
        await real.start_app()
        for number in (answered, ringing):
            assert (await ended(real, number))[0] == "DROP"
