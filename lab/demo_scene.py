"""The common parts of the demos' stories: the lab with its parties, the agents' log-in and their requests.

All times are seconds of CLOCK_MONOTONIC.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple, TypeVar
from urllib.parse import urlencode
from urllib.request import urlopen

from lab.demo_checklist import Checklist
from lab.description import Lab
from lab.sip import Parties, SipCall, TrunkPeer, WaitTimeout
from warmline.core.model.call_states import AgentState
from warmline.core.model.session import Session
from warmline.store.database.database import connect
from warmline.store.journal import open_state

T = TypeVar("T")


class DemoAnswer(NamedTuple):
    """An answer of the agent API, with the times of the request and of the answer."""

    text: str
    asked: float
    told: float

    @property
    def succeeded(self) -> bool:
        """Return whether the command succeeded."""
        return self.text.startswith("SUCCESS")

    @property
    def said(self) -> str:
        """Return the answer, and how long it took."""
        return f"{self.text} ({(self.told - self.asked) * 1000:.1f} ms)"


@dataclass
class DemoScene:
    """The lab of the story, and its parties."""

    lab: Lab
    parties: Parties
    peer: TrunkPeer
    checklist: Checklist


async def log_in(scene: DemoScene, agent: str, tone: int) -> SipCall:
    """Let the agent's phone dial the login extension; return its line when the agent is READY."""
    account = scene.lab.phones[agent]
    phone = await scene.parties.phone(account["user"], account["password"], scene.lab.sip, tone)
    seat = await phone.call(account["login"])
    await seat.answered()
    await until_state(scene, agent, AgentState.READY)
    return seat


async def until_state(scene: DemoScene, agent: str, state: AgentState) -> None:
    """Wait until the agent is in this state. Raises WaitTimeout."""

    def there() -> bool | None:
        with closing(connect(scene.lab.db)) as connection:
            found = [one for one in open_state.load(connection) if isinstance(one, Session) and one.agent == agent]
        return any(session.state is state for session in found) or None

    await until(there, 8, f"agent {agent} is not {state}")


async def until(find: Callable[[], T | None], within: float, what: str) -> T:
    """Wait for a change that only the records show; read them 50 times per second. Raises WaitTimeout."""
    limit = time.monotonic() + within
    while (found := find()) is None:
        if time.monotonic() > limit:
            raise WaitTimeout(f"{what} within {within:g} s")
        await asyncio.sleep(0.02)
    return found


async def ask(lab: Lab, agent: str, function: str, **parameters: str) -> DemoAnswer:
    """Send a request to the agent API."""
    user = lab.api_user
    query = {"source": "demo", "user": user["user"], "pass": user["pass"], "agent_user": agent, "function": function}
    url = f"{lab.api}/agc/api.php?{urlencode(query | parameters)}"

    def get() -> DemoAnswer:
        asked = time.monotonic()
        with urlopen(url, timeout=10) as response:  # noqa: S310 - our own app, on loopback
            text = response.read().decode().strip()
        return DemoAnswer(text, asked, time.monotonic())

    return await asyncio.to_thread(get)
