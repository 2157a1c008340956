"""Recipes of the cookbook that concern agents: the hand-over from a bot, and the name of the queue."""

import asyncio
from asyncio import gather
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from lab.sip import tones
from tests.internals.scenarios import Kind, Picture, State, picture, pictures, settings
from tests.scenarios.given import all_talk
from tests.scenarios.recipes.recipes import data, recipe
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.voice_bot import VoiceBot, voice_bot


@asynccontextmanager
async def bot_recipe(world: RealWorld, seconds: int = 600) -> AsyncIterator[VoiceBot]:
    """Install the recipe with a bot that listens, and its limit."""
    async with voice_bot(tones.EARLY, tones.CUSTOMER) as bot, recipe(world, "bot-handover", places(bot, seconds)):
        yield bot


def places(bot: VoiceBot, seconds: int = 600) -> dict[str, str]:
    return {"BOT_AUDIO": bot.audio, "BOT_URL": bot.http, "BOT_SECONDS": str(seconds)}


def watched(world: RealWorld, user: str) -> Picture:
    """Return what `warmline agent watch` shows now."""
    place = settings.load({"WARMLINE_CONFIG": str(world.site.folder / "warmline.toml")})
    found = next(pictures(place, partial(picture, user), agent=user, details="true"))
    assert found, "the app is there"
    return found


async def test_a_bot_hands_a_caller_over_with_a_summary(real: RealWorld) -> None:
    """The agent reads the summary while the phone rings. The caller hears the bot, then the agent."""
    agent = await real.on_hook()
    async with bot_recipe(real) as bot:
        customer = await real.customer()
        await real.hears_dialplan(customer)
        await real.phone_rings(agent)
        await real.call_is(customer, State.RINGING_AGENT)
        seen = await asyncio.to_thread(watched, real, agent.name)
        assert seen["call"]["data"] == {"summary": "wants a refund"}
        await real.answer(agent)
        await all_talk(real, agent, customer)
        assert bot.reasons == ["sent to callmenu:cookbook-bot-handover"]
        await real.hang_up(customer)


async def test_a_bot_gets_the_caller_back_with_the_reason(real: RealWorld) -> None:
    """No agent is free; then one is. The bot knows that it is the same call."""
    agent = await real.agent()
    assert await real.ask(Kind.PAUSE, agent) == ""
    async with bot_recipe(real) as bot:
        customer = await real.customer()

        async def came_back() -> bool | None:
            return "no_agent_no_queue" in bot.reasons or None

        await real.until(came_back, "the bot has the caller again")
        await real.hears_dialplan(customer)
        assert await real.ask(Kind.RESUME, agent) == ""
        await all_talk(real, agent, customer)
        assert set(bot.reasons[1:]) == {"no_agent_no_queue"} and len(set(bot.calls)) == 1
        assert await data(real, customer) == {"summary": "wants a refund"}
        await real.hang_up(customer)


async def test_a_bot_ends_the_call_and_a_missing_bot_sends_it_to_an_agent(real: RealWorld) -> None:
    agent = await real.agent()
    async with bot_recipe(real) as bot:
        bot.summary = ""
        customer = await real.customer()
        await real.hears_prompt(customer, "vm-goodbye")
        await real.is_gone(customer)
    async with recipe(real, "bot-handover", places(bot)):  # nothing listens at these places now
        customer = await real.customer()
        await all_talk(real, agent, customer)
        await real.hang_up(customer)


async def test_a_bot_that_hangs_loses_the_caller_to_an_agent(real: RealWorld) -> None:
    """It accepts the call and never says a word; its summary would end the call."""
    agent = await real.agent()
    async with bot_recipe(real, seconds=2) as bot:
        bot.hangs, bot.summary = True, ""
        customer = await real.customer()
        async with real.never_in_silence(customer):
            await all_talk(real, agent, customer)
        assert len(bot.calls) == 1
        await real.hang_up(customer)


async def test_agents_hear_the_name_of_the_queue_as_it_was_recorded_by_phone(real: RealWorld) -> None:
    sound = str(real.site.folder / "queue-name")
    async with recipe(real, "queue-name", {"QUEUE_SOUND": sound}):
        await real.configure("ingroup", "SALESLINE", agent_alert_exten=sound)
        records = await real.dials("1001", "798")
        await real.hears_sound(records, "beep")
        await real.talk(2.0)
        await real.press(records, "#")
        await real.is_gone(records)
        agent = await real.agent()
        customer = await real.customer()
        await gather(real.hears(agent, records, customer), real.silent_to(customer, records))
        await real.hang_up(customer)
        await real.unconfigure()
