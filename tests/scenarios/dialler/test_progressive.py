"""A progressive campaign on a real Asterisk: a lead's phone rings for each ready agent, and silence greets no lead."""

import sqlite3
from collections.abc import Iterator
from itertools import pairwise

import pytest

from lab.sip import Hearing, IncomingCall, silence
from tests.internals.scenarios import Kind, dial_stop_file
from tests.scenarios.dialler.dialled_campaign import SHOWN, called, dialler, ended, numbers
from tools.simulation.call_centre.dialled_leads import KEY, ends, hears_message
from tools.simulation.call_centre.far_ends import BUSY, answers, rings
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

__all__ = ["numbers"]

CONNECTED = 0.5  # seconds from the answer until lead and agent hear each other; mostly 0.03
DROPPED = 1.75  # a quarter of a second before drop_call_seconds
MESSAGE_AFTER_DROP, MESSAGE_BY_GUARD = 2.0, 4.2  # seconds from the answer
SOFT = 0.3  # seconds from the beginning of the message to its first sound

RECORDED = """
    SELECT (message_at - answered) / 1e6 FROM attempt JOIN call ON call.id = attempt.call WHERE number = ?
"""


async def message_began(lead: IncomingCall) -> float:
    """Return the seconds from the answer to the first sound that goes on: a single packet is no message."""
    answered = await lead.answered()
    heard = [one.time for one in lead.audio.between(answered, lead.audio.captured_until) if not silence.silent(one)]
    return next(one for one, after in pairwise(heard) if after - one < 0.1) - answered


async def logs_out(real: RealWorld, agent: Party) -> None:
    """Let an agent go though a lead rings. A pause would wait for the ring."""
    assert await real.ask(Kind.LOGOUT, agent) == ""


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
        await logs_out(real, agent)
        after = await hears_message(real.site, lead, MESSAGE_AFTER_DROP)
        assert DROPPED <= after < MESSAGE_AFTER_DROP
        await lead.dial(KEY)
        await ends(lead)
        assert await ended(real, number) == ("DROP", "opt-out")
        with sqlite3.connect(real.site.database) as db:
            assert db.execute("SELECT campaign FROM dnc WHERE phone_number = ?", [number]).fetchall() == [("",)]
            [(recorded,)] = db.execute(RECORDED, [number]).fetchall()
            print(f"message: first sound {after:.3f} s, message_at {recorded:.3f} s after the answer")
        assert DROPPED <= recorded < MESSAGE_AFTER_DROP


async def test_the_emergency_stop_begins_no_call(real: RealWorld, numbers: Iterator[str]) -> None:
    agent, number = await real.agent(), next(numbers)
    dial_stop_file.stop(f"{real.site.folder}/run")
    async with dialler(real, {number: rings()}):
        await real.talk(1.5)
        assert not [call for call in real.site.peer.calls if call.number == number]
        dial_stop_file.allow(f"{real.site.folder}/run")
        lead = await called(real, number)
        await logs_out(real, agent)
        await lead.hang_up()
    assert (await ended(real, number))[0] == "NA"


@pytest.mark.fault(
    "the app is killed (-9) while a lead's phone rings, or before an agent is found for the lead",
    "a lead who answers later hears the safe harbour message at once; one who has answered, within 4 s",
    "both calls count as dropped, by a fault, with the time of the message",
)
async def test_a_lead_hears_the_message_when_the_app_is_killed(real: RealWorld, numbers: Iterator[str]) -> None:
    """The app is back after the message of one lead, and in that of the other."""
    agent, other = await real.agent("1000"), await real.agent("1001")
    answered, ringing = next(numbers), next(numbers)
    async with dialler(real, {answered: answers(1.0), ringing: answers(5.0)}):
        early, late = await called(real, answered), await called(real, ringing)
        await logs_out(real, agent)
        await logs_out(real, other)
        await early.answered()
        await real.kill_app()
        assert await hears_message(real.site, early, MESSAGE_BY_GUARD) <= MESSAGE_BY_GUARD
        assert await hears_message(real.site, late, MESSAGE_AFTER_DROP) <= MESSAGE_AFTER_DROP
        await ends(early)
        assert late.ended.at is None
        await real.start_app()
        for number, lead in ((answered, early), (ringing, late)):
            assert await ended(real, number) == ("DROP", "away")
            began = await message_began(lead)
            with sqlite3.connect(real.site.database) as db:
                [(recorded,)] = db.execute(RECORDED, [number]).fetchall()
            print(f"message {began:.3f} s, message_at {recorded} s after the answer")
            assert recorded == pytest.approx(began, abs=SOFT)
        await ends(late)
