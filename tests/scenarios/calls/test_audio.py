"""An agent plays sound files to the parties of the call, who all hear them."""

from asyncio import gather

from tests.scenarios.given import all_talk, in_talking
from tools.simulation.call_centre.scenario_language import Party, ScenarioWorld


async def playback(world: ScenarioWorld, agent: Party, stage: str, value: str = "") -> str:
    """Return the agent API's answer."""
    return await world.api(function="audio_playback", agent_user=agent.name, stage=stage, value=value)


async def hears_beep(world: ScenarioWorld, listener: Party, before: int) -> None:
    """Wait until the listener has heard more beeps; a delayed beep sounds like two."""

    async def find() -> bool | None:
        return await world.beeps(listener) > before or None

    await world.until(find, f"{listener} is to hear a beep after {before}")


async def is_over(world: ScenarioWorld, agent: Party) -> None:
    """Wait until nothing plays any more."""

    async def find() -> bool | None:
        return "no audio playing" in await playback(world, agent, "RESUME") or None

    await world.until(find, f"what {agent} plays is to end")


async def test_both_hear_it_and_each_other_also_after_a_pause(world: ScenarioWorld) -> None:
    agent, customer = await in_talking(world)
    await hears_beep(world, agent, 0)  # at delivery
    await world.talk(1)  # otherwise two beeps could sound like one
    before = [await world.beeps(one) for one in (agent, customer)]
    assert (await playback(world, agent, "PLAY", "beep")).startswith("SUCCESS")
    await gather(hears_beep(world, agent, before[0]), hears_beep(world, customer, before[1]))
    await is_over(world, agent)
    before = [await world.beeps(one) for one in (agent, customer)]
    assert (await playback(world, agent, "PLAY", "vm-nobodyavail|beep")).startswith("SUCCESS")
    assert (await playback(world, agent, "PAUSE")).startswith("SUCCESS")
    await world.talk(4)  # longer than the words before the beep
    assert [await world.beeps(one) for one in (agent, customer)] == before
    assert (await playback(world, agent, "RESUME")).startswith("SUCCESS")
    heard = hears_beep(world, agent, before[0]), hears_beep(world, customer, before[1])
    await gather(*heard, all_talk(world, agent, customer))


async def test_a_file_that_is_not_there_ends_at_once(world: ScenarioWorld) -> None:
    agent, _ = await in_talking(world)
    await playback(world, agent, "PLAY", "no-such-file")
    await is_over(world, agent)
