"""Reads callbacks in their state at a given time, and those that the dialler may make."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from warmline.access.visible_agents import VisibleAgents
from warmline.core.messages.values.callback import OPEN, Callback, now_is
from warmline.leads import phone_numbers
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import Row, each, reading, rows
from warmline.store.dialling.dial_plan import MINUTE, DialPlan

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
MAY_BE_DIALLED = """
    SELECT callback.*, ifnull(call.lead, 0) AS lead
    FROM callback LEFT JOIN call ON call.id = callback.call
    WHERE callback.state = 'pending' AND at <= :now AND callback.campaign = :campaign
        AND (callback.agent IN ('', :agent) OR (:minutes > 0 AND at + :minutes * 60000000 <= :now))
"""
DIALLED_IN_ORDER = MAY_BE_DIALLED + "ORDER BY callback.agent = '', at"
DIALLED_ONE = MAY_BE_DIALLED + "AND callback.id = :callback"
TRIES = """
    SELECT number, status, arrived FROM call
    WHERE substr(number, -7) = :tail AND direction = 'out' AND ended_by <> 'refused'
        AND arrived >= :since AND id <> :call
    ORDER BY arrived DESC
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
    return only those of these agents, and of no agent. At most `limit` callbacks are returned, after the callback
    `after`.

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
            and (visible is None or not one.agent or visible.include(one.agent))
        )
        return list(islice(wanted, limit))


def due(path: str | Path, now: int) -> Counter[str]:
    """Return how many callbacks are due or missed at `now` (microseconds UTC), by agent; "" for those of no agent.

    Raises StoreError.
    """
    with reading(path) as db:
        found = each(db, DUE, now=now)
        return Counter(_callback(row, now).agent for row in found)


def _due(db: sqlite3.Connection, wanted: str) -> int:
    found = rows(db, "SELECT at FROM callback WHERE id = :id", id=wanted)
    if not found:
        raise unknown_callback(wanted)
    return int(found[0]["at"])


def _callback(row: Row, now: int) -> Callback:
    minutes = row.pop("minutes")
    return now_is(msgspec.convert(row, Callback), now, minutes)


class DueCallback(NamedTuple):
    """A callback whose time has come, and the lead of the call in which it was promised, or 0."""

    callback: Callback
    lead: int


def dialled_of_campaign(db: sqlite3.Connection, plan: DialPlan, at: int, agent: str = "") -> Iterator[DueCallback]:
    """Yield the callbacks that may be dialled at `at`: the agent's own, then those of any agent, the earliest first.

    One agent's callback is every agent's after `callback_useronly_move_minutes`. A callback that was dialled without
    success is dialled again as `recycle` says for the status of that call.
    """
    for row in rows(db, DIALLED_IN_ORDER, **_dialled_now(plan, at, agent)):
        due = DueCallback(msgspec.convert(row, Callback), row["lead"])
        if not _waits(db, plan, due.callback, at):
            yield due


def is_dialled(db: sqlite3.Connection, plan: DialPlan, callback: str, at: int, call: str = "") -> bool:
    """Return whether a callback of any agent may be dialled at `at`. `call` is the one that dials it."""
    found = rows(db, DIALLED_ONE, callback=callback, **_dialled_now(plan, at, ""))
    return bool(found) and not _waits(db, plan, msgspec.convert(found[0], Callback), at, call)


def _dialled_now(plan: DialPlan, at: int, agent: str) -> dict[str, str | int]:
    minutes = plan.campaign.callback_useronly_move_minutes
    return {"now": at, "campaign": plan.campaign.id, "minutes": minutes, "agent": agent}


def _waits(db: sqlite3.Connection, plan: DialPlan, callback: Callback, at: int, call: str = "") -> bool:
    """Return whether the callback was dialled since its time, and must not be dialled again yet."""
    number = phone_numbers.digits(callback.number)
    found = rows(db, TRIES, tail=number[-phone_numbers.TAIL :], since=callback.at, call=call)
    tries = [row for row in found if phone_numbers.same(phone_numbers.digits(row["number"]), number)]
    if not tries:
        return False
    minutes, times = plan.recycle.get(tries[0]["status"], (0, 0))
    return len(tries) > times or at < tries[0]["arrived"] + minutes * MINUTE
