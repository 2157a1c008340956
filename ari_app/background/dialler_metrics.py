"""The metrics of automatic calls: the ends of calls, and the gauges of each campaign's dialler."""

import time
from collections.abc import Callable, Iterator

from prometheus_client import Counter, Histogram

from ari_app.live.shown_world import shown
from ari_app.switchboard.switchboard import Switchboard
from warmline.core.calls.lead import lead_outcome
from warmline.core.dialler import dialler_view
from warmline.core.model.call import Call
from warmline.core.model.dialler import DROP_THOUSANDTHS, Dialler
from warmline.core.rules import reasons
from warmline.core.world.world import World

SECOND = 1_000_000
OUTCOMES = {"NA": "no_answer", "AB": "busy", "ADC": "no_number", "ADCT": "congested", "ERI": "fault"}
OTHERS = ("answered", "dropped", "refused", "other")
ALL_OUTCOMES = (*OUTCOMES.values(), *OTHERS)
HALTS = {
    "trunk": reasons.TRUNK_CONGESTED,
    "drops": reasons.DROP_LIMIT_REACHED,
    "disk": reasons.COMMITS_LATE,
}
OTHER_HALT = "restart"
GAUGES = ("drop_ratio", "balance", "threshold", "hopper", "free_soon", "halted", "above_limit", "idle")

Samples = dict[tuple[str, ...], float]
"""The values of a gauge by the values of its labels."""


class DiallerMetrics:
    """Counts the automatic calls that end, by campaign; `counter` and `histogram` make those of the table."""

    def __init__(self, counter: Callable[[str], Counter], histogram: Callable[[str], Histogram]) -> None:
        self._attempts = counter("dialler_attempts")
        self._answered, self._dropped = counter("dialler_answered"), counter("dialler_dropped")
        self._ring, self._connect = histogram("dialler_ring_seconds"), histogram("dialler_connect_seconds")
        self._campaigns = set[str]()

    def follow(self, world: World) -> None:
        """Have the figures of each campaign that dials, from 0 on, and none of a campaign that was deleted."""
        dialling = {name for name in dialler_view.list_campaigns(world) if name in world.rules.campaigns}
        for campaign in dialling - self._campaigns:
            self._begin(campaign)
        for campaign in self._campaigns - dialling:
            for outcome in ALL_OUTCOMES:
                self._attempts.remove(campaign, outcome)
            for metric in self._of_campaign():
                metric.remove(campaign)
        self._campaigns = dialling

    def _begin(self, campaign: str) -> None:
        for outcome in ALL_OUTCOMES:
            self._attempts.labels(campaign, outcome)
        for metric in self._of_campaign():
            metric.labels(campaign)
        self._campaigns.add(campaign)

    def _of_campaign(self) -> tuple[Counter | Histogram, ...]:
        return self._answered, self._dropped, self._ring, self._connect

    def ended(self, call: Call) -> None:
        """Count an automatic call that has ended."""
        attempt, campaign = call.attempt, call.outcome.campaign
        if campaign not in self._campaigns:
            self._begin(campaign)
        self._attempts.labels(campaign, outcome_of(call)).inc()
        self._dropped.labels(campaign).inc(attempt.dropped is not None)
        if attempt.answered is None:
            return
        self._answered.labels(campaign).inc()
        if attempt.ringing is not None:
            self._ring.labels(campaign).observe(max(0, attempt.answered - attempt.ringing) / SECOND)
        if attempt.agent and call.outcome.connected is not None:
            self._connect.labels(campaign).observe(max(0, call.outcome.connected - attempt.answered) / SECOND)


def outcome_of(call: Call) -> str:
    """Return the outcome of an automatic call that has ended: one of ALL_OUTCOMES."""
    if call.outcome.ended_by == lead_outcome.ENDED_BY_REFUSAL:
        return "refused"
    if call.attempt.dropped is not None:
        return "dropped"
    if call.attempt.answered is not None:
        return "answered"
    return OUTCOMES.get(call.outcome.status, "other")


def gauges(board: Switchboard) -> Iterator[tuple[str, Samples]]:
    """Yield the gauges of the diallers."""
    now = time.time_ns() // 1000
    world = shown(board.world)
    views = dialler_view.list_views(world, dialler_view.list_campaigns(world), now, pulses=board.pulses)
    found: dict[str, Samples] = {name: {} for name in GAUGES}
    for view in views:
        name = view.dialler.id
        for window in view.windows:
            labels = name, window.kind.value
            found["drop_ratio"][labels] = window.compute_drop_rate()
            found["balance"][labels] = window.compute_remaining_drops(view.limit_permille) / DROP_THOUSANDTHS
            found["above_limit"][labels] = view.is_above(window)
        if view.pulse:
            found["threshold"][name,] = view.pulse.threshold / DROP_THOUSANDTHS
            found["hopper"][name,] = view.pulse.leads
            if view.pulse.free_soon is not None:
                found["free_soon"][name,] = view.pulse.free_soon
        if view.dialler.running:
            found["idle"][name,] = bool(view.dialler.idle)
        if view.dialler.running and now < view.dialler.begins_at:
            found["halted"][name, halt_of(view.dialler)] = 1
    return ((f"dialler_{name}", samples) for name, samples in found.items())


def halt_of(dialler: Dialler) -> str:
    """Return the reason of a halt in a word: one of HALTS, or OTHER_HALT."""
    return next((word for word, reason in HALTS.items() if reason.matches(dialler.halted)), OTHER_HALT)
