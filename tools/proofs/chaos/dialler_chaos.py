"""Random faults while a campaign dials on a real Asterisk: does each answered lead hear an agent or the message?

Each lab has a PREDICTIVE campaign whose agents work, and some faults. Many begin while phones ring, or in the two
seconds in which an answered lead has no agent. The last fault of a lab may be the death of Asterisk. The seed and the
number of a lab determine its random numbers.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from random import Random

from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult, CannotMeasureError, Figures, ResultRow
from tools.proofs.chaos import keep
from tools.proofs.chaos.chaos_centre import opened, soon
from tools.proofs.chaos.dialler_centre import DiallerCentre
from tools.proofs.chaos.dialler_findings import DialledFindings, FaultTime
from tools.proofs.chaos.dialler_judge import DROPPED_AFTER, IN_FAULT, Judge
from tools.proofs.chaos.faults import DEATHS, FAULTS

NAME = "dialchaos"
COUNT = 6  # labs
FAULTS_OF_LAB = 5
STRUCK = {
    "app killed": 3,
    "calls killed": 3,
    "calls stopped": 3,
    "api killed": 2,
    "api stopped": 1,
    "agi killed": 2,
    "agi stopped": 1,
    "workers killed": 1,
    "events cut": 2,
    "database locked": 1,
    "disk full": 1,
    "Asterisk killed": 2,
    "Asterisk restarted": 1,
}
"""The faults, each with its weight."""
MOMENTS = ("ringing", "ringing", "answered", "answered", "any")
RUNS = 6.0  # seconds between faults in which the campaign dials
AGAIN_WITHIN = 340.0  # seconds until leads are dialled after a fault: a further drop halts the dialler up to 5 minutes
DECIDED_WITHIN = 8.0  # seconds until no lead waits for an agent
MOMENT_WITHIN = 15.0
ENDED_WITHIN = 60.0


async def measure(count: int, step: Step, *, minutes: float = 0, seed: int = 1) -> BenchResult:
    """Let `count` labs have their faults, or as many as begin in `minutes`. Raises CannotMeasureError."""
    found: list[DialledFindings] = []
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until if minutes else len(found) < count:
        name = f"{NAME}:{seed}:{len(found)}"
        async with opened(DiallerCentre) as here:
            found.append(one := await play(here, name))
            for text in one.wrong:
                print(f"{name}: {text}", file=sys.stderr, flush=True)
            if one.wrong:
                keep(here.folder, name)
        step()
    return result(found)


async def play(
    here: DiallerCentre,
    seed: str,
    faults: Sequence[str] = (),
    count: int = FAULTS_OF_LAB,
    moments: Sequence[str] = MOMENTS,
) -> DialledFindings:
    """Let the campaign dial with these faults, or with `count` drawn ones, at such moments, and judge all calls."""
    random, found = Random(seed), DialledFindings()  # noqa: S311 - chance that can be had again, no secret
    here.behave(random)
    names = faults or random.choices([*STRUCK], [*STRUCK.values()], k=count)
    died = None
    async with working(here):
        await here.dialler("start")
        for name in names:
            died = await strike(here, random, name, found, moments)
            if died or found.stuck:
                break
        await here.dialler("stop")
        for line in here.lines() if died else []:
            line.end("Asterisk")
        left = await soon(lambda: none_left(here), ENDED_WITHIN)
        if not left:
            found.lost.append(f"calls go on {ENDED_WITHIN:g} s after the stop: {await here.live('calls')}")
    await Judge(here, found, died).judge()
    return found


@asynccontextmanager
async def working(here: DiallerCentre) -> AsyncIterator[None]:
    """Let the agents work within the block."""
    task = asyncio.create_task(here.work())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def none_left(here: DiallerCentre) -> bool:
    """Return whether no call goes on, and no lead hears the dialplan's message any more."""
    on_line = any(call.ended.at is None for call in here.calls())
    return not on_line and await here.live("calls") == [] and not await here.still_open()


