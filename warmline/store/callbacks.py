"""Who is to be called back, as it stands at a moment."""

from pathlib import Path

import msgspec

from warmline.core.callback import OPEN, Callback, now_is
from warmline.store.reading import Row, reading, rows
from warmline.store.refusals import NotFound

_WITH_MINUTES = """
    SELECT callback.*, ifnull(callback_useronly_move_minutes, 0) AS minutes
    FROM callback LEFT JOIN campaign ON campaign.id = callback.campaign
"""
ONE = _WITH_MINUTES + "WHERE callback.id = :id"
WAITING = _WITH_MINUTES + "WHERE state = 'pending' ORDER BY at, callback.id LIMIT :most"
ALL = _WITH_MINUTES + "ORDER BY at, callback.id LIMIT :most"
MOST = 10_000


def find(path: str | Path, wanted: str, now: int) -> Callback:
    """The callback of that id as it stands now, in microseconds UTC. Raises StoreError; NotFound if there is none."""
    with reading(path) as db:
        found = rows(db, ONE, id=wanted)
    if not found:
        raise NotFound(f"no callback has the id {wanted!r}")
    return _callback(found[0], now)


def listed(path: str | Path, now: int, agent: str = "", state: str = "") -> list[Callback]:
    """The callbacks that are still to be done, or those in one state, the one that is due first in front.

    With an agent, what he may call: his own and anybody's. At most 10,000. Raises StoreError.
    """
    states = (state,) if state else OPEN
    with reading(path) as db:
        found = [_callback(row, now) for row in rows(db, WAITING if set(states) <= set(OPEN) else ALL, most=MOST)]
    return [one for one in found if one.state in states and (not agent or one.agent in ("", agent))]


def _callback(row: Row, now: int) -> Callback:
    minutes = row.pop("minutes")
    return now_is(msgspec.convert(row, Callback), now, minutes)
