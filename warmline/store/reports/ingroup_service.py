"""Reports of waits by in-group: their outcomes and the service level."""

import json
from dataclasses import dataclass
from pathlib import Path

from warmline.core.model.queue_wait import ANSWERED_OUTCOME, WaitStatus
from warmline.store.database.errors import unknown
from warmline.store.database.reading import Row, reading, rows

NEVER = 1 << 62  # microseconds: later than any time

# One row for each in-group that exists or had waits. A caller who was turned away has a wait of no length.
SERVICES = f"""
    WITH known AS (
        SELECT id, answer_sec_pct_rt_stat_one * 1000000 AS within FROM ingroup
        UNION SELECT ingroup, NULL FROM queue_wait
        WHERE entered >= :since AND entered < :until AND ingroup NOT IN (SELECT id FROM ingroup)
    )
    SELECT known.id AS ingroup, max(within) AS within,
        count(*) FILTER (WHERE wait.id IS NOT NULL AND ended IS NOT entered) AS offered,
        count(*) FILTER (WHERE outcome = '{ANSWERED_OUTCOME}') AS answered,
        count(*) FILTER (WHERE outcome = '{WaitStatus.DROP}') AS abandoned,
        count(*) FILTER (WHERE wait.id IS NOT NULL AND ended IS NULL) AS waiting,
        count(*) FILTER (WHERE outcome = '{ANSWERED_OUTCOME}' AND ended - entered <= within) AS in_time,
        ifnull(sum(ifnull(ended, :now) - entered), 0) AS waited,
        ifnull(max(ifnull(ended, :now) - entered), 0) AS longest,
        (SELECT ifnull(json_group_object(outcome, times), '{{}}') FROM (
            SELECT outcome, count(*) AS times FROM queue_wait
            WHERE ingroup = known.id AND entered >= :since AND entered < :until
            AND ended IS NOT NULL AND outcome <> '{ANSWERED_OUTCOME}'
            GROUP BY outcome
        )) AS statuses,
        (SELECT count(*) FROM callback WHERE ingroup = known.id AND state = 'pending') AS callbacks,
        ifnull((SELECT group_name FROM ingroup WHERE ingroup.id = known.id), '') AS group_name
    FROM known LEFT JOIN queue_wait AS wait ON wait.ingroup = known.id AND entered >= :since AND entered < :until
    GROUP BY known.id ORDER BY known.id
"""  # noqa: S608 - only constants of the code


@dataclass(frozen=True, slots=True)
class IngroupService:
    """The service of one in-group. Times are in microseconds; calls that still wait count with their wait so far.

    `offered` is the number of calls that entered the queue. `statuses` has the outcomes of waits without an agent, and
    of callers who were turned away. `level` is the share of offered calls that reached an agent `within` that time,
    without calls that still wait; None without such calls. A deleted in-group has no `within`.
    """

    ingroup: str
    group_name: str
    within: int | None
    offered: int
    answered: int
    abandoned: int
    waiting: int
    statuses: dict[str, int]
    waited: int
    average: int
    longest: int
    level: float | None
    callbacks: int


def services(path: str | Path, now: int, since: int = 0, name: str = "", until: int = NEVER) -> list[IngroupService]:
    """Return the service of each in-group, or of one, for calls from `since` until before `until`, by name.

    Times are in microseconds UTC.

    Raises:
        NotFound: the in-group does not exist and never had a call.
        StoreError: the database cannot be read.
    """
    with reading(path) as db:
        found = {str(row["ingroup"]): row for row in rows(db, SERVICES, now=now, since=since, until=until)}
    if name and name not in found:
        raise unknown("ingroup", name, list(found))
    return [_service(row) for ingroup, row in found.items() if name in ("", ingroup)]


def _service(row: Row) -> IngroupService:
    in_time, over = row.pop("in_time"), row["offered"] - row["waiting"]
    return IngroupService(
        **row | {"statuses": json.loads(row["statuses"])},
        average=row["waited"] // row["offered"] if row["offered"] else 0,
        level=in_time / over if over and row["within"] is not None else None,
    )
