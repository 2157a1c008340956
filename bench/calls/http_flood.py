"""Measures whether calls continue while attackers flood the HTTP port.

Each request is 10,000 one-byte chunks, on 5 to 200 connections; at the same time three callers reach three READY
agents. The control uses the same attackers in the same run against a listener that only reads and discards. That costs
the machine as much processor time, and the app none.

With --checkout, the app of another checkout is attacked, such as an older version.
"""

import asyncio
import json
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.tools.bench_lab import until
from bench.tools.bench_progress import Step
from bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow
from lab import description
from lab.description import Lab
from sip_parties import Parties, SipCall, SipPhone, tones
from warmline.system import heartbeat

SIZES = (5, 20, 50, 200)  # connections
COUNT = len(SIZES)
SECONDS = 8.0
CALLS = (1.0, 2.5, 4.0)  # seconds into the flood when a caller arrives
AGENTS = ("1000", "1001", "1002")
PROBED = "1003"  # the agent whom the probe pauses and resumes
NUMBER = "8005550100"  # the in-group of all three agents
EVERY = 0.05  # seconds between two probes
SETTLES = 15.0  # seconds after the flood for the remaining callers to be connected
UP_WITHIN = 120.0  # seconds for a lab to start
ASKED_WITHIN = 30.0
HERE = str(Path(sys.executable).with_name("warmline"))


async def measure(count: int, step: Step, checkout: str = "") -> BenchResult:
    """Measure the first `count` sizes of the flood, each with its control. Raises CannotMeasureError."""
    warmline = str(Path(checkout, ".venv/bin/warmline")) if checkout else HERE
    rows = []
    async with AsyncExitStack() as stack:
        lab = stack.enter_context(_lab(warmline))
        parties = await stack.enter_async_context(Parties())
        discards = stack.enter_context(_discarding())
        for user in (*AGENTS, PROBED):
            account = lab.phones[user]
            phone: SipPhone = await parties.phone(account["user"], account["password"], sip=lab.sip, tone=tones.AGENT)
            await (await phone.call(account["login"])).answered()
        for size in SIZES[:count]:
            theirs = await _flooded(lab, parties, discards, size)
            ours = await _flooded(lab, parties, int(lab.api.rsplit(":", 1)[1]), size)
            met = ours["at the fallback"] == 0
            rows.append(ResultRow(f"{size} connections", "ms", ours, theirs, "no caller at the fallback", met))
            step()
    return BenchResult("flood", "a listener that only reads and discards", rows)


@contextmanager
def _lab(warmline: str) -> Iterator[Lab]:
    """Run a lab by that program's command line, which may be another version."""
    with TemporaryDirectory(prefix="warmline-flood-") as folder:
        where = str(Path(folder, "lab"))
        up = subprocess.run(
            [warmline, "lab", "up", "--dir", where], capture_output=True, text=True, timeout=UP_WITHIN, check=False
        )
        try:
            if up.returncode:
                raise CannotMeasureError(f"{warmline} lab up: {up.stderr.strip()}")
            yield description.read(Path(where))
        finally:
            subprocess.run([warmline, "lab", "down", "--dir", where], capture_output=True, timeout=60, check=False)


