"""Chooses the callbacks that the dialler, or an agent who asks for the next lead, may dial now."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

import msgspec

from warmline.core.messages.values.callback import Callback
from warmline.core.rules import number_text
from warmline.leads import phone_numbers
from warmline.store.database.reading import each, rows
from warmline.store.dialling.dial_plan import MINUTE, DialPlan
from warmline.store.leads.callbacks import OF_LEAD

MAY_BE_DIALLED = f"""
    SELECT callback.*, ifnull(lead.lead_id, 0) AS of_lead FROM callback {OF_LEAD}
    WHERE callback.state = 'pending' AND at <= :now AND callback.campaign = :campaign
        AND (callback.agent IN ('', :agent) OR (:minutes > 0 AND at + :minutes * 60000000 <= :now))
        AND (lead.lead_id IS NULL OR (
            lead.list_id IN (
                SELECT id FROM list WHERE active = 'Y' AND (expiration_date = '' OR expiration_date >= :today)
            ) AND (
                lead.status IN (SELECT value FROM json_each(:statuses))
                OR lead.status IN (SELECT id FROM disposition WHERE scheduled_callback = 'Y')
            )
        ))
"""  # noqa: S608 - constants
DIALLED_IN_ORDER = MAY_BE_DIALLED + "ORDER BY callback.agent = '', at"
DIALLED_ONE = MAY_BE_DIALLED + "AND callback.id = :callback"
TRIES = """
    SELECT number, status, arrived FROM call
    WHERE substr(number, -7) = :tail AND direction = 'out' AND ended_by <> 'refused'
        AND arrived >= :since AND id <> :call
    ORDER BY arrived DESC
"""


NEVER = 2**62  # after every moment


class DueCallback(NamedTuple):
    """A callback whose time has come, and the lead of the call in which it was promised, or 0.

    `waits` is the moment of its next try (microseconds UTC), or NEVER; 0 if it may be dialled now.
    """

    callback: Callback
    lead: int
    waits: int = 0


def of_campaign(
    db: sqlite3.Connection, plan: DialPlan, at: int, agent: str = "", without: Collection[str] = ()
) -> Iterator[DueCallback]:
    """Yield the callbacks whose time has come at `at`: the agent's own, then those of any agent, the earliest first.

    One agent's callback is every agent's after `callback_useronly_move_minutes`. A callback that was dialled without
    success waits as `recycle` says for the status of that call. A callback is left out while the list of its lead is
    not dialled. It is also left out once the lead has a final status, such as SALE. The ids of `without` are left out.
    """
    for row in each(db, DIALLED_IN_ORDER, **_dialled_now(plan, at, agent)):
        if row["id"] not in without:
            callback = msgspec.convert(row, Callback)
            yield DueCallback(callback, row["of_lead"], _waits(db, plan, callback, at))


def is_dialled(db: sqlite3.Connection, plan: DialPlan, callback: str, at: int, call: str = "") -> bool:
    """Return whether a callback of any agent may be dialled at `at`. `call` is the one that dials it."""
    found = rows(db, DIALLED_ONE, callback=callback, **_dialled_now(plan, at, ""))
    return bool(found) and not _waits(db, plan, msgspec.convert(found[0], Callback), at, call)


def _dialled_now(plan: DialPlan, at: int, agent: str) -> dict[str, str | int]:
    return {
        "now": at,
        "campaign": plan.campaign.id,
        "minutes": plan.campaign.callback_useronly_move_minutes,
        "agent": agent,
        "today": plan.today(at),
        "statuses": json.dumps([*plan.statuses, *plan.recycle]),
    }


def _waits(db: sqlite3.Connection, plan: DialPlan, callback: Callback, at: int, call: str = "") -> int:
    """Return the moment until which a callback must not be dialled again, because it was dialled since its time."""
    number = number_text.to_dialled_digits(callback.number)
    found = rows(db, TRIES, tail=number[-phone_numbers.TAIL :], since=callback.at, call=call)
    tries = [row for row in found if phone_numbers.same(number_text.to_dialled_digits(row["number"]), number)]
    if not tries:
        return 0
    minutes, times = plan.recycle.get(tries[0]["status"], (0, 0))
    due = tries[0]["arrived"] + minutes * MINUTE
    return NEVER if len(tries) > times else due if at < due else 0
