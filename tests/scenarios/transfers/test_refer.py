"""The transfer key of the agent's phone: REFER is an ordinary command, and the phone gets its outcome."""

from asyncio import gather

from tests.internals.scenarios import Kind, Outcome, State
from tests.scenarios.given import THIRD, all_talk, in_talking, in_three_way
from tools.simulation.call_centre import far_ends
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_to_a_number_it_is_a_blind_transfer(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    world.far_end(THIRD, far_ends.rings())
    assert await world.refer(agent, THIRD) == "answered"
    third = await world.third(THIRD)
    await gather(world.hears_ring_tone(customer), world.hears_silence(agent))
    assert await world.agent_state(agent) == "DISPO"
    await world.answer(third)
    await all_talk(world, customer, third)
    receipt = await world.receipt(customer, Kind.BLIND_TRANSFER)
    assert (receipt["by"], receipt["source"], receipt["outcome"]) == ("1000", "phone", Outcome.COMPLETED)


async def test_to_an_in_group_it_is_a_closer(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    closer = await world.agent("1001")
    assert await world.refer(agent, "SUPPORTLINE") == "answered"
    await all_talk(world, closer, customer)
    await gather(world.silent_to(customer, agent), world.hears_silence(agent))


async def test_an_emergency_number_is_dialled_although_the_rules_forbid_it(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.configure("campaign", "TESTCAMP", dial_deny="_.")
    why = "112 is the emergency number 112, which only a person may dial, by typing it"
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, "112") == why, "a program"
    world.far_end("112", far_ends.rings())
    assert await world.refer(agent, "112") == "answered"
    third = await world.third("112")
    await world.answer(third)
    await all_talk(world, customer, third)


async def test_a_refer_without_a_number_is_declined(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    async with world.unbroken(agent, customer):
        assert await world.refer(agent, "alice") == "declined"
    assert await world.call_state(customer) == State.TALKING


async def test_a_refer_that_replaces_another_call_is_declined(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    async with world.unbroken(agent, customer):
        assert await world.refer(agent, THIRD, replaces=True) == "declined"
    assert await world.call_state(customer) == State.TALKING


async def test_a_refer_of_another_party_or_beside_a_third_party_is_declined(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    async with world.unbroken(customer, third):
        for party in (agent, customer, third):
            assert await world.refer(party, "4930555002") == "declined"
    assert await world.call_state(customer) == State.THREE_WAY
