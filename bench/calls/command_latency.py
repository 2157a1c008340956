"""Measures how soon an agent's command on the command line is heard.

The times are: park until the customer hears music, and leave until the others get the agent's last packet. The baseline
is `warmline --version`, from the start of its process until its line is printed, because each command starts a process.
The difference is the command's own time: loading, the request to the app, Asterisk's work, and the packet's way.
"""

import asyncio
import os
import sys
import time
from pathlib import Path
from typing import NamedTuple

from bench.tools.bench_lab import stage
from bench.tools.bench_progress import Step
from bench.tools.conversation import Conversation
from bench.tools.handoff import AGENT, HandoffSide
from bench.tools.result import BenchResult, CannotMeasureError, times
from lab.description import Lab
from sip_parties import tones

COUNT = 30
BEYOND = 100.0  # ms
WARMLINE = (sys.executable, "-c", "from cli.main import main; main()")


class CommandRound(NamedTuple):
    """Milliseconds from the start of the process."""

    version: float
    park: float
    leave: float


async def measure(count: int, step: Step) -> BenchResult:
    """Run each command `count` times, in turn with the baseline. Raises CannotMeasureError."""
    rounds = []
    async with stage() as here, HandoffSide(here) as desk:
        for n in range(count + 1):
            rounds.append(await _round(here.lab, desk))
            if n:  # the first round is a warm-up
                step()
    version, park, leave = zip(*rounds[1:], strict=True)
    rows = [
        times("start of `agent park` → the customer hears music", park, version, beyond=BEYOND),
        times("start of `agent leave` → agent's last packet at the others", leave, version, beyond=BEYOND),
    ]
    return BenchResult("console", "warmline --version", rows)


async def _round(lab: Lab, desk: HandoffSide) -> CommandRound:
    room = await desk.three_way()
    version = await _version(lab)
    park = await _park(lab, room)
    await _command(lab, "grab")
    await room.all_hear_all(time.monotonic())
    started = await _command(lab, "leave")
    leave = await room.agent_last_heard(started)
    await desk.finish(room.customer)
    return CommandRound(*(1000 * seconds for seconds in (version, park, leave)))


async def _park(lab: Lab, room: Conversation) -> float:
    started = await _command(lab, "park")
    return await room.ear.heard(room.customer, tones.MUSIC, since=started) - started


async def _version(lab: Lab) -> float:
    started = time.monotonic()
    process = await _start(lab, "--version")
    assert process.stdout
    await process.stdout.readline()
    done = time.monotonic() - started
    await process.communicate()
    return done


async def _command(lab: Lab, name: str) -> float:
    """Give a command for the agent; return the start time of its process. Raises CannotMeasureError."""
    started = time.monotonic()
    process = await _start(lab, "agent", name, AGENT)
    _, complaint = await process.communicate()
    if process.returncode:
        raise CannotMeasureError(f"warmline agent {name}: {complaint.decode().strip()}")
    return started


async def _start(lab: Lab, *words: str) -> asyncio.subprocess.Process:
    settings = {"WARMLINE_CONFIG": str(Path(lab.dir) / "warmline.toml")}
    return await asyncio.create_subprocess_exec(
        *WARMLINE, *words, env=os.environ | settings, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
