"""Callers who never had an agent, and why: no agent was free, a free one was not chosen, or it took too long."""

from contextlib import closing
from enum import StrEnum
from typing import NamedTuple

from tools.bench.tools.machine_load import MachineLoad
from warmline.store.database.database import connect

SOON = 1_000_000  # microseconds until a chosen agent must be connected to the caller
CALLS = """
SELECT id, arrived, ended, (SELECT max(started) FROM agent_interval WHERE call = call.id AND state = 'QUEUE')
FROM call WHERE connected IS NULL AND ended IS NOT NULL ORDER BY id
"""
STATES = """
SELECT state, count(*) FROM agent_interval
WHERE started <= :at AND ifnull(ended, :at + 1) > :at GROUP BY state ORDER BY state
"""
FREE = """
SELECT ifnull(sum(min(ifnull(ended, :until), :until) - max(started, :since)), 0) FROM agent_interval
WHERE state = 'READY' AND started < :until AND ifnull(ended, :until) > :since
"""

READY = """
SELECT ifnull(min(ready), 0) FROM (
    SELECT at, sum(step) OVER (ORDER BY at) AS ready FROM (
        SELECT started AS at, 1 AS step FROM agent_interval WHERE state = 'READY'
        UNION ALL SELECT ended, -1 FROM agent_interval WHERE state = 'READY' AND ended IS NOT NULL
    )
) WHERE at BETWEEN ? AND ?
"""


class MissedCause(StrEnum):
    """The reason why a caller had no agent."""

    FREE = "an agent was READY and was not given to the caller"
    SLOW = "an agent was found, and was not with the caller a second later"
    NONE_FREE = "no agent was READY while the machine had time left"
    LATE = "an agent was found less than a second before the caller hung up"
    MACHINE = "no agent was READY while the machine had no time left"


OURS = (MissedCause.FREE, MissedCause.SLOW, MissedCause.NONE_FREE)
"""Reasons that no machine explains."""


class MissedCaller(NamedTuple):
    """One caller without an agent."""

    call: str
    cause: MissedCause
    told: str


def missed(path: str, load: MachineLoad) -> list[MissedCaller]:
    """Return all of them in the database at `path`, in the order of their arrival."""
    with closing(connect(path)) as db:
        found = []
        for call, arrived, ended, matched in db.execute(CALLS).fetchall():
            [free] = db.execute(FREE, {"since": arrived, "until": matched or ended}).fetchone()
            states = " ".join(f"{state} {count}" for state, count in db.execute(STATES, {"at": ended}))
            cause = _cause(free, matched and ended - matched, full=load.full(arrived, ended))
            busy = f"processors used {load.between(arrived, ended):.0%}"
            told = f"{call} waited {(ended - arrived) / 1e6:.1f} s: {cause}; agents {states}; {busy}"
            found.append(MissedCaller(call, cause, told))
    return found


def fewest_ready(path: str, since: int, until: int) -> int:
    """Return the smallest number of READY agents between two times in microseconds UTC."""
    with closing(connect(path)) as db:
        [fewest] = db.execute(READY, (since, until)).fetchone()
    return int(fewest)


def _cause(free: int, found: int | None, *, full: bool) -> MissedCause:
    """Return the cause, from how long agents were READY, and how long ago one was chosen."""
    if found is not None:
        return MissedCause.SLOW if found >= SOON and not full else MissedCause.LATE
    if free:
        return MissedCause.FREE
    return MissedCause.MACHINE if full else MissedCause.NONE_FREE
