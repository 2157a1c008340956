"""Machine detection on a real Asterisk: it listens beside the calls, and takes machines from silent agents."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

from lab.sip import Behaviour, Hearing, answer, machine, says, tones
from tests.internals.scenarios import Kind
from tests.scenarios.dialler.dialled_campaign import called, dialler, ended, five_agents, numbers
from tests.soak import soaking
from tools.simulation.call_centre import prompt_hearing
from tools.simulation.call_centre.dialled_leads import ends
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

__all__ = ["numbers"]

Seats = dict[str, Party]

RINGS = 0.3  # seconds
CONNECTED = 0.5  # seconds from the answer until lead and agent hear each other; without detection it is the same
SPEAKS_AFTER = 0.6  # seconds from the lead's first word to the agent's
TALKS = 5.5  # seconds from the lead's first word to the end of a conversation; a verdict comes within 5 s
IN_TURN = 45.0  # seconds until the last lead has been called and has talked; mostly 10, or 20 in `tools/nightly soak`
# A word is its seconds, and those of the pause after it.
SENTENCES = ((0.35, 0.15),) * 14  # a machine's greeting: 7 s
HELLO = ((0.5, 0.0),)
FIRM = ((0.5, 0.1), (0.6, 0.1), (0.6, 0.1), (0.6, 0.0))  # a firm's name and a question: 2.6 s, AMD() says MACHINE
MACHINE, PERSON, COMPANY = (says(words, answer(after=RINGS)) for words in (SENTENCES, HELLO, FIRM))
KINDS = (MACHINE, PERSON, MACHINE, PERSON, MACHINE, COMPANY, PERSON, MACHINE, PERSON, MACHINE) * (2 if soaking() else 1)
GOODBYE = "vm-goodbye"


@asynccontextmanager
async def silent_agents(real: RealWorld) -> AsyncIterator[Seats]:
    """Let five agents work who say nothing yet."""
    async with five_agents(real) as agents:
        for agent in agents:
            await real.is_silent(agent)
        yield {agent.name: agent for agent in agents}
        for agent in agents:
            await real.speaks(agent)


async def test_machines_are_hung_up_unless_the_agent_has_spoken(real: RealWorld, numbers: Iterator[str]) -> None:
    leads = {next(numbers): kind for kind in KINDS}
    real.patience = IN_TURN
    async with silent_agents(real) as seats:
        async with dialler(real, leads, amd="TAKE"):
            await asyncio.gather(*(story(real, seats, number, kind) for number, kind in leads.items()))
        for agent in seats.values():
            await real.agent_is(agent, "READY")
    verdicts = {row["number"]: row["amd"] for row in attempts(real) if row["number"] in leads}
    assert verdicts == {number: "HUMAN" if kind is PERSON else "MACHINE" for number, kind in leads.items()}
    of_machines = [row for row in attempts(real) if leads.get(row["number"]) is MACHINE]
    assert {(row["wrap_ups"], row["codes"], row["agent"] in seats) for row in of_machines} == {(0, 0, True)}


async def story(real: RealWorld, seats: Seats, number: str, kind: Behaviour) -> None:
    """Follow a lead. No agent speaks to a machine, and every person hears the agent for as long as they talk."""
    lead = await called(real, number)
    answered = await lead.answered(IN_TURN)
    agent = await agent_of(real, seats, number)
    line = real._lines[agent]
    ear = Hearing({"lead": lead, "agent": line})
    word = await ear.heard(line, lead, answered)
    assert word - answered < CONNECTED
    if kind is MACHINE:
        await ends(lead)
        assert await ended(real, number) == ("AA", "amd")
        return
    await ear.listen(SPEAKS_AFTER, word)
    await real.speaks(agent)
    spoke = await ear.heard(lead, line, word)
    assert spoke - word < SPEAKS_AFTER + CONNECTED
    since, until = await ear.listen(TALKS - SPEAKS_AFTER, spoke)
    assert lead.ended.at is None and ear.hears(lead, line, since, until)
    await real.is_silent(agent)
    await lead.hang_up()
    await real.agent_is(agent, "DISPO")
    assert await real.ask(Kind.STATUS, agent, status="SALE") == ""
    assert await ended(real, number) == ("SALE", "customer")


async def agent_of(real: RealWorld, seats: Seats, number: str) -> Party:
    async def find() -> str | None:
        return next((call["agent"] for call in await real.live("calls") if call["customer"] == number), None)

    return seats[await real.until(find, f"the agent of {number}")]


def attempts(real: RealWorld) -> list[dict[str, Any]]:
    with sqlite3.connect(real.site.database) as db:
        db.row_factory = sqlite3.Row
        sql = """
            SELECT number, amd, attempt.agent,
                (SELECT count(*) FROM agent_interval WHERE call = id AND state = 'DISPO') AS wrap_ups,
                (SELECT count(*) FROM disposition_entry WHERE disposition_entry.call = call.id) AS codes
            FROM attempt JOIN call ON call.id = attempt.call
        """
        return [dict(row) for row in db.execute(sql)]


async def test_a_machine_hears_the_message_after_its_beep(real: RealWorld, numbers: Iterator[str]) -> None:
    agent, number = await real.agent(), next(numbers)
    await real.is_silent(agent)
    beeps = machine(0.3, says(SENTENCES, answer(after=RINGS)))
    options = {"amd": "TAKE", "amd_send_to_vmx": "Y", "am_message_exten": GOODBYE}
    async with dialler(real, {number: beeps}, **options):
        real.patience = IN_TURN
        lead = await called(real, number)
        await lead.answered()
        await real.agent_is(agent, "INCALL")
        await real.agent_is(agent, "READY")
        assert lead.ended.at is None
        await ends(lead, IN_TURN)
        assert await ended(real, number) == ("AL", "amd")
    [beep] = [since for since, hz in lead.audio.tones if hz == tones.MACHINE_BEEP]
    before = lead.audio.between(0, beep)
    after = lead.audio.between(beep, lead.audio.captured_until)
    assert GOODBYE in prompt_hearing.heard(after, real.site.sounds, (GOODBYE,))
    assert GOODBYE not in prompt_hearing.heard(before, real.site.sounds, (GOODBYE,))
    await real.speaks(agent)
