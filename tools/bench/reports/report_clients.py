"""Clients of a lab's app that ask for reports: a program over HTTP, and the command line with and without a login."""

import asyncio
import os
import secrets
import subprocess
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp

from lab import folder
from tools.bench.core.cli_speed import WARMLINE
from tools.bench.tools import api_tokens
from tools.bench.tools.bench_lab import BenchLab
from tools.bench.tools.result import CannotMeasureError
from warmline.store.configuration import config

PERSON = "bench-manager"


class ReportClients(NamedTuple):
    """The clients: `http` has a token; `here` and `login` are the environments of commands."""

    http: aiohttp.ClientSession
    here: Mapping[str, str]
    login: Mapping[str, str]

    async def timed(self, name: str, query: Mapping[str, str]) -> float:
        """Return milliseconds from the request for a report to the whole answer. Raises CannotMeasureError."""
        began = time.perf_counter()
        async with self.http.get(f"/api/v1/reports/{name}", params=query) as response:
            body = await response.read()
        if response.status != 200:
            raise CannotMeasureError(f"report {name}: {response.status} {body.decode()}")
        return 1000 * (time.perf_counter() - began)


@asynccontextmanager
async def report_clients(here: BenchLab) -> AsyncIterator[ReportClients]:
    """Create a token and a user with a login. Raises CannotMeasureError."""
    [token] = (await api_tokens.create(here.lab, {"reports": "reports:read"})).values()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WARMLINE_")}
    local = clean | {"WARMLINE_CONFIG": str(Path(here.lab.dir) / folder.SETTINGS)}
    remote = clean | {"XDG_CONFIG_HOME": str(Path(here.lab.dir) / "login")}
    await asyncio.to_thread(_log_in, here, remote)
    async with aiohttp.ClientSession(here.lab.api, headers={"Authorization": f"Bearer {token}"}) as http:
        yield ReportClients(http, local, remote)


def _log_in(here: BenchLab, environ: Mapping[str, str]) -> None:
    password = secrets.token_urlsafe(16)
    config.create(here.lab.db, "user", PERSON, {"pass": password, "role": "manager"}, who="bench")
    command = [WARMLINE, "login", here.lab.api, "--user", PERSON]
    done = subprocess.run(command, input=f"{password}\n", env=environ, capture_output=True, text=True)
    if done.returncode:
        raise CannotMeasureError(f"warmline login ends with {done.stderr.strip()}")
