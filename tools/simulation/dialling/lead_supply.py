"""The leads that a simulated campaign dials: those that the hopper would choose at each moment."""

import sqlite3
from collections import Counter, deque

from warmline.core.messages.dialler_messages import DialLead
from warmline.store.dialling import hopper
from warmline.store.dialling.dial_plan import DialPlan
from warmline.store.dialling.hopper import HopperUse

FRESH = 60_000_000  # microseconds for which chosen leads are kept, as by the dialler
RETRY_AFTER = 5_000_000  # microseconds until leads are chosen again, if there was none
MIN_CHOSEN = 50  # leads that are chosen at once
HOUR = 3_600_000_000  # microseconds


class LeadSupply:
    """Takes leads to dial, each once. `dialled` counts the calls by hour from the beginning, and list.

    The list of a callback without a lead is "". `callbacks` counts the calls that make a callback.
    """

    def __init__(self, db: sqlite3.Connection, plan: DialPlan, begins: int) -> None:
        self._db, self._plan, self._begins = db, plan, begins
        self._at_hand: deque[DialLead] = deque()
        self._chosen_at, self._retry_at = begins, begins
        self._since_chosen = 0
        self._numbers: set[str] = set()
        self._listed: set[int] = set()
        self._held: dict[int, int] = {}  # until when (microseconds UTC)
        self._callbacks: dict[str, int] = {}
        self.taken: set[int] = set()
        self.dialled: Counter[tuple[int, str]] = Counter()
        self.callbacks = 0

    def take(self, now: int, wanted: int) -> int:
        """Take up to `wanted` leads that may be dialled at that moment (microseconds UTC); return how many."""
        if now - self._chosen_at >= FRESH:
            self._at_hand.clear()
        count = 0
        while count < wanted and (self._at_hand or self._choose(now)):
            lead = self._at_hand.popleft()
            if now < lead.open_until or not lead.open_until:
                self._dial(lead, now)
                count += 1
        return count

    def _dial(self, lead: DialLead, now: int) -> None:
        if lead.lead:
            self.taken.add(lead.lead)
        self._numbers.add(lead.number)
        self.callbacks += lead.source == "callback"
        self.dialled[(now - self._begins) // HOUR, lead.list_id] += 1
        self._since_chosen += 1

    def _choose(self, now: int) -> bool:
        """Choose leads; return whether there is one."""
        if now < self._retry_at:
            return False
        wanted = max(MIN_CHOSEN, 2 * self._since_chosen)
        held = {lead for lead, until in self._held.items() if now < until}
        callbacks = {callback for callback, until in self._callbacks.items() if now < until}
        use = HopperUse(self.taken | self._listed | held, self._numbers, callbacks=callbacks)
        found = hopper.fill(self._db, self._plan, now, wanted, use, self._begins)
        self._listed |= found.listed.keys()
        self._held |= found.held
        self._callbacks |= found.callbacks
        self._at_hand.extend(found.leads)
        self._chosen_at, self._since_chosen = now, 0
        if not self._at_hand:
            self._retry_at = now + RETRY_AFTER
        return bool(self._at_hand)
