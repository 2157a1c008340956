"""Logins, pages, the audit of a call, reports and doctor with 300,000 calls in the tables.

The history is made once, in a minute, and used again for days.
"""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import aiohttp
from aiohttp import ClientSession

from lab import folder
from tests.doors.door_table import found
from tests.store.reports import past_calls
from tools.bench.tools.bench_lab import BenchLab, stage
from warmline.store.daily_reports import report_table
from warmline.system.program_files import CODE

CACHE = CODE / ".cache/history"
WARMLINE = str(Path(sys.executable).with_name("warmline"))
CALLS = 300_000
TIMES = 3  # the slowest of so many counts
LOGIN, PAGE, COMMAND, REPORT = 3.0, 1.0, 6.0, 8.0  # seconds
DOCTOR = 60.0  # it reads the whole file, which has 2.4 GB
WITHIN = 120.0
LONGEST = aiohttp.ClientTimeout(total=30)


async def timed(http: ClientSession, method: str, path: str, body: object = None, token: str = "") -> tuple[float, str]:
    """Return the seconds until the whole answer, and its text. Raises AssertionError for an error."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    begun = time.perf_counter()
    async with http.request(method, path, json=body, headers=headers) as answer:
        text = await answer.text()
    assert answer.status < 300, f"{path}: {answer.status} {text}"
    return time.perf_counter() - begun, text


async def slowest(http: ClientSession, path: str, token: str) -> float:
    """Read a path some times; return the seconds of the slowest."""
    return max([(await timed(http, "GET", path, token=token))[0] for _ in range(TIMES)])


def command(lab: BenchLab, *words: str, codes: tuple[int, ...] = (0,)) -> float:
    """Run a command of `warmline` on the lab some times; return the seconds of the slowest."""
    environ = os.environ | {"WARMLINE_CONFIG": str(Path(lab.lab.dir) / folder.SETTINGS)}
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        done = subprocess.run([WARMLINE, *words], env=environ, capture_output=True, text=True, timeout=WITHIN)
        took.append(time.perf_counter() - begun)
        assert done.returncode in codes, f"{words}: {done.returncode} {done.stdout}{done.stderr}"
        assert done.stdout
    return max(took)


async def measured(path: Path) -> dict[str, tuple[float, float]]:
    """Return the seconds of each, and how many it may take."""
    took: dict[str, tuple[float, float]] = {}
    async with stage(database=path) as here, aiohttp.ClientSession(here.lab.api, timeout=LONGEST) as http:
        tokens = {}
        for user, login in here.lab.users.items():
            seconds, text = await timed(
                http, "POST", "/api/v1/login", {"user": user, "password": login["password"], "program": "doors"}
            )
            took[f"login of {user}"] = seconds, LOGIN
            tokens[user] = text.partition('"token":"')[2].partition('"')[0]
        token = tokens["supervisor"]
        for page in (
            "/workspace/",
            "/api/v1/overview",
            "/api/v1/agents",
            "/api/v1/history",
            "/api/v1/calls",
            "/api/v1/me",
        ):
            took[page] = await slowest(http, page, token), PAGE
        for name in report_table.NAMES:
            took[f"report {name}"] = await slowest(http, f"/api/v1/reports/{name}?since=24h", token), REPORT
        commands = {"audit call last": COMMAND, "live --once": COMMAND, "audit calls --since yesterday": COMMAND}
        for line, most in (commands | {"audit agent 1000": COMMAND, "report agents --since 24h": REPORT}).items():
            took[f"warmline {line}"] = await asyncio.to_thread(command, here, *line.split()), most
        codes = (0, 1, 2)  # a lab is no whole installation
        took["warmline doctor"] = await asyncio.to_thread(command, here, "doctor", codes=codes), DOCTOR
    return took


def test_logins_pages_and_reports_answer_in_time_with_a_long_history() -> None:
    took = asyncio.run(measured(past_calls.kept(CACHE, CALLS)))
    for name, (seconds, most) in took.items():
        found("history", name, f"{seconds:.2f} s of at most {most:g}")
    assert {name: seconds for name, (seconds, most) in took.items() if seconds > most} == {}
