"""Exits of a customer whom the in-group does not serve: the dialplan and back, another in-group, or home."""

from asyncio import gather

from tests.internals.scenarios import Kind, State, replay, steps
from tests.scenarios.given import all_talk, in_ringing_agent
from tools.simulation.call_centre.scenario_language import ScenarioWorld

SALES, AGENT_1000 = "8005550100", "8005550102"
LEGS = """
    SELECT call.ingroup, call.status, wait.outcome FROM leg JOIN call ON call.id = leg.owner
    JOIN queue_wait AS wait ON wait.call = call.id WHERE call.number = ? ORDER BY created
"""
PRESSED = "SELECT json_extract(payload, '$.input.digit') FROM journal WHERE kind = 'leg.digit' AND call = ?"
TIMES = """
    SELECT leg.created, wait.ended, leg.answered FROM leg JOIN queue_wait AS wait ON wait.call = leg.owner
    WHERE leg.number = ?
"""


async def test_callers_who_waited_too_long_continue_in_the_dialplan(world: ScenarioWorld) -> None:
    world.patience = 10
    exten = await world.dialplan()
    await world.configure("ingroup", "SALESLINE", drop_call_seconds="2", drop_action="EXTENSION", drop_exten=exten)
    prompt = "vm-nobodyavail|vm-nobodyavail|vm-nobodyavail"  # longer than the wait: until 9.4 s after the arrival
    await world.configure("ingroup", "SALESLINE", prompt_interval="1", onhold_prompt_filename=prompt)
    options = {"drop_call_seconds": "1", "drop_action": "VOICEMAIL", "voicemail_ext": "501@default"}
    await world.configure("ingroup", "AGENTDIRECT", **options)
    to_extension, to_mailbox = await world.customer(SALES), await world.customer(AGENT_1000)
    await gather(world.hears_dialplan(to_extension), world.hears_prompt(to_mailbox, "vm-nobodyavail"))
    for customer, status in ((to_extension, "TIMEOT"), (to_mailbox, "XDROP")):
        story = await world.ended(customer)
        assert story.call and (story.call["status"], story.call["ended_by"]) == (status, "drop_call_seconds")
        assert [(wait["outcome"], wait["agent"]) for wait in story.waits] == [(status, "")]
        assert story.call["ended"] - story.call["arrived"] < 9_000_000, "a prompt delays no exit"
        told = [step.text for step in steps(story) if step.lane == "customer"]
        assert "continues in the dialplan: " in told[-1], told
    await gather(world.is_gone(to_extension), world.is_gone(to_mailbox))


async def test_a_caller_returns_from_a_menu_as_a_new_call(world: ScenarioWorld) -> None:
    await world.nobody_is_there()
    menu = await world.menu("SUPPORTLINE")
    options = {"no_agent_no_queue": "Y", "no_agent_action": "CALLMENU", "no_agent_action_value": menu}
    await world.configure("ingroup", "SALESLINE", **options)
    customer = await world.customer(SALES)
    await world.hears_music(customer)
    agent = await world.agent()
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    await world.agent_is(agent, "DISPO")
    calls = [("SALESLINE", "NANQUE", "NANQUE"), ("SUPPORTLINE", "", "ANSWERED")]
    assert await world.rows(LEGS, customer.name) == calls


async def test_a_caller_above_the_limit_overflows_and_a_closed_in_group_promises_a_callback(
    world: ScenarioWorld,
) -> None:
    await world.configure(
        "ingroup",
        "SALESLINE",
        max_calls_method="IN_QUEUE",
        max_calls_count="1",
        no_agent_action="INGROUP",
        no_agent_action_value="SUPPORTLINE",
        closing_time_action="CALLERID_CALLBACK",
    )
    first = await world.customer(SALES)
    await world.hears_music(first)
    second = await world.customer(SALES)
    await world.hears_music(second)
    await world.configure("ingroup", "SALESLINE", closing_time_now_trigger="Y")
    await world.hears_prompt(first, "vm-goodbye")
    await world.is_gone(first)
    story = await world.ended(first)
    assert story.call and (story.call["status"], story.call["ended_by"]) == ("CLOSOP", "closing_time_action")
    assert await world.rows("SELECT number, ingroup FROM callback WHERE call = ?", story.call["id"]) == [
        (first.name, "SALESLINE")
    ]
    assert await world.call_state(second) == State.WAITING
    agent = await world.agent()
    await all_talk(world, agent, second)
    await world.hang_up(second)
    waits = (await world.ended(second)).waits
    assert [(wait["ingroup"], wait["outcome"]) for wait in waits] == [
        ("SALESLINE", "MAXCAL"),
        ("SUPPORTLINE", "ANSWERED"),
    ]


async def test_a_waiting_caller_leaves_with_the_last_agent(world: ScenarioWorld) -> None:
    agent = await world.agent()
    served = await world.customer(SALES)
    await all_talk(world, agent, served)
    await world.configure("ingroup", "SALESLINE", leave_when_empty="Y")
    customer = await world.customer(SALES)
    await world.hears_music(customer)
    await world.hang_up(served)
    await world.agent_is(agent, "DISPO")
    assert await world.call_state(customer) == State.WAITING
    assert await world.ask(Kind.PAUSE, agent) == await world.ask(Kind.STATUS, agent, status="SALE") == ""
    await world.nobody_is_there()
    await world.hears_prompt(customer, "vm-nobodyavail")
    await world.is_gone(customer)
    story = await world.ended(customer)
    assert story.call and (story.call["status"], story.call["ended_by"]) == ("NANQUE", "leave_when_empty")


async def test_a_key_takes_a_caller_to_the_dialplan_also_while_a_phone_rings(world: ScenarioWorld) -> None:
    exten = await world.dialplan()
    await world.configure("ingroup", "SALESLINE", exit_keys=f"0 -> extension:{exten}")
    first = await world.customer(SALES)
    await world.hears_music(first)
    await world.press(first, "7")
    assert await world.call_state(first) == State.WAITING
    await world.press(first, "0")
    await world.hears_dialplan(first)
    agent, second = await in_ringing_agent(world)
    await world.press(second, "0")
    await world.hears_dialplan(second)
    await world.agent_is(agent, "READY")
    for customer in (first, second):
        story = await world.ended(customer)
        assert story.call and (story.call["status"], story.call["ended_by"]) == ("WAITTO", "exit_keys")
        assert [wait["outcome"] for wait in story.waits] == ["WAITTO"]
        assert await world.rows(PRESSED, story.call["id"]) == [("0",)]


async def test_a_call_is_not_answered_before_its_agent_is_found(world: ScenarioWorld) -> None:
    await world.configure("ingroup", "SALESLINE", answer_signal="ROUTE")
    customer = await world.customer(SALES)
    await world.hears_music(customer)
    agent = await world.agent()
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    await world.ended(customer)
    [(came, matched, answered)] = await world.rows(TIMES, customer.name)
    assert came < answered and matched - came > 50_000 and answered - came > 50_000


async def test_a_replay_of_calls_that_left_the_queue_has_no_differences(simulated: ScenarioWorld) -> None:
    menu = await simulated.menu("SUPPORTLINE")
    options = {"no_agent_no_queue": "Y", "no_agent_action": "CALLMENU", "no_agent_action_value": menu}
    await simulated.configure("ingroup", "SALESLINE", **options)
    await simulated.configure("ingroup", "SUPPORTLINE", drop_call_seconds="2", drop_action="MESSAGE")
    customer = await simulated.customer(SALES)
    await simulated.hears_prompt(customer, "vm-goodbye")
    await simulated.is_gone(customer)
    assert replay(simulated.database).differences == []
