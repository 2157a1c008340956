"""Keys that the agent presses for a party: only that party gets them."""

from asyncio import gather

from tests.internals.scenarios import Kind
from tests.scenarios.given import all_talk, in_consulting, in_talking, in_three_way
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_keys_reach_only_the_third_party_and_interrupt_no_audio(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    async with world.unbroken(agent, customer):
        assert await world.ask(Kind.SEND_DTMF, agent, keys="12P") == ""
        await world.gets_keys(third, "12#")
    assert (await world.keys(agent), await world.keys(customer)) == ("", "")
    await all_talk(world, agent, customer, third)
    assert "12" not in str((await world.receipt(customer, Kind.SEND_DTMF))["message"])


async def test_without_a_third_the_customer_gets_them(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.SEND_DTMF, agent, keys="S7") == ""
    await world.gets_keys(customer, "*7")
    assert await world.keys(agent) == ""


async def test_a_parked_customer_does_not(world: ScenarioWorld) -> None:
    agent, customer, third = await in_consulting(world)
    assert await world.ask(Kind.SEND_DTMF, agent, keys="4") == ""
    await gather(world.gets_keys(third, "4"), world.hears_music(customer))
    assert await world.keys(customer) == ""
