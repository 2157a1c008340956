"""What an agent knew of the customer is on record for each agent who has the customer after them."""

from typing import NamedTuple

import pytest

from tests.internals.scenarios import COMPLETED, DUE, Kind, agents_of_calls
from tests.scenarios.given import THIRD, all_talk, in_talking
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

NOTES = "Wants 200 EUR back, order 4711"


class Told(NamedTuple):
    """An agent of a call: user, code, notes."""

    user: str
    status: str
    notes: str


async def agents(world: ScenarioWorld, customer: Party) -> list[Told]:
    """Return the agents of the customer's call, in order."""
    await world.written()
    return [Told(one.user, one.status, one.notes) for one in (await world.story(customer)).agents]


async def handovers(world: ScenarioWorld, customer: Party) -> list[tuple[str, str, str]]:
    """Return code, notes and data of each event of a handover in the call."""
    journal = (await world.story(customer)).journal
    told = [one for row in journal for one in (row["payload"] or {}).get("events", ())]
    return [
        (said["from_agent"], said.get("status", ""), said.get("notes", ""))
        for kind, said in told
        if kind == "handover.received"
    ]


async def noted(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return an agent with a customer, and notes that the agent has typed."""
    agent, customer = await in_talking(world)
    assert await world.own(Kind.NOTES, agent, notes=NOTES) == ""
    return agent, customer


@pytest.mark.parametrize("dial", [Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL])
async def test_the_receiver_of_a_warm_transfer_has_the_notes_in_the_consultation(
    world: ScenarioWorld, dial: Kind
) -> None:
    agent, customer = await noted(world)
    closer = await world.agent("1001")
    assert await world.ask(dial, agent, ingroup="SUPPORTLINE") == ""
    await all_talk(world, agent, closer)
    assert await agents(world, customer) == [Told("1000", "", NOTES), Told("1001", "", "")]
    assert await handovers(world, customer) == [("1000", "", NOTES)]
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, closer, customer)
    assert await world.own(Kind.NOTES, agent, notes=f"{NOTES}, angry") == ""
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    assert await agents(world, customer) == [Told("1000", "A", f"{NOTES}, angry"), Told("1001", "", "")]
    assert len(await handovers(world, customer)) == 1


async def test_the_next_agent_of_an_in_group_has_the_notes(world: ScenarioWorld) -> None:
    agent, customer = await noted(world)
    assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE") == ""
    closer = await world.agent("1001")
    await all_talk(world, closer, customer)
    assert await handovers(world, customer) == [("1000", "", NOTES)]
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    assert await agents(world, customer) == [Told("1000", "A", NOTES), Told("1001", "", "")]


async def test_agentdirect_has_the_notes_of_a_sender_who_has_had_another_call_since(world: ScenarioWorld) -> None:
    agent, customer = await noted(world)
    assert await world.ask(Kind.PAUSE, await world.agent("1001")) == ""
    assert await world.ask(Kind.LOCAL_CLOSER, agent, "1001", ingroup="AGENTDIRECT") == ""
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    another = await world.customer()
    await all_talk(world, agent, another)
    await world.hang_up(another)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    closer = await world.agent("1001")
    await all_talk(world, closer, customer)
    assert await agents(world, customer) == [Told("1000", "A", NOTES), Told("1001", "", "")]
    assert await handovers(world, customer) == [("1000", "A", NOTES)]
    assert await handovers(world, another) == []


async def test_the_dialplan_of_a_third_party_who_is_no_agent_has_notes_agent_and_data(world: ScenarioWorld) -> None:
    await world.configure("setting", "warmline", call_data="ticket")
    names = ("WARMLINE_AGENT", "WARMLINE_NOTES", "WARMLINE_DATA_ticket")
    await world.dials_by_dialplan(*names)
    agent, customer = await world.agent(), await world.customer(ticket="4711")
    await all_talk(world, agent, customer)
    assert await world.own(Kind.NOTES, agent, notes="Wants:\n${SHELL(id)} Überweisung") == ""
    world.far_end(THIRD, answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    seen = await world.sees_headers(third, *(f"X-{name}" for name in names))
    assert seen == ("1000", "Wants    SHELL id   Überweisung", "4711")


async def test_a_call_that_comes_back_after_a_rescue_has_the_own_notes(world: ScenarioWorld) -> None:
    agent, customer = await noted(world)
    await world.hang_up(agent)
    await world.agent_is(agent, "DISPO")
    world.takes_calls(agent)
    assert await world.own(Kind.CALL_AGENT, agent) == ""
    await world.called_back(agent)
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await all_talk(world, agent, customer)
    assert await agents(world, customer) == [Told("1000", "A", NOTES), Told("1000", "", "")]
    assert await handovers(world, customer) == [("1000", "A", NOTES)]


async def test_a_callback_has_the_notes_of_the_call_that_promised_it(world: ScenarioWorld) -> None:
    agent, customer = await noted(world)
    await world.hang_up(customer)
    assert await world.promise(agent, 2, "ask for Ada") == ""
    world.far_end(customer.name, answers())
    due = await world.callback(customer, DUE)
    assert await world.call_back(agent, due) == ""
    called = await world.third(customer.name)
    await all_talk(world, agent, called)
    done = await world.callback(customer, COMPLETED)
    await world.written()
    told = agents_of_calls.of_call(world.database, done.done_in)
    assert [(one.call, one.status, one.notes) for one in told] == [(due.call, "CALLBK", NOTES), (done.done_in, "", "")]
