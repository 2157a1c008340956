"""One block of a measurement: callers, probes and attackers side by side, and what came of it."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench.flood.attack_plan import AttackPlan
from tools.bench.flood.call_load import RATE, CallLoad
from tools.bench.flood.command_probe import ProbeFigures, probing
from tools.bench.tools import app_processes, final_checks
from tools.bench.tools.result import CannotMeasureError

ENDS_WITHIN = 30.0  # seconds after its time for the attacking process to end
FALLBACKS = "SELECT count(*) FROM fallback"


@dataclass(frozen=True)
class AttackBlock:
    """The figures of a block. `connects`: milliseconds from a caller's arrival to the agent."""

    probes: ProbeFigures
    connects: list[float]
    commands: list[float]
    made: int
    fallbacks: int
    guard: list[str]
    refused: list[str]
    memory: float
    sent: dict[str, Any]


async def block(load: CallLoad, plan: AttackPlan, port: int, seconds: float, logins: list[str]) -> AttackBlock:
    """Attack this port for some seconds, while callers come. Raises CannotMeasureError."""
    await load.ready()
    guard = Path(load.here.lab.dir, "log/guard.log")
    lines, met, before = _lines(guard), len(load.meter.met), _fallbacks(load)
    load.times.clear()
    load.refused.clear()
    attack = asyncio.create_task(_attack(plan, port, seconds))
    async with probing(load, logins) as probes:
        await load.call(seconds)
    memory = app_processes.megabytes(load.here.lab)
    sent = await attack
    return AttackBlock(
        probes,
        load.meter.met[met:],
        probes.local + load.times,
        round(RATE * seconds),
        round(_fallbacks(load) - before),
        _lines(guard)[len(lines) :],
        load.refused + probes.refused,
        memory,
        sent,
    )


async def _attack(plan: AttackPlan, port: int, seconds: float) -> dict[str, Any]:
    """Run the attackers in a process of their own; return what they did. Raises CannotMeasureError."""
    command = (sys.executable, "-m", "tools.bench.flood.attackers", str(port), str(seconds))
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, start_new_session=True)
    try:
        told, _ = await asyncio.wait_for(process.communicate(plan.to_json().encode() + b"\n"), seconds + ENDS_WITHIN)
        return dict(json.loads(told))
    except (TimeoutError, ValueError):
        raise CannotMeasureError("the attackers did not end as they should") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _lines(log: Path) -> list[str]:
    return log.read_text().splitlines() if log.exists() else []


def _fallbacks(load: CallLoad) -> float:
    """Return how many callers have taken the fallback, with those whose note waits in the spool folder."""
    spool = Path(load.here.lab.dir, "spool")
    return final_checks.count(load.here.lab.db, FALLBACKS) + sum(one.is_file() for one in spool.iterdir())
