"""The display of an agent's called phone: the caller, and the campaign's headers."""

from tests.internals.scenarios import Kind
from tests.scenarios.given import in_rescue
from tools.simulation.call_centre.scenario_language import ScenarioWorld

ANSWERS = "Call-Info: <sip:pbx>;answer-after=0|Alert-Info: <http://127.0.0.1>;info=alert-autoanswer"


async def test_a_phone_called_back_without_a_customer_shows_the_login(world: ScenarioWorld) -> None:
    agent = await world.agent()
    world.takes_calls(agent)
    await world.hang_up(agent)
    await world.called_back(agent)
    assert await world.sees_caller(agent) == ("Warmline login", "1000")


async def test_number_and_headers_are_the_campaigns(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", phone_caller_number="4930700", phone_headers=ANSWERS)
    agent = await world.agent()
    world.takes_calls(agent)
    await world.hang_up(agent)
    await world.called_back(agent)
    assert await world.sees_caller(agent) == ("Warmline login", "4930700")
    assert await world.sees_headers(agent, "Call-Info", "Alert-Info") == (
        "<sip:pbx>;answer-after=0",
        "<http://127.0.0.1>;info=alert-autoanswer",
    )


async def test_a_rescue_shows_the_customers_number(world: ScenarioWorld) -> None:
    agent, customer = await in_rescue(world)
    assert (await world.sees_caller(agent))[1] == customer.name
    await world.answer(agent)


async def test_a_phone_that_rings_for_a_call_shows_the_customers_number(world: ScenarioWorld) -> None:
    agent = await world.on_hook()
    customer = await world.customer()
    await world.phone_rings(agent)
    assert (await world.sees_caller(agent))[1] == customer.name


async def test_the_phone_of_a_supervisor_shows_the_supervised_agent(world: ScenarioWorld) -> None:
    agent = await world.agent()
    supervisor = await world.supervises(agent, Kind.LISTEN)
    assert await world.sees_caller(supervisor) == ("Warmline login", "1000")
