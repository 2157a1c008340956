"""The metrics at /metrics: counts and durations of ended work, and gauges that are read once a second at most."""

import time
from collections import Counter as Count
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from ari_app.background import dialler_metrics
from ari_app.background.dialler_metrics import DiallerMetrics
from ari_app.background.metric_table import METRICS, PREFIX
from ari_app.calls.work_queue import WorkQueue
from ari_app.process import logs
from ari_app.servers.rtp_watchdog import RtpWatchdog
from ari_app.switchboard.switchboard import Switchboard
from warmline.core.messages.events import Remedy
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.core.model.call import Call
from warmline.core.model.receipt import Receipt
from warmline.store.journal.journal_writer import JournalWriter

Labels = TypeVar("Labels", bound=tuple[str, ...])
KEPT = 1.0  # seconds for which a page is given again; to build one takes 4 ms of the calls' event loop

disable_created_metrics()  # type: ignore[no-untyped-call]  # untyped there; prevents a second series per counter


class Metrics:
    """Counts commands and requests that ended; `page` adds the current gauges. `servers` are the names of all."""

    def __init__(self, servers: Sequence[str] = (MAIN_SERVER,)) -> None:
        self._several = len(servers) > 1
        self._registry = CollectorRegistry()
        self._commands = self._counter("commands")
        self._command = self._histogram("command_seconds")
        self._ari = self._histogram("ari_request_seconds")
        self._answers: dict[tuple[int, str], Histogram] = {}  # by hundreds of the status and server
        self._lag = self._histogram("ari_event_seconds")
        self._failed_scripts = self._counter("failed_scripts")
        self._dialler = DiallerMetrics(self._counter, self._histogram)
        self._page = b""
        self._built = float("-inf")

    def _counter(self, name: str) -> Counter:
        row = METRICS[name]
        labels = row.labels_of(several=self._several)
        return Counter(PREFIX + name, row.meaning, labels, registry=self._registry)

    def _histogram(self, name: str) -> Histogram:
        row = METRICS[name]
        labels = row.labels_of(several=self._several)
        return Histogram(PREFIX + name, row.meaning, labels, buckets=row.buckets, registry=self._registry)

    def command_ended(self, receipt: Receipt) -> None:
        """Count a command that has ended."""
        self._commands.labels(receipt.kind, receipt.outcome).inc()
        self._command.labels(receipt.kind).observe(((receipt.ended or receipt.requested) - receipt.requested) / 1e6)

    def lead_call_ended(self, call: Call) -> None:
        """Count an automatic call that has ended."""
        self._dialler.ended(call)

    def ari_answered(self, status: int, seconds: float, server: str = MAIN_SERVER) -> None:
        """Count a request to Asterisk; `status` is 0 if no answer came."""
        key = status // 100, server
        if (answers := self._answers.get(key)) is None:
            answer = f"{status // 100}xx" if status else "none"
            answers = self._answers[key] = self._ari.labels(*((answer, server) if self._several else (answer,)))
        answers.observe(seconds)

    def event_came(self, seconds: float, server: str = MAIN_SERVER) -> None:
        """Record how long a heartbeat event of a server took to arrive."""
        (self._lag.labels(server) if self._several else self._lag).observe(seconds)

    def script_failed(self) -> None:
        """Count an AGI script that has failed."""
        self._failed_scripts.inc()

    def page(
        self, board: Switchboard, journal: JournalWriter, phones: Mapping[str, RtpWatchdog], work: WorkQueue
    ) -> bytes:
        """Return all metrics in Prometheus' text format, at most KEPT seconds old; `phones` by server."""
        if time.monotonic() - self._built >= KEPT:
            self._dialler.follow(board.world)
            self._page = generate_latest(self._registry) + generate_latest(
                _Now(board, journal, phones, work, self._several)
            )
            self._built = time.monotonic()
        return self._page


