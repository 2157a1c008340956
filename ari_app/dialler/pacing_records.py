"""Reads and keeps what the pacers have learnt, in a thread of its own: no turn waits for the disk."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from warmline.core.pacing.dial_method import PacingRules
from warmline.core.pacing.pacer import Pacer
from warmline.store.database.database import StoreError
from warmline.store.dialling import learnt_pacing
from warmline.store.dialling.learnt_pacing import LearntPacing

WEEK = 7 * 24 * 3600 * 1_000_000  # microseconds after which a record counts half

log = logging.getLogger("warmline.dialler")


class PacingRecords:
    """The table `pacing`. An error is logged; without a record the pacer learns from the beginning."""

    def __init__(self, db: str) -> None:
        self._db = db
        self._thread = ThreadPoolExecutor(1, "pacing")

    async def pacer(self, campaign: str, rules: PacingRules, now: int) -> Pacer:
        """Return a pacer that knows what was learnt of the campaign; `now` in microseconds UTC."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._restored, campaign, rules, now)

    def _restored(self, campaign: str, rules: PacingRules, now: int) -> Pacer:
        pacer = Pacer(rules)
        try:
            if found := learnt_pacing.load(self._db, campaign):
                pacer.restore(found.record, 0.5 if now - found.at > WEEK else 1.0)
        except (StoreError, ValueError) as error:
            log.error("the dialler of campaign %s learns from the beginning: %s", campaign, error)
        return pacer

    def keep(self, campaign: str, pacer: Pacer, now: int) -> None:
        """Begin to keep what a pacer has learnt."""
        self._thread.submit(self._keep, campaign, pacer.as_record(), now)

    def _keep(self, campaign: str, record: dict[str, Any], now: int) -> None:
        try:
            learnt_pacing.keep(self._db, campaign, LearntPacing(now, record))
        except StoreError as error:
            log.error("the learnt figures of campaign %s cannot be kept: %s", campaign, error)

    async def close(self) -> None:
        """Wait until everything is kept."""
        await asyncio.to_thread(self._thread.shutdown)
