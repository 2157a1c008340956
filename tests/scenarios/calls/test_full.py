"""A node with `max_legs` phones on the line: it accepts no more, and calls in progress are not affected."""

from tests.internals.scenarios import SETTING, Kind
from tests.scenarios.given import THIRD, all_talk, in_talking
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.scenario_language import ScenarioWorld


async def test_a_full_node_refuses_politely_and_says_so(world: ScenarioWorld) -> None:
    world.far_end(THIRD, answers())
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.configure("setting", SETTING.only, max_legs="1")
    async with world.unbroken(customer, agent):
        refused = await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, number=THIRD)
        late = await world.customer()
        note = await world.fallback(late)
        await world.hears_prompt(late, "vm-nobodyavail")
    assert "phones on the line: max_legs is 1" in refused
    assert note["reason"].endswith("phones on the line: max_legs is 1")
    receipt = await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)
    assert receipt["outcome"] == "refused" and receipt["cause"].endswith("max_legs is 1")
    await world.configure("setting", SETTING.only, max_legs="0")
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, number=THIRD) == ""
    await all_talk(world, agent, customer, await world.third(THIRD))
