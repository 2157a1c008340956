"""Whether a leave costs those who stay a single packet: beside a room in which nothing happens, at the same times.

Half of the leaves are made while nothing is recorded, half while the call is and the handoff is recorded after it.
"""

import time
from collections.abc import Sequence
from typing import NamedTuple

from bench import bare
from bench.dialplan import ROOM
from bench.handoff import Desk
from bench.progress import Step
from bench.result import Figures, Result, Row
from bench.stage import Stage, stage
from warmline.lab.parties import Call, Hearing, tones

COUNT = 100
AROUND = 1.0  # seconds before and after a leave
BEYOND = 20.0  # ms
BRIDGE = "bench-control"
RECORDED = """
[campaign.TESTCAMP]
campaign_recording = "ALLCALLS"
leave_3way_start_recording = "ALL_CALLS"
"""


class Heard(NamedTuple):
    """What two people did not get of each other in one window.

    `sequence`: packets that Asterisk sent and that did not come; `tone`: packets that should have carried the other's
    tone; `spacing`: the largest time between two that did, in milliseconds.
    """

    sequence: int
    tone: int
    spacing: float


class Window(NamedTuple):
    """One leave: the customer and the third, and the control's two at the same time."""

    warmline: Heard
    control: Heard


async def measure(count: int, step: Step) -> Result:
    """Leave `count` times. Raises CannotMeasureError."""
    plain = await _leaves(count - count // 2, "", step)
    recorded = await _leaves(count // 2, RECORDED, step) if count > 1 else []
    rows = [_lost("", plain + recorded), _apart(plain + recorded), _lost(", nothing recorded", plain)]
    rows += [_lost(", recorded", recorded)] if recorded else []
    return Result("loss", "control", rows)


def _lost(which: str, windows: Sequence[Window]) -> Row:
    """In no window may more be lost than the control lost in it."""
    met = all(w.warmline.sequence <= w.control.sequence and w.warmline.tone <= w.control.tone for w in windows)
    ours, control = (_counted(side) for side in zip(*windows, strict=True))
    return Row(f"lost around a leave{which}", "packets", ours, control, "0 more than the control", met)


def _counted(heard: Sequence[Heard]) -> Figures:
    sequence, tone = sum(one.sequence for one in heard), sum(one.tone for one in heard)
    return {"lost": sequence + tone, "sequence": sequence, "tone": tone, "leaves": len(heard)}


def _apart(windows: Sequence[Window]) -> Row:
    ours, control = ({"largest": max(heard.spacing for heard in side)} for side in zip(*windows, strict=True))
    met = ours["largest"] <= control["largest"] + BEYOND
    return Row("largest spacing", "ms", ours, control, goal=f"control + {BEYOND:g} ms or less", met=met)


async def _leaves(count: int, changes: str, step: Step) -> list[Window]:
    windows = []
    async with stage(changes) as here, Desk(here) as desk:
        await bare.open_bridge(here, BRIDGE)
        control = [await _in_control(here, hz) for hz in (tones.CONTROL_A, tones.CONTROL_B)]
        for _ in range(count):
            windows.append(await _leave(desk, control))
            step()
    return windows


async def _in_control(here: Stage, hz: int) -> Call:
    someone = await here.parties.customer(here.lab.sip, number=f"1555124{hz}", tone=hz)
    call, leg = await bare.come(here, someone, ROOM)
    await here.ari.request("POST", f"bridges/{BRIDGE}/addChannel", channel=leg)
    return call


async def _leave(desk: Desk, control: list[Call]) -> Window:
    room = await desk.three_way()
    await room.ear.listen(AROUND)
    asked = time.monotonic()
    await desk.leave()
    await room.ear.listen(AROUND, since=asked)
    window = Window(
        _between(room.customer, room.third, asked - AROUND, asked + AROUND),
        _between(control[0], control[1], asked - AROUND, asked + AROUND),
    )
    await desk.finish(room.customer)
    return window


def _between(one: Call, other: Call, since: float, until: float) -> Heard:
    ear = Hearing({"one": one, "other": other})
    ways = ((one, other), (other, one))
    lost = [ear.lost(listener, speaker, since, until) for listener, speaker in ways]
    spacing = max(ear.spacing(listener, speaker, since, until) for listener, speaker in ways)
    return Heard(sum(way.sequence for way in lost), sum(way.tone for way in lost), spacing)
