"""A queue of waiting customers, and the order in which an agent gets them."""

from tests.internals.scenarios import Kind, State
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld


async def waits(world: ScenarioWorld, did: str) -> Party:
    """Let a customer call and wait."""
    customer = await world.customer(did)
    await world.call_is(customer, State.WAITING)
    return customer


async def served(world: ScenarioWorld, agent: Party, customers: list[Party]) -> list[Party]:
    """Let the agent take calls; return the customers in order. Each hangs up as soon as the agent has answered."""
    came: list[Party] = []
    assert await world.ask(Kind.RESUME, agent) == ""

    async def comes() -> Party | None:
        calls = [call for call in await world.live("calls") if call["state"] == State.TALKING]
        return next((one for call in calls for one in customers if one.name == call["customer"]), None)

    while len(came) < len(customers):
        came.append(await world.until(comes, f"the next customer after {came}"))
        await world.hang_up(came[-1])
        await world.agent_is(agent, "DISPO")
        assert await world.ask(Kind.STATUS, agent, status="A") == ""
    return came
