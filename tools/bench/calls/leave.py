"""Measures how much slower Warmline's leave is than a script that only removes the agent's channel from its bridge.

Warmline has an HTTP API, checks and a durable record before the same request to Asterisk. Both are timed from the
request to them. The end of both is reported by the same observer: a separate websocket that is subscribed to both
bridges.
"""

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from tools.bench.tools import bare_room
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.bench_lab import stage
from tools.bench.tools.bench_progress import Step
from tools.bench.tools.conversation import Conversation
from tools.bench.tools.handoff import HandoffSide
from tools.bench.tools.result import BenchResult, times

COUNT = 100
RATIO = 3.0
PACKET = 20.0  # ms


class LeaveTimes(NamedTuple):
    """Milliseconds after the request: ChannelLeftBridge, the answer, and the agent's last packet to the others."""

    left: float
    answered: float
    last_packet: float


async def measure(count: int, step: Step) -> BenchResult:
    """Leave `count` times each, in turn. Raises CannotMeasureError."""
    ours, theirs = [], []
    async with stage() as here, HandoffSide(here) as desk:
        script = bare_room.BareRoomScript(here)
        await script.seat()
        for n in range(count + 1):
            ours.append(await by_warmline(here.ari, desk))
            theirs.append(await by_script(here.ari, script))
            if n:  # the first round is a warm-up
                step()
    return _judge(ours[1:], theirs[1:])


def _judge(ours: list[LeaveTimes], theirs: list[LeaveTimes]) -> BenchResult:
    left, answered, packet = zip(*ours, strict=True)
    base_left, base_answered, base_packet = zip(*theirs, strict=True)
    rows = [
        times("request → ChannelLeftBridge", left, base_left, ratio=RATIO),
        times("request → agent's last packet at the others", packet, base_packet, beyond=PACKET),
        times("request → answer", answered, base_answered),
    ]
    return BenchResult("leave", "bare script", rows)


async def by_warmline(ari: AriScript, desk: HandoffSide) -> LeaveTimes:
    """Let the agent leave a three-way call by Warmline. Raises CannotMeasureError."""
    room = await desk.three_way()
    await ari.watch(f"bridge:{await ari.bridge_of(desk.leg)}")
    found = await timed(ari, room, desk.leave)
    await desk.finish(room.customer)
    return found


async def by_script(ari: AriScript, script: bare_room.BareRoomScript) -> LeaveTimes:
    """Let the agent leave such a call by a bare `removeChannel`. Raises CannotMeasureError."""
    room = await script.three_way()
    found = await timed(ari, room, script.leave)
    await script.finish(room)
    return found


async def timed(ari: AriScript, room: Conversation, leave: Callable[[], Awaitable[None]]) -> LeaveTimes:
    """Let the agent leave a room that `ari` watches, and return the times."""
    left = ari.next("ChannelLeftBridge", lambda event: event["channel"]["id"] == room.leg)
    asked = time.monotonic()
    await leave()
    answered = time.monotonic()
    seconds = (await left).at - asked, answered - asked, await room.agent_last_heard(asked)
    return LeaveTimes(*(1000 * moment for moment in seconds))
