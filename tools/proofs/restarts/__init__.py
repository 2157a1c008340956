"""Kills, stops and restarts each part of Warmline under load: is a command, an event, a call or a connection lost?

Each round interrupts one part: killed with -9, stopped for 2 s, or told to end and started again. Programs send
commands with keys all the time, and repeat each until it succeeds; readers resume their streams; callers and agents
talk. At the end, the facts in the database and on the line must agree with what they saw. The control is a round in
which nothing is interrupted; for packets, it is a bridge unknown to Warmline in the same rounds.
"""

import sys
from collections.abc import Sequence

from tools.bench.tools.bench_progress import Step
from tools.bench.tools.result import BenchResult
from tools.proofs.chaos.program_parts import INTERRUPTS, PARTS
from tools.proofs.restarts.restart_findings import findings
from tools.proofs.restarts.restart_rounds import NOTHING, FinishedRound, play
from tools.proofs.restarts.restart_rows import result
from tools.proofs.restarts.restarts_centre import centre

COUNT = 50  # times that each part is interrupted in each way


async def measure(
    count: int, step: Step, *, parts: Sequence[str] = PARTS, hows: Sequence[str] = tuple(INTERRUPTS)
) -> BenchResult:
    """Interrupt each of these parts in each of these ways `count` times. Raises CannotMeasureError."""
    rounds: list[FinishedRound] = []
    async with centre() as here:
        for number in range(count):
            await here.call.begin()
            rounds.append(await play(here, NOTHING, NOTHING))
            for how in hows:
                for part in parts:
                    rounds.append(await play(here, part, how))
                    _say(number + 1, rounds[-1])
            await here.call.end()
            step()
        await here.finish()
        left = await findings(here)
    return result(rounds, left)


def _say(number: int, one: FinishedRound) -> None:
    told = f"commands after {1000 * one.back:.0f} ms, one took {one.longest:.1f} s, heartbeat {one.oldest:.1f} s old"
    failed = {name: times for name, times in one.connections.items() if name != "answered"}
    audio = f"packets lost {one.heard.lost}, by the control {one.heard.control} {one.heard.deaf}"
    print(
        f"restarts: {number} {one.part} {one.how}: {told}; connections {failed or 'all answered'}; {audio}",
        file=sys.stderr,
        flush=True,
    )
