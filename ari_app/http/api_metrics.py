"""The metrics of the API process, beside those of the call process with their age."""

import asyncio
import time

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from ari_app.background.metric_table import METRICS, PREFIX
from ari_app.link.call_control import CallProcessAway
from ari_app.link.remote_calls import RemoteCalls
from ari_app.process import logs
from warmline.store.database.database import StoreError
from warmline.store.event_hooks import hook_states

WITHIN = 2.0  # seconds for the figures of the call process; after that, the last ones are shown


class ApiMetrics:
    """Counts refused requests, and keeps the last figures of the call process. `db` is the database of event hooks."""

    def __init__(self, calls: RemoteCalls, db: str = "") -> None:
        self._calls, self._db = calls, db
        self._registry = CollectorRegistry()
        self._too_often = Counter(*self._row("api_too_often"), ("door",), registry=self._registry)
        self._age = Gauge(*self._row("figures_age_seconds"), registry=self._registry)
        self._behind = Gauge(*self._row("event_hook_behind"), ("hook",), registry=self._registry)
        self._waiting = Gauge(*self._row("event_hook_waiting_seconds"), ("hook",), registry=self._registry)
        self._dropped = Counter(*self._row("api_log_lines_dropped"), registry=self._registry)
        self._figures = b""
        self._read = time.monotonic()

    @staticmethod
    def _row(name: str) -> tuple[str, str]:
        return PREFIX + name, METRICS[name].meaning

    def asked_too_often(self, door: str) -> None:
        """Count an API request over the rate limit; `door` is `agent`, `json` or `any`."""
        self._too_often.labels(door).inc()

    async def page(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        try:
            self._figures = await self._calls.figures(WITHIN)
            self._read = time.monotonic()
        except (CallProcessAway, TimeoutError):
            pass  # the last figures, with their age
        self._age.set(time.monotonic() - self._read)
        await self._follow_hooks()
        self._dropped.reset()
        self._dropped.inc(logs.dropped())
        return self._figures + generate_latest(self._registry)

    async def _follow_hooks(self) -> None:
        """Read how far the event hooks are behind; without the database, the last figures stay."""
        if not self._db:
            return
        try:
            lags = await asyncio.to_thread(hook_states.lags, self._db)
        except StoreError:
            return
        now = time.time_ns() // 1000
        self._behind.clear()
        self._waiting.clear()
        for one in lags:
            self._behind.labels(one.hook).set(one.behind)
            self._waiting.labels(one.hook).set(one.waits(now))
