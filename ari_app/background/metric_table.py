"""The table of all metrics at /metrics: kind, sentence and labels. It makes docs/reference/generated/metrics.md."""

from enum import StrEnum
from typing import NamedTuple

PREFIX = "warmline_"
COMMAND_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 20, 60)  # seconds
RING_BUCKETS = (1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 45, 60)  # seconds
ARI_BUCKETS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 6)


class MetricKind(StrEnum):
    """The kinds of metrics in Prometheus."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


class MetricRow(NamedTuple):
    """A metric; `buckets` are the upper limits of a histogram in seconds.

    `by_server`: with several Asterisk servers it has the label `server`, too. `of_several`: only then it exists.
    """

    kind: MetricKind
    meaning: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    by_server: bool = False
    of_several: bool = False

    def labels_of(self, *, several: bool) -> tuple[str, ...]:
        """Return the labels, with several servers or a single one."""
        return (*self.labels, "server") if several and self.by_server else self.labels

    def series(self, name: str) -> str:
        """Return the metric's name in Prometheus."""
        return f"{PREFIX}{name}{'_total' * (self.kind is MetricKind.COUNTER)}"


COUNTER, GAUGE, HISTOGRAM = MetricKind

METRICS: dict[str, MetricRow] = {
    "calls": MetricRow(GAUGE, "Live calls by state.", ("state",), by_server=True),
    "legs": MetricRow(GAUGE, "Phones on the line.", by_server=True),
    "max_legs": MetricRow(GAUGE, "The maximum number of phones on the line; 0 for no limit."),
    "refused_full": MetricRow(COUNTER, "Callers and dials that were refused at the limit of phones."),
    "silent_phones": MetricRow(
        GAUGE, "Phones that sent no packet between the last two checks, a minute apart.", by_server=True
    ),
    "phones_away": MetricRow(GAUGE, "Logged-in agents whose phone Asterisk cannot reach."),
    "agents": MetricRow(GAUGE, "Logged-in agents by state.", ("state",)),
    "waiting": MetricRow(GAUGE, "Waiting callers by in-group.", ("ingroup",)),
    "dialler_running": MetricRow(GAUGE, "1 if the dialler of a campaign runs, 0 after a stop.", ("campaign",)),
    "dialler_in_flight": MetricRow(GAUGE, "Automatic calls without an agent yet, by campaign.", ("campaign",)),
    "dialler_attempts": MetricRow(COUNTER, "Automatic calls that have ended, by outcome.", ("campaign", "outcome")),
    "dialler_answered": MetricRow(COUNTER, "Automatic calls that a person or a machine answered.", ("campaign",)),
    "dialler_dropped": MetricRow(
        COUNTER, "Automatic calls that were answered, and heard no agent in time.", ("campaign",)
    ),
    "dialler_ring_seconds": MetricRow(
        HISTOGRAM, "Time from the ringing of a lead's phone to the answer.", ("campaign",), RING_BUCKETS
    ),
    "dialler_connect_seconds": MetricRow(
        HISTOGRAM, "Time from the answer of a lead until lead and agent are connected.", ("campaign",), COMMAND_BUCKETS
    ),
    "dialler_drop_ratio": MetricRow(
        GAUGE, "Share of dropped persons in a window of `drop_window`, from 0 to 1.", ("campaign", "window")
    ),
    "dialler_balance": MetricRow(
        GAUGE, "Persons who may still be dropped in a window; negative above the limit.", ("campaign", "window")
    ),
    "dialler_above_limit": MetricRow(
        GAUGE, "1 while a campaign has dropped more persons in a window than its limit.", ("campaign", "window")
    ),
    "dialler_threshold": MetricRow(
        GAUGE, "Drops that the pacing risks for one more answer, while the dialler runs.", ("campaign",)
    ),
    "dialler_free_soon": MetricRow(
        GAUGE, "Agents who are expected to be free in ten seconds, if the dial method predicts it.", ("campaign",)
    ),
    "dialler_hopper": MetricRow(GAUGE, "Leads at hand for a dialler that runs.", ("campaign",)),
    "dialler_idle": MetricRow(
        GAUGE, "1 while a dialler has begun no call for 30 s although agents are READY.", ("campaign",)
    ),
    "dialler_halted": MetricRow(
        GAUGE, "1 while a dialler is halted; `why` is trunk, drops, disk or restart.", ("campaign", "why")
    ),
    "recordings": MetricRow(GAUGE, "Recordings in progress."),
    "receipts": MetricRow(GAUGE, "Commands in progress."),
    "webhooks": MetricRow(GAUGE, "Webhooks that wait to be sent."),
    "event_hook_behind": MetricRow(
        GAUGE, "Rows of the journal that an active event hook has not been told.", ("hook",)
    ),
    "event_hook_waiting_seconds": MetricRow(
        GAUGE, "Time that the oldest of these rows has waited; 0 if none waits.", ("hook",)
    ),
    "open_work": MetricRow(GAUGE, "Webhooks and recordings' files that the worker process has not finished yet."),
    "workers_connected": MetricRow(GAUGE, "1 if the worker process takes work, else 0; calls do not need it."),
    "commands": MetricRow(COUNTER, "Commands that have ended.", ("kind", "outcome")),
    "command_seconds": MetricRow(
        HISTOGRAM,
        "Time from the request of a command to its end; for a dial, to the answer.",
        ("kind",),
        COMMAND_BUCKETS,
    ),
    "figures_age_seconds": MetricRow(
        GAUGE,
        "Age of the figures of the call process, which are at most 1 s older; it grows while that process is away.",
    ),
    "api_log_lines_dropped": MetricRow(COUNTER, "Log lines of the API process that were not written in time."),
    "api_too_often": MetricRow(
        COUNTER,
        "API requests that exceeded `api_rate`; `any` for those above five times `api_rate` from one address.",
        ("door",),
    ),
    "ari_request_seconds": MetricRow(
        HISTOGRAM,
        "Time from a request to Asterisk to its answer, with the wait for a slot.",
        ("answer",),
        ARI_BUCKETS,
        by_server=True,
    ),
    "ari_event_seconds": MetricRow(
        HISTOGRAM,
        "Time that an event of Asterisk takes to arrive, measured every few seconds with an event of Warmline.",
        (),
        ARI_BUCKETS,
        by_server=True,
    ),
    "inputs": MetricRow(GAUGE, "Waiting events and commands; thousands mean that the machine is overloaded."),
    "time_seconds": MetricRow(GAUGE, "The time by which the app decides, in seconds since 1970; the machine's clock."),
    "journal_backlog": MetricRow(GAUGE, "Journal entries that are not on disk yet."),
    "database_late_seconds": MetricRow(
        GAUGE, "Time that the oldest entry has waited for the database; 0 if none waits."
    ),
    "spill_entries": MetricRow(GAUGE, "Journal entries in the spill file that the database does not have."),
    "spill_bytes": MetricRow(GAUGE, "Bytes that entries take in the spill file; at most 67108864."),
    "storage_failed": MetricRow(
        GAUGE, "1 if neither database nor spill file can be written, so that no success is confirmed, else 0."
    ),
    "unrecorded_commands": MetricRow(COUNTER, "Commands that were answered `unrecorded` after 5 s."),
    "log_lines_dropped": MetricRow(COUNTER, "Log lines that were dropped, because the log was read too slowly."),
    "late_commits": MetricRow(COUNTER, "Commits that took more than 200 ms; calls were connected without them."),
    "failed_turns": MetricRow(COUNTER, "Inputs that a bug prevented from being handled.", ("remedy",)),
    "failed_scripts": MetricRow(COUNTER, "AGI and ARI scripts that failed; the log has each traceback."),
    "connected": MetricRow(
        GAUGE, "1 if Asterisk sends events and the app knows all of its calls, else 0.", by_server=True
    ),
    "draining": MetricRow(GAUGE, "1 while a server gets no new call, else 0.", by_server=True, of_several=True),
}
