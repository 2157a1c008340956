"""The rules about one number and one lead that only the database can answer: do-not-call lists and earlier calls.

The hopper, the last look before a call, and `warmline explain lead` ask the same functions.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from warmline.core.rules import number_text
from warmline.leads import dial_hours, lead_numbers, phone_numbers
from warmline.leads.lead_numbers import FIELDS, LeadNumber
from warmline.leads.lead_places import LeadPlaces
from warmline.store.database.reading import rows
from warmline.store.dialling.dial_plan import MINUTE, DialPlan
from warmline.store.leads import dnc

OF_SYSTEM, OF_CAMPAIGN = "DNCL", "DNCC"
DAY = 24 * 3600 * 1_000_000  # microseconds
MONTH = 30 * DAY
OF_ANOTHER = "contacted"  # the rule whose sentence names another lead of the number
LATELY = "another lead of the number was called lately"
# A call that the last look refused has rung nowhere.
TO_NUMBER = """
    SELECT number, arrived FROM call
    WHERE substr(number, -7) = :tail AND direction = 'out' AND ended_by <> 'refused'
        AND arrived > :since AND id <> :call
    ORDER BY arrived DESC
"""
TO_LEAD = """
    SELECT count(*) AS times FROM call
    WHERE lead = :lead AND lead <> 0 AND direction = 'out' AND ended_by <> 'refused'
        AND arrived >= :since AND id <> :call
"""
# A final code says that nothing is left to do; a correction of the code counts.
CONTACTED = """
    SELECT number, arrived, disposition.id AS status, call.lead FROM call JOIN disposition ON disposition.id = ifnull((
        SELECT status FROM disposition_entry WHERE call = call.id ORDER BY at DESC, id DESC LIMIT 1
    ), call.status)
    WHERE substr(number, -7) = :tail AND arrived > :since AND call.id <> :call AND call.lead <> :lead
        AND ended_by <> 'refused' AND 'Y' IN (completed, sale, not_interested, dnc)
    ORDER BY arrived DESC
"""
AS_ANOTHER = """
    SELECT number, arrived, ended, status, lead FROM call
    WHERE substr(number, -7) = :tail AND arrived > :since AND id <> :call AND lead NOT IN (0, :lead)
        AND direction = 'out' AND ended_by <> 'refused'
    ORDER BY arrived DESC
"""
USUAL_WAIT = 60  # minutes after a call to the number as another lead, for a status that `recycle` does not have
# A call that was dropped in another system has no attempt here, and VICIdial's status of a drop.
DROPPED = """
    SELECT number, dropped FROM call JOIN attempt ON attempt.call = call.id
    WHERE substr(number, -7) = :tail AND dropped > :since AND call.id <> :call
    UNION ALL
    SELECT number, ended AS dropped FROM call
    WHERE substr(number, -7) = :tail AND ended > :since AND origin = 'imported' AND direction = 'out'
        AND status IN ('DROP', 'XDROP')
    ORDER BY dropped DESC
