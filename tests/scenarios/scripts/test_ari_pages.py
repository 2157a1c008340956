"""The scripts of the page on ARI scripts, as they are there, on a real Asterisk."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from lab.sip import answer, tones
from tests.product_names import ROOT
from tests.scenarios.given import THIRD
from tools.simulation.call_centre.far_ends import BUSY, rings
from tools.simulation.call_centre.real_world import RealWorld

OTHER = "4930555888"
PAGE = (ROOT / "docs/how-to/ari-scripts.md").read_text()
CONNECTED = """
def arrivals(ari, really=Ari.arrivals):
    print("connected", flush=True)
    return really(ari)


Ari.arrivals = arrivals
asyncio.run("""
REMIND, _, DOORBELL, WATCH = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@asynccontextmanager
async def running(world: RealWorld, tmp_path: Path, text: str, *words: str) -> AsyncIterator[asyncio.StreamReader]:
    """Run a script of the page within the block, and yield its output."""
    world.patience = 15.0  # a busy machine takes seconds to start Python
    file = tmp_path / "script"
    file.write_text(text)
    environ = {**os.environ, "WARMLINE_CONFIG": str(world.site.folder / "warmline.toml"), "PYTHONUNBUFFERED": "1"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(file), *words, env=environ, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout
        yield process.stdout
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def test_a_list_of_people_is_called_and_one_is_handed_over(real: RealWorld, tmp_path: Path) -> None:
    agent = await real.agent("1000")
    real.far_end(THIRD, BUSY)
    real.site.far_ends[OTHER] = answer(tones.CUSTOMER)
    async with running(real, tmp_path, REMIND, THIRD, OTHER) as output:
        assert (await output.readline()).startswith(f"{THIRD} busy ".encode())
        party = await real.third(OTHER)
        await real._lines[party].dial("1")
        assert await output.readline() == f"{OTHER} pressed 1\n".encode()
        await asyncio.gather(real.hears(agent, party), real.hears(party, agent))
        assert await output.read() == b""
    await asyncio.gather(real.hears(agent, party), real.hears(party, agent))
    await real.hang_up(party)


async def doorbell_dialplan(world: RealWorld) -> None:
    """Add the dialplan of the page."""
    [lines] = re.findall(r"exten => 8005550160,(1,.*?)```", PAGE, re.DOTALL)
    for at, step in enumerate(lines.strip().replace(" same => n,", "").splitlines(), 1):
        application = step.removeprefix("1,")
        await world._extend(f'"8005550160,{at},{application}" into from-trunk')


@asynccontextmanager
async def serving(world: RealWorld, tmp_path: Path, text: str) -> AsyncIterator[None]:
    """Run a script that waits for callers. Asterisk lists its application for a while after the script of before."""
    async with running(world, tmp_path, text.replace("asyncio.run(", CONNECTED), OTHER) as output:
        assert await output.readline() == b"connected\n"
        yield


async def test_a_caller_from_the_dialplan_is_joined_with_a_colleague(real: RealWorld, tmp_path: Path) -> None:
    await doorbell_dialplan(real)
    real.site.far_ends[OTHER] = answer(tones.THIRD)
    async with serving(real, tmp_path, DOORBELL):
        caller = await real.customer("8005550160")
        party = await real.third(OTHER)
        await asyncio.gather(real.hears(caller, party), real.hears(party, caller))
        await real.hang_up(party)
        await real.is_gone(caller)
        await real.until(lambda: no_bridge(real), "the bridge of the two is to be closed")


async def test_a_caller_who_hangs_up_withdraws_the_call_to_the_colleague(real: RealWorld, tmp_path: Path) -> None:
    await doorbell_dialplan(real)
    real.far_end(OTHER, rings())
    async with serving(real, tmp_path, DOORBELL):
        caller = await real.customer("8005550160")
        party = await real.third(OTHER)
        await real.hang_up(caller)
        await real.is_gone(party)


async def test_a_caller_of_a_terminated_script_goes_on_in_the_dialplan(real: RealWorld, tmp_path: Path) -> None:
    await doorbell_dialplan(real)
    real.far_end(OTHER, rings())
    async with serving(real, tmp_path, DOORBELL):
        caller = await real.customer("8005550160")
        party = await real.third(OTHER)
    await real._lines[party].ended(10)
    assert (await real.fallback(caller))["reason"] == "the script is away"


async def test_a_caller_of_a_failed_script_takes_the_place_of_the_error_to_the_fallback(
    real: RealWorld, tmp_path: Path
) -> None:
    await doorbell_dialplan(real)
    real.site.far_ends[OTHER] = answer(tones.THIRD)
    async with serving(real, tmp_path, DOORBELL.replace("ari.talk(", "ari.tlak(")):
        caller = await real.customer("8005550160")
        reason = (await real.fallback(caller))["reason"]
    assert reason == "script line 13: AttributeError: 'Ari' object has no attribute 'tlak'; did you mean talk"


async def no_bridge(world: RealWorld) -> bool | None:
    return None if any(one["name"] == "script-doorbell" for one in await world.site.ari("bridges")) else True


async def test_events_of_a_party_are_watched(real: RealWorld, tmp_path: Path) -> None:
    real.site.far_ends[OTHER] = answer(tones.THIRD)
    async with running(real, tmp_path, WATCH, OTHER) as output:
        party = await real.third(OTHER)
        assert await output.readline() == b"answered\n"
        await real._lines[party].dial("5")
        assert await output.readline() == b"key 5\n"
        await real.hold(party)
        assert await output.readline() == b"hold\n"
        await real.hang_up(party)
