"""Which agent gets a call: the best of the free ones, or the first answer of a ring group."""

from asyncio import gather

from tests.internals.scenarios import Kind, State
from tests.scenarios.given import THIRD, all_talk
from tools.simulation.call_centre.far_ends import rings
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld


async def ring_group(world: ScenarioWorld) -> tuple[Party, Party]:
    """Return two on_hook agents whose phones ring at once."""
    await world.configure("ingroup", "SALESLINE", next_agent_call="ring_all")
    return await world.on_hook("1001"), await world.on_hook("1002")


async def test_all_phones_ring_the_first_answer_wins_and_the_others_stop(world: ScenarioWorld) -> None:
    """Let a mobile ring, too. The others list no missed call, but one of a caller who hangs up."""
    first, second = await ring_group(world)
    world.far_end(THIRD, rings())
    await world.configure("agent", "1000", outside_number=THIRD)
    await world.on_hook("1000")
    customer = await world.customer()
    await gather(world.phone_rings(first), world.phone_rings(second))
    mobile = await world.third(THIRD)
    await world.hears_music(customer)
    assert {await world.agent_state(one) for one in (first, second)} == {"QUEUE"}
    await world.answer(second)
    await all_talk(world, second, customer)
    await gather(world.is_gone(first), world.is_gone(mobile))
    assert not await world.has_missed(first) and not await world.has_missed(mobile)
    await world.agent_is(first, "READY")
    await world.hang_up(customer)
    await world.agent_is(second, "DISPO")
    again = await world.customer()
    await world.phone_rings(first)
    await world.hang_up(again)
    await world.is_gone(first)
    assert await world.has_missed(first)
    await world.agent_is(first, "READY")


async def test_the_caller_hangs_up_and_all_phones_stop(world: ScenarioWorld) -> None:
    agents = await ring_group(world)
    customer = await world.customer()
    await gather(*(world.phone_rings(agent) for agent in agents))
    await world.hang_up(customer)
    await gather(*(world.is_gone(agent) for agent in agents))
    await gather(*(world.agent_is(agent, "READY") for agent in agents))


async def test_the_app_dies_while_all_phones_ring_and_the_first_answer_wins_afterwards(world: ScenarioWorld) -> None:
    first, second = await ring_group(world)
    customer = await world.customer()
    await gather(world.phone_rings(first), world.phone_rings(second))
    await world.kill_app()
    await world.answer(first)
    await world.start_app()
    await all_talk(world, first, customer)
    await world.is_gone(second)
    await world.agent_is(second, "READY")


async def test_the_best_free_agent_gets_the_call(world: ScenarioWorld) -> None:
    await world.configure("ingroup", "SALESLINE", next_agent_call="overall_user_level")
    await world.configure("agent", "1001", user_level="9")
    longest, best = await world.agent("1000"), await world.agent("1001")
    customer = await world.customer()
    await all_talk(world, best, customer)
    assert await world.agent_state(longest) == "READY"
    another = await world.customer()
    await all_talk(world, longest, another)
    assert await world.ask(Kind.HANGUP, best) == ""
    await world.is_gone(customer)


async def test_chance_is_the_same_when_the_journal_is_replayed(simulated: ScenarioWorld) -> None:
    """Also after a restart; at its end, a simulated world replays its journal."""
    await simulated.configure("ingroup", "SALESLINE", next_agent_call="ingroup_grade_random")
    await simulated.configure("agent", "1001", ingroup_grades="SALESLINE:2")
    agents = [await simulated.agent(user) for user in ("1000", "1001", "1002")]
    for restarts in (False, True, False, True, False):
        if restarts:
            await simulated.kill_app()
            await simulated.start_app()
        customer = await simulated.customer()
        await simulated.call_is(customer, State.TALKING)
        await simulated.hang_up(customer)
        for agent in agents:
            if await simulated.agent_state(agent) == "DISPO":
                assert await simulated.ask(Kind.STATUS, agent, status="A") == ""
