"""A customer calls: which agent answers, what the customer hears while waiting, and the exit without an agent."""

from asyncio import gather
from functools import partial

import pytest

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import all_talk, in_talking
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

SALES, SUPPORT, AGENT_1000, NOBODYS = "8005550100", "8005550101", "8005550102", "8005550199"


async def test_a_caller_reaches_a_ready_agent_who_alone_hears_a_beep(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    assert await world.agent_state(agent) == "INCALL"
    await all_talk(world, agent, customer)
    await world.until(partial(_beeped, world, agent), "the agent hears a beep")
    await world.talk(0.5)
    assert (await world.beeps(agent), await world.beeps(customer)) == (1, 0)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    await world.hears_silence(agent)
    ended = (await world.ended(customer)).call
    assert ended and (ended["ingroup"], ended["last_agent"], ended["ended_by"]) == ("SALESLINE", "1000", "customer")
    assert ended["dialled"] == SALES
    assert ended["why"][:3] == [
        f"number: {SALES}",
        f"did: {SALES} goes to ingroup:SALESLINE",
        "in-group: in-group SALESLINE is active",
    ]


async def _beeped(world: ScenarioWorld, agent: Party) -> bool | None:
    return await world.beeps(agent) > 0 or None


async def test_callers_wait_with_music_in_order_of_arrival(world: ScenarioWorld) -> None:
    first = await world.customer()
    await world.hears_music(first)
    second = await world.customer()
    await world.hears_music(second)
    agent = await world.agent()
    await all_talk(world, agent, first)
    await gather(world.hears_music(second), world.silent_to(second, agent, first))
    await world.hang_up(first)
    await world.agent_is(agent, "DISPO")
    assert await world.call_state(second) == State.WAITING
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await all_talk(world, agent, second)


async def test_the_agent_ready_for_longest_gets_the_caller(world: ScenarioWorld) -> None:
    longest = await world.agent("1001")
    newest = await world.agent("1000")
    customer = await world.customer()
    await all_talk(world, longest, customer)
    assert await world.agent_state(newest) == "READY"
    await gather(world.silent_to(newest, customer), world.hears_silence(newest))


async def test_a_caller_who_waits_too_long_is_hung_up(world: ScenarioWorld) -> None:
    await world.configure("ingroup", "SALESLINE", drop_call_seconds="4")
    dropped, other = await world.customer(SALES), await world.customer(SUPPORT)
    await gather(world.hears_music(dropped), world.hears_music(other))
    await world.is_gone(dropped)
    ended = (await world.ended(dropped)).call
    assert ended and (ended["status"], ended["ended_by"]) == ("TIMEOT", "drop_call_seconds")
    await world.hears_music(other)


async def test_a_call_for_one_agent_waits_for_that_agent_only(world: ScenarioWorld) -> None:
    other_agent = await world.agent("1001")
    direct = await world.customer(AGENT_1000)
    await world.hears_music(direct)
    assert await world.agent_state(other_agent) == "READY"
    anybodys = await world.customer(SALES)
    await all_talk(world, other_agent, anybodys)
    await world.hears_music(direct)
    agent = await world.agent("1000")
    await all_talk(world, agent, direct)
    await world.silent_to(direct, anybodys, other_agent)


async def test_a_call_for_the_agent_precedes_earlier_callers(world: ScenarioWorld) -> None:
    earlier, direct = await world.customer(SALES), await world.customer(AGENT_1000)
    await gather(world.hears_music(earlier), world.hears_music(direct))
    agent = await world.agent("1000")
    await all_talk(world, agent, direct)
    assert await world.call_state(earlier) == State.WAITING


@pytest.mark.parametrize(
    ("did", "reason"),
    [(SUPPORT, "in-group SUPPORTLINE is not active"), (NOBODYS, f"DID {NOBODYS} is not configured")],
)
async def test_a_caller_without_a_valid_target_takes_the_fallback_and_is_in_the_audit(
    world: ScenarioWorld, did: str, reason: str
) -> None:
    await world.configure("ingroup", "SUPPORTLINE", active="N")
    agent = await world.agent()
    customer = await world.customer(did)
    note = await world.fallback(customer)
    assert (note["dialled"], note["reason"]) == (did, reason)
    assert await world.call_state(customer) is None
    assert await world.agent_state(agent) == "READY"
    await world.hears_prompt(customer, "vm-nobodyavail")
    served = await world.customer(SALES)
    await all_talk(world, agent, served)


async def test_a_did_that_leads_to_a_mailbox_is_in_the_audit(world: ScenarioWorld) -> None:
    await world.configure("did", SALES, route="voicemail:100")
    agent = await world.agent()
    customer = await world.customer(SALES)
    note = await world.fallback(customer)
    assert (note["reason"], note["goto"]) == ("sent to voicemail:100", "warmline-voicemail,100,1")
    await world.hears_prompt(customer, "vm-nobodyavail")
    assert await world.agent_state(agent) == "READY"


async def test_a_waiting_customer_hangs_up(world: ScenarioWorld) -> None:
    customer = await world.customer()
    await world.hears_music(customer)
    await world.hang_up(customer)
    ended = (await world.ended(customer)).call
    assert ended and (ended["ended_by"], ended["last_agent"]) == ("customer", "")
    agent = await world.agent()
    assert await world.agent_state(agent) == "READY"
