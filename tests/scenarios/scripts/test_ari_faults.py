"""ARI scripts beside an Asterisk that is killed or frozen: documented errors, and no task that is left behind."""

import asyncio
import os
import signal
import time
from typing import Any

import pytest

from lab.sip import answer, tones
from tests.ari.left_tasks import no_task_left
from tests.internals.scenarios import WebsocketRequests
from tests.scenarios.given import THIRD
from tests.scenarios.scripts.test_ari_scripts import KEYS, OTHER, called, given, script
from tools.simulation.asterisk.ari_proxy import Proxy
from tools.simulation.call_centre.far_ends import rings
from tools.simulation.call_centre.real_world import RealWorld
from warmline.ari import Ari, AriError, ChannelGone, ConnectionLost, Reconnected, connect

FROZEN = 20.0  # seconds


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the requests over the event stream that Asterisk has answered there, as they come."""
    lines: list[str] = []
    ask = WebsocketRequests.request

    async def noted(way: WebsocketRequests, method: str, path: tuple[str, ...], *more: Any) -> bytes:
        answer = await ask(way, method, path, *more)
        lines.append(f"{method} {'/'.join(path)}")
        return answer

    monkeypatch.setattr(WebsocketRequests, "request", noted)
    return lines


async def test_reads_and_ends_go_over_the_event_stream(real: RealWorld, answered: list[str]) -> None:
    with no_task_left():
        async with script(real) as ari:
            channel, party = await called(real, ari)
            room = await ari.bridge(channel)
            assert (await ari.request("GET", "bridges", room.id))["channels"] == [channel.id]
            playing = asyncio.create_task(room.play(KEYS))
            await real.hears_dialplan(party)
            playing.cancel()
            await asyncio.wait((playing,))
            await room.close()
            assert (await ari.request("GET", "channels", channel.id))["state"] == "Up"
            await channel.hang_up()
            await real.is_gone(party)
    read, stopped, *others = answered
    assert (read, stopped.rpartition("/")[0]) == (f"GET bridges/{room.id}", "DELETE playbacks")
    assert others == [f"DELETE bridges/{room.id}", f"GET channels/{channel.id}", f"DELETE channels/{channel.id}"]


async def test_a_cut_in_the_middle_of_requests_over_the_event_stream(real: RealWorld, answered: list[str]) -> None:
    """Asterisk performs them, and their answers are lost."""
    url = real.site.lab.ari["url"]
    port = int(url.rpartition(":")[2].partition("/")[0])
    with no_task_left():
        async with (
            Proxy(port) as proxy,
            connect("survey", given(real, ari_url=url.replace(f":{port}/", f":{proxy.port}/"))) as ari,
        ):
            channel, party = await called(real, ari)
            stays, _ = await called(real, ari, OTHER, tones.CUSTOMER)
            missed = ari.events(Reconnected)
            await ari.request("GET", "bridges")  # the types of the reader are sent
            proxy.slow(1.0)
            hanging_up = asyncio.create_task(channel.hang_up())
            reading = asyncio.create_task(ari.request("GET", "channels", stays.id))
            await real.is_gone(party)
            proxy.cut()
            proxy.quick()
            await hanging_up
            assert (await reading)["id"] == stays.id and channel.gone and not stays.gone
            assert not (await anext(missed)).restarted and answered == []


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
            # A request that has no answer yet would fail by AriError.
            await real.until(lambda: both_placed(ari), "the script is to know that the sound and the recording began")
            await real.kill_asterisk()
            await real.start_asterisk()
            assert (await anext(missed)).gone == (channel,)
            for one in waiting:
                with pytest.raises(ChannelGone):
                    await one


async def both_placed(ari: Ari) -> bool | None:
    return len(ari.script_events.begun) == 2 or None


async def test_a_channel_of_a_request_of_ones_own_ends_with_the_script(real: RealWorld) -> None:
    real.far_end(THIRD, rings())
    async with script(real) as ari:
        wanted = {"endpoint": f"PJSIP/{THIRD}@trunk", "app": ari.name}
        created = await ari.request("POST", "channels", "create", query=wanted)
        assert created["id"].startswith("script-survey-")
        named = await ari.request("POST", "channels", "create", query={**wanted, "channelId": "own"})
        assert named["id"] == "own"
        await ari.request("DELETE", "channels", "own")
    await real.until(lambda: no_scripts(real), "no channel of the script is to be left")


async def no_scripts(world: RealWorld) -> bool | None:
    return not any(one["id"].startswith("script-") for one in await world.site.ari("channels")) or None
