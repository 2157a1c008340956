"""Queries the database about each number before it is dialled. The core decides when the answer arrives."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from warmline.core.messages.dial_facts_messages import DialFacts, DialFactsFound, FindDialFacts
from warmline.core.messages.events import Event
from warmline.core.rules.reasons import DO_NOT_CALL_UNREADABLE
from warmline.core.world.world import World
from warmline.store.database.database import StoreError
from warmline.store.database.errors import NotFound
from warmline.store.dialling import next_lead
from warmline.store.dialling.dial_plan import DialPlans
from warmline.store.leads import dial_facts

THREADS = 4

log = logging.getLogger("warmline.dialling")


class DialFactsLookup:
    """Looks up dial facts in separate threads, so that no report delays them; `post` receives each answer."""

    def __init__(self, db: str, world: Callable[[], World], post: Callable[[Event], None]) -> None:
        self._db = db
        self._world = world
        self._post = post
        self._threads = ThreadPoolExecutor(THREADS, "dialling")
        self._leads = ThreadPoolExecutor(1, "next lead")  # one, so that it can keep the plans
        self._plans = DialPlans()
        self._asking: set[asyncio.Task[None]] = set()

    def find(self, action: FindDialFacts) -> None:
        """Begin a look-up and return at once."""
        task = asyncio.create_task(self._look(action))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _look(self, action: FindDialFacts) -> None:
        loop = asyncio.get_running_loop()
        try:
            if action.leads:
                used = next_lead.in_use(self._world())
                facts = await loop.run_in_executor(self._leads, next_lead.find, self._db, self._plans, action, used)
            else:
                facts = await loop.run_in_executor(self._threads, dial_facts.find, self._db, action)
        except (StoreError, NotFound) as problem:
            facts = DialFacts(problem=DO_NOT_CALL_UNREADABLE.text())
            log.error("agent %s: %s: %s", action.agent, facts.problem, problem)
        self._post(DialFactsFound(action.check, action.agent, facts))

    def close(self) -> None:
        """Cancel look-ups that have not begun, and accept no more."""
        self._leads.shutdown(wait=False, cancel_futures=True)
        self._threads.shutdown(wait=False, cancel_futures=True)
