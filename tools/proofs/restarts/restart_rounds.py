"""A round: a part is interrupted under load, until commands work again, and what each observer saw of it."""

import asyncio
import time
from collections.abc import Sequence
from typing import NamedTuple

from tools.bench.tools.bench_lab import until
from tools.bench.tools.result import CannotMeasureError
from tools.proofs.chaos.program_parts import CALLS, INTERRUPTS
from tools.proofs.restarts.listened_call import HeardRound
from tools.proofs.restarts.restarts_centre import CLIENTS, RestartsCentre

NOTHING = "nothing"  # the control: a round without an interruption
LATE = 1.5  # seconds until a caller who met no call process is at the fallback
BACK_WITHIN = 30.0  # seconds until every client's commands work again


class FinishedRound(NamedTuple):
    """One round; times in seconds.

    `back`: from the interruption (of a stop: from its end) until a command that was begun after it succeeded.
    `longest`: the longest time of a command in the round. `oldest`: the oldest heartbeat. `connections`: how many ended
    in each way. `began` and `ended`: microseconds UTC.
    """

    part: str
    how: str
    back: float
    longest: float
    oldest: float
    connections: dict[str, int]
    heard: HeardRound
    began: int
    ended: int

    def during(self, moments: Sequence[int]) -> int:
        """Return how many of these moments (microseconds UTC) were in the round."""
        return sum(self.began <= moment < self.ended for moment in moments)


async def play(centre: RestartsCentre, part: str, how: str) -> FinishedRound:
    """Interrupt a part, or nothing. Raises CannotMeasureError if commands do not work again."""
    begun, began = time.monotonic(), time.time_ns() // 1000
    moment = begun if how == NOTHING else await INTERRUPTS[how](centre.here.lab.pids["warmline"], part)

    async def all_work_again() -> bool | None:
        return not _waiting(centre, moment) or None

    try:
        await until(all_work_again, "", BACK_WITHIN)
    except CannotMeasureError:
        missing = f"clients {', '.join(_waiting(centre, moment))} wait: {dict(centre.sent.pending)}"
        raise CannotMeasureError(f"{BACK_WITHIN:g} s after {part} {how} {missing}") from None
    if part == CALLS:
        await asyncio.sleep(LATE)
    heard = await centre.call.heard(begun)
    ended = time.monotonic()
    return FinishedRound(
        part,
        how,
        min(one.ended for one in centre.sent.since(moment) if one.command.receipt) - moment,
        max(one.ended - one.begun for one in centre.sent.done if one.ended >= begun),
        centre.beat.oldest(begun, ended),
        dict(centre.connections.between(begun, ended)),
        heard,
        began,
        time.time_ns() // 1000,
    )


def _waiting(centre: RestartsCentre, moment: float) -> list[str]:
    """Return the clients of which no command has succeeded that was begun after this moment."""
    return sorted(set(CLIENTS) - {one.command.key[0] for one in centre.sent.since(moment)})
