"""Numbers that the dialler calls for other reasons than the order of a list, on a real Asterisk."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime

from lab.sip import Hearing, IncomingCall
from tests.internals.scenarios import ANYONE, Callback, Conflict, callbacks, config, leads
from tests.scenarios.dialler.dialled_campaign import CAMPAIGN, LISTS, called, dialler, ended, numbers
from tools.simulation.call_centre.far_ends import BUSY, answers
from tools.simulation.call_centre.real_world import RealWorld

__all__ = ["numbers"]

AREA, REST = "4930555777", "4930555778"  # caller ids: of the leads' area, and of all others


async def test_the_other_number_follows_a_busy_one_and_sees_the_number_of_its_area(
    real: RealWorld, numbers: Iterator[str]
) -> None:
    agent, main, other = await real.agent(), next(numbers), next(numbers)
    db = real.site.database
    with suppress(Conflict):
        config.create(db, "cid-group", "AREAS", {"caller_ids": f"+8131:{AREA},{REST}"}, who="test")
    options = {"auto_alt_dial": "ALT_ONLY", "cid_group": "AREAS", "campaign_cid": "0000000000"}
    async with dialler(real, {}, **options):
        real.site.far_ends.update({main: BUSY, other: answers(0.5)})
        leads.create(db, LISTS[CAMPAIGN], {"phone_number": f"+{main}", "alt_phone": f"+{other}"}, who="test")
        await called(real, main)
        lead = await called(real, other)
        assert lead.caller.uri.user == AREA
        assert await ended(real, main) == ("AB", "lead")
        answered, line = await lead.answered(), real._lines[agent]
        ear = Hearing({"lead": lead, "agent": line})
        assert await ear.heard(lead, line, since=answered) - answered < 0.5
        await lead.hang_up()
        await real.agent_is(agent, "DISPO")
        with closing(sqlite3.connect(db)) as opened:
            tried = "SELECT source, caller_id FROM attempt JOIN call ON id = call WHERE number = ?"
            assert opened.execute(tried, [main]).fetchall() == [("list", AREA)]
            assert opened.execute(tried, [other]).fetchall() == [("alt_phone", AREA)]
    config.set_options(db, "campaign", CAMPAIGN, {"auto_alt_dial": "NONE", "cid_group": ""}, who="test")


async def test_a_promised_callback_is_dialled_and_completed(real: RealWorld, numbers: Iterator[str]) -> None:
    agent, number = await real.agent(), next(numbers)
    async with dialler(real, {number: answers(0.5)}):
        lead = await called(real, number)
        await lead.answered()
        await real.agent_is(agent, "INCALL")
        await lead.hang_up()
        await real.agent_is(agent, "DISPO")
        at = f"{datetime.fromtimestamp(real.clock() // 1_000_000 + 1, UTC):%Y-%m-%d %H:%M:%S}"
        asked = {"function": "external_status", "agent_user": agent.name, "value": "CALLBK"}
        told = await real.api(**asked, callback_datetime=at, callback_type=ANYONE)
        assert told.startswith("SUCCESS"), told

        async def again() -> IncomingCall | None:
            calls = [one for one in real.site.peer.calls if one.number == number]
            return calls[1] if len(calls) > 1 and isinstance(calls[1], IncomingCall) else None

        real.patience = 15.0  # the dialler sets a number aside for 10 seconds
        back = await real.until(again, "the lead is called back")
        await back.answered()

        async def done() -> Callback | None:
            found = callbacks.listed(real.site.database, real.clock(), state="completed")
            return next((one for one in found if one.number == number), None)

        completed = await real.until(done, "the callback is completed")
        with closing(sqlite3.connect(real.site.database)) as opened:
            tried = "SELECT source FROM attempt JOIN call ON id = call WHERE number = ? ORDER BY arrived"
            assert opened.execute(tried, [number]).fetchall() == [("list",), ("callback",)]
        assert completed.done_in and completed.done_in != completed.call
        await back.hang_up()
    await real.agent_is(agent, "DISPO")
