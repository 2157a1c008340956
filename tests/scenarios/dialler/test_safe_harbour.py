"""Leads who answer without an app that works: they hear the safe harbour message, and never silence."""

import sqlite3
from functools import partial

import pytest

from tools.simulation.call_centre.dialled_leads import KEY, dial, ends, hears_message
from tools.simulation.call_centre.far_ends import answers, rings
from tools.simulation.call_centre.lab_site import LabSite
from tools.simulation.call_centre.real_world import RealWorld

AT_ONCE, STOPPED = 2.2, 4.0  # seconds from the answer to the message: 47 CFR 64.1200(a)(7), and the guard's
RINGS, NOTICED = 15.0, 5.0  # seconds that a phone rings at least, and until the guard notices the end of the app
GOES_STALE = 2.2  # seconds until the dialplan sees an old heartbeat; Asterisk counts whole seconds
REASON = """
    SELECT json_extract(payload, '$.input.reason') FROM journal
    WHERE kind = 'lead.answered_away' AND json_extract(payload, '$.input.number') = ?
"""


def listed(site: LabSite, number: str) -> list[tuple[str, ...]]:
    """Return the entries of the do-not-call list for a number."""
    with sqlite3.connect(site.database) as db:
        return db.execute('SELECT campaign, "by" FROM dnc WHERE phone_number = ?', [number]).fetchall()


@pytest.mark.fault(
    "the app is killed (-9) while the phones of leads ring",
    "a lead who answers hears the safe harbour message at once, and its key puts the number on the do-not-call list. "
    "Other phones ring for 15 to 20 s",
    'an input `lead.answered_away`: "the application is away"',
)
async def test_a_lead_who_answers_without_an_app_hears_the_message(real: RealWorld) -> None:
    await real.kill_app()
    unanswered = await dial(real.site, "4930777005", rings())
    rang_at = await unanswered.ringing()
    lead = await dial(real.site, "4930777001", answers(0.2))
    other = await dial(real.site, "4930777002", answers(0.2))
    assert await hears_message(real.site, lead, AT_ONCE) <= AT_ONCE
    assert await hears_message(real.site, other, AT_ONCE) <= AT_ONCE
    await lead.dial(KEY)
    await other.dial("1")  # not the key: the message begins again
    pressed = real.now()
    assert await ends(lead) - pressed < 2.0
    again = real.now()
    await real.site.peer.rtp.until(lambda: None if real.now() < again + 0.5 else True, 5.0, "half a second")
    assert other.ended.at is None
    await other.hang_up()
    rang = await ends(unanswered, RINGS + NOTICED) - rang_at
    assert RINGS <= rang <= RINGS + NOTICED
    await real.start_app()
    for number in ("4930777001", "4930777002"):
        assert (
            await real.until(partial(_reason, real.site, number), f"the note of {number}") == "the application is away"
        )
    assert listed(real.site, "4930777001") == [("", "lead")]
    assert listed(real.site, "4930777002") == []


@pytest.mark.fault(
    "the app is stopped (-STOP) while the phones of leads ring",
    "a lead who answers hears the safe harbour message within 4 s, and after the first 2 s at once",
    'an input `lead.answered_away`: "the application is stopped"',
)
async def test_a_lead_who_answers_while_the_app_is_stopped_hears_the_message(real: RealWorld) -> None:
    early = await dial(real.site, "4930777003", answers(0.5))
    late = await dial(real.site, "4930777004", answers(GOES_STALE + 0.5))
    async with real.stuck_app(beats=False):
        await early.answered()
        assert await hears_message(real.site, late, AT_ONCE) <= AT_ONCE
        assert await hears_message(real.site, early, STOPPED) <= STOPPED
        await ends(early)
        await ends(late)
    for number in ("4930777003", "4930777004"):
        reason = await real.until(partial(_reason, real.site, number), f"the note of {number}")
        assert reason == "the application is stopped"


async def _reason(site: LabSite, number: str) -> str | None:
    """Return why the app had no part in the call to a lead, once the journal has it."""
    with sqlite3.connect(site.database) as db:
        found = db.execute(REASON, [number]).fetchone()
        return str(found[0]) if found else None
