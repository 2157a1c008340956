"""Decides about one lead: which of its numbers is dialled now, or what keeps it from the hopper until when."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from warmline.core.messages.dialler_messages import DialLead
from warmline.core.messages.values.callback import Callback
from warmline.leads import lead_numbers
from warmline.leads.lead_numbers import FIELDS, LeadNumber
from warmline.store.dialling import dnc_and_attempt_rules, lead_holds
from warmline.store.dialling.caller_ids import CallerIds
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.dnc_and_attempt_rules import RuledCall

SECOND = 1_000_000
SAME_FOR = 5 * SECOND  # a lead whose number is in use is held so long; shorter than a proposal is set aside
LISTED_FOR = 900 * SECOND  # a listed lead, if dial_statuses has the status that it gets
CALLER_ID_FOR = 600 * SECOND  # a chosen lead that has the last free number of the day may not be dialled
RULES_FOR = 24 * 3600 * SECOND  # a change of the options ends this hold, too
CODE_FOR = 24 * 3600 * SECOND  # a final code may be corrected
OTHER_HOURS_FOR = 900 * SECOND


class LeadMark(NamedTuple):
    """A note about a lead that is not dialled now, so that it stands in front of no other lead.

    Its `status` changes, or the limit `by` holds it until a moment (microseconds UTC), or its `next_number` changes;
    with nothing else, its hold ends. `before` are its status and passes: with others, the mark is out of date.
    """

    lead: int
    before: tuple[str, int]
    status: str = ""
    by: str = ""
    until: int = 0
    next_number: str | None = None


class Obstacle(NamedTuple):
    """A reason not to dial a number: a `status` for its lead, or a limit with its end, or neither of them for good."""

    status: str = ""
    by: str = ""
    until: int = 0


@dataclass
class Chooser:
    """Decides about leads at the moment `at` (microseconds UTC). `seen` are the numbers that are in use or chosen."""

    db: sqlite3.Connection
    plan: DialPlan
    at: int
    caller_ids: CallerIds
    by_hand: bool
    seen: set[str] = field(default_factory=set)

    def of_lead(self, row: Mapping[str, Any]) -> DialLead | LeadMark:
        """Decide about a lead, a row with the columns of `lead_order` at least."""
        before = str(row["status"]), int(row["passes"])
        if "wanted" in row.keys() and not row["wanted"]:  # noqa: SIM118 - sqlite3.Row
            return LeadMark(row["lead_id"], before)
        obstacles: list[tuple[str, Obstacle]] = []
        for source, called in self._numbers(row):
            found = self.number(row, called, source)
            if isinstance(found, DialLead):
                return found
            obstacles.append((source, found))
            if found.status:
                break  # a person who has one number on a list is called at no other
        return _mark(self.plan, row, before, obstacles, self.at)

    def _numbers(self, row: Mapping[str, Any]) -> Iterator[tuple[str, LeadNumber]]:
        """Yield the numbers whose turn it is, each with its source; another number comes before the main one."""
        if row["next_number"] and self.plan.alternatives and not self.by_hand:
            whole = row if "alt_phone" in row.keys() else _whole(self.db, row["lead_id"])  # noqa: SIM118 - sqlite3.Row
            if other := dnc_and_attempt_rules.next_other(self.plan, whole):
                yield other
        fresh = not row["passes"] and row["status"] in self.plan.statuses
        again = row["next_try"] is not None and row["next_try"] <= self.at and row["status"] in self.plan.recycle
        if fresh or again:
            yield "list", lead_numbers.main(row)

    def number(
        self, row: Mapping[str, Any], called: LeadNumber, source: str, callback: Callback | None = None
    ) -> DialLead | Obstacle:
        """Decide about a number of a lead, or of a callback without one: then lead_id is 0."""
        plan, at, lead = self.plan, self.at, row["lead_id"]
        hours = plan.hours(called.places, row["list_id"], at)
        if not hours.open:
            if source == "list":
                return Obstacle()  # its place is closed, and the hopper reads no closed place
            until = min(hours.until or at + OTHER_HOURS_FOR, at + OTHER_HOURS_FOR)
            return Obstacle(by=lead_holds.OTHER_HOURS, until=until)
        if not called.whole:
            return Obstacle(by=lead_holds.NO_NUMBER, until=at + RULES_FOR)
        if called.whole in self.seen:
            return Obstacle(by=lead_holds.SAME_NUMBER, until=at + SAME_FOR)
        if found := self.rules(row, called):
            return found
        caller_id = "" if self.by_hand else self.caller_ids.take(called, row["list_id"], row["security_phrase"])
        if not (caller_id or self.by_hand) and (found := self.without_caller_id()):
            return found
        self.seen.add(called.whole)
        return DialLead(
            lead,
            row["list_id"],
            called.whole,
            caller_id,
            zones=called.places.time_zones,
            open_until=hours.until or 0,
            source=source,
            passes=row["passes"],
            due_callback=callback,
        )

    def rules(self, row: Mapping[str, Any], called: LeadNumber) -> Obstacle | None:
        """Return what the rules say against a number of a lead; neither its hours nor other leads are looked at."""
        plan, at, lead = self.plan, self.at, row["lead_id"]
        if not self.by_hand and dnc_and_attempt_rules.in_all(plan, lead, row["called_count"]).why:
            return Obstacle()
        if dnc_and_attempt_rules.listed(self.db, plan, called.whole).why:
            return Obstacle(status=dnc_and_attempt_rules.status_of_listed(self.db, plan, called.whole))
        if found := self.dial_rules(called):
            return found
        asked = RuledCall(lead, called.whole, called.places, by_hand=self.by_hand)
        limited = dnc_and_attempt_rules.against(self.db, plan, asked, at)
        if not limited.why:
            return None
        until = limited.until or at + SAME_FOR
        if limited.rule == dnc_and_attempt_rules.OF_ANOTHER:
            until = min(until, at + CODE_FOR)
        return Obstacle(by=limited.limit, until=until)

    def dial_rules(self, called: LeadNumber) -> Obstacle | None:
        """Return what the options of the campaign say against a number, such as `dial_deny`."""
        if not self.plan.refused(called):
            return None
        return Obstacle(by=lead_holds.of_options(self.plan, lead_holds.DIAL_RULES), until=self.at + RULES_FOR)

    def without_caller_id(self) -> Obstacle | None:
        """Return the obstacle of a number for which no caller id is free."""
        if not self.plan.shown.of_group:  # the core refuses a campaign without any number
            return None
        until = min(self.at + CALLER_ID_FOR, _tomorrow(self.plan, self.at))
        return Obstacle(by=lead_holds.of_options(self.plan, lead_holds.NO_CALLER_ID), until=until)


def _mark(
    plan: DialPlan, row: Mapping[str, Any], before: tuple[str, int], obstacles: Sequence[tuple[str, Obstacle]], at: int
) -> LeadMark:
    """Return the mark of a lead none of whose numbers can be dialled: the earliest end of a hold counts."""
    lead = row["lead_id"]
    if status := next((one.status for _, one in obstacles if one.status), ""):
        if status in plan.statuses or status == before[0]:
            return LeadMark(lead, before, by=lead_holds.LISTED, until=at + LISTED_FOR)
        return LeadMark(lead, before, status=status)
    held = [one for _, one in obstacles if one.by]
    if held:
        first = min(held, key=lambda one: one.until)
        return LeadMark(lead, before, by=first.by, until=first.until)
    if row["next_number"]:  # it is not dialled: the turn is the following one's
        return LeadMark(lead, before, next_number=_following(plan, obstacles))
    return LeadMark(lead, before)


def _following(plan: DialPlan, obstacles: Sequence[tuple[str, Obstacle]]) -> str:
    for source, _ in obstacles:
        if source in FIELDS:
            return next((one for one in FIELDS[FIELDS.index(source) + 1 :] if one in plan.alternatives), "")
    return ""


def _whole(db: sqlite3.Connection, lead: int) -> Mapping[str, Any]:
    found: Mapping[str, Any] = db.execute("SELECT * FROM lead WHERE lead_id = ?", [lead]).fetchone()
    return found


def _tomorrow(plan: DialPlan, at: int) -> int:
    """Return the next midnight in the time zone of the settings."""
    here = datetime.fromtimestamp(at / SECOND, UTC).astimezone(ZoneInfo(plan.zone)) + timedelta(days=1)
    return int(here.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).timestamp()) * SECOND
