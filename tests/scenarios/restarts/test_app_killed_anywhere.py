"""The app is killed in each state of a call: all parties hear the same, and the call continues until the leave.

On a real Asterisk, `make test` covers the states in which no other scenario kills the app, the soak covers all.
"""

from asyncio import gather
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from itertools import combinations
from typing import NamedTuple

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios import given
from tests.scenarios.given import THIRD, Begin, all_talk
from tests.soak import soaking
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

AGENT, CUSTOMER, OTHER = range(3)  # indexes of a scenario's parties at its start


class Case(NamedTuple):
    """A scenario: its start, the states before and after, and the recordings at the end."""

    begin: Begin
    state: State
    agent: str  # the agent's state as people read it
    talk: tuple[int, ...] = ()
    music: tuple[int, ...] = ()
    ring_tone: tuple[int, ...] = ()
    files: tuple[str, ...] = ("call", "handoff")


CASES = [
    Case(given.in_ringing_agent, State.RINGING_AGENT, "QUEUE", music=(CUSTOMER,)),
    Case(given.in_talking, State.TALKING, "INCALL", (AGENT, CUSTOMER)),
    Case(given.in_parked, State.PARKED, "PARK", music=(CUSTOMER,)),
    Case(given.in_dialing, State.DIALING, "INCALL", (AGENT, CUSTOMER), ring_tone=(AGENT, CUSTOMER)),
    Case(given.in_dialing_parked, State.DIALING, "INCALL", music=(CUSTOMER,), ring_tone=(AGENT,)),
    Case(given.in_asking, State.DIALING, "INCALL", (AGENT, CUSTOMER), (AGENT, CUSTOMER), files=("call", "call")),
    Case(given.in_asking_parked, State.DIALING, "INCALL", music=(AGENT, CUSTOMER), files=("call", "call")),
    Case(given.in_three_way, State.THREE_WAY, "3-WAY", (AGENT, CUSTOMER, OTHER)),
    Case(given.in_consulting, State.CONSULTING, "PARK", (AGENT, OTHER), (CUSTOMER,)),
    Case(given.in_third_parked, State.THIRD_PARKED, "INCALL", (AGENT, CUSTOMER), (OTHER,)),
    Case(given.in_both_parked, State.BOTH_PARKED, "PARK", music=(CUSTOMER, OTHER)),
    Case(given.in_left_ringing, State.LEFT_RINGING, "DISPO", ring_tone=(CUSTOMER,)),
    Case(given.in_blind, State.BLIND, "DISPO", ring_tone=(CUSTOMER,), files=("call",)),
    Case(given.in_rescue, State.RESCUE, "LOST", music=(CUSTOMER,), files=("call", "call", "handoff")),
    Case(given.in_handed_off, State.HANDED_OFF, "DISPO", (CUSTOMER, OTHER)),
]


ELSEWHERE = (
    given.in_talking,
    given.in_dialing,
    given.in_asking,
    given.in_asking_parked,
    given.in_three_way,
    given.in_consulting,
    given.in_both_parked,
    given.in_left_ringing,
    given.in_blind,
    given.in_handed_off,
)
ON_A_REAL_ONE = [case for case in CASES if soaking() or case.begin not in ELSEWHERE]


class People:
    """The parties of the call; a third party may come."""

    def __init__(self, agent: Party, customer: Party, *third: Party) -> None:
        self.agent, self.customer, self.third = agent, customer, third[0] if third else None


Step = Callable[[ScenarioWorld, People], Awaitable[None]]


def asks(kind: Kind) -> Step:
    """Let the agent give this command, which must be done."""

    async def step(world: ScenarioWorld, people: People) -> None:
        assert await world.ask(kind, people.agent) == ""

    return step


async def picks_up(world: ScenarioWorld, people: People) -> None:
    """Let the agent's phone ring and be answered."""
    await world.answer(people.agent)


async def brings_a_third(world: ScenarioWorld, people: People) -> None:
    """Let the agent dial a party, who answers."""
    world.far_end(THIRD, answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, people.agent, THIRD) == ""
    people.third = await world.third(THIRD)


async def comes(world: ScenarioWorld, people: People) -> None:
    """Answer the ringing phone; if none rings, let the consulted closer come."""
    if people.third:
        await world.answer(people.third)
    else:
        people.third = await world.agent("1001")


# The commands that bring a call closer to its leave.
ONWARD: dict[str, Step] = {
    State.RINGING_AGENT: picks_up,
    State.RESCUE: picks_up,
    State.TALKING: brings_a_third,
    State.PARKED: asks(Kind.GRAB_CUSTOMER),
    State.DIALING: comes,
    State.THREE_WAY: asks(Kind.LEAVE_3WAY_CALL),
    State.CONSULTING: asks(Kind.LEAVE_3WAY_CALL),
    State.THIRD_PARKED: asks(Kind.GRAB_XFER),
    State.BOTH_PARKED: asks(Kind.GRAB_XFER),
    State.LEFT_RINGING: comes,
    State.BLIND: comes,
}


