"""Who came together when, told by Asterisk itself: an observer beside everybody, who takes part in nothing.

Both times are Asterisk's own clock's, so no event's way through a socket is in them: the customer's entering is the
dialplan's mark, which each event about his channel carries; the joins are the times at which the events were made.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bench.tools.ari_script import AriScript
from bench.tools.bench_dialplan import ENTERED

APP = "bench-observer"


class Meter:
    """The rooms in which a customer and an agent have met: the milliseconds from his entering until both were in."""

    def __init__(self, met: Callable[[str], None]) -> None:
        self.met: list[float] = []
        self._tell = met  # who is in the room with the customer, as a channel's name: PJSIP/warmline-1-0000001f
        self._first: dict[str, dict[str, Any]] = {}  # by room: the event of the one who came first

    async def watch(self, ari: AriScript) -> None:
        """See all joins from now on. Raises CannotMeasureError."""
        ari.each("ChannelEnteredBridge", self.joined)
        await ari.only("ChannelEnteredBridge")

    def joined(self, event: dict[str, Any]) -> None:
        """Somebody is in a bridge; in a room of two, both of them now."""
        if event["bridge"]["bridge_type"] != "mixing":
            return
        other = self._first.pop(event["bridge"]["id"], None)
        if other is None:
            self._first[event["bridge"]["id"]] = event
            return
        marks = [_entered(one) for one in (event, other)]
        entered = max(marks)
        if not entered:  # the agent went out and in again before the customer came
            self._first[event["bridge"]["id"]] = event
            return
        agent = event if not marks[0] else other
        self.met.append((_at(event) - entered) * 1000)
        self._tell(agent["channel"]["name"])


def _at(event: dict[str, Any]) -> float:
    return datetime.fromisoformat(event["timestamp"]).timestamp()


def _entered(event: dict[str, Any]) -> float:
    """Seconds UTC; 0 for an agent, whose line has no mark."""
    return float(event["channel"].get("channelvars", {}).get(ENTERED) or 0)
