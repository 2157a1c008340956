"""The prompts and offers that a waiting customer hears, and the effect of a key press."""

from tests.internals.scenarios import Kind, State
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld

CALLBACK = "SELECT number, ingroup, state FROM callback WHERE call = ?"
PRESSED = "SELECT json_extract(payload, '$.input.digit') FROM journal WHERE kind = 'leg.digit' AND call = ?"


async def test_a_caller_hears_the_welcome_and_the_place_until_an_agent_answers(world: ScenarioWorld) -> None:
    await world.configure(
        "ingroup",
        "SALESLINE",
        welcome_message_filename="vm-goodbye",
        prompt_interval="1",
        play_place_in_line="Y",
        onhold_prompt_filename="vm-press",
    )
    agent = await world.agent()
    customer = await world.customer()
    await world.hears_prompt(customer, "vm-goodbye")
    await world.hears(customer, agent)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    second = await world.customer()
    await world.hears_prompt(second, "queue-youarenext")
    assert await world.ask(Kind.STATUS, agent, status="A") == ""
    await world.hears(second, agent)
    assert await world.prompts(second) == ["vm-goodbye", "queue-youarenext"]


async def offered_a_callback(world: ScenarioWorld) -> Party:
    """Let a customer wait for a second, and hear what key 1 does."""
    await world.configure(
        "ingroup",
        "SALESLINE",
        wait_time_option="PRESS_CID_CALLBACK",
        wait_time_second_option="PRESS_STAY",
        wait_time_option_seconds="1",
    )
    customer = await world.customer()
    await world.hears_music(customer)
    await world.press(customer, "9")
    await world.hears_prompt(customer, "vm-press")
    return customer


async def test_the_offered_key_records_a_callback(world: ScenarioWorld) -> None:
    customer = await offered_a_callback(world)
    await world.press(customer, "41")
    await world.hears_prompt(customer, "vm-goodbye")
    await world.is_gone(customer)
    ended = (await world.ended(customer)).call
    assert ended and (ended["status"], ended["ended_by"]) == ("WAITTO", "wait_time_option")
    assert await world.rows(CALLBACK, ended["id"]) == [(customer.name, "SALESLINE", "pending")]
    assert await world.rows(PRESSED, ended["id"]) == [("1",)]


async def test_another_key_keeps_the_caller_in_the_queue(world: ScenarioWorld) -> None:
    customer = await offered_a_callback(world)
    await world.press(customer, "2")
    await world.hears_music(customer)
    assert await world.call_state(customer) == State.WAITING
    agent = await world.agent()
    await world.hears(customer, agent)
