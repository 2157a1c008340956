"""ARI scripts beside an Asterisk that is killed or frozen: documented errors, and no task that is left behind."""

import asyncio
import os
import signal
import time

import pytest

from lab.sip import answer, tones
from tests.ari.left_tasks import no_task_left
from tests.scenarios.scripts.test_ari_scripts import KEYS, OTHER, called, given, script
from tools.simulation.call_centre.real_world import RealWorld
from warmline.ari import AriError, ChannelGone, ConnectionLost, Reconnected, connect

FROZEN = 20.0  # seconds


@pytest.mark.fault(
    "Asterisk is frozen for 20 s",
    "nothing, for 20 s; then the calls of an ARI script go on",
    "requests of the script fail with the status 0; then it has `Reconnected`, and its waits go on",
)
async def test_a_frozen_asterisk_fails_requests_and_keeps_the_parties(real: RealWorld) -> None:
    real.site.far_ends[OTHER] = answer(tones.CUSTOMER)
    pid = real.site.lab.pids["asterisk"]
    with no_task_left():
        async with script(real) as ari:
            stays, party = await called(real, ari)
            missed, key = ari.events(Reconnected), asyncio.create_task(stays.get_key(60))
            playing = asyncio.create_task(stays.play(KEYS))
            await real.hears_dialplan(party)
            os.kill(pid, signal.SIGSTOP)
            late = asyncio.create_task(latecomer(real))
            until = time.monotonic() + FROZEN
            try:
                for work in (ari.call(OTHER), stays.set_variable("A", "b"), ari.bridge(stays)):
                    with pytest.raises(AriError) as refused:
                        await work
                    assert refused.value.status == 0
                with pytest.raises(ConnectionLost, match="within 10 s"):
                    await late
                await asyncio.sleep(until - time.monotonic())
            finally:
                os.kill(pid, signal.SIGCONT)
            told = await anext(missed)
            assert (told.gone, told.restarted) == ((), False)
            assert not playing.done() and not key.done()
            await real.hears_dialplan(party)
            await real._lines[party].dial("5")
            assert await key == "5"
            await real.until(lambda: only(real, stays.id), "the call that Asterisk placed too late is to be withdrawn")
            playing.cancel()
            await asyncio.wait((playing,))


async def latecomer(world: RealWorld) -> None:
    """Start another script."""
    async with connect("latecomer", given(world)):
        pass


async def only(world: RealWorld, channel: str) -> bool | None:
    """Return whether the scripts have this channel alone."""
    found = [one["id"] for one in await world.site.ari("channels") if one["id"].startswith("script-")]
    return found == [channel] or None


async def test_a_killed_asterisk_leaves_no_task(real: RealWorld) -> None:
    with no_task_left():
        async with script(real) as ari:
            channel, _ = await called(real, ari)
            waiting = [
                asyncio.create_task(work)
                for work in (channel.get_key(60), channel.play(KEYS), channel.record("killed", 60, beep=False))
            ]
            missed = ari.events(Reconnected)
            await real.until(lambda: is_recorded(real), "the recording is to begin")
            await real.kill_asterisk()
            await real.start_asterisk()
            assert (await anext(missed)).gone == (channel,)
            for one in waiting:
                with pytest.raises(ChannelGone):
                    await one


async def is_recorded(world: RealWorld) -> bool | None:
    return bool(await world.site.ari("recordings/live/killed")) or None
