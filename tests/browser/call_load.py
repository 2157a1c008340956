"""Calls beside the pages of a test: callers and agents of sipp in the same lab."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp

from lab import configure, folder
from lab.demo_config import CAMPAIGN
from tests.browser.stage import Stage
from tests.internals.browser import settings
from tools.bench.tools.agent_team import add_phones, names
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.bench_lab import BenchLab
from tools.bench.tools.result import CannotMeasureError
from tools.bench.tools.sipp_crowd import crowd

AGENTS, RATE, TALK = 20, 2, 4.0  # callers a second, and the seconds that each talks
TEAM, LINE, DID = "load", "LOADLINE", "8005550188"
BLOCK = 60  # callers of one run of sipp
PAUSE = 0.5  # seconds between two looks for agents in DISPO


@asynccontextmanager
async def call_load(stage: Stage) -> AsyncIterator[None]:
    """Let callers talk to agents within the block. Raises CannotMeasureError if there is no sipp."""
    phones = names(TEAM, AGENTS)
    changes: list[configure.Change] = [
        ("ingroup", LINE, {}),
        ("campaign", "LOADCAMP", CAMPAIGN),
        *(("phone", name, {}) for name in phones),
        *(("agent", name, {"phone": name, "campaign": "LOADCAMP", "ingroups": LINE}) for name in phones),
        ("did", DID, {"route": f"ingroup:{LINE}"}),
    ]
    await asyncio.to_thread(configure.fill, Path(stage.lab.db), changes)
    fastagi = settings.load({"WARMLINE_CONFIG": f"{stage.lab.dir}/{folder.SETTINGS}"}).fastagi
    console = [*stage.lab.asterisk_cli, f"dialplan set global WARMLINE_FASTAGI agi://{fastagi}"]
    await asyncio.to_thread(subprocess.run, console, check=True, capture_output=True)
    async with AriScript(stage.lab) as ari, crowd(stage.lab) as people:
        here = BenchLab(stage.lab, stage.parties, stage.peer, ari)
        await asyncio.to_thread(add_phones, here, phones)
        async with people.team(TEAM, AGENTS, stage.lab.phones["1000"]["login"], rate=5):

            async def callers() -> None:
                while True:
                    with suppress(CannotMeasureError):  # some may wait longer than sipp
                        await people.call(DID, RATE, BLOCK, TALK)

            running = [asyncio.create_task(callers()), asyncio.create_task(dispositions(stage))]
            try:
                yield
            finally:
                for one in running:
                    one.cancel()
                await asyncio.wait(running)


async def dispositions(stage: Stage) -> None:
    """Give each ended call of the load a disposition, without end."""
    token = (Path(stage.lab.dir) / "run/token").read_text().strip()
    agents = f"{stage.lab.api}/api/v1/agents"
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as http:
        while True:
            async with http.get(agents) as answer:
                found = [one["user"] for one in await answer.json() if one["state"] == "DISPO"]
            for user in found:
                if user.startswith(TEAM):
                    async with http.post(f"{agents}/{user}/disposition", json={"status": "OTHER"}) as answer:
                        await answer.read()
            await asyncio.sleep(PAUSE)
