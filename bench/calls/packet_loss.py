"""Measures whether a leave costs the two who stay a packet, compared with an undisturbed bridge at the same times.

A packet is lost if Asterisk sent it and it did not arrive, or if it arrived without the other's tone. A bridge of three
is mixed, and a mixer sometimes drops a packet that arrives just too late, with or without a leave. Therefore only the
time of the leave counts; losses in the second before and after it are shown beside it.
"""

import time
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from bench.tools import bare_room
from bench.tools.bench_dialplan import ROOM
from bench.tools.bench_lab import BenchLab, stage
from bench.tools.bench_progress import Step
from bench.tools.handoff import HandoffSide
from bench.tools.result import BenchResult, Figures, ResultRow
from sip_parties import Hearing, SipCall, tones
from sip_parties.hearing import sequence_gaps

COUNT = 100
RECORDED_SHARE = 4  # for every four leaves, one more is made while the call is recorded
AROUND = 1.0  # seconds before and after a leave
BEFORE, AFTER = tones.PACKET_SECONDS, 0.1  # seconds before the request and after its answer that belong to the leave
BEYOND = 20.0  # ms
BRIDGE = "bench-control"
RECORDED = """
[campaign.TESTCAMP]
campaign_recording = "ALLCALLS"
leave_3way_start_recording = "ALL_CALLS"
"""


class LostPackets(NamedTuple):
    """Packets that two parties missed of each other: `missing` ones never came, `silent` ones had no tone.

    `spacing` is the largest time without a packet that has the tone, in milliseconds.
    """

    missing: int
    silent: int
    spacing: float


class Both(NamedTuple):
    """The customer and the third party, and the control's two parties at the same time."""

    warmline: LostPackets
    control: LostPackets


class Window(NamedTuple):
    """The losses at one leave, and around it."""

    at: Both
    around: Both


async def measure(count: int, step: Step) -> BenchResult:
    """Leave `count` times. Raises CannotMeasureError."""
    plain = await _leaves(count, "", step)
    recorded = await _leaves(-(-count // RECORDED_SHARE), RECORDED, lambda: None)
    at, around = [window.at for window in plain], [window.around for window in plain]
    rows = [
        _lost("lost at the leave", at, judged=True),
        _apart(around),
        _lost("lost within a second of it", around),
        _lost("lost at the leave, recorded", [window.at for window in recorded]),
        _lost("lost within a second of it, recorded", [window.around for window in recorded]),
    ]
    return BenchResult("loss", "control", rows)


def _lost(what: str, windows: Sequence[Both], judged: bool = False) -> ResultRow:
    """Return the row of lost packets; no window may have more than the control lost in it."""
    ours, control = (_counted(side) for side in zip(*windows, strict=True))
    if not judged:
        return ResultRow(what, "packets", ours, control)
    met = all(w.warmline.missing + w.warmline.silent <= w.control.missing + w.control.silent for w in windows)
    return ResultRow(what, "packets", ours, control, "0 more than the control", met)


def _counted(heard: Sequence[LostPackets]) -> Figures:
    missing, silent = sum(one.missing for one in heard), sum(one.silent for one in heard)
    return {"lost": missing + silent, "missing": missing, "silent": silent, "leaves": len(heard)}


def _apart(windows: Sequence[Both]) -> ResultRow:
    ours, control = ({"largest": max(heard.spacing for heard in side)} for side in zip(*windows, strict=True))
    met = ours["largest"] <= control["largest"] + BEYOND
    return ResultRow("largest spacing within a second", "ms", ours, control, f"control + {BEYOND:g} ms or less", met)


async def _leaves(count: int, changes: str, step: Step) -> list[Window]:
    windows = []
    async with stage(changes) as here, HandoffSide(here) as desk:
        await bare_room.open_bridge(here, BRIDGE)
        control = [await _in_control(here, hz) for hz in (tones.CONTROL_A, tones.CONTROL_B)]
        for _ in range(count):
            windows.append(await _leave(desk, control))
            step()
    return windows


async def _in_control(here: BenchLab, hz: int) -> SipCall:
    someone = await here.parties.customer(here.lab.sip, number=f"1555124{hz}", tone=hz)
    call, leg = await bare_room.come(here, someone, ROOM)
    await here.ari.request("POST", f"bridges/{BRIDGE}/addChannel", channel=leg)
    return call


async def _leave(desk: HandoffSide, control: list[SipCall]) -> Window:
    room = await desk.three_way()
    await room.ear.listen(AROUND)
    asked = time.monotonic()
    await desk.leave()
    told = time.monotonic()
    await room.ear.listen(AROUND, since=asked)
    pairs = ((room.customer, room.third), (control[0], control[1]))
    window = Window(
        Both(*(_between(*pair, asked - BEFORE, told + AFTER) for pair in pairs)),
        Both(*(_between(*pair, asked - AROUND, asked + AROUND) for pair in pairs)),
    )
    await desk.finish(room.customer)
    return window


def _between(one: SipCall, other: SipCall, since: float, until: float) -> LostPackets:
    ear = Hearing({"one": one, "other": other})
    missing = silent = 0
    spacing = 0.0
    for listener, speaker in ((one, other), (other, one)):
        came = listener.audio.between(since, until)
        heard = [packet.time for packet in ear.carrying(listener, speaker, since, until)]
        missing += sequence_gaps(came)
        silent += len(came) - len(heard)
        spacing = max(spacing, *(after - before for before, after in pairwise([since, *heard, until])))
    return LostPackets(missing, silent, spacing * 1000)
