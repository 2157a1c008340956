"""What Prometheus reads at /metrics: what lives now, counted when it asks, and how long things have taken."""

from collections import Counter as Count
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from ari_app.calls.rtp_watchdog import RtpWatchdog
from ari_app.process import logs
from ari_app.switchboard.switchboard import Switchboard
from warmline.core.model.events import Remedy
from warmline.core.model.receipt import Receipt
from warmline.store.journal.journal_writer import JournalWriter

disable_created_metrics()  # type: ignore[no-untyped-call]  # theirs; else each that counts has a second series

COMMAND_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 20, 60)  # seconds
ARI_BUCKETS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 6)


class Metrics:
    """Counts what ends; `page` adds what lives."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        text = "Commands that have ended."
        self._commands = Counter("warmline_commands", text, ("kind", "outcome"), registry=self._registry)
        text = "From a command's request to its end; for a dial that is the answer."
        self._command = self._histogram("warmline_command_seconds", text, COMMAND_BUCKETS, "kind")
        text = "Requests to our API that were refused because that asker had sent too many."
        self._too_often = Counter("warmline_api_too_often", text, ("door",), registry=self._registry)
        text = "From a request to Asterisk to its answer, the wait for a slot included."
        self._ari = self._histogram("warmline_ari_request_seconds", text, ARI_BUCKETS, "answer")
        text = "From the request for an event to its arrival, every few seconds: the way that all events come."
        self._lag = self._histogram("warmline_ari_event_seconds", text, ARI_BUCKETS)

    def _histogram(self, name: str, text: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        return Histogram(name, text, labels, buckets=buckets, registry=self._registry)

    def command_ended(self, receipt: Receipt) -> None:
        """Count a command that has ended."""
        self._commands.labels(receipt.kind, receipt.outcome).inc()
        self._command.labels(receipt.kind).observe(((receipt.ended or receipt.requested) - receipt.requested) / 1e6)

    def asked_too_often(self, door: str) -> None:
        """Count a request to our API, `agent` or `json`, that was one too many."""
        self._too_often.labels(door).inc()

    def ari_answered(self, status: int, seconds: float) -> None:
        """Count a request to Asterisk; `status` is 0 where no answer came."""
        self._ari.labels(f"{status // 100}xx" if status else "none").observe(seconds)

    def event_came(self, seconds: float) -> None:
        """Count an event that was asked for that long ago."""
        self._lag.observe(seconds)

    def page(self, board: Switchboard, journal: JournalWriter, phones: RtpWatchdog) -> bytes:
        """All of it as Prometheus' text."""
        return generate_latest(self._registry) + generate_latest(_Now(board, journal, phones))


class _Now:
    """What lives now: all that prometheus_client wants of a registry."""

    def __init__(self, board: Switchboard, journal: JournalWriter, phones: RtpWatchdog) -> None:
        self._board = board
        self._journal = journal
        self._phones = phones

    def collect(self) -> Iterator[Metric]:
        world = self._board.world
        yield _gauge("calls", "Live calls by state.", "state", Count(str(call.state) for call in world.calls.values()))
        agents = Count(str(session.state) for session in world.sessions.values())
        yield _gauge("agents", "Agents who are logged in, by state.", "state", agents)
        waiting = Count(wait.ingroup for wait in world.waits.values())
        yield _gauge("waiting", "Callers who wait, by in-group.", "ingroup", waiting)
        yield _one("legs", "Phones on the line.", len(world.legs))
        yield _one("max_legs", "How many there may be; 0 is no limit.", world.rules.max_legs)
        full = "Callers and dials that were refused because there were so many."
        yield CounterMetricFamily("warmline_refused_full", full, value=self._board.refused_full)
        yield _one("silent_phones", "Phones that sent nothing between the last two looks.", len(self._phones.silent))
        away = sum(1 for session in world.sessions.values() if session.phone_loss.away_since)
        yield _one("phones_away", "Agents who are logged in and whose phone Asterisk cannot reach.", away)
        written = sum(file.ended is None for file in world.recordings.values())
        yield _one("recordings", "Files that are being written.", written)
        yield _one("receipts", "Commands that go on.", len(world.receipts))
        yield _one("webhooks", "Webhooks that are to be sent.", len(world.webhooks))
        yield _one("journal_backlog", "Entries that are not on disk yet.", self._journal.backlog)
        yield _one("inputs", "Events and commands that are to be handled.", self._board.backlog)
        yield _one("connected", "1 when events come from Asterisk and its picture is known.", self._board.connected)
        lost = "Log lines that were dropped because nobody read the log fast enough."
        yield CounterMetricFamily("warmline_log_lines_dropped", lost, value=logs.dropped())
        failed = CounterMetricFamily("warmline_failed_turns", "Turns that failed of a bug.", labels=("remedy",))
        for remedy in Remedy:
            failed.add_metric((remedy.value,), self._board.failed_turns[remedy])
        yield failed
        late = "Commits that took longer than people's connections wait for."
        yield CounterMetricFamily("warmline_late_commits", late, value=self._board.late_commits)


def _one(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"warmline_{name}", meaning, value=value)


def _gauge(name: str, meaning: str, label: str, counted: "Count[str]") -> Metric:
    made = GaugeMetricFamily(f"warmline_{name}", meaning, labels=(label,))
    for key, count in sorted(counted.items()):
        made.add_metric((key,), count)
    return made
