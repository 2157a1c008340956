"""The last look at a lead, between the commit of its call and the request to dial it."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from warmline.core.messages.dialler_messages import DialRefused, OriginateToDialplan
from warmline.core.model.call import Call
from warmline.core.rules import reasons
from warmline.core.world.world import World
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.database.reading import reading
from warmline.store.dialling import last_lead_check
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.dialling.last_lead_check import LookedAt
from warmline.system import dial_stop_file

THREADS = 2

log = logging.getLogger("warmline.dialler")


class LastLook:
    """Looks at the emergency stop, and asks the rules about the lead again, by the machine's clock.

    `machine_time` returns what that shows, in microseconds UTC.
    """

    def __init__(self, db: str, run: str, world: Callable[[], World], machine_time: Callable[[], int]) -> None:
        self._db, self._run, self._world, self._machine_time = db, run, world, machine_time
        self._threads = ThreadPoolExecutor(THREADS, "last look")
        self._of_thread = threading.local()

    async def refusal(self, dial: OriginateToDialplan) -> DialRefused | None:
        """Return why the lead must not be dialled, or None."""
        call = self._world().calls.get(dial.call)
        if call is None:
            return DialRefused(dial.leg, reasons.CALL_OVER.text())
        if 0 < call.attempt.open_until <= self._machine_time():
            return DialRefused(dial.leg, reasons.OUTSIDE_HOURS.text(number=call.number, why="its legal hours are over"))
        found = await asyncio.get_running_loop().run_in_executor(self._threads, self._by_rules, dial, call)
        if found is None and dial_stop_file.is_set(self._run):  # last of all, so that nothing is dialled after the stop
            return DialRefused(dial.leg, dial_stop_file.WHY)
        return found

    def _by_rules(self, dial: OriginateToDialplan, call: Call) -> DialRefused | None:
        try:
            if not hasattr(self._of_thread, "plans"):
                self._of_thread.plans = DialPlans()
            callback = call.outcome.callback.id if call.outcome.callback else ""
            asked = LookedAt(
                call.outcome.campaign,
                call.lead,
                call.number,
                call.id,
                call.attempt.passes,
                callback,
                source=call.attempt.source,
            )
            with reading(self._db) as open_one:
                found = last_lead_check.refusal(open_one, self._of_thread.plans, asked, self._machine_time())
        except (StoreError, NotFound) as error:
            log.error("a lead is not dialled, because the do-not-call list cannot be read: %s", error)
            return DialRefused(dial.leg, reasons.DO_NOT_CALL_UNREADABLE.text())
        return DialRefused(dial.leg, *found) if found else None

    def close(self) -> None:
        """Cancel looks that have not begun, and accept no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)