async def strike(
    here: DiallerCentre, random: Random, name: str, found: DialledFindings, moments: Sequence[str]
) -> float | None:
    """Let the campaign dial, wait for the fault's moment, and run the fault; return when Asterisk died, if it did."""
    before = len(here.calls())
    if not await soon(lambda: dialled_since(here, before), AGAIN_WITHIN):
        found.stuck.append(f"nothing is dialled within {AGAIN_WITHIN:g} s after {[one.name for one in found.faults]}")
        return None
    await asyncio.sleep(random.uniform(0.0, RUNS))
    await moment(here, random, moments)
    began = time.monotonic()
    await FAULTS[name](here, random)
    found.faults.append(FaultTime(name, began, time.monotonic()))
    await back_at_work(here)
    return began if name in DEATHS else None


async def dialled_since(here: DiallerCentre, before: int) -> bool:
    """Return whether a lead was dialled since there were `before` calls."""
    return len(here.calls()) > before


async def moment(here: DiallerCentre, random: Random, moments: Sequence[str]) -> None:
    """Wait for a moment of the campaign: a phone rings, or a lead has answered and no agent is READY."""
    match random.choice(moments):
        case "ringing":
            await soon(lambda: rings(here), MOMENT_WITHIN)
            await asyncio.sleep(random.uniform(0.0, 1.0))
        case "answered":
            here.nobody_ready = True
            await soon(lambda: waits(here), MOMENT_WITHIN)
            await asyncio.sleep(random.uniform(0.0, 1.8))


async def back_at_work(here: DiallerCentre) -> None:
    """Let the agents come back when no lead waits any more."""
    if here.nobody_ready:
        await soon(lambda: none_waits(here), DECIDED_WITHIN)
    here.nobody_ready = False


async def none_waits(here: DiallerCentre) -> bool:
    """Return whether the app answers, and no lead waits for an agent."""
    calls = await here.live("calls")
    return calls is not None and not any(call["state"] == "answered" for call in calls)


async def rings(here: DiallerCentre) -> bool:
    """Return whether the phone of a lead rings."""
    return any(call.answered.at is None and call.ended.at is None for call in here.calls())


async def waits(here: DiallerCentre) -> bool:
    """Return whether an answered lead waits for an agent."""
    return any(call["state"] == "answered" for call in await here.live("calls") or ())


def result(found: Sequence[DialledFindings]) -> BenchResult:
    """Return the table, with the figures that must be 0 first. Raises CannotMeasureError."""
    if not found:
        raise CannotMeasureError("no lab was played")
    faults = Counter(one.name for lab in found for one in lab.faults)
    silence, in_fault = (max(getattr(one, name) for one in found) for name in ("silence", "silence_in_fault"))
    rows = [
        _none("answered leads in silence for too long", "calls", [one.silent for one in found]),
        _none("answered leads who heard neither an agent nor the message", "calls", [one.unserved for one in found]),
        _none("leads dialled twice", "leads", [one.twice for one in found]),
        _none("leads lost, and calls without an end", "leads", [one.lost for one in found]),
        _none("phones that Warmline rang for less than 15 s", "calls", [one.cut_short for one in found]),
        _none("calls whose record is untrue", "calls", [one.untrue for one in found]),
        _none("claims of audit compliance that are broken", "claims", [one.unlawful for one in found]),
        _none("orphans", "channels and bridges", [one.orphans for one in found]),
        _none("faults after which nothing was dialled", "times", [one.stuck for one in found]),
        _most("longest silence of an answered lead, without a fault", silence, DROPPED_AFTER),
        _most("the same, while the app was away or stood still", in_fault, IN_FAULT),
        *(
            ResultRow(what, "calls", *_beside(sum(getattr(one, name) for one in found)))
            for what, name in (
                ("leads dialled", "dialled"),
                ("leads who answered", "answered"),
                ("leads dropped", "dropped"),
                ("of them by a fault", "dropped_by_fault"),
            )
        ),
        *(ResultRow(f"fault: {name}", "times", *_beside(faults[name])) for name in STRUCK),
    ]
    return BenchResult(NAME, "limit", rows)


def _none(what: str, unit: str, wrong: Sequence[list[str]]) -> ResultRow:
    number = sum(map(len, wrong))
    return ResultRow(what, unit, *_beside(number), "0", number == 0)


def _most(what: str, seconds: float, limit: float) -> ResultRow:
    return ResultRow(what, "s", *_beside(round(seconds, 2), limit), f"{limit:g} or less", seconds <= limit)


def _beside(ours: float, limit: float = 0) -> tuple[Figures, Figures]:
    return {"count": float(ours)}, {"count": float(limit)}
