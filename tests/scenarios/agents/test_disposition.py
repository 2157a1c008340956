"""An agent's disposition and pause, before the call ends and after it."""

from tests.internals.scenarios import Kind
from tests.scenarios.given import in_talking
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld


async def the_customer_goes(world: ScenarioWorld, customer: Party) -> None:
    await world.hang_up(customer)
    await world.ended(customer)


async def test_a_disposition_after_the_call_makes_the_agent_ready(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await the_customer_goes(world, customer)
    assert await world.agent_state(agent) == "DISPO"
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    assert await world.agent_state(agent) == "READY"
    story = await world.ended(customer)
    assert [(d["agent"], d["status"], d["by"]) for d in story.dispositions] == [("1000", "SALE", "6666")]


async def test_a_code_given_during_the_call_acts_when_it_ends(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    assert await world.agent_state(agent) == "INCALL"
    await the_customer_goes(world, customer)
    await world.agent_is(agent, "READY")
    story = await world.ended(customer)
    assert [entry["status"] for entry in story.dispositions] == ["SALE"]


async def test_a_pause_asked_during_the_call_begins_after_the_disposition(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PAUSE, agent) == ""
    assert await world.agent_state(agent) == "INCALL"
    await the_customer_goes(world, customer)
    assert await world.agent_state(agent) == "DISPO"
    assert await world.ask(Kind.STATUS, agent, status="NI") == ""
    assert await world.agent_state(agent) == "PAUSED"
    waiting = await world.customer()
    await world.hears_music(waiting)
    assert await world.agent_state(agent) == "PAUSED"


async def test_a_pause_asked_in_disposition_begins_after_it(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await the_customer_goes(world, customer)
    assert await world.ask(Kind.PAUSE, agent) == ""
    assert await world.agent_state(agent) == "DISPO"
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    assert await world.agent_state(agent) == "PAUSED"
    assert await world.ask(Kind.RESUME, agent) == ""
    assert await world.agent_state(agent) == "READY"


async def test_a_ready_agent_pauses_at_once_and_gets_no_call(world: ScenarioWorld) -> None:
    agent = await world.agent()
    assert await world.ask(Kind.PAUSE, agent) == ""
    assert await world.ask(Kind.PAUSE, agent) == "", "a repeated command succeeds"
    assert await world.agent_state(agent) == "PAUSED"
    customer = await world.customer()
    await world.hears_music(customer)
    assert await world.ask(Kind.RESUME, agent) == ""
    await world.hears(agent, customer)


async def test_a_code_is_taken_once(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.STATUS, agent, status="TOOLONG") == "status is longer than 6 characters"
    await the_customer_goes(world, customer)
    assert await world.agent_state(agent) == "DISPO", "a refused code changes nothing"
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    assert await world.ask(Kind.STATUS, agent, status="SALE") == "", "the same code has the same answer"
    assert await world.ask(Kind.STATUS, agent, status="NI") == "the last call has the disposition SALE already"
    assert [entry["status"] for entry in (await world.ended(customer)).dispositions] == ["SALE"]
