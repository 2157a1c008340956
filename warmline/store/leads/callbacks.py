"""Reads callbacks in their state at a given time."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from warmline.access.visible_agents import VisibleAgents
from warmline.access.visible_campaigns import VisibleCampaigns
from warmline.core.messages.values.callback import OPEN, Callback, now_is
from warmline.store.configuration import campaign_owners
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row, each, reading, rows

_WITH_MINUTES = """
    SELECT callback.*, ifnull(callback_useronly_move_minutes, 0) AS minutes
    FROM callback LEFT JOIN campaign ON campaign.id = callback.campaign
"""
ONE = _WITH_MINUTES + "WHERE callback.id = :id"
_LISTED = """
    AND (at, callback.id) > (:at, :after) AND (:agent IN ('', callback.agent) OR callback.agent = '' OR minutes > 0)
    ORDER BY at, callback.id
"""
WAITING = _WITH_MINUTES + "WHERE state = 'pending'" + _LISTED
ALL = _WITH_MINUTES + "WHERE TRUE" + _LISTED
DUE = _WITH_MINUTES + "WHERE state = 'pending' AND at <= :now"
CUSTOMERS = """
    SELECT call.id, lead_id, trim(first_name || ' ' || last_name) AS name FROM call JOIN lead ON lead_id = call.lead
    WHERE call.id IN (SELECT value FROM json_each(:calls))
"""
MOST = 10_000


class CallbackLead(NamedTuple):
    """The lead of a callback, and its name."""

    lead: int
    name: str


def customers(path: str | Path, found: Iterable[Callback]) -> dict[str, CallbackLead]:
    """Return the customers of callbacks by the id of the call, as far as that call has a lead. Raises StoreError."""
    with reading(path) as db:
        named = rows(db, CUSTOMERS, calls=json.dumps([one.call for one in found]))
    return {row["id"]: CallbackLead(row["lead_id"], row["name"]) for row in named}


def unknown_callback(callback: str) -> NotFound:
    """Make the error for a callback that does not exist."""
    return NotFound("callback_unknown", "callback {callback!r} does not exist", callback=callback)


def find(path: str | Path, wanted: str, now: int) -> Callback:
    """Return the callback of that id in its state at `now` (microseconds UTC). Raises NotFound, StoreError."""
    with reading(path) as db:
        found = rows(db, ONE, id=wanted)
    if not found:
        raise unknown_callback(wanted)
    return _callback(found[0], now)


def listed(
    path: str | Path,
    now: int,
    agent: str = "",
    state: str = "",
    limit: int = MOST,
    after: str = "",
    visible: VisibleAgents | None = None,
) -> list[Callback]:
    """Return the pending callbacks, or those in one state, earliest first.

    With an agent, return only the callbacks that the agent may call: their own, and those of no agent. With `visible`,
    return only those of these agents, and those of no agent in its campaigns. At most `limit` callbacks are returned,
    after the callback `after`.

    Raises:
        NotFound: the callback `after` does not exist.
        StoreError: the database cannot be read.
    """
    states = (state,) if state else OPEN
    with reading(path) as db:
        at = _due(db, after) if after else -1
        found = each(db, WAITING if set(states) <= set(OPEN) else ALL, at=at, after=after, agent=agent)
        shown = (_callback(row, now) for row in found)
        wanted = (
            one
            for one in shown
            if one.state in states
            and (not agent or one.agent in ("", agent))
            and (visible is None or _sees(visible, one))
        )
        return list(islice(wanted, limit))


def _sees(visible: VisibleAgents, one: Callback) -> bool:
    return visible.include(one.agent) if one.agent else visible.include_campaign(one.campaign)


class DueCallbacks(NamedTuple):
    """How many callbacks are due or missed: by agent, of no agent by campaign, and the campaigns of bound agents."""

    owned: Mapping[str, int]
    loose: Mapping[str, int]
    bounds: Mapping[str, VisibleCampaigns]

    def of(self, agent: str) -> int:
        """Return how many the agent may make now: the own ones, and those of no agent in campaigns that they see."""
        seen = VisibleAgents(frozenset(), True, self.bounds.get(agent))
        return self.owned.get(agent, 0) + sum(self.loose[one] for one in self.loose if seen.include_campaign(one))


NONE_DUE = DueCallbacks({}, {}, {})


def due(path: str | Path, now: int) -> DueCallbacks:
    """Return the callbacks that are due or missed at `now` (microseconds UTC). Raises StoreError."""
    with reading(path) as db:
        found = [_callback(row, now) for row in each(db, DUE, now=now)]
        owned = Counter(one.agent for one in found if one.agent)
        loose = Counter(one.campaign for one in found if not one.agent)
        return DueCallbacks(owned, loose, campaign_owners.of_agents(db))


def _due(db: sqlite3.Connection, wanted: str) -> int:
    found = rows(db, "SELECT at FROM callback WHERE id = :id", id=wanted)
    if not found:
        raise unknown_callback(wanted)
    return int(found[0]["at"])


def _callback(row: Row, now: int) -> Callback:
    minutes = row.pop("minutes")
    return now_is(msgspec.convert(row, Callback), now, minutes)
