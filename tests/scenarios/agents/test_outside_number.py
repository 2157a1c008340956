"""An agent at a number outside, such as a mobile: a key takes the call, and an answer without it does not."""

from tests.internals.scenarios import State
from tests.scenarios.given import THIRD, all_talk
from tools.simulation.call_centre.far_ends import answers
from tools.simulation.call_centre.scenario_language import ScenarioWorld

LEGS = "SELECT role, number FROM leg WHERE owner = '1002' AND role = 'agent' AND created >= ?"


async def test_a_mobile_takes_a_call_by_its_key(world: ScenarioWorld) -> None:
    world.far_end(THIRD, answers())
    await world.configure("agent", "1002", outside_number=THIRD, max_missed="9")
    agent = await world.on_hook()
    customer = await world.customer()
    mobile = await world.third(THIRD)
    await world.hears_prompt(mobile, "vm-press")
    await world.press(mobile, "7")
    await world.hears_music(customer)
    assert await world.call_state(customer) == State.RINGING_AGENT
    await world.press(mobile, "1")
    await all_talk(world, mobile, customer)
    await world.hang_up(customer)
    await world.is_gone(mobile)
    await world.agent_is(agent, "DISPO")
    story = await world.ended(customer)
    assert story.call and await world.rows(LEGS, story.call["arrived"]) == [("agent", THIRD)]


async def test_a_call_without_the_key_goes_on_to_another_agent(world: ScenarioWorld) -> None:
    world.far_end(THIRD, answers())
    await world.configure("agent", "1002", outside_number=THIRD)
    agent = await world.on_hook()
    customer = await world.customer()
    voicemail = await world.third(THIRD)
    await world.hears_prompt(voicemail, "vm-press")
    await world.hang_up(voicemail)
    await world.agent_is(agent, "PAUSED NOANSW")
    await world.hears_music(customer)
    another = await world.agent("1001")
    await all_talk(world, another, customer)
