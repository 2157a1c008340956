"""Probes beside an attack: commands, the heartbeat's age, new connections and first logins."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from tools.bench.flood.call_load import PROBES, CallLoad
from tools.bench.flood.command_path import CommandPath
from tools.bench.tools.background import Background
from warmline.system import heartbeat_file

EVERY = 0.1  # seconds between two commands of a probe
NEW_EVERY = 1.0  # seconds between two new connections
BEAT_EVERY = 0.02  # seconds between two looks at the heartbeat
LONGEST = 20.0  # seconds for an answer
FIRST = "127.0.0.9"  # the address of new connections


@dataclass
class ProbeFigures:
    """Milliseconds: each command by its path, each new connection and first login with its answer; the oldest beat."""

    local: list[float] = field(default_factory=list)
    http: list[float] = field(default_factory=list)
    newcomers: list[float] = field(default_factory=list)
    logins: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    beat: float = 0.0


@asynccontextmanager
async def probing(load: CallLoad, logins: list[str]) -> AsyncIterator[ProbeFigures]:
    """Probe during the block. `logins`: API users who have not logged in yet; one tries with each new connection."""
    found = ProbeFigures()
    async with Background() as work:
        for path, agent, times in ((load.local, PROBES[0], found.local), (load.http, PROBES[1], found.http)):
            work.start(_every(EVERY, _command(load, path, agent), times))
        work.start(_every(NEW_EVERY, lambda: asyncio.to_thread(_newcomer, load, found), found.newcomers))
        if logins:
            work.start(_every(NEW_EVERY, lambda: asyncio.to_thread(_login, load, found, logins), found.logins))
        work.start(_beats(load, found))
        yield found


async def _every(seconds: float, probe: Callable[[], Awaitable[object]], times: list[float]) -> None:
    """Probe again and again; each time counts from when the probe was due, also if the one before took longer."""
    due = time.monotonic()
    while True:
        await asyncio.sleep(due - time.monotonic())
        await probe()
        times.append((time.monotonic() - due) * 1000)
        due += seconds


def _command(load: CallLoad, path: CommandPath, agent: str) -> Callable[[], Awaitable[object]]:
    words = ["pause", "resume"]

    async def probe() -> None:
        await load.give(path, f"/agents/{agent}/{words[0]}", {})
        words.reverse()

    return probe


async def _beats(load: CallLoad, found: ProbeFigures) -> None:
    run = str(Path(load.here.lab.dir, "run"))
    while True:
        found.beat = max(found.beat, (heartbeat_file.get_age_seconds(run) or 0.0) * 1000)
        await asyncio.sleep(BEAT_EVERY)


def _newcomer(load: CallLoad, found: ProbeFigures) -> None:
    """Read an agent on a new connection, with a token."""
    login = {"Authorization": f"Bearer {load.tokens['crm']}"}
    if (status := _asked(load, f"/api/v1/agents/{PROBES[0]}", login)[0]) != 200:
        found.refused.append(f"new connection: {status}")


def _login(load: CallLoad, found: ProbeFigures, logins: list[str]) -> None:
    """Log in for the first time, and repeat it if the app is busy, as a toolbar does."""
    if not logins:
        return
    about = {"source": "bench", "agent_user": PROBES[0], "function": "external_status", "value": "A"}
    query = urlencode(about | {"user": logins.pop(0), "pass": "right"})
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        status, body = _asked(load, f"/agc/api.php?{query}", {})
        if status == 200 and b"too many requests" not in body:
            if b"LOGIN" in body.upper() and b"INVALID" in body.upper():
                found.refused.append("first login: refused")
            return
        time.sleep(NEW_EVERY)
    found.refused.append("first login: no answer")


def _asked(load: CallLoad, path: str, headers: dict[str, str]) -> tuple[int, bytes]:
    """Return status and body of an answer on a new connection; 0 if none came."""
    where = load.here.lab.api.removeprefix("http://")
    with closing(HTTPConnection(where, timeout=LONGEST, source_address=(FIRST, 0))) as app:
        try:
            app.request("GET", path, headers=headers)
            answer = app.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            return 0, b""
