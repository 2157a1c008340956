"""An agent who works by the keys of the phone: who gets which key, and what the agent hears."""

from asyncio import gather

from tests.internals.scenarios import Kind, State, config
from tests.scenarios.given import THIRD, all_talk, in_talking, in_three_way
from tools.simulation.call_centre.far_ends import answers, rings
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld


async def with_keys(world: ScenarioWorld) -> None:
    await world.configure("campaign", "TESTCAMP", feature_keys="Y")


async def nobody_got_a_key(world: ScenarioWorld, *parties: Party) -> None:
    assert [await world.keys(one) for one in parties] == [""] * len(parties)


async def hears_beeps(world: ScenarioWorld, agent: Party, number: int) -> None:
    async def find() -> bool | None:
        return await world.beeps(agent) >= number or None

    await world.until(find, f"{agent} is to hear {number} beeps")


async def test_a_leave_by_key_is_heard_by_no_other_party(world: ScenarioWorld) -> None:
    await with_keys(world)
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    beeps = await world.beeps(agent)
    async with world.unbroken(customer, third):
        await world.press(agent, "*3")
        await world.call_is(customer, State.HANDED_OFF)
        await gather(world.silent_to(customer, agent), world.silent_to(third, agent))
        await hears_beeps(world, agent, beeps + 1)
    await nobody_got_a_key(world, customer, third)
    receipt = await world.receipt(customer, Kind.LEAVE_3WAY_CALL)
    assert (receipt["by"], receipt["source"], receipt["outcome"]) == ("1000", "phone", "completed")


async def test_other_keys_go_to_the_third_party_alone(world: ScenarioWorld) -> None:
    await with_keys(world)
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    await world.press(agent, "47")
    await world.gets_keys(third, "47")
    await world.press(agent, "*")
    await world.gets_keys(third, "47*")
    await world.press(agent, "**1#")
    await world.gets_keys(third, "47**1#")
    await nobody_got_a_key(world, customer)
    await all_talk(world, agent, customer, third)


async def test_a_third_party_is_dialled_swapped_and_hung_up_by_keys(world: ScenarioWorld) -> None:
    await with_keys(world)
    agent, customer = await in_talking(world)
    world.far_end(THIRD, answers())
    await world.press(agent, f"*1{THIRD}#")
    third = await world.third(THIRD)
    await gather(world.call_is(customer, State.CONSULTING), world.hears_music(customer))
    await gather(world.hears(agent, third), world.hears(third, agent))
    await world.press(agent, "*2")
    await gather(world.hears_music(third), world.hears(customer, agent))
    await world.press(agent, "*4")
    await world.call_is(customer, State.THREE_WAY)
    await all_talk(world, agent, customer, third)
    await world.press(agent, "*6")
    await world.is_gone(third)
    await all_talk(world, agent, customer)
    await nobody_got_a_key(world, customer, third)


async def test_a_refused_key_is_an_alert_to_the_agent_alone(world: ScenarioWorld) -> None:
    await with_keys(world)
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.press(agent, "*3")
    await world.hears_alert(agent)
    assert await world.alerts(customer) == 0
    assert await world.call_state(customer) == State.TALKING
    await nobody_got_a_key(world, customer)
    assert (await world.receipt(customer, Kind.LEAVE_3WAY_CALL))["outcome"] == "refused"


async def test_the_customer_is_held_and_taken_back_by_one_key(world: ScenarioWorld) -> None:
    await with_keys(world)
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.talk(0.5)  # the beep of the call's delivery is over
    beeps = await world.beeps(agent)
    await world.press(agent, "*4")
    await gather(world.call_is(customer, State.PARKED), world.hears_music(customer))
    await hears_beeps(world, agent, beeps + 1)
    await world.press(agent, "*4")
    await all_talk(world, agent, customer)
    await world.no_music(customer)


async def test_the_recording_has_no_key_and_no_sound_for_the_agent(world: ScenarioWorld) -> None:
    await with_keys(world)
    agent, customer = await in_talking(world)
    await all_talk(world, agent, customer)
    await world.press(agent, "*5")
    await world.receipt(customer, Kind.RECORD_START)
    await world.talk(0.5)
    await world.press(agent, "*5")
    await world.receipt(customer, Kind.RECORD_STOP)
    await world.hang_up(customer)
    [tape] = await world.tapes(customer, agent, customer)
    assert tape.voices == {agent.name, customer.name}


