"""Chooses the callbacks that the dialler, or an agent who asks for the next lead, may dial now."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from warmline.core.messages.values.callback import Callback
from warmline.leads import phone_numbers
from warmline.store.database.reading import rows
from warmline.store.dialling.dial_plan import MINUTE, DialPlan

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