"""


class RuleAnswer(NamedTuple):
    """The answer of one rule: why it forbids the call, or "". `until` is when that changes (microseconds UTC).

    `limit` names what forbids it, without the number and the lead, such as "3 calls in 24 hours (call_limit_24hour)".
    """

    rule: str
    why: str = ""
    until: int | None = None
    limit: str = ""

    @property
    def refusal(self) -> str:
        """Return `why` as every agent may read it: another lead of the number may be in a list of others."""
        return self.limit if self.rule == OF_ANOTHER else self.why


class RuledCall(NamedTuple):
    """A call that the rules are asked about: a lead or 0, the number with its places, and the call if it has begun.

    `by_hand`: an agent is at hand, who dials it.
    """

    lead: int
    number: str
    places: LeadPlaces
    call: str = ""
    by_hand: bool = False


def next_other(plan: DialPlan, lead: Mapping[str, Any]) -> tuple[str, LeadNumber] | None:
    """Return the field and the number that is dialled next of a lead, a row of the table; None if it is the main one.

    It is the first one from `next_number` on that the campaign dials (auto_alt_dial), and that is a number of its own.
    """
    if not lead["next_number"]:
        return None
    for field in FIELDS[FIELDS.index(lead["next_number"]) :]:
        if field in plan.alternatives and (found := lead_numbers.other(lead, field, plan.country(lead["list_id"]))):
            return field, found
    return None


def next_number(plan: DialPlan, lead: Mapping[str, Any], field: str) -> RuleAnswer:
    """Check that the number in a field of a lead, a row of the table, is the next one that is not its main number."""
    return RuleAnswer("next number", _why_not_next(plan, lead, field))


def _why_not_next(plan: DialPlan, lead: Mapping[str, Any], field: str) -> str:
    if field not in plan.alternatives:
        return f"auto_alt_dial of campaign {plan.campaign.id} does not dial {field}"
    if lead_numbers.other(lead, field, plan.country(lead["list_id"])) is None:
        return f"{field} has no number of its own"
    found = next_other(plan, lead)
    if found is None:
        return f"{field} follows an automatic call that ends with a status of auto_alt_dial_statuses"
    if found[0] == field:
        return ""
    before = FIELDS.index(field) < FIELDS.index(found[0])
    return f"{field} was dialled before {found[0]}" if before else f"{found[0]} is dialled before {field}"


def listed(db: sqlite3.Connection, plan: DialPlan, number: str) -> RuleAnswer:
    """Check the do-not-call lists of the system and the campaign, by each way to dial the number."""
    whole = (one for one in plan.readings(number) if len(number_text.to_dialled_digits(one)) >= phone_numbers.TAIL)
    found = (dnc.which(db, one, plan.campaign.id) for one in (number, *sorted(whole)))
    where = next(filter(None, found), "")
    return RuleAnswer("do-not-call", f"{number} is on {where}" if where else "")


def status_of_listed(db: sqlite3.Connection, plan: DialPlan, number: str) -> str:
    """Return the status of a lead with a listed number: DNCL for the system's list, DNCC for the campaign's."""
    return OF_SYSTEM if any(dnc.which(db, one) for one in plan.readings(number)) else OF_CAMPAIGN


def against(db: sqlite3.Connection, plan: DialPlan, asked: RuledCall, at: int) -> RuleAnswer:
    """Return the answer of the first rule that forbids another call because of earlier ones, or one without `why`."""
    rules = (in_24_hours, in_30_days, in_day, contacted, *(() if asked.by_hand else (after_drop,)))
    answers = (rule(db, plan, asked, at) for rule in rules)
    return next((one for one in answers if one.why), RuleAnswer("earlier calls"))


def in_all(plan: DialPlan, lead: int, called: int) -> RuleAnswer:
    """Check how often a lead was called; `called` counts its calls without the one that is about to begin."""
    if not plan.most_calls or called < plan.most_calls:
        return RuleAnswer("calls in all")
    return RuleAnswer(
        "calls in all", f"lead {lead} was called {called} times; allowed: {plan.most_calls} (call_count_limit)"
    )


def contacted(db: sqlite3.Connection, plan: DialPlan, asked: RuledCall, at: int) -> RuleAnswer:
    """Check that no call with another lead of the number has ended with a final code within `contacted_days`.

    After another code, the number waits as long as that lead does by `recycle`.
    """
    if not plan.contacted:
        return RuleAnswer(OF_ANOTHER)
    dialled = number_text.to_dialled_digits(asked.number)
    values: dict[str, str | int] = {"tail": dialled[-phone_numbers.TAIL :], "call": asked.call, "lead": asked.lead}
    for row in rows(db, CONTACTED, since=at - plan.contacted * DAY, **values):
        if phone_numbers.same(number_text.to_dialled_digits(row["number"]), dialled):
            who = f"lead {row['lead']}" if row["lead"] else "a call without a lead"
            why = f"{asked.number} got the final code {row['status']} as {who} within {plan.contacted} days"
            limit = f"{plan.contacted} days after a final code (contacted_days)"
            return RuleAnswer(OF_ANOTHER, f"{why} (contacted_days)", row["arrived"] + plan.contacted * DAY, limit)
    for row in rows(db, AS_ANOTHER, since=at - longest_wait(plan), **values) if asked.lead else ():
        wait = plan.recycle.get(row["status"], (USUAL_WAIT, 0))[0] * MINUTE
        if at < row["arrived"] + wait and phone_numbers.same(number_text.to_dialled_digits(row["number"]), dialled):
            why = f"{asked.number} was called as lead {row['lead']} less than {wait // MINUTE} minutes ago"
            until = row["arrived"] + wait
            if row["ended"] is None:  # its status, which the wait follows from, is not known yet
                until = min(until, at + MINUTE)
            return RuleAnswer(OF_ANOTHER, why, until, LATELY)
    return RuleAnswer(OF_ANOTHER)


def longest_wait(plan: DialPlan) -> int:
    """Return the longest time in which a number waits after a call to it as another lead, in microseconds."""
    return max([USUAL_WAIT, *(minutes for minutes, _ in plan.recycle.values())]) * MINUTE


def after_drop(db: sqlite3.Connection, plan: DialPlan, asked: RuledCall, at: int) -> RuleAnswer:
    """Check that no automatic call of any campaign to the number was dropped within `drop_lockout_time`."""
    if not plan.lockout:
        return RuleAnswer("wait after a drop")
    dialled = number_text.to_dialled_digits(asked.number)
    found = rows(db, DROPPED, tail=dialled[-phone_numbers.TAIL :], since=at - plan.lockout, call=asked.call)
    for row in found:
        if phone_numbers.same(number_text.to_dialled_digits(row["number"]), dialled):
            hours = plan.lockout // (DAY // 24)
            why = f"{asked.number} was dropped less than {hours} hours ago (drop_lockout_time)"
            limit = f"{hours} hours after a drop (drop_lockout_time)"
            return RuleAnswer("wait after a drop", why, row["dropped"] + plan.lockout, limit)
    return RuleAnswer("wait after a drop")


def in_24_hours(db: sqlite3.Connection, plan: DialPlan, asked: RuledCall, at: int) -> RuleAnswer:
    """Check the calls of all campaigns to a number in the last 24 hours."""
    by_law, law = dial_hours.calls_in_24_hours(asked.places.jurisdictions)
    limits = [(limit, name) for limit, name in ((plan.most_of_24_hours, "call_limit_24hour"), (by_law, law)) if limit]
    return _in_period(db, asked, at, (DAY, "24 hours"), min(limits, default=(0, "")))


def in_30_days(db: sqlite3.Connection, _plan: DialPlan, asked: RuledCall, at: int) -> RuleAnswer:
    """Check the calls of all campaigns to a number in the last 30 days, where a law limits them."""
    return _in_period(db, asked, at, (MONTH, "30 days"), dial_hours.calls_in_30_days(asked.places.jurisdictions))


def _in_period(
    db: sqlite3.Connection, asked: RuledCall, at: int, period: tuple[int, str], limit: tuple[int, str]
) -> RuleAnswer:
    """Check the calls to a number in a period, with its length and name, against a limit and its name; 0 for none."""
    (length, called), (most, name) = period, limit
    if not most:
        return RuleAnswer(f"calls in {called}")
    dialled = number_text.to_dialled_digits(asked.number)
    found = rows(db, TO_NUMBER, tail=dialled[-phone_numbers.TAIL :], since=at - length, call=asked.call)
    times = [
        row["arrived"] for row in found if phone_numbers.same(number_text.to_dialled_digits(row["number"]), dialled)
    ]
    if len(times) < most:
        return RuleAnswer(f"calls in {called}")
    why = f"{asked.number} was called {len(times)} times in {called}; allowed: {most} ({name})"
    return RuleAnswer(f"calls in {called}", why, times[most - 1] + length, f"{most} calls in {called} ({name})")


def in_day(db: sqlite3.Connection, plan: DialPlan, asked: RuledCall, at: int) -> RuleAnswer:
    """Check the calls to a lead since midnight in its first time zone. `call` is one that does not count."""
    lead = asked.lead
    if not plan.most_of_day or not lead:
        return RuleAnswer("calls in a day")
    here = datetime.fromtimestamp(at / 1_000_000, UTC).astimezone(
        ZoneInfo(asked.places.time_zones.split("|")[0] or plan.zone)
    )
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    [found] = rows(db, TO_LEAD, lead=lead, since=int(midnight.timestamp()) * 1_000_000, call=asked.call)
    times = found["times"]
    if times < plan.most_of_day:
        return RuleAnswer("calls in a day")
    why = f"lead {lead} was called {times} times today; allowed: {plan.most_of_day} (daily_call_count_limit)"
    until = int((midnight + timedelta(days=1)).timestamp()) * 1_000_000
    return RuleAnswer("calls in a day", why, until, f"{plan.most_of_day} calls in a day (daily_call_count_limit)")


def look_back(plan: DialPlan, jurisdictions: Iterable[str]) -> int:
    """Return the longest time after a call in which it may forbid one to leads there, in microseconds."""
    by_law = MONTH if any(dial_hours.calls_in_30_days(one)[0] for one in jurisdictions) else 0
    return max(DAY, by_law, plan.lockout, plan.contacted * DAY, longest_wait(plan))


def limits(plan: DialPlan) -> dict[str, str]:
    """Return, by option, the `limit` of the answers that its present value gives."""
    return {
        "call_limit_24hour": f"{plan.most_of_24_hours} calls in 24 hours (call_limit_24hour)",
        "daily_call_count_limit": f"{plan.most_of_day} calls in a day (daily_call_count_limit)",
        "contacted_days": f"{plan.contacted} days after a final code (contacted_days)",
        "drop_lockout_time": f"{plan.lockout // (DAY // 24)} hours after a drop (drop_lockout_time)",
    }
