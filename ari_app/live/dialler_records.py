"""The records of the live diallers: what each does now, and why it begins no call."""

import time
from collections.abc import Iterable, Mapping
from typing import Literal, cast

from warmline.core.dialler import dialler_view
from warmline.core.dialler.dialler_view import DiallerView
from warmline.core.model.dialler import PulseFacts
from warmline.core.rules import reasons
from warmline.core.world.world import World
from warmline.operations.live_records import DiallerNow, DialStopOf, DropWindowNow, Time, iso
from warmline.system import dial_stop_file


def stops(run: str) -> list[DialStopOf]:
    """Return the stops of all automatic dialling that hold, the oldest first. `run` is the run folder."""
    return [DialStopOf(one.by, _maybe(one.at), one.why) for one in dial_stop_file.stops(run)]


def diallers(
    world: World, pulses: Mapping[str, PulseFacts], campaigns: Iterable[str], *, connected: bool, run: str
) -> list[DiallerNow]:
    """Return the diallers of these campaigns.

    `connected`, `world` and `pulses` are those of CallControl. `run` is the run folder, which has the emergency stop.
    """
    stop = dial_stop_file.WHY if dial_stop_file.is_set(run) else ""
    hindrance = stop or ("" if connected else reasons.NOT_CONNECTED.text())
    now = time.time_ns() // 1000
    return [_record(one) for one in dialler_view.list_views(world, [*campaigns], now, hindrance, pulses)]


def _record(view: DiallerView) -> DiallerNow:
    windows = [
        DropWindowNow(
            kind=cast(Literal["PERIOD", "DAY"], window.kind.value),
            begins=iso(window.begins),
            ends=iso(window.ends),
            answered=window.answered,
            dropped=window.dropped,
            by_fault=window.dropped_by_fault,
            limit=view.limit_permille / 10,
            may_drop=view.count_allowed_drops(window),
            above=view.is_above(window),
        )
        for window in view.windows
    ]
    free_soon = view.pulse.free_soon if view.pulse else None
    return DiallerNow(
        campaign=view.dialler.id,
        campaign_name=view.campaign.campaign_name,
        dial_method=view.campaign.dial_method,
        running=view.dialler.running,
        since=_maybe(view.dialler.since),
        by=view.dialler.by,
        why=view.reason,
        until=_maybe(view.reason_until_us),
        halted_until=_maybe(view.halted_until_us),
        ready=view.ready_agents,
        in_flight=view.calls_in_flight,
        waiting=view.waiting_calls,
        leads=view.pulse.leads if view.pulse else None,
        free_soon=None if free_soon is None else round(free_soon, 1),
        idle=view.dialler.running and bool(view.dialler.idle),
        drop_windows=windows,
    )


def _maybe(at: int) -> Time | None:
    return iso(at) if at else None
