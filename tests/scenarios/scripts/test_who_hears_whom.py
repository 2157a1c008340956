"""Who hears whom in the test world of ARI scripts is what packets say on a real Asterisk."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from lab.sip import tones
from tests.scenarios.scripts.test_ari_scripts import called, script
from tools.simulation.call_centre.real_world import RealWorld
from tools.simulation.call_centre.scenario_language import Party
from warmline.ari import Ari, connect, testing

NUMBERS = {"4930555888": tones.CUSTOMER, "4930555777": tones.AGENT, "4930555999": tones.THIRD}
RECHECK_SECONDS = 0.2  # in which Asterisk's channels have changed


class Stage(NamedTuple):
    """The channels of three parties, of whom the first two are in the bridge `talk`."""

    ari: Ari
    customer: str
    agent: str
    third: str

    def named(self, name: str) -> str:
        return f"{self.ari.name}-{name}"


async def whisper(stage: Stage) -> None:
    """Let the third party whisper to the agent, and hear the agent only."""
    await stage.ari.api.channels.snoop_channel_with_id(
        stage.agent, stage.named("snoop"), app=stage.ari.name, spy="in", whisper="out"
    )
    await asyncio.sleep(RECHECK_SECONDS)
    await stage.ari.api.bridges.create_with_id(stage.named("supervision"), type="mixing")
    await stage.ari.api.bridges.add_channel(stage.named("supervision"), channel=[stage.third, stage.named("snoop")])


STEPS: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "a bridge": lambda s: s.ari.api.bridges.add_channel(s.named("talk"), channel=[s.customer, s.agent]),
    "what the agent says is muted": lambda s: s.ari.api.channels.mute(s.agent, direction="in"),
    "what the agent hears is muted": lambda s: s.ari.api.channels.mute(s.agent, direction="out"),
    "nothing is muted": lambda s: s.ari.api.channels.unmute(s.agent, direction="both"),
    "music for one in the bridge": lambda s: s.ari.api.channels.start_moh(s.customer),
    "no music": lambda s: s.ari.api.channels.stop_moh(s.customer),
    "a whispering third party": whisper,
    "no snoop": lambda s: s.ari.api.channels.hangup(s.named("snoop")),
    "a talk of three": lambda s: s.ari.api.bridges.add_channel(s.named("talk"), channel=s.third),
    "one is muted in the bridge": lambda s: s.ari.api.bridges.add_channel(s.named("talk"), channel=s.third, mute=True),
    "a holding bridge": lambda s: s.ari.api.bridges.add_channel(s.named("wait"), channel=[s.customer, s.agent]),
    "music in the holding bridge": lambda s: s.ari.api.bridges.start_moh(s.named("wait")),
    "no music in the holding bridge": lambda s: s.ari.api.bridges.stop_moh(s.named("wait")),
    "an announcer": lambda s: s.ari.api.bridges.add_channel(s.named("wait"), channel=s.third, role="announcer"),
    "no announcer": lambda s: s.ari.api.bridges.remove_channel(s.named("wait"), channel=s.third),
}


async def set_stage(ari: Ari, channels: list[str]) -> Stage:
    stage = Stage(ari, *channels)
    await ari.api.bridges.create_with_id(stage.named("talk"), type="mixing")
    await ari.api.bridges.create_with_id(stage.named("wait"), type="holding")
    return stage


async def play_in_world() -> list[dict[str, set[str]]]:
    """Return who hears whom after each step, and who hears music."""
    async with testing.world() as world, connect("survey") as ari:
        parties = [world.party(number) for number in NUMBERS]
        stage = await set_stage(ari, [(await ari.call(number)).channel.id for number in NUMBERS])
        result = []
        for step in STEPS.values():
            await step(stage)
            await asyncio.sleep(RECHECK_SECONDS)
            heard = {party.number: {speaker.number for speaker in party.hears_from} for party in parties}
            for party in parties:
                heard[party.number] |= {"music"} if party.music else set()
            result.append(heard)
        return result


async def test_the_world_agrees_with_the_packets(real: RealWorld) -> None:
    expected = await asyncio.to_thread(asyncio.run, play_in_world())
    async with script(real) as ari:
        lines = {number: await called(real, ari, number, tone) for number, tone in NUMBERS.items()}
        parties = {number: party for number, (_, party) in lines.items()}
        stage = await set_stage(ari, [channel.id for channel, _ in lines.values()])
        for (title, step), heard in zip(STEPS.items(), expected, strict=True):
            await step(stage)
            try:
                await asyncio.gather(*(agrees(real, parties, number, sources) for number, sources in heard.items()))
            except AssertionError as error:
                raise AssertionError(f"{title}: in the world {heard}") from error
        for name in ("talk", "wait", "supervision"):
            await stage.ari.api.bridges.destroy(stage.named(name))


async def agrees(real: RealWorld, parties: dict[str, Party], number: str, sources: set[str]) -> None:
    """Check that a party hears the parties and the music that it hears in the world, and no others."""
    listener = parties[number]
    await real.hears(listener, *(parties[one] for one in NUMBERS if one in sources))
    if "music" in sources:
        await real.hears_music(listener)
    absent = [parties[one] for one in NUMBERS if one not in (*sources, number)]
    await asyncio.gather(*([] if "music" in sources else [real.no_music(listener)]), real.silent_to(listener, *absent))
