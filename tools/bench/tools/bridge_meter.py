"""Measures when customer and agent are connected, from Asterisk's own times; the observer takes part in nothing.

Both times are by Asterisk's clock, so that the delay of events is not included. The customer's time of entering is the
dialplan's mark, which each event about the channel carries. The times of joins are those of the events' creation.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.bench_dialplan import ENTERED

APP = "bench-observer"


class Meter:
    """The bridges in which a customer and an agent have met: the milliseconds from entering until both were in."""

    def __init__(self, met: Callable[[str], None]) -> None:
        self.met: list[float] = []
        self._tell = met  # called with the channel beside the customer's, such as PJSIP/warmline-1-0000001f
        self._first: dict[str, dict[str, Any]] = {}  # by bridge: the event of the first party

    async def watch(self, ari: AriScript) -> None:
        """Receive all joins from now on. Raises CannotMeasureError."""
        ari.each("ChannelEnteredBridge", self.joined)
        await ari.only("ChannelEnteredBridge")

    def joined(self, event: dict[str, Any]) -> None:
        """Store that a party joined a bridge; if it now has two parties, they have met."""
        if event["bridge"]["bridge_type"] != "mixing":
            return
        other = self._first.pop(event["bridge"]["id"], None)
        if other is None:
            self._first[event["bridge"]["id"]] = event
            return
        marks = [_entered(one) for one in (event, other)]
        entered = max(marks)
        if not entered:  # the agent left and joined again before the customer came
            self._first[event["bridge"]["id"]] = event
            return
        agent = event if not marks[0] else other
        self.met.append((_at(event) - entered) * 1000)
        self._tell(agent["channel"]["name"])


def _at(event: dict[str, Any]) -> float:
    return datetime.fromisoformat(event["timestamp"]).timestamp()


def _entered(event: dict[str, Any]) -> float:
    """Return seconds UTC; 0 for an agent, whose line has no mark."""
    return float(event["channel"].get("channelvars", {}).get(ENTERED) or 0)