@contextmanager
def _discarding() -> Iterator[int]:
    """Run a listener that reads and discards; yield its port."""
    listener = subprocess.Popen(
        [sys.executable, "-m", "bench.calls.flood_attackers", "discard"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert listener.stdout
        yield int(listener.stdout.readline())
    finally:
        listener.kill()
        listener.wait()


async def _flooded(lab: Lab, parties: Parties, port: int, size: int) -> Figures:
    """Return the figures of the probe and of three callers while this number of connections floods that port."""
    await until(lambda: _ready(lab, AGENTS), "three agents are not READY", ASKED_WITHIN)
    before, probe = _connected(lab), Probe(lab)
    attack = _attack(port, size)
    begun = time.monotonic()
    probe.start()
    callers: list[SipCall] = []
    try:
        for moment in CALLS:
            await asyncio.sleep(begun + moment - time.monotonic())
            caller = await parties.customer(lab.sip, number=f"1555{size:03}{len(callers)}{port:05}"[:15])
            callers.append(await caller.call(NUMBER))
        told, _ = await asyncio.to_thread(attack.communicate, timeout=SECONDS + 30)
    finally:
        attack.kill()
        attack.wait()
        probe.end()
    came = await _settled(lab, before)
    for call in callers:
        await call.hang_up()
    await _disposed(lab)
    sent = json.loads(told)
    rate = {"MB/s": sent["bytes"] / sent["seconds"] / 1e6}
    return probe.figures() | {"at the fallback": len(CALLS) - came} | rate


def _attack(port: int, size: int) -> "subprocess.Popen[str]":
    arguments = [sys.executable, "-m", "bench.calls.flood_attackers", str(port), str(size), str(SECONDS)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


async def _settled(lab: Lab, before: int) -> int:
    """Return how many of the callers have had an agent."""

    async def all_came() -> bool | None:
        return _connected(lab) - before >= len(CALLS) or None

    with suppress(CannotMeasureError):
        await until(all_came, "not every caller has an agent", SETTLES)
    return _connected(lab) - before


def _connected(lab: Lab) -> int:
    with closing(sqlite3.connect(lab.db)) as db:
        return int(db.execute("SELECT count(*) FROM call WHERE connected IS NOT NULL").fetchone()[0])


async def _disposed(lab: Lab) -> None:
    """Let each agent who had a caller give a disposition."""

    async def done() -> bool | None:
        for user in AGENTS:
            await asyncio.to_thread(_ask, lab, "POST", f"/api/v1/agents/{user}/disposition", {"status": "SALE"})
        return await _ready(lab, AGENTS)

    await until(done, "the agents are not READY again", ASKED_WITHIN)


async def _ready(lab: Lab, users: tuple[str, ...]) -> bool | None:
    agents = await asyncio.to_thread(_ask, lab, "GET", "/api/v1/agents")
    states = {one["user"]: one["state"] for one in json.loads(agents or b"[]")}
    return all(states.get(user) == "READY" for user in users) or None


def _ask(lab: Lab, method: str, path: str, body: object = None) -> bytes:
    """Return the answer; b"" if none came."""
    login = {"Authorization": f"Bearer {Path(lab.dir, 'run/token').read_text().strip()}"}
    sent = None if body is None else json.dumps(body)
    if sent:
        login["Content-Type"] = "application/json"
    where = lab.api.removeprefix("http://")
    with closing(HTTPConnection(where, timeout=ASKED_WITHIN)) as app:
        try:
            app.request(method, path, sent, login)
            return app.getresponse().read()
        except (OSError, HTTPException):
            return b""


class Probe:
    """Requests /healthz and gives a command in turn, and reads the heartbeat's age."""

    def __init__(self, lab: Lab) -> None:
        self._lab = lab
        self._over = threading.Event()
        self._commands: list[float] = []
        self._health: list[float] = []
        self._ages: list[float] = []
        self._threads = [threading.Thread(target=work) for work in (self._ask, self._look)]

    def start(self) -> None:
        """Start the probe."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Stop the probe after its current answer."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def figures(self) -> Figures:
        """Return the figures in milliseconds."""
        return {
            "command max": max(self._commands) * 1000,
            "command p50": statistics.median(self._commands) * 1000,
            "healthz max": max(self._health) * 1000,
            "heartbeat max": max(self._ages) * 1000,
        }

    def _ask(self) -> None:
        pause = True
        while not self._over.wait(EVERY):
            for path, took in (("/healthz", self._health), (self._order(pause=pause), self._commands)):
                begun = time.monotonic()
                _ask(self._lab, "GET" if took is self._health else "POST", path, None if took is self._health else {})
                took.append(time.monotonic() - begun)
            pause = not pause

    def _order(self, *, pause: bool) -> str:
        return f"/api/v1/agents/{PROBED}/{'pause' if pause else 'resume'}"

    def _look(self) -> None:
        while not self._over.wait(0.01):
            self._ages.append(heartbeat.age(str(Path(self._lab.dir, "run"))) or 0.0)
