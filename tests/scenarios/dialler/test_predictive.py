"""RATIO and PREDICTIVE on a real Asterisk: more phones ring than there are READY agents, within the drop limit."""

import asyncio
from collections.abc import Iterator

from lab.sip import Hearing, IncomingCall
from tests.internals.scenarios import Kind, drop_windows
from tests.scenarios.dialler.dialled_campaign import PACED, called, dialler, ended, numbers, paced_agents
from tools.simulation.call_centre.dialled_leads import ends, hears_message
from tools.simulation.call_centre.far_ends import BUSY, answers, rings
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party

__all__ = ["numbers"]
PERSONS = 34  # 3 % of them is one person: before that many, no drop may be risked
BUSY_LEADS = 130  # so few leads answer that a call more than READY agents is hardly a risk
LEARNING = 30.0  # seconds for all these calls
MESSAGE_WITHIN = 2.3  # seconds from the answer
ANY = {"dial_level_threshold_agents": "0"}


async def talks(real: RealWorld, agent: Party) -> None:
    """Let an agent end each call at once with a sale."""
    while True:
        await real.agent_is(agent, "INCALL")
        assert await real.ask(Kind.HANGUP, agent) == ""
        await sells(real, agent)


async def sells(real: RealWorld, agent: Party) -> None:
    await real.agent_is(agent, "DISPO")
    assert await real.ask(Kind.STATUS, agent, status="SALE") == ""


def rung(real: RealWorld, numbers: list[str]) -> list[IncomingCall]:
    """Return the calls to these leads that are still ringing."""
    calls = [call for call in real.site.peer.calls if isinstance(call, IncomingCall) and call.number in numbers]
    return [call for call in calls if call.ended.at is None]


async def hangs_up_all(real: RealWorld, numbers: list[str]) -> None:
    """Stop the dialler, and hang up every phone that rings. An INVITE may still be on its way."""
    await real.site.order(f"diallers/{PACED}/stop", {})

    async def find() -> bool | None:
        for call in rung(real, numbers):
            await call.hang_up()
        return not [call for call in await real.live("calls") if call["customer"] in numbers] or None

    await real.until(find, "no phone of a lead rings")


def drops(real: RealWorld) -> tuple[int, int]:
    """Return the answered and the dropped persons of the campaign."""
    (window,) = drop_windows(real.site.database, PACED)
    return window.answered, window.dropped


async def test_more_phones_ring_than_agents_are_ready(real: RealWorld, numbers: Iterator[str]) -> None:
    async with paced_agents(real) as agents:
        await learns(real, agents, numbers)
        await predicts(real, agents, numbers)
        await keeps_the_limit(real, agents, numbers)


async def learns(real: RealWorld, agents: list[Party], numbers: Iterator[str]) -> None:
    """Let persons answer until the limit bears a drop, and so few of all leads that one more call is no risk."""
    persons = [next(numbers) for _ in range(PERSONS)]
    nobody = [next(numbers) for _ in range(BUSY_LEADS)]
    real.patience = LEARNING
    leads = dict.fromkeys(persons, answers()) | dict.fromkeys(nobody, BUSY)
    async with dialler(real, leads, PACED, dial_method="PREDICTIVE", **ANY):
        talking = [asyncio.ensure_future(talks(real, agent)) for agent in agents]
        assert {await ended(real, number) for number in nobody} == {("AB", "lead")}
        assert {(await ended(real, number))[0] for number in persons} == {"SALE"}
        for task in talking:
            task.cancel()
        await asyncio.wait(talking)
    for agent in agents:
        await real.agent_is(agent, "READY")
    assert drops(real) == (PERSONS, 0)


async def predicts(real: RealWorld, agents: list[Party], numbers: Iterator[str]) -> None:
    """Let PREDICTIVE ring more phones than there are READY agents."""
    ringing = [next(numbers) for _ in range(10)]
    async with dialler(real, dict.fromkeys(ringing, rings()), PACED, dial_method="PREDICTIVE", **ANY):

        async def beyond() -> list[IncomingCall] | None:
            calls = rung(real, ringing)
            return calls if len(calls) > len(agents) else None

        await real.until(beyond, "more phones ring than agents are READY")
        await hangs_up_all(real, ringing)


async def keeps_the_limit(real: RealWorld, agents: list[Party], numbers: Iterator[str]) -> None:
    """Let RATIO ring two phones for one agent: one lead has the agent, one the message. Then there is one for one."""
    agent, *others = agents
    for other in others:
        assert await real.ask(Kind.PAUSE, other) == ""
    first, second, third, fourth = (next(numbers) for _ in range(4))
    ratio = {"dial_method": "RATIO", "auto_dial_level": "2"} | ANY
    async with dialler(real, {first: answers(1.5), second: answers(2.5)}, PACED, **ratio):
        one, two = await called(real, first), await called(real, second)
        answered, line = await one.answered(), real._lines[agent]
        await Hearing({"lead": one, "agent": line}).heard(one, line, since=answered)
        assert await hears_message(real.site, two, MESSAGE_WITHIN) <= MESSAGE_WITHIN
        await ends(two)
        await one.hang_up()
        await sells(real, agent)
    assert drops(real) == (PERSONS + 2, 1)

    async with dialler(real, {third: rings(), fourth: rings()}, PACED, **ratio):
        await called(real, third)
        await real.talk(1.0)
        assert len(rung(real, [third, fourth])) == 1, "the drop limit bears no second drop yet"
        await hangs_up_all(real, [third, fourth])
