"""The baseline of many connects: a bare script that gives each customer an agent whose phone is on the line.

It does only what every ARI application must do: answer, create a bridge, add both parties, and destroy the bridge.
"""

import asyncio
from contextlib import suppress
from itertools import count
from typing import Any

from ari_app.asterisk.action_requests import ROOM_TYPE
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.result import CannotMeasureError

ROOM_NAME = "bench-room-"


class BareQueue:
    """Connects each arriving `customer` to the `agent` who has waited longest."""

    def __init__(self, ari: AriScript, work: Background) -> None:
        self._ari = ari
        self._work = work
        self._idle: asyncio.Queue[str] = asyncio.Queue()
        self._gone: dict[str, asyncio.Event] = {}  # by the customer's channel: set when the customer hangs up
        self._serial = count(1)
        ari.each("StasisStart", self._came)
        ari.each("StasisEnd", self._went)

    @property
    def idle(self) -> int:
        """Return how many agents wait for a call."""
        return self._idle.qsize()

    def _came(self, event: dict[str, Any]) -> None:
        leg = event["channel"]["id"]
        if event["args"] == ["agent"]:
            self._work.start(self._seat(leg))
        else:
            self._gone[leg] = asyncio.Event()
            self._work.start(self._serve(leg, self._gone[leg]))

    def _went(self, event: dict[str, Any]) -> None:
        if gone := self._gone.pop(event["channel"]["id"], None):
            gone.set()

    async def _seat(self, leg: str) -> None:
        await self._ari.request("POST", f"channels/{leg}/answer")
        self._idle.put_nowait(leg)

    async def _serve(self, leg: str, gone: asyncio.Event) -> None:
        agent = await self._idle.get()
        room = f"{ROOM_NAME}{next(self._serial)}"
        await asyncio.gather(
            self._ari.request("POST", f"channels/{leg}/answer"),
            self._ari.request("POST", "bridges", type=ROOM_TYPE, bridgeId=room),
            return_exceptions=True,
        )
        with suppress(CannotMeasureError):  # the customer has hung up, and is counted as missed elsewhere
            await self._ari.request("POST", f"bridges/{room}/addChannel", channel=f"{leg},{agent}")
            await gone.wait()
        await self._ari.request("DELETE", f"bridges/{room}")
        self._idle.put_nowait(agent)
