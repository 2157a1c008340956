"""The starts of scenarios: a call at some point, with its parties."""

from asyncio import gather, sleep
from collections.abc import Awaitable, Callable

from tests.internals.scenarios import Kind, State
from tools.simulation.call_centre.far_ends import FarEnd, answers, rings
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

Begin = Callable[[ScenarioWorld], Awaitable[tuple[Party, ...]]]

THIRD = "4930555001"


async def all_talk(world: ScenarioWorld, *parties: Party) -> None:
    """Wait until all of them hear all others."""
    await gather(*(world.hears(one, *(other for other in parties if other is not one)) for one in parties))


async def hang_up_after(seconds: float, world: ScenarioWorld, party: Party) -> None:
    """Let the party hang up after this time."""
    await sleep(seconds)
    await world.hang_up(party)


async def in_ringing_agent(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return a customer who waits for an on_hook agent, whose phone rings."""
    agent = await world.on_hook()
    customer = await world.customer()
    await world.phone_rings(agent)
    await world.call_is(customer, State.RINGING_AGENT)
    return agent, customer


async def in_talking(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return an agent with a customer."""
    agent = await world.agent()
    customer = await world.customer()
    await world.call_is(customer, State.TALKING)
    return agent, customer


async def in_parked(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return an agent whose customer is parked."""
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    return agent, customer


async def in_rescue(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return a customer whose agent's phone was lost, and rings again."""
    agent, customer = await in_talking(world)
    world.far_end(agent.name, rings())
    await world.hang_up(agent)
    await world.phone_rings(agent)
    return agent, customer


async def in_asking(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return an agent with a customer, who consults a closer; none is available."""
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, ingroup="SUPPORTLINE") == ""
    return agent, customer


async def in_asking_parked(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return an agent who consults a closer, and a parked customer."""
    agent, customer = await in_talking(world)
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, ingroup="SUPPORTLINE") == ""
    return agent, customer


async def in_dialing(world: ScenarioWorld, does: FarEnd | None = None) -> tuple[Party, Party, Party]:
    """Return an agent with a customer, and a third party whose phone rings."""
    agent, customer = await in_talking(world)
    world.far_end(THIRD, does or rings())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    return agent, customer, await world.third(THIRD)


async def in_dialing_parked(world: ScenarioWorld) -> tuple[Party, Party, Party]:
    """Return an agent, a third party whose phone rings, and a parked customer."""
    agent, customer = await in_talking(world)
    world.far_end(THIRD, rings())
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, THIRD) == ""
    return agent, customer, await world.third(THIRD)


async def in_three_way(world: ScenarioWorld) -> tuple[Party, Party, Party]:
    """Return an agent with a customer and a third party."""
    agent, customer, third = await in_dialing(world, answers())
    await world.call_is(customer, State.THREE_WAY)
    return agent, customer, third


async def in_consulting(world: ScenarioWorld) -> tuple[Party, Party, Party]:
    """Return an agent with a third party, and a parked customer."""
    agent, customer = await in_talking(world)
    world.far_end(THIRD, answers())
    assert await world.ask(Kind.PARK_CUSTOMER_DIAL, agent, THIRD) == ""
    third = await world.third(THIRD)
    await world.call_is(customer, State.CONSULTING)
    return agent, customer, third


async def in_third_parked(world: ScenarioWorld) -> tuple[Party, Party, Party]:
    """Return an agent with a customer, and a parked third party."""
    agent, customer, third = await in_three_way(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    return agent, customer, third


async def in_both_parked(world: ScenarioWorld) -> tuple[Party, Party, Party]:
    """Return an agent alone, whose customer and third party are parked."""
    agent, customer, third = await in_consulting(world)
    assert await world.ask(Kind.PARK_XFER, agent) == ""
    return agent, customer, third


async def in_customer_gone(world: ScenarioWorld) -> tuple[Party, Party, Party]:
    """Return an agent with a third party, whose customer has hung up."""
    agent, customer, third = await in_three_way(world)
    await world.hang_up(customer)
    await world.call_is(customer, State.CUSTOMER_GONE)
    return agent, customer, third


async def in_left_ringing(world: ScenarioWorld) -> tuple[Party, Party, Party]:
    """Return a customer for whom a third party's phone rings, after the agent left."""
    agent, customer, third = await in_dialing(world)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    return agent, customer, third


async def in_blind(world: ScenarioWorld, does: FarEnd | None = None) -> tuple[Party, Party, Party]:
    """Return a customer who was sent to a number, which rings unless it `does` something else."""
    agent, customer = await in_talking(world)
    world.far_end(THIRD, does or rings())
    assert await world.ask(Kind.BLIND_TRANSFER, agent, THIRD) == ""
    return agent, customer, await world.third(THIRD)


async def in_handed_off(world: ScenarioWorld) -> tuple[Party, Party, Party]:
    """Return a customer with a third party, connected by an agent who has left."""
    agent, customer, third = await in_three_way(world)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    assert await world.call_state(customer) == State.HANDED_OFF
    return agent, customer, third
