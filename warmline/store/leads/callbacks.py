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
from warmline.core.messages.values.callback import OPEN_STATES, Callback, update_state
from warmline.store.configuration import campaign_owners
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.leads import leads

# The own lead of a callback, or that of its call; NULL if there is none, or no longer.
OF_LEAD = """
    LEFT JOIN call ON callback.lead = 0 AND call.id = callback.call
    LEFT JOIN lead ON lead.lead_id = iif(callback.lead <> 0, callback.lead, call.lead)
"""
_WITH_MINUTES = f"""
    SELECT callback.*, ifnull(lead.lead_id, 0) AS of_lead, ifnull(callback_useronly_move_minutes, 0) AS minutes
    FROM callback LEFT JOIN campaign ON campaign.id = callback.campaign {OF_LEAD}
"""  # noqa: S608 - constants
ONE = _WITH_MINUTES + "WHERE callback.id = :id"
_LISTED = """
    AND (at, callback.id) > (:at, :after)
    AND (:lead = 0 OR lead.lead_id = :lead)
    AND (:agent IN ('', callback.agent) OR callback.agent = '' OR callback_useronly_move_minutes > 0)
    ORDER BY at, callback.id
"""
WAITING = _WITH_MINUTES + "WHERE callback.state = 'pending'" + _LISTED
ALL = _WITH_MINUTES + "WHERE TRUE" + _LISTED
DUE = _WITH_MINUTES + "WHERE callback.state = 'pending' AND at <= :now"
OF_ONE_LEAD = _WITH_MINUTES + "WHERE callback.state = 'pending' AND lead.lead_id = :lead ORDER BY at, callback.id"
ENDED = _WITH_MINUTES + "WHERE callback.state <> 'pending' AND lead.lead_id = :lead ORDER BY at, callback.id"
NAMES = """
    SELECT lead_id, trim(first_name || ' ' || last_name) AS name FROM lead
    WHERE lead_id IN (SELECT CAST(value AS INTEGER) FROM json_each(:leads))
"""
# What the agent who promised a callback wrote about that call.
NOTES = """
    SELECT callback.id, (
        SELECT notes FROM disposition_entry AS given
        WHERE given.status = callback.status AND given.call = callback.call AND given.correction = 0
        ORDER BY given.at DESC, given.id DESC LIMIT 1
    ) AS notes
    FROM callback WHERE call <> '' AND id IN (SELECT value FROM json_each(:callbacks))
"""
MOST = 10_000


def customers(path: str | Path, found: Iterable[Callback]) -> dict[int, str]:
    """Return the names of the customers of callbacks by their lead_id. Raises StoreError."""
    with reading(path) as db:
        named = rows(db, NAMES, leads=json.dumps([one.lead for one in found if one.lead]))
    return {row["lead_id"]: row["name"] for row in named}


def notes(path: str | Path, found: Iterable[Callback]) -> dict[str, str]:
    """Return the notes of the calls that promised these callbacks, by the callback's id. Raises StoreError."""
    with reading(path) as db:
        noted = rows(db, NOTES, callbacks=json.dumps([one.id for one in found if one.call]))
    return {row["id"]: row["notes"] for row in noted if row["notes"]}


def unknown_callback(callback: str) -> NotFound:
    """Make the error for a callback that does not exist."""
    return NotFound("callback_unknown", "callback {callback!r} does not exist", callback=callback)


def find(path: str | Path, wanted: str, now: int) -> Callback:
    """Return the callback of that id in its state at `now` (microseconds UTC). Raises NotFound, StoreError."""
    with reading(path) as db:
        return _find_in(db, wanted, now)


def _find_in(db: sqlite3.Connection, wanted: str, now: int) -> Callback:
    """Return the same from an open database. Raises NotFound."""
    found = rows(db, ONE, id=wanted)
    if not found:
        raise unknown_callback(wanted)
    return _callback(found[0], now)


def of_lead(path: str | Path, lead: int, now: int) -> list[Callback]:
    """Return the open callbacks of a lead in their state at `now`, the earliest first. Raises StoreError."""
    with reading(path) as db:
        return [_callback(row, now) for row in rows(db, OF_ONE_LEAD, lead=lead)]


def ended_of_lead(path: str | Path, lead: int, now: int) -> list[Callback]:
    """Return the completed and cancelled callbacks of a lead, the earliest first. Raises StoreError."""
    with reading(path) as db:
        return [_callback(row, now) for row in rows(db, ENDED, lead=lead)]


def for_lead(path: str | Path, wanted: Callback, campaigns: VisibleCampaigns | None = None) -> Callback:
    """Return a new callback with the number of its lead, and with the campaign of its list if it names none.

    It keeps only lead, time, agent, campaign, code and comments. Raises NotFound (a lead that does not exist, or that
    is in no list of the `campaigns`), StoreError.
    """
    row = leads.find(path, wanted.lead, campaigns)
    with reading(path) as db:
        [of_list] = rows(db, "SELECT ifnull(campaign, '') AS campaign FROM list WHERE id = :list", list=row["list_id"])
    return Callback(
        id="",
        call="",
        lead=wanted.lead,
        number=f"{row['phone_code']}{row['phone_number']}",
        campaign=wanted.campaign or of_list["campaign"],
        agent=wanted.agent,
        at=wanted.at,
        status=wanted.status,
        comments=wanted.comments,
    )


def listed(
    path: str | Path,
    now: int,
    agent: str = "",
    state: str = "",
    limit: int = MOST,
    after: str = "",
    visible: VisibleAgents | None = None,
    lead: int = 0,
    period: tuple[int, int] | None = None,
) -> list[Callback]:
    """Return the pending callbacks, or those in one state, earliest first.

    With an agent, return only the callbacks that the agent may call: their own, and those of no agent. With `visible`,
    return only those of these agents, and those of no agent in its campaigns. With a `lead`, return only those of that
    lead_id, and with a `period` (microseconds UTC) only those that are due in it. At most `limit` callbacks are
    returned, after the callback `after`.

    Raises:
        NotFound: the callback `after` does not exist, or is not among those of `visible`.
        StoreError: the database cannot be read.
    """
    states = (state,) if state else OPEN_STATES
    with reading(path) as db:
        at = _behind(db, after, now, visible) if after else -1
        found = each(
            db, WAITING if set(states) <= set(OPEN_STATES) else ALL, at=at, after=after, agent=agent, lead=lead
        )
        shown = (_callback(row, now) for row in found)
        wanted = (
            one
            for one in shown
            if one.state in states
            and (not agent or one.agent in ("", agent))
            and (period is None or period[0] <= one.at < period[1])
            and _sees(visible, one.agent, one.campaign)
        )
        return list(islice(wanted, limit))


def _sees(visible: VisibleAgents | None, agent: str, campaign: str) -> bool:
    return visible is None or (visible.include(agent) if agent else visible.include_campaign(campaign))


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


def _behind(db: sqlite3.Connection, after: str, now: int, visible: VisibleAgents | None) -> int:
    """Return when the callback `after` is due. One that the reader may not see now does not exist: NotFound."""
    callback = _find_in(db, after, now)
    if not _sees(visible, callback.agent, callback.campaign):
        raise unknown_callback(after)
    return callback.at


def _callback(row: Row, now: int) -> Callback:
    row["lead"], minutes = row.pop("of_lead"), row.pop("minutes")
    return update_state(msgspec.convert(row, Callback), now, minutes)
