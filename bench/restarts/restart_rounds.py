"""A round: a part is interrupted under load, until commands work again, and what each observer saw of it."""

import time
from typing import NamedTuple

from bench.restarts.listened_call import HeardRound
from bench.restarts.program_parts import INTERRUPTS
from bench.restarts.restarts_centre import CLIENTS, RestartsCentre
from bench.tools.bench_lab import until

NOTHING = "nothing"  # the control: a round without an interruption
BACK_WITHIN = 30.0  # seconds until every client's commands work again
FELL_BACK = "SELECT count(*) FROM fallback"


class FinishedRound(NamedTuple):
    """One round; times in seconds.

    `back`: from the interruption (of a stop: from its end) until a command that was begun after it succeeded.
    `longest`: the longest time of a command in the round. `oldest`: the oldest heartbeat. `connections`: how many ended
    in each way. `fell_back`: callers at the fallback.
    """

    part: str
    how: str
    back: float
    longest: float
    oldest: float
    connections: dict[str, int]
    fell_back: int
    heard: HeardRound


async def play(centre: RestartsCentre, part: str, how: str) -> FinishedRound:
    """Interrupt a part, or nothing. Raises CannotMeasureError if commands do not work again."""
    begun, before = time.monotonic(), int(centre.read(FELL_BACK)[0][0])
    moment = begun if how == NOTHING else await INTERRUPTS[how](centre.folder, part)

    async def all_work_again() -> bool | None:
        works = {one.command.key[0] for one in centre.sent.since(moment)}
        return works.issuperset(CLIENTS) or None

    await until(all_work_again, f"not every client's commands work again after {part} {how}", BACK_WITHIN)
    heard = await centre.call.heard(begun)
    ended = time.monotonic()
    return FinishedRound(
        part,
        how,
        centre.sent.since(moment)[0].ended - moment,
        max(one.ended - one.begun for one in centre.sent.done if one.ended >= begun),
        centre.beat.oldest(begun, ended),
        dict(centre.connections.between(begun, ended)),
        int(centre.read(FELL_BACK)[0][0]) - before,
        heard,
    )
