"""A phone logs its agent in."""

from asyncio import gather

from tests.internals.scenarios import Kind
from tests.scenarios.given import all_talk, in_talking
from tools.simulation.call_centre.scenario_language import ScenarioWorld

PHONE = "1005"


async def test_an_agent_hears_the_login_prompt_once_and_then_silence(world: ScenarioWorld) -> None:
    phone = await world.phone(PHONE)
    await world.agent_is(phone, "READY")
    await world.hears_silence(phone)
    assert await world.prompts(phone) == ["agent-loginok"]
    await world.hang_up(phone)
    await world.agent_is(phone, "PAUSED LOST")


async def test_a_refused_login_is_told_why_and_hung_up(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.configure("agent", "1006", phone="")
    await world.configure("agent", PHONE, phone="")
    await world.configure("agent", "1000", phone=PHONE, active="N")
    await world.configure("agent", "1007", active="N")
    second, nobodys, inactive = [await world.phone(name) for name in (PHONE, "1006", "1007")]
    world.patience = 10  # the prompts take more than 5 seconds
    await gather(*map(world.is_gone, (second, nobodys, inactive)))
    assert await world.prompts(second) == ["agent-alreadyon"]
    assert await world.prompts(nobodys) == await world.prompts(inactive) == ["agent-incorrect"]
    assert await world.agent_state(nobodys) != "READY" != await world.agent_state(inactive)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.agent_is(agent, "PAUSED INACTIVE")
    await world.configure("agent", "1000", active="Y")
    assert await world.ask(Kind.RESUME, agent) == ""
    await world.agent_is(agent, "READY")


async def test_login_state_paused_keeps_calls_from_the_agent_until_resume(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", login_state="PAUSED")
    phone = await world.phone(PHONE)
    await world.agent_is(phone, "PAUSED")
    customer = await world.customer()
    await world.hears_music(customer)
    assert await world.agent_state(phone) == "PAUSED"
    await world.hang_up(phone)
