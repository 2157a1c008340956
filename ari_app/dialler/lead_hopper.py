"""The leads at hand, by campaign: a thread reads them before they are needed, so that no pulse waits for the disk."""

import asyncio
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import NamedTuple, TypeVar

from warmline.core.messages.dialler_messages import DialLead
from warmline.core.world.world import World
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading
from warmline.store.dialling import hopper, hopper_counts, lead_marks
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.hopper import HopperFill, HopperUse

AT_HAND = 50  # leads of one campaign
FRESH = 60_000_000  # microseconds after which a lead at hand is dropped, to be chosen again
AGAIN = 2_000_000  # microseconds until leads are read again
MOVED = 1_000_000  # microseconds by which the machine's clock must be moved to count
SET_ASIDE = 10_000_000  # microseconds for which a proposed lead is not proposed again

ROUNDS = 5  # fills that follow each other while leads are passed over and none is found
REST = 2.0  # pause after such a fill, as a multiple of its length
COUNTED_FOR = 60_000_000  # microseconds for which the reason for an empty hopper is kept: leads are counted for it

Id = TypeVar("Id", str, int)

log = logging.getLogger("warmline.dialler")


class NoLead(NamedTuple):
    """Why a campaign has no lead to dial, and until when if time alone changes that; ("", 0) if it has one.

    `counted_at` is when its leads were counted. All times are microseconds UTC.
    """

    why: str = ""
    until: int = 0
    counted_at: int = 0


