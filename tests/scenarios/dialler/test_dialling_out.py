"""An agent dials a customer: a new one, a busy one, and one with a promised callback."""

from asyncio import gather

import pytest

from tests.internals.scenarios import Kind, Outcome, State, dnc
from tests.scenarios.given import THIRD, all_talk, in_talking
from tools.simulation.call_centre.far_ends import BUSY, FarEnd, answers, dead, early, redirects, rings
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld


async def dials(world: ScenarioWorld, number: str, does: FarEnd) -> Party:
    """Let agent 1000, paused, dial this number."""
    agent = await world.agent()
    assert await world.ask(Kind.PAUSE, agent) == ""
    world.far_end(number, does)
    assert await world.ask(Kind.DIAL, agent, number) == ""
    return agent


async def test_a_dialled_customer_hears_the_agent_after_a_ring_tone(world: ScenarioWorld) -> None:
    agent = await dials(world, "4930777001", rings(customer=True))
    customer = await world.third("4930777001")
    await world.hears_ring_tone(agent)
    assert await world.call_state(customer) == State.DIALING_OUT
    assert await world.agent_state(agent) == "QUEUE"
    await world.silent_to(customer, agent)
    await world.answer(customer)
    await all_talk(world, agent, customer)
    assert await world.agent_state(agent) == "INCALL"
    await world.no_ring_tone(agent)
    assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
    await world.hears_music(customer)
    world.far_end(THIRD, answers())
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third(THIRD)
    await all_talk(world, agent, customer, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)
    assert await world.ask(Kind.STATUS, agent, status="SALE") == ""
    assert await world.agent_state(agent) == "PAUSED", "as before"
    await world.hang_up(customer)
    told = await world.ended(customer)
    assert told.call and told.call["agc_id"].startswith("M") and told.call["connected"] > told.call["arrived"]


async def test_early_media_of_a_dialled_customer_is_heard(world: ScenarioWorld) -> None:
    agent = await dials(world, "4930777002", early(1.0))
    customer = await world.third("4930777002")
    await world.hears(agent, customer)
    await all_talk(world, agent, customer)
    assert await world.ask(Kind.HANGUP, agent) == ""
    await gather(world.is_gone(customer), world.agent_is(agent, "DISPO"))


@pytest.mark.parametrize(
    ("number", "does", "seconds", "outcome", "status"),
    [("4930777003", BUSY, "10", Outcome.BUSY, "B"), ("4930777004", dead(), "1", Outcome.NO_ANSWER, "NA")],
)
async def test_a_customer_who_did_not_answer_is_dialled_again(
    world: ScenarioWorld, number: str, does: FarEnd, seconds: str, outcome: Outcome, status: str
) -> None:
    await world.configure("campaign", "TESTCAMP", dial_timeout=seconds)
    agent = await dials(world, number, does)
    await world.third(number)
    await world.agent_is(agent, "DISPO")
    receipt = await world.receipt(Party(number), Kind.DIAL)
    assert receipt["outcome"] == outcome
    told = await world.ended(Party(number))
    assert told.call and told.call["status"] == status, "suggested"
    assert await world.ask(Kind.STATUS, agent, status=status) == ""
    assert await world.agent_state(agent) == "PAUSED"
    world.far_end(number, rings())
    await world.configure("campaign", "TESTCAMP", dial_timeout="20")
    assert await world.ask(Kind.DIAL, agent, number) == ""
    customer = await world.third(number)
    await world.answer(customer)
    await all_talk(world, agent, customer)


async def test_a_callback_is_promised_falls_due_and_is_done(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    assert await world.promise(agent, 1, "after lunch") == ""
    wanted = await world.callback(customer, "due")
    assert (wanted.agent, wanted.comments, wanted.status) == (agent.name, "after lunch", "CALLBK")
    world.far_end(customer.name, rings())
    assert await world.call_back(agent, wanted) == ""
    called = await world.third(customer.name)
    await world.callback(customer, "due")
    await world.answer(called)
    await all_talk(world, agent, called)
    done = await world.callback(customer, "completed")
    assert done.id == wanted.id and done.done_in and done.done_in != wanted.call


async def test_the_app_is_killed_while_it_rings(world: ScenarioWorld) -> None:
    agent = await dials(world, "4930777005", rings())
    customer = await world.third("4930777005")
    await world.hears_ring_tone(agent)
    await world.kill_app()
    await world.answer(customer)
    await world.start_app()
    await all_talk(world, agent, customer)
    await world.call_is(customer, State.TALKING)
    await world.no_ring_tone(agent)
    assert await world.ask(Kind.HANGUP, agent) == ""
    await world.is_gone(customer)


async def test_a_redirect_is_refused_in_words(world: ScenarioWorld) -> None:
    agent = await dials(world, "4930777021", redirects("4930777022"))
    await world.agent_is(agent, "DISPO")
    receipt = await world.receipt(Party("4930777021"), Kind.DIAL)
    why = "redirected to 4930777022: redirects are off (follow_redirects)"
    assert (receipt["outcome"], receipt["cause"]) == (Outcome.FAILED, why)


async def test_a_redirect_is_followed_where_the_option_says_so(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", follow_redirects="1")
    agent, customer = await in_talking(world)
    world.far_end(THIRD, redirects("4930777023", rings=True))
    world.far_end("4930777023", answers(0.5))
    assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
    third = await world.third("4930777023")
    await all_talk(world, agent, customer, third)
    assert await world.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
    await all_talk(world, customer, third)


async def test_a_redirect_to_a_denied_number_is_not_followed(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", follow_redirects="1", dial_deny="_+4990.")
    agent = await dials(world, "4930777024", redirects("004990777025"))
    await world.agent_is(agent, "DISPO")
    receipt = await world.receipt(Party("4930777024"), Kind.DIAL)
    denied = "004990777025 may not be dialled: dial_deny has _+4990."
    assert receipt["cause"] == f"redirected to 004990777025: {denied}"


async def test_a_customer_who_redirects_is_dialled_there(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", follow_redirects="1")
    world.far_end("4930777027", rings(customer=True))
    agent = await dials(world, "4930777026", redirects("4930777027", rings=True))
    customer = await world.third("4930777027")
    await world.answer(customer)
    await all_talk(world, agent, customer)


async def test_a_number_on_a_do_not_call_list_is_not_dialled(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", follow_redirects="1")
    listed, why = "4930777028", "4930777028 is on the system's do-not-call list"
    dnc.add(world.database, listed, who="test")
    try:
        agent, customer = await in_talking(world)
        assert await world.ask(Kind.BLIND_TRANSFER, agent, listed) == why
        world.far_end(THIRD, redirects(listed, rings=True))
        assert await world.ask(Kind.DIAL_WITH_CUSTOMER, agent, THIRD) == ""
        receipt = await world.receipt(customer, Kind.DIAL_WITH_CUSTOMER)
        assert receipt["cause"] == f"redirected to {listed}: {why}"
        await all_talk(world, agent, customer)
    finally:
        dnc.delete(world.database, listed, who="test")
