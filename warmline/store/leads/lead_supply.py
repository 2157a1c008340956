"""The leads that a simulated campaign dials: those that the hopper would choose at each moment."""

import sqlite3
from collections import Counter, deque

from warmline.core.model.dial_lead import DialLead
from warmline.store.leads import hopper
from warmline.store.leads.dial_plan import DialPlan
from warmline.store.leads.hopper import HopperUse

FRESH = 60_000_000  # microseconds for which chosen leads are kept, as by the dialler
AGAIN = 5_000_000  # microseconds until leads are chosen again, if there was none
FEWEST = 50  # leads that are chosen at once
HOUR = 3_600_000_000


class LeadSupply:
    """Takes each lead once. `dialled` counts them by hour from the beginning, and list."""

    def __init__(self, db: sqlite3.Connection, plan: DialPlan, begins: int) -> None:
        self._db, self._plan, self._begins = db, plan, begins
        self._at_hand: deque[DialLead] = deque()
        self._chosen_at, self._again_at = begins, begins
        self._since_chosen = 0
        self.taken: dict[int, str] = {}  # the number of each lead
        self.dialled: Counter[tuple[int, str]] = Counter()
        self.first: list[DialLead] = []
        self.listed: set[int] = set()
        self.limited: set[int] = set()

    def take(self, now: int, wanted: int) -> int:
        """Take up to `wanted` leads that may be dialled at that moment (microseconds UTC); return how many."""
        if now - self._chosen_at >= FRESH:
            self._at_hand.clear()
        count = 0
        while count < wanted and (self._at_hand or self._choose(now)):
            lead = self._at_hand.popleft()
            if now >= lead.open_until > 0:
                continue
            self._dial(lead, now)
            count += 1
        return count

    def _dial(self, lead: DialLead, now: int) -> None:
        self.taken[lead.lead] = lead.number
        self.dialled[(now - self._begins) // HOUR, lead.list_id] += 1
        self._since_chosen += 1
        if len(self.first) < FEWEST:
            self.first.append(lead)

    def _choose(self, now: int) -> bool:
        """Choose leads; return whether there is one."""
        if now < self._again_at:
            return False
        wanted = max(FEWEST, 2 * self._since_chosen)
        busy = self.taken.keys() | self.listed | self.limited
        use = HopperUse(busy, {*self.taken.values()})
        found = hopper.fill(self._db, self._plan, now, wanted, use, self._begins)
        self.listed |= found.listed.keys()
        self.limited |= found.limited
        self._at_hand.extend(lead for lead in found.leads if lead.lead)  # a callback may have none
        self._chosen_at, self._since_chosen = now, 0
        if not self._at_hand:
            self._again_at = now + AGAIN
        return bool(self._at_hand)
