"""How long callers waited until they had an agent, and when they came: per in-group, however many there were."""

from dataclasses import dataclass, field
from pathlib import Path

from warmline.core.model.queue_wait import ANSWERED
from warmline.store.database.reading import each, reading

SLOTS = 24
HOUR = 3_600_000_000  # microseconds

# The nearest rank: the shortest wait that so many per cent of the answered calls did not outlast.
PERCENTILES = f"""
    WITH ranked AS (
        SELECT ingroup, ended - entered AS wait,
            row_number() OVER (PARTITION BY ingroup ORDER BY ended - entered) AS place,
            count(*) OVER (PARTITION BY ingroup) AS waits
        FROM queue_wait
        WHERE entered >= :since AND entered < :until AND outcome = '{ANSWERED}' AND (:name = '' OR ingroup = :name)
    )
    SELECT ingroup, min(wait) FILTER (WHERE place * 100 >= waits * 50) AS p50,
        min(wait) FILTER (WHERE place * 100 >= waits * 90) AS p90,
        min(wait) FILTER (WHERE place * 100 >= waits * 95) AS p95
    FROM ranked GROUP BY ingroup
"""  # noqa: S608 - a word of our own

CAME = """
    SELECT ingroup, (entered - :since) / :width AS slot, count(*) AS waits FROM queue_wait
    WHERE entered >= :since AND entered < :until AND (:name = '' OR ingroup = :name) AND ended IS NOT entered
    GROUP BY ingroup, slot
"""


@dataclass(slots=True)
class WaitTimes:
    """In microseconds; None where no call was answered. `came`: how many came into line in each slot of the stretch."""

    p50: int | None = None
    p90: int | None = None
    p95: int | None = None
    came: list[int] = field(default_factory=list)


def slot_width(since: int, until: int) -> int:
    """How long a slot is: an hour, or in a stretch of more than SLOTS hours a part of it; whole hours, microseconds."""
    return HOUR * max(1, -(-(until - since) // (SLOTS * HOUR)))


def wait_times(path: str | Path, since: int, until: int, name: str = "") -> dict[str, WaitTimes]:
    """Of each in-group that had waits, or the named one. Times in microseconds UTC. Raises StoreError."""
    width = slot_width(since, until)
    slots = -(-(until - since) // width)
    found: dict[str, WaitTimes] = {}
    with reading(path) as db:
        for row in each(db, CAME, since=since, until=until, name=name, width=width):
            times = found.setdefault(row["ingroup"], WaitTimes(came=[0] * slots))
            times.came[row["slot"]] = row["waits"]
        for row in each(db, PERCENTILES, since=since, until=until, name=name):
            times = found.setdefault(row["ingroup"], WaitTimes(came=[0] * slots))
            times.p50, times.p90, times.p95 = row["p50"], row["p90"], row["p95"]
    return found
