"""Percentiles of waits until an agent answered, and arrivals over time, for each in-group."""

from dataclasses import dataclass, field
from pathlib import Path

from warmline.core.model.queue_wait import ANSWERED
from warmline.store.database.reading import each, reading

SLOTS = 24
HOUR = 3_600_000_000  # microseconds

# By nearest rank: the shortest wait that this percentage of the answered calls did not exceed.
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
"""  # noqa: S608 - only constants of the code

CAME = """
    SELECT ingroup, (entered - :since) / :width AS slot, count(*) AS waits FROM queue_wait
    WHERE entered >= :since AND entered < :until AND (:name = '' OR ingroup = :name) AND ended IS NOT entered
    GROUP BY ingroup, slot
"""


@dataclass(slots=True)
class WaitTimes:
    """Percentiles in microseconds, None without answered calls. `came` counts the arrivals in each slot of time."""

    p50: int | None = None
    p90: int | None = None
    p95: int | None = None
    came: list[int] = field(default_factory=list)


def slot_width(since: int, until: int) -> int:
    """Return the length of a slot in microseconds: one hour, or more whole hours for a range above SLOTS hours."""
    return HOUR * max(1, -(-(until - since) // (SLOTS * HOUR)))


def wait_times(path: str | Path, since: int, until: int, name: str = "") -> dict[str, WaitTimes]:
    """Return the wait times of each in-group with waits, or of one. Times in microseconds UTC. Raises StoreError."""
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
