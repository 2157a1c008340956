"""The dialplan passes data with a call: rules route by it, agents and closers see it, and it prefers an agent."""

from asyncio import gather

from rich.console import Console

from tests.internals.scenarios import FIELDS, Kind, State, agent_view
from tests.scenarios.given import all_talk
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

SALES = "8005550100"
OWNER = {"data_agent": "owner", "data_agent_wait": "30"}


async def names(world: ScenarioWorld) -> None:
    """Let these items go with a call."""
    await world.configure("setting", "warmline", call_data="ticket,language,owner")


async def watched(world: ScenarioWorld, agent: Party, customer: Party) -> list[str]:
    """Return the lines of the page that `warmline agent watch` draws from the JSON API."""
    [shown] = [one for one in await world.live("agents") if one["user"] == agent.name]
    call = await world.live_call(customer)
    assert shown["call"] == call["id"]
    console = Console(width=100, color_system=None)
    with console.capture() as page:
        console.print(agent_view.page(dict.fromkeys(FIELDS) | shown | {"call": call}))
    return [" ".join(line.split()) for line in page.get().splitlines()]


async def test_a_rule_routes_the_call_and_the_agent_sees_the_data(world: ScenarioWorld) -> None:
    await names(world)
    await world.configure("did", SALES, data_routes="language=d* -> ingroup:SUPPORTLINE")
    agent = await world.agent()
    customer = await world.customer(language="DE", ticket="4711", other="1")
    await all_talk(world, agent, customer)
    call = await world.live_call(customer)
    assert (call["ingroup"], call["data"]) == ("SUPPORTLINE", {"ticket": "4711", "language": "DE"})
    lines = await watched(world, agent, customer)
    assert "data ticket 4711" in lines and "language DE" in lines
    second = await world.customer(language="en")
    await world.hears_music(second)
    assert (await world.live_call(second))["ingroup"] == "SALESLINE"
    await world.hang_up(customer)
    why = ((await world.ended(customer)).call or {})["why"]
    assert [line for line in why if line.startswith("data_routes")] in (
        [f"data_routes: language is {quote}DE{quote}: language=d* -> ingroup:SUPPORTLINE"] for quote in "'\""
    )


async def test_a_closer_sees_the_data_after_a_transfer(world: ScenarioWorld) -> None:
    await names(world)
    agent = await world.agent()
    customer = await world.customer(ticket="4711")
    await all_talk(world, agent, customer)
    closer = await world.agent("1001")
    assert await world.ask(Kind.LOCAL_CLOSER, agent, ingroup="SUPPORTLINE") == ""
    await all_talk(world, closer, customer)
    call = await world.live_call(customer)
    assert (call["agent"], call["data"]) == ("1001", {"ticket": "4711"})
    assert "data ticket 4711" in await watched(world, closer, customer)


async def test_the_preferred_agent_gets_the_call_although_another_is_longest_idle(world: ScenarioWorld) -> None:
    await names(world)
    await world.configure("ingroup", "SALESLINE", data_agent="owner")
    longest = await world.agent("1000")
    owner = await world.agent("1001")
    customer = await world.customer(owner="1001")
    await all_talk(world, owner, customer)
    await gather(world.silent_to(longest, customer), world.agent_is(longest, "READY"))
    unknown = await world.customer(owner="4711")
    await all_talk(world, longest, unknown)


async def test_a_call_waits_for_its_busy_agent_while_another_is_ready(world: ScenarioWorld) -> None:
    await names(world)
    owner = await world.agent("1001")
    first = await world.customer()
    await all_talk(world, owner, first)
    await world.configure("ingroup", "SALESLINE", **OWNER)
    other = await world.agent("1000")
    customer = await world.customer(owner="1001")
    await world.hears_music(customer)
    assert (await world.call_state(customer), await world.agent_state(other)) == (State.WAITING, "READY")
    await world.hang_up(first)
    await world.agent_is(owner, "DISPO")
    assert await world.ask(Kind.STATUS, owner, status="A") == ""
    await all_talk(world, owner, customer)
    assert await world.agent_state(other) == "READY"