class LeadHopper:
    """Keeps leads of running campaigns at hand. `now` returns the time of a turn, in microseconds UTC.

    `machine_time` returns what the machine's clock shows, which may leap: then all leads are chosen again.

    A crash loses nothing, because the database has no mark of the leads at hand. They are chosen again every few
    seconds, so that a callback whose time has come is first. Leads that cannot be dialled are marked there.
    """

    def __init__(
        self, db: str, world: Callable[[], World], now: Callable[[], int], machine_time: Callable[[], int]
    ) -> None:
        self._db, self._world, self._now, self._machine_time = db, world, now, machine_time
        self._correction = machine_time() - now()
        self._plans = DialPlans()
        self._thread = ThreadPoolExecutor(1, "hopper")
        self._leads: dict[str, deque[tuple[int, DialLead]]] = {}  # with the time at which they were read
        self._proposed: dict[DialLead, int] = {}  # when each lead was proposed
        self._no_lead: dict[str, NoLead] = {}
        # passed over, by campaign, with the moment of the next look by the machine's clock
        self._callbacks: dict[str, dict[str, int]] = {}
        self._entries: dict[str, dict[int, int]] = {}
        self._read_at: dict[str, int] = {}  # when a campaign's leads may be read again
        self._reading: dict[str, asyncio.Task[None]] = {}

    def take(self, campaign: str, count: int) -> list[DialLead]:
        """Return up to `count` leads to propose now, and begin to read more if few are left or they are old."""
        now = self._now()
        self._follow_clock(now)
        at_hand, found = self._leads.setdefault(campaign, deque()), list[DialLead]()
        while at_hand and len(found) < count:
            read, lead = at_hand.popleft()
            if self._may_propose(read, lead):
                found.append(lead)
                self._proposed[lead] = now
        few = len(at_hand) < AT_HAND // 2 and now >= self._read_at.get(campaign, 0)
        old = bool(at_hand) and now - at_hand[0][0] >= AGAIN
        if (few or old) and campaign not in self._reading:
            reading_more = asyncio.create_task(self._read_more(campaign, now))
            self._reading[campaign] = reading_more
            reading_more.add_done_callback(lambda _: self._reading.pop(campaign))
        return found

    def ready(self, campaign: str) -> int:
        """Return how many leads of a campaign may be proposed now."""
        return sum(self._may_propose(read, lead) for read, lead in self._leads.get(campaign, ()))

    def _may_propose(self, read: int, lead: DialLead) -> bool:
        now, calls = self._now(), self._world().lead_calls
        is_open = self._machine_time() < lead.open_until
        return now - read < FRESH and is_open and not calls.has_call(lead.lead, lead.number)

    def _follow_clock(self, now: int) -> None:
        """Forget what was chosen by a clock that has been moved since."""
        correction = self._machine_time() - now
        if abs(correction - self._correction) > MOVED:
            self._correction = correction
            for kept in (self._leads, self._no_lead, self._callbacks, self._entries, self._read_at):
                kept.clear()

    def at_hand(self, campaign: str) -> int:
        """Return how many leads of a campaign are at hand."""
        return len(self._leads.get(campaign, ()))

    def no_lead(self, campaign: str) -> NoLead:
        """Return why a campaign has no lead at hand."""
        return NoLead() if self.at_hand(campaign) else self._no_lead.get(campaign, NoLead())

    def forget(self, campaign: str) -> None:
        """Drop the leads of a campaign that does not run."""
        self._leads.pop(campaign, None)
        self._no_lead.pop(campaign, None)
        self._callbacks.pop(campaign, None)
        self._entries.pop(campaign, None)
        self._read_at.pop(campaign, None)

    async def _read_more(self, campaign: str, now: int) -> None:
        self._read_at[campaign] = now + AGAIN
        self._proposed = {lead: at for lead, at in self._proposed.items() if now - at < SET_ASIDE}
        at = self._machine_time()
        others = [lead for name, leads in self._leads.items() if name != campaign for _, lead in leads]
        chosen, in_calls = [*self._proposed, *others], self._world().calls.values()
        use = HopperUse(  # a lead that was proposed may be called at its next number at once
            {*(lead.lead for lead in others), *(call.lead for call in in_calls)},
            {*(lead.number for lead in chosen), *(call.number for call in in_calls)},
            Counter(lead.caller_id for lead in chosen),
            callbacks=_aside(self._callbacks.get(campaign, {}), at).keys(),
            entries=_aside(self._entries.get(campaign, {}), at).keys(),
        )
        choose = asyncio.get_running_loop().run_in_executor(self._thread, self._choose, campaign, at, use)
        try:
            found, unfinished, self._no_lead[campaign] = await choose
        except (NotFound, StoreError) as error:
            log.error("the leads of campaign %s cannot be read: %s", campaign, error)
            return
        if len(found) == AT_HAND or unfinished:
            self._read_at[campaign] = 0
        proposed = {lead.number for lead in self._proposed}  # others, too, while these were read
        self._leads[campaign] = deque((now, lead) for lead in found if lead.number not in proposed)

    def _choose(self, campaign: str, at: int, use: HopperUse) -> tuple[list[DialLead], bool, NoLead]:
        """Choose leads at the machine's time `at`; return them, whether there may be more, and why there is none."""
        for _ in range(ROUNDS):
            began = time.monotonic()
            with reading(self._db) as db:
                plan = self._plans.of(db, campaign)
                found = hopper.fill(db, plan, at, AT_HAND, use, at, hopper.PASSED_OVER)
            self._note(campaign, found, at)
            if found.leads or not found.unfinished:
                break
            use = replace(use, callbacks={*use.callbacks, *found.callbacks}, entries={*use.entries, *found.entries})
            time.sleep(REST * (time.monotonic() - began))  # this thread shares its processor with the live calls
        if found.leads or found.unfinished:
            return found.leads, found.unfinished, NoLead()
        before = self._no_lead.get(campaign, NoLead())
        if before.why and before.counted_at <= at < before.counted_at + COUNTED_FOR:
            return [], False, before
        with reading(self._db) as db:
            counts = hopper_counts.count(db, plan, at)
        return [], False, NoLead(*hopper_counts.why_none(counts, campaign), at)

    def _note(self, campaign: str, found: HopperFill, at: int) -> None:
        """Note what was passed over, so that the next fill does not meet it again."""
        self._callbacks[campaign] = _aside(self._callbacks.get(campaign, {}), at) | found.callbacks
        self._entries[campaign] = _aside(self._entries.get(campaign, {}), at) | found.entries
        try:
            lead_marks.write(self._db, found.marks.values())
        except StoreError as error:
            log.warning("leads that cannot be dialled are looked at again: %s", error)

    async def settled(self) -> None:
        """Wait until the leads that are being read are at hand."""
        if self._reading:
            await asyncio.wait([*self._reading.values()])

    def close(self) -> None:
        """Cancel reads that have not begun, and accept no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)


def _aside(passed_over: Mapping[Id, int], at: int) -> dict[Id, int]:
    """Return what needs no look at a moment."""
    return {one: until for one, until in passed_over.items() if at < until}
