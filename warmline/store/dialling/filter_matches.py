"""Counts the leads that the filter of a campaign matches."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from warmline.store.database.reading import reading, rows
from warmline.store.dialling import dial_plan

COUNT = """
    SELECT count(*) AS leads, count(*) FILTER (WHERE {only}) AS matching
    FROM lead WHERE list_id IN (SELECT id FROM list WHERE campaign = :campaign)
"""


class FilterMatches(NamedTuple):
    """How many of the leads in a campaign's lists match its `lead_filter`."""

    matching: int
    leads: int


def count(path: str | Path, campaign: str, at: int) -> FilterMatches:
    """Count the leads at a moment, in microseconds UTC. Raises NotFound, StoreError."""
    with reading(path) as db:
        return count_in(db, campaign, at)


def count_in(db: sqlite3.Connection, campaign: str, at: int) -> FilterMatches:
    """Count the same in an open database. Raises NotFound."""
    only = dial_plan.load(db, campaign).only
    [found] = rows(db, COUNT.format(only=only.sql or "TRUE"), campaign=campaign, **only.parameters(at))
    return FilterMatches(found["matching"], found["leads"])