async def test_without_the_option_the_others_get_every_key(world: ScenarioWorld) -> None:
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    await world.press(agent, "*3")
    await gather(world.gets_keys(customer, "*3"), world.gets_keys(third, "*3"))
    assert await world.call_state(customer) == State.THREE_WAY


async def test_keys_stay_back_while_the_app_is_away_and_work_again_after_it(world: ScenarioWorld) -> None:
    await with_keys(world)
    agent, customer, third = await in_three_way(world)
    await all_talk(world, agent, customer, third)
    await world.kill_app()
    await world.press(agent, "*35")
    await world.start_app()
    await world.call_is(customer, State.THREE_WAY)
    await world.press(agent, "7*3")
    await gather(world.call_is(customer, State.HANDED_OFF), world.gets_keys(third, "7"))
    await nobody_got_a_key(world, customer)


async def test_an_agent_on_hook_types_between_calls_on_a_line_that_ends(world: ScenarioWorld) -> None:
    await with_keys(world)
    agent = await world.on_hook()
    customer = await world.customer()
    await world.phone_rings(agent)
    await world.answer(agent)
    await all_talk(world, agent, customer)
    await world.hang_up(customer)
    await gather(world.agent_is(agent, "DISPO"), world.is_gone(agent))
    for keys, state in (("1#", "READY"), ("*9#", "PAUSED"), ("*8", "READY")):
        line = await world.key_line(agent)
        await world.press(line, keys)
        await gather(world.agent_is(agent, state), world.is_gone(line))
    assert [entry["status"] for entry in (await world.ended(customer)).dispositions] == ["SALE"]
    second = await world.customer()
    await world.phone_rings(agent)
    await world.call_is(second, State.RINGING_AGENT)


async def test_a_shift_by_the_phone_alone(world: ScenarioWorld) -> None:
    """The day of docs/tutorial/agents-day.md, as far as a desk phone can work it: login to logout by its keys."""
    await world.nobody_is_there()
    await with_keys(world)
    await world.configure("campaign", "TESTCAMP", login_state="PAUSED", phone_login="PIN")
    config.set_options(world.database, "agent", "1000", {"pin": "471103"}, who="test")
    config.create(world.database, "pause-code", "LUNCH", {"key": "1"}, who="test")
    await world.in_force()
    agent = await world.phone_with_pin("1000", "471103")
    await world.agent_is(agent, "PAUSED")
    await world.press(agent, "*8")
    await gather(world.agent_is(agent, "READY"), world.hears_prompt(agent, "activated"))

    first = await world.customer()
    await all_talk(world, agent, first)
    await world.press(agent, "*4")
    await world.hears_music(first)
    await world.press(agent, "*4")
    await all_talk(world, agent, first)
    await world.hang_up(first)
    await world.agent_is(agent, "DISPO")
    await world.press(agent, "1#")
    await world.agent_is(agent, "READY")

    await world.press(agent, "*91#")
    await gather(world.agent_is(agent, "PAUSED LUNCH"), world.hears_prompt(agent, "de-activated"))
    world.far_end("4930555002", rings(customer=True))
    await world.press(agent, "*14930555002#")
    dialled = await world.third("4930555002")
    await world.answer(dialled)
    await all_talk(world, agent, dialled)
    await world.press(agent, "*7")
    await world.is_gone(dialled)
    await world.press(agent, "1#")
    await world.agent_is(agent, "PAUSED LUNCH", "PAUSED")

    await world.press(agent, "*8")
    await world.agent_is(agent, "READY")
    second = await world.customer()
    await world.call_is(second, State.TALKING)
    world.far_end(THIRD, answers())
    await world.press(agent, f"*1{THIRD}#")
    third = await world.third(THIRD)
    await gather(world.hears(agent, third), world.hears_music(second))
    await world.press(agent, "*4")
    await all_talk(world, agent, second, third)
    async with world.unbroken(second, third):
        await world.press(agent, "*3")
        await world.call_is(second, State.HANDED_OFF)
    await world.press(agent, "*9#")
    await world.press(agent, "4#")
    await world.agent_is(agent, "PAUSED")
    await world.press(agent, "*0")
    await world.is_gone(agent)
    await nobody_got_a_key(world, first, dialled, second, third)
    for customer, code in ((first, "SALE"), (second, "XFER")):
        await world.hang_up(customer)
        assert [entry["status"] for entry in (await world.ended(customer)).dispositions] == [code]
    config.delete(world.database, "pause-code", "LUNCH", who="test")
