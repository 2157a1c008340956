"""The halts of diallers, for a while.

A dialler halts if its trunk is congested and bears no call (see trunk_congestion.py). It also halts if the app cannot
rely on its clock or its disk, or if pacing fails. Each further drop above its limit halts it, too: then one call for
each agent who is kept for it was too much. A halted dialler runs, and begins no call. The halts of a congested trunk
and of drops grow from 10 s to 5 min.
"""

from warmline.core.agents.drop_counts import to_drop_window
from warmline.core.model.dialler import Dialler, WindowCount
from warmline.core.replace import replace
from warmline.core.rules import reasons
from warmline.core.world.turn import Turn
from warmline.core.world.world import World

MIN_HALT_SECONDS, MAX_HALT_SECONDS = 10, 300  # seconds
SECOND_US = 1_000_000


def follow_drops(turn: Turn) -> None:
    """Halt the running diallers that have dropped one more person while a window was above its limit."""
    for dialler in [one for one, _ in turn.changes if isinstance(one, Dialler)]:
        before, campaign = turn.get_previous(dialler), turn.world.rules.campaigns.get(dialler.id)
        if before is None or campaign is None or not (before.above and dialler.above and dialler.running):
            continue
        limited = dialler.drops.get_limited_windows(to_drop_window(campaign.drop_window))
        was = {(one.kind, one.begins): one.dropped for one in before.drops.windows}
        worse = [one for one in limited if one.dropped > was.get((one.kind, one.begins), one.dropped)]
        if worse:
            one, limit = max(worse, key=WindowCount.compute_drop_rate), campaign.adaptive_dropped_percentage
            why = reasons.DROP_LIMIT_REACHED.text(dropped=one.dropped, answered=one.answered, limit=limit)
            halt_longer(turn, turn.world.diallers[dialler.id], why)


def explain_missing_server(world: World, dialler: Dialler) -> str:
    """Return why a dialler has no server for a call: the state of none is known, or none of several takes calls."""
    why = reasons.NO_SERVER if world.servers else reasons.DIALLER_WAITS
    return dialler.halted or why.text()


def halt_diallers(turn: Turn, reason: str, campaign: str = "") -> None:
    """Halt the running dialler of a campaign, or every one, because the app asked for it."""
    for dialler in turn.iterate(turn.world.diallers):
        if campaign not in ("", dialler.id):
            continue
        if dialler.running and (dialler.halted != reason or dialler.begins_at <= turn.now):
            _halt(turn, dialler, reason, MIN_HALT_SECONDS)


def halt_longer(turn: Turn, dialler: Dialler, why: str) -> None:
    """Halt a dialler; twice as long as the last time, if that was not long ago."""
    soon = turn.now < dialler.begins_at + MAX_HALT_SECONDS * SECOND_US
    _halt(turn, dialler, why, min(MAX_HALT_SECONDS, 2 * dialler.halt) if dialler.halt and soon else MIN_HALT_SECONDS)


def _halt(turn: Turn, dialler: Dialler, why: str, seconds: int) -> None:
    until = max(dialler.begins_at, turn.now + seconds * SECOND_US)
    turn.put(replace(dialler, begins_at=until, halted=why, halt=seconds))
    turn.note(f"the dialler of campaign {dialler.id} halts for {seconds} s: {why}")