class _Now:
    """The current gauges, as a collector for prometheus_client."""

    def __init__(
        self,
        board: Switchboard,
        journal: JournalWriter,
        phones: Mapping[str, RtpWatchdog],
        work: WorkQueue,
        several: bool,
    ) -> None:
        self._several = several
        self._work = work
        self._board = board
        self._journal = journal
        self._phones = phones

    def collect(self) -> Iterator[Metric]:
        world = self._board.world
        yield from self._of_servers() if self._several else self._of_one()
        yield _gauges("agents", Count(str(session.state) for session in world.sessions.values()))
        yield _gauges("waiting", Count(wait.ingroup for wait in world.waits.values()))
        diallers = world.diallers.values()
        yield _gauges("dialler_running", Count({one.id: int(one.running) for one in diallers}))
        yield _gauges(
            "dialler_in_flight", Count({one.id: world.lead_calls.count_without_agent(one.id) for one in diallers})
        )
        for name, samples in dialler_metrics.gauges(self._board):
            yield _labelled(name, samples)
        yield _gauge("max_legs", world.rules.max_legs)
        yield _counter("refused_full", self._board.refused_full)
        yield _gauge("phones_away", sum(1 for session in world.sessions.values() if session.phone_loss.away_since))
        yield _gauge("recordings", sum(file.ended is None for file in world.recordings.values()))
        yield _gauge("receipts", len(world.receipts))
        yield _gauge("webhooks", len(world.webhooks))
        yield _gauge("open_work", len(self._work))
        yield _gauge("workers_connected", self._work.is_taken)
        yield _gauge("time_seconds", self._board.machine_time / 1e6)
        yield _gauge("journal_backlog", self._journal.backlog)
        late, (entries, size) = self._journal.pending_since, self._journal.spilled
        yield _gauge("database_late_seconds", time.monotonic() - late if late is not None else 0)
        yield _gauge("spill_entries", entries)
        yield _gauge("spill_bytes", size)
        yield _gauge("storage_failed", self._board.storage.stores_nothing)
        yield _counter("unrecorded_commands", self._board.unrecorded)
        yield _gauge("inputs", self._board.backlog)
        yield _counter("log_lines_dropped", logs.dropped())
        yield _counters("failed_turns", {remedy.value: self._board.failed_turns[remedy] for remedy in Remedy})
        yield _counter("late_commits", self._board.late_commits)

    def _of_one(self) -> Iterator[Metric]:
        world = self._board.world
        yield _gauges("calls", Count(str(call.state) for call in world.calls.values()))
        yield _gauge("legs", len(world.legs))
        yield _gauge("silent_phones", sum(len(one.silent) for one in self._phones.values()))
        yield _gauge("connected", self._board.connected)

    def _of_servers(self) -> Iterator[Metric]:
        """Yield the same figures for each of several servers."""
        world, known = self._board.world, self._board.servers
        legs = Count(leg.server for leg in world.legs.values())
        yield _labelled("calls", Count((str(call.state), call.server) for call in world.calls.values()), several=True)
        yield _labelled("legs", {(name,): legs[name] for name in known}, several=True)
        silent = {(name,): len(one.silent) for name, one in self._phones.items()}
        yield _labelled("silent_phones", silent, several=True)
        yield _labelled("connected", {(name,): one.connected for name, one in known.items()}, several=True)
        drains = {(one.id,): one.draining for one in world.servers.values()}
        yield _labelled("draining", drains, several=True)


def _gauge(name: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, METRICS[name].meaning, value=value)


def _counter(name: str, value: float) -> Metric:
    return CounterMetricFamily(PREFIX + name, METRICS[name].meaning, value=value)


def _counters(name: str, counted: Mapping[str, int]) -> Metric:
    row = METRICS[name]
    made = CounterMetricFamily(PREFIX + name, row.meaning, labels=row.labels)
    for key, count in counted.items():
        made.add_metric((key,), count)
    return made


def _gauges(name: str, counted: "Count[str]") -> Metric:
    row = METRICS[name]
    made = GaugeMetricFamily(PREFIX + name, row.meaning, labels=row.labels)
    for key, count in sorted(counted.items()):
        made.add_metric((key,), count)
    return made


def _labelled(name: str, samples: Mapping[Labels, float], *, several: bool = False) -> Metric:
    row = METRICS[name]
    made = GaugeMetricFamily(PREFIX + name, row.meaning, labels=row.labels_of(several=several))
    for labels, value in sorted(samples.items()):
        made.add_metric(labels, value)
    return made