async def on_to_the_leave(world: ScenarioWorld, people: People) -> None:
    """Continue step by step without a pause, until the agent has left and customer and third party are together."""
    state = await world.call_state(people.customer) or ""
    while await world.agent_state(people.agent) != "DISPO" or state in (State.LEFT_RINGING, State.BLIND):
        began, before = world.now(), state
        await ONWARD[before](world, people)
        state = await world.until(partial(_other_than, world, people, before), f"the call is to go on from {before}")
        print(f"{before} -> {state or 'over'}: {world.now() - began:.2f} s")


async def _other_than(world: ScenarioWorld, people: People, before: str) -> str | None:
    now = await world.call_state(people.customer)
    return now if now != before else None


async def hear_what_they_should(world: ScenarioWorld, case: Case, parties: tuple[Party, ...]) -> None:
    """Check who talks, who hears music, and who hears a ring tone."""
    await all_talk(world, *(parties[one] for one in case.talk))
    for one in case.music:
        await world.hears_music(parties[one])
    for one in case.ring_tone:
        await world.hears_ring_tone(parties[one])


async def killed(world: ScenarioWorld, case: Case) -> None:
    """Kill the app, and start it again."""
    await world.configure("campaign", "TESTCAMP", campaign_recording="ALLCALLS", leave_3way_start_recording="ALL_CALLS")
    parties = await case.begin(world)
    await hear_what_they_should(world, case, parties)
    async with AsyncExitStack() as stack:
        for one, other in combinations(case.talk, 2):
            await stack.enter_async_context(world.unbroken(parties[one], parties[other]))
        await world.kill_app()
        await world.talk(0.2)
        await world.start_app()
        back = world.now()
        assert await world.call_state(parties[CUSTOMER]) == case.state
        assert await world.agent_state(parties[AGENT]) == case.agent
        print(f"{case.state} again {world.now() - back:.2f} s after the app's return")
        await hear_what_they_should(world, case, parties)
    people = People(*parties)
    await on_to_the_leave(world, people)
    assert people.third
    await all_talk(world, people.customer, people.third)
    if case.begin is given.in_ringing_agent:  # an on_hook phone's line ends with the agent's part in the call
        await world.is_gone(people.agent)
    else:
        await world.silent_to(people.agent, people.customer, people.third)
    assert await world.agent_state(people.agent) == "DISPO"
    await world.hang_up(people.customer)
    tapes = await world.tapes(people.customer, people.agent, people.customer, people.third)
    assert [(tape.row["kind"], tape.row["status"], tape.row["cause"]) for tape in tapes] == [
        (kind, "kept", "") for kind in case.files
    ]
    assert case.state is State.BLIND or tapes[-1].voices == {people.customer.name, people.third.name}


@pytest.mark.parametrize("case", CASES, ids=[case.begin.__name__ for case in CASES])
async def test_all_parties_hear_the_same_and_the_leave_works(simulated: ScenarioWorld, case: Case) -> None:
    await killed(simulated, case)


@pytest.mark.fault("the app is killed (-9)")
@pytest.mark.parametrize("case", ON_A_REAL_ONE, ids=[case.begin.__name__ for case in ON_A_REAL_ONE])
async def test_no_party_loses_audio_and_the_leave_works(real: ScenarioWorld, case: Case) -> None:
    await killed(real, case)


async def test_agent_and_third_party_without_the_customer_lose_no_audio(world: ScenarioWorld) -> None:
    agent, _, third = await given.in_customer_gone(world)
    async with world.unbroken(agent, third):
        await world.kill_app()
        await world.talk(0.2)
        await world.start_app()
        assert await world.agent_state(agent) == "DEAD"
    assert await world.ask(Kind.HANGUP_XFER, agent) == ""
    await world.is_gone(third)
    await world.agent_is(agent, "DISPO")


async def test_a_message_that_was_cut_off_is_heard_to_its_end(world: ScenarioWorld) -> None:
    agent, customer = await given.in_talking(world)
    assert await world.ask(Kind.LEAVE_VM, agent) == ""
    await world.kill_app()
    await world.start_app()
    assert await world.agent_state(agent) == "DISPO"
    await world.hears_prompt(customer, "vm-goodbye")
    await world.is_gone(customer)
    ended = (await world.ended(customer)).call
    assert ended and ended["ended_by"] == "message_over"


async def test_agents_without_a_call_are_as_they_were(world: ScenarioWorld) -> None:
    agent, customer = await given.in_talking(world)
    paused = await world.agent("1001")
    assert await world.ask(Kind.PAUSE, paused) == ""
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    await world.kill_app()
    await world.start_app()
    assert (await world.agent_state(agent), await world.agent_state(paused)) == ("DISPO", "PAUSED")
    await gather(world.hears_silence(agent), world.hears_silence(paused))
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    assert await world.agent_state(agent) == "READY"
    await world.nothing_left()
    await world.kill_app()
    await world.start_app()
    assert await world.agent_state(agent) == "READY"
    await all_talk(world, agent, await world.customer())
    assert await world.ask(Kind.RESUME, paused) == ""
    await all_talk(world, paused, await world.customer())
