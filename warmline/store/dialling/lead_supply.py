"""The leads that a simulated campaign dials: those that the hopper would choose at each moment.

Leads whose simulated calls end with a status of `recycle` are dialled again.
"""

import heapq
import sqlite3
from collections import Counter, deque
from dataclasses import replace

from warmline.core.calls.of_lead import lead_outcome
from warmline.core.messages.dialler_messages import DialLead
from warmline.leads import lead_numbers
from warmline.store.dialling import dnc_and_attempt_rules, hopper
from warmline.store.dialling.dial_plan import MINUTE, DialPlan
from warmline.store.dialling.dnc_and_attempt_rules import RuledCall
from warmline.store.dialling.hopper import HopperUse
from warmline.store.leads import leads

FRESH = 60_000_000  # microseconds for which chosen leads are kept, as by the dialler
AGAIN = 5_000_000  # microseconds until leads are chosen again, if there was none
FEWEST = 50  # leads that are chosen at once
HOUR = 3_600_000_000


class LeadSupply:
    """Takes leads to dial. `dialled` counts the calls by hour from the beginning, and list; "" for a lead of no list.

    `again` counts the calls to leads that were called before in this simulation, as `recycle` says, and `callbacks`
    those that make a callback.
    """

    def __init__(self, db: sqlite3.Connection, plan: DialPlan, begins: int) -> None:
        self._db, self._plan, self._begins = db, plan, begins
        self._at_hand: deque[DialLead] = deque()
        self._chosen_at, self._again_at = begins, begins
        self._since_chosen = 0
        self._calls: list[tuple[DialLead, int]] = []  # each call's lead, and when it began
        self._times: Counter[int] = Counter()  # calls to each lead
        self._due: list[tuple[int, int, DialLead]] = []  # a heap of leads that are called again
        self._numbers: set[str] = set()
        self.taken: dict[int, str] = {}  # the number of each lead
        self.dialled: Counter[tuple[int, str]] = Counter()
        self.again = self.callbacks = 0
        self.first: list[DialLead] = []
        self.listed: set[int] = set()
        self.held: dict[int, int] = {}  # until when (microseconds UTC)
        self._callbacks: dict[str, int] = {}

    def take(self, now: int, wanted: int) -> int:
        """Take up to `wanted` leads that may be dialled at that moment (microseconds UTC); return how many."""
        if now - self._chosen_at >= FRESH:
            self._at_hand.clear()
        count = 0
        while count < wanted and (lead := self._next(now)):
            self._dial(lead, now)
            count += 1
        return count

    def ended(self, call: int, _now: int, status: str) -> None:
        """Let a lead be called again, if its call, a number from 1, has ended with a status of `recycle`."""
        lead, began = self._calls[call - 1]
        minutes, times = self._plan.recycle.get(status, (0, 0))
        if not lead.lead or lead.passes + 1 > times:
            return
        due = began + max(minutes * MINUTE, self._plan.lockout if status == lead_outcome.DROPPED else 0)
        heapq.heappush(self._due, (due, call, replace(lead, source="list", passes=lead.passes + 1, due_callback=None)))

    def _next(self, now: int) -> DialLead | None:
        """Return the next lead: a callback, then one that is due again, then any other."""
        while self._at_hand or self._choose(now) or self._is_due(now):
            if self._is_due(now) and not (self._at_hand and self._at_hand[0].source == "callback"):
                _, call, lead = heapq.heappop(self._due)
                if self._may_again(lead, call, now):
                    self.again += 1
                    return lead
                continue
            lead = self._at_hand.popleft()
            if now < lead.open_until or not lead.open_until:
                return lead
        return None

    def _is_due(self, now: int) -> bool:
        return bool(self._due) and self._due[0][0] <= now

    def _may_again(self, lead: DialLead, call: int, now: int) -> bool:
        """Return whether a lead that was called before may be called again; out of its hours it waits for them."""
        row = leads.read(self._db, lead.lead)
        places = lead_numbers.called(row, lead.number, self._plan.country(lead.list_id)).places
        hours = self._plan.hours(places, lead.list_id, now)
        if not hours.open:
            if hours.until:
                heapq.heappush(self._due, (hours.until, call, lead))
            return False
        before = self._times[lead.lead]
        asked = RuledCall(lead.lead, lead.number, places, besides=before)
        full = dnc_and_attempt_rules.in_all(self._plan, lead.lead, row["called_count"] + before).why
        return not (full or dnc_and_attempt_rules.against(self._db, self._plan, asked, now).why)

    def _dial(self, lead: DialLead, now: int) -> None:
        if lead.lead:
            self.taken[lead.lead] = lead.number
        self._numbers.add(lead.number)
        self._calls.append((lead, now))
        self._times[lead.lead] += 1
        self.callbacks += lead.source == "callback"
        self.dialled[(now - self._begins) // HOUR, lead.list_id] += 1
        self._since_chosen += 1
        if len(self.first) < FEWEST:
            self.first.append(lead)

    def _choose(self, now: int) -> bool:
        """Choose leads; return whether there is one."""
        if now < self._again_at:
            return False
        wanted = max(FEWEST, 2 * self._since_chosen)
        held = {lead for lead, until in self.held.items() if now < until}
        callbacks = {one for one, until in self._callbacks.items() if now < until}
        use = HopperUse(self.taken.keys() | self.listed | held, self._numbers, callbacks=callbacks)
        found = hopper.fill(self._db, self._plan, now, wanted, use, self._begins)
        self.listed |= found.listed.keys()
        self.held |= found.held
        self._callbacks |= found.callbacks
        self._at_hand.extend(found.leads)
        self._chosen_at, self._since_chosen = now, 0
        if not self._at_hand:
            self._again_at = now + AGAIN
        return bool(self._at_hand)
