"""The halts of diallers, for a while.

A dialler halts if its trunk is congested and bears no call (see trunk_congestion.py). It also halts if the app cannot
rely on its clock or its disk, or if pacing fails. Each further drop above its limit halts it, too: then one call for
each agent who is kept for it was too much. A halted dialler runs, and begins no call. The halts of a congested trunk
and of drops grow from 10 s to 5 min.
"""

from warmline.core.agents.drop_counts import to_drop_window
from warmline.core.model.dialler import Dialler, WindowCount
from warmline.core.moment import SECOND_US
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

MIN_HALT_SECONDS = 10
MAX_HALT_SECONDS = 300


def follow_drops(turn: Turn) -> None:
    """Halt the running diallers that have dropped one more person while a window was above its limit."""
    for dialler in [record for record, _ in turn.changes if isinstance(record, Dialler)]:
        previous_dialler, campaign = turn.get_previous(dialler), turn.world.rules.campaigns.get(dialler.id)
        if (
            previous_dialler is None
            or campaign is None
            or not (previous_dialler.above and dialler.above and dialler.running)
        ):
            continue
        limited_windows = dialler.drops.get_limited_windows(to_drop_window(campaign.drop_window))
        dropped_by_window = {(window.kind, window.begins): window.dropped for window in previous_dialler.drops.windows}
        worse_windows = [
            window
            for window in limited_windows
            if window.dropped > dropped_by_window.get((window.kind, window.begins), window.dropped)
        ]
        if worse_windows:
            worst_window = max(worse_windows, key=WindowCount.compute_drop_rate)
            limit_percent = campaign.adaptive_dropped_percentage
            reason = reasons.DROP_LIMIT_REACHED.text(
                dropped=worst_window.dropped, answered=worst_window.answered, limit=limit_percent
            )
            halt_longer(turn, turn.world.diallers[dialler.id], reason)


def explain_missing_server(world: World, dialler: Dialler) -> str:
    """Return why a dialler has no server for a call: the state of none is known, or none of several takes calls."""
    reason = reasons.NO_SERVER if world.servers else reasons.DIALLER_WAITS
    return dialler.halted or reason.text()


def halt_diallers(turn: Turn, reason: str, campaign_id: str = "") -> None:
    """Halt the running dialler of a campaign, or every one, as the app has requested."""
    for dialler in turn.iterate(turn.world.diallers):
        if campaign_id not in ("", dialler.id):
            continue
        if dialler.running and (dialler.halted != reason or dialler.begins_at <= turn.now):
            _halt(turn, dialler, reason, seconds=MIN_HALT_SECONDS)


def halt_longer(turn: Turn, dialler: Dialler, reason: str) -> None:
    """Halt a dialler; twice as long as the last time, if that was not long ago."""
    is_recent = turn.now < dialler.begins_at + MAX_HALT_SECONDS * SECOND_US
    seconds = min(MAX_HALT_SECONDS, 2 * dialler.halt) if dialler.halt and is_recent else MIN_HALT_SECONDS
    _halt(turn, dialler, reason, seconds=seconds)


def _halt(turn: Turn, dialler: Dialler, reason: str, seconds: int) -> None:
    begins_at_us = max(dialler.begins_at, turn.now + seconds * SECOND_US)
    turn.put(replace(dialler, begins_at=begins_at_us, halted=reason, halt=seconds))
    turn.note(f"the dialler of campaign {dialler.id} halts for {seconds} s: {reason}")
