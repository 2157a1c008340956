"""Counts commands by requester, source (API, command line or phone) and kind."""

from collections.abc import Iterator
from pathlib import Path

from warmline.store.database.reading import Row, each, reading
from warmline.store.reports.transfers import PENDING

COUNTS = f"""
    SELECT "by", source, kind, ifnull(outcome, '{PENDING}') AS outcome, count(*) AS asked,
        max(requested) AS last, sum(ended - requested) AS took, count(ended) AS ended, max(ended - requested) AS longest
    FROM receipt WHERE requested >= :start AND requested < :end
    AND (:by = '' OR "by" = :by) AND (:source = '' OR source = :source) AND (:kind = '' OR kind = :kind)
    GROUP BY "by", source, kind, ifnull(outcome, '{PENDING}') ORDER BY "by", source, kind
"""  # noqa: S608 - only constants of the code


def command_counts(
    path: str | Path, start: int, end: int, by: str = "", source: str = "", kind: str = ""
) -> Iterator[Row]:
    """Return the count, outcomes and durations for each requester, source and kind; "" matches any value.

    Times are in microseconds; `last` is the time of the last request. Raises StoreError.
    """
    with reading(path) as db:
        row: Row = {}
        for found in each(db, COUNTS, start=start, end=end, by=by, source=source, kind=kind):
            key = {name: found[name] for name in ("by", "source", "kind")}
            if {name: row.get(name) for name in key} != key:
                if row:
                    yield row
                row = key | {"asked": 0, "outcomes": {}, "last": 0, "took": 0, "ended": 0, "longest": None}
            _add(row, found)
        if row:
            yield row


def _add(row: Row, found: Row) -> None:
    """Add the counts of another outcome to a row."""
    row["asked"] += found["asked"]
    row["outcomes"][found["outcome"]] = found["asked"]
    row["last"] = max(row["last"], found["last"])
    row["took"] += found["took"] or 0
    row["ended"] += found["ended"]
    row["longest"] = max((span for span in (row["longest"], found["longest"]) if span is not None), default=None)
    row["average"] = row["took"] // row["ended"] if row["ended"] else None
