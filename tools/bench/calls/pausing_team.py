"""Agents who pause and resume at a steady rate by the JSON API, and programs with tokens that read beside them."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp

from tools.bench.tools import agent_team, api_tokens
from tools.bench.tools.bench_lab import BenchLab
from tools.bench.tools.result import CannotMeasureError

SECONDS = 4.0  # of a load
SETTLES = 0.5  # seconds for its last changes to arrive

Login = dict[str, str]
"""The header of a token."""


def configuration(agents: Sequence[str]) -> str:
    """Return the agents as configuration changes."""
    return "".join(
        f'[phone.{name}]\n[agent.{name}]\nphone = "{name}"\ncampaign = "TESTCAMP"\nphone_mode = "on_hook"\n'
        for name in agents
    )


class PausingTeam(NamedTuple):
    """The HTTP server, for commands of this machine's own token, and for programs with tokens of theirs."""

    here: BenchLab
    http: aiohttp.ClientSession
    local: Login
    readers: list[Login]

    async def load(self, agents: Sequence[str], rate: float) -> list[float]:
        """Let agents pause and resume for SECONDS, at a rate a second; return the milliseconds of each command.

        Raises CannotMeasureError if a command is not done.
        """
        begun, commands = time.monotonic(), []
        for n in range(int(rate * SECONDS)):
            await asyncio.sleep(begun + n / rate - time.monotonic())
            agent, round_ = agents[n % len(agents)], n // len(agents)
            commands.append(asyncio.create_task(self.give(agent, "pause" if round_ % 2 else "resume")))
        took = await asyncio.gather(*commands)
        await asyncio.sleep(SETTLES)
        return took

    async def give(self, agent: str, name: str) -> float:
        """Give a command; return its milliseconds. Raises CannotMeasureError if it is not done."""
        begun = time.monotonic()
        async with self.http.post(f"/api/v1/agents/{agent}/{name}", json={}, headers=self.local) as response:
            if response.status != 201:
                raise CannotMeasureError(f"{name} of {agent}: {response.status} {await response.text()}")
        return (time.monotonic() - begun) * 1000


@asynccontextmanager
async def opened(here: BenchLab, agents: Sequence[str], tokens: int, scopes: str) -> AsyncIterator[PausingTeam]:
    """Log the agents in, and make tokens for programs with these scopes. Raises CannotMeasureError."""
    agent_team.add_phones(here, agents)
    made = await api_tokens.create(here.lab, {f"reader{number}": scopes for number in range(tokens)})
    local = _login((Path(here.lab.dir) / "run/token").read_text().strip())
    lasting, everybody = aiohttp.ClientTimeout(total=None), aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(here.lab.api, timeout=lasting, connector=everybody) as http:
        team = PausingTeam(here, http, local, [_login(token) for token in made.values()])
        for name in agents:
            await team.give(name, "login")
        yield team


def _login(token: str) -> Login:
    return {"Authorization": f"Bearer {token}"}
