"""The clock of the app's processes is set forward and back during calls, by Debian's libfaketime.

The library reads the distance from a file at each look at the clock, so that a running process sees the move. The
monotonic clock is not moved, as by an administrator's `date`.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from tests import warm_app
from tests.doors.beside_calls import PROBE, heard_losses, probed
from tests.doors.door_table import found
from tests.scenarios.dialler.dialled_campaign import CAMPAIGN, dialler
from tests.scenarios.given import all_talk, in_three_way
from tools.simulation.call_centre.real_world import RealWorld
from warmline.core.messages.commands import Kind
from warmline.store.configuration import config

HOUR, DAY = 3600, 86_400
LIBRARIES = "usr/lib/*/faketime/libfaketimeMT.so.1"
PASSWORD = "opensesame7"  # noqa: S105 - of a test
SECONDS = 4.0
# Python 3.11 sleeps until a time of the monotonic clock, and libfaketime 0.9.10 lets each such sleep fail.
SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds)\n"
MOST_GAP, MOST_UNHEARD = 200.0, 20  # milliseconds, packets

Move = Callable[[int], None]


@contextmanager
def preloaded(file: Path) -> Iterator[None]:
    """Let programs that start in the block read their clock through the library."""
    library = next(Path("/").glob(LIBRARIES), None)
    assert library, "libfaketime is missing: apt-get install faketime"
    (modules := file.with_name("python")).mkdir(exist_ok=True)
    (modules / "sitecustomize.py").write_text(SLEEP)
    environ = {
        "PYTHONPATH": str(modules),
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }
    with warm_app.executed(), patch.dict(os.environ, environ):
        yield


def sweep() -> None:
    """Remove what the library has left in shared memory of programs that were killed; the names end with their ids."""
    for left in Path("/dev/shm").glob("*faketime_*"):  # noqa: S108 - no file of ours is made there
        if not Path("/proc", left.name.rpartition("_")[2]).exists():
            left.unlink(missing_ok=True)


@asynccontextmanager
async def movable_clock(real: RealWorld) -> AsyncIterator[Move]:
    """Restart the app with a clock that can be moved; yield a function that takes the seconds from the right time."""
    file = real.site.folder / "clock"

    def move(seconds: int) -> None:
        new = file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.rename(file)

    move(0)
    await real.kill_app()
    with preloaded(file):
        await real.start_app()
    try:
        yield move
    finally:
        move(0)
        await real.kill_app()
        await real.start_app()
        sweep()


async def asked(real: RealWorld, method: str, path: str, body: object = None, token: str = "") -> tuple[int, Any]:
    """Return the status and the document of an answer."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with real.site.http.request(method, f"{real.site.lab.api}/api/v1{path}", json=body, headers=headers) as told:
        return told.status, await told.json()


def followed(real: RealWorld, seconds: int) -> bool | None:
    """Return whether the app has seen this move."""
    log = (real.site.folder / "log/warmline.log").read_text()
    return f"the machine's clock has moved by {seconds:+d} s" in log or None


@pytest.mark.parametrize("seconds", [HOUR, -HOUR, DAY, -DAY])
async def test_calls_sessions_and_timers_go_on_after_the_clock_is_moved(real: RealWorld, seconds: int) -> None:
    user = f"clock{seconds}".replace("-", "m")
    options = {"pass": PASSWORD, "role": "agent", "force_change_password": "N"}
    config.create(real.site.lab.db, "user", user, options, who="test")
    await real.configure("campaign", "TESTCAMP", wrapup_seconds="1")
    async with movable_clock(real) as move:

        async def log_in(code: str = "") -> tuple[int, Any]:
            return await asked(real, "POST", "/login", {"user": user, "password": PASSWORD, "code": code})

        async def known() -> bool | None:
            status, _ = await log_in()
            return status == 201 or None

        await real.until(known, "the user is known")
        _, session = await log_in()
        status, begun = await asked(real, "POST", "/me/second-factor", {"password": PASSWORD}, session["token"])
        assert status == 201, begun
        totp = pyotp.TOTP(*parse_qs(urlsplit(begun["uri"]).query)["secret"])
        code = totp.at(int(time.time()))
        status, made = await asked(real, "POST", "/me/second-factor/confirm", {"code": code}, session["token"])
        assert status == 200, made

        agent, customer, third = await in_three_way(real)
        await all_talk(real, agent, customer, third)
        await real.on_hook(PROBE)
        async with dialler(real, {}), heard_losses(real, agent, customer, third) as lost:
            move(seconds)
            times = await probed(real, SECONDS)

            async def sees() -> bool | None:
                return followed(real, seconds)

            await real.until(sees, "the app follows the clock")
            assert not times.failed, times
            kept = (await asked(real, "GET", "/me", token=session["token"]))[0]
            by_phone = (await log_in(totp.at(int(time.time()))))[0]
            by_paper = (await log_in(made["recovery_codes"][0]))[0]
            assert await real.ask(Kind.LEAVE_3WAY_CALL, agent) == ""
            begun_at = time.monotonic()
            assert await real.ask(Kind.STATUS, agent, status="A") == ""
            await real.agent_is(agent, "READY")
            wrap_up = time.monotonic() - begun_at
            move(0)
            await asyncio.sleep(0)
            after = (await log_in(totp.at(int(time.time()) + 30)))[0]
            started = (await real.site.order(f"diallers/{CAMPAIGN}/start", {}))[0]
        found(
            "clock",
            f"{seconds / HOUR:+g} h",
            f"{lost[0]}; {times}; session {kept}; code of a phone with the right time {by_phone},"
            f" recovery code {by_paper}, code after the clock is right {after}; wrap-up {wrap_up:.1f} s",
        )
    assert lost[0].gap < MOST_GAP and lost[0].unheard <= MOST_UNHEARD + lost[0].own
    assert (kept, by_paper, after) == (200, 201, 201)
    assert started < 300 and wrap_up < 4
