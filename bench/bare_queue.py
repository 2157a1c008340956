"""The baseline of many connects: a bare script that gives each customer an agent whose phone is on the line.

It does what no ARI application can do without: answers, makes a room, brings both into it, and takes the room away.
"""

import asyncio
from itertools import count
from typing import Any

from bench.ari import Ari
from warmline.ari_app.asterisk.requests import ROOM_TYPE

ROOM_NAME = "bench-room-"


class BareQueue:
    """Whoever comes as `agent` waits for calls, whoever comes as `customer` gets the agent who has waited longest."""

    def __init__(self, ari: Ari) -> None:
        self._ari = ari
        self._idle: asyncio.Queue[str] = asyncio.Queue()
        self._rooms: dict[str, tuple[str, str]] = {}  # by the customer's channel: the room, and the agent in it
        self._serial = count(1)
        self._work = asyncio.TaskGroup()
        ari.each("StasisStart", self._came)
        ari.each("StasisEnd", self._went)

    async def __aenter__(self) -> "BareQueue":
        await self._work.__aenter__()
        return self

    async def __aexit__(self, *problem: Any) -> None:
        await self._work.__aexit__(*problem)

    @property
    def idle(self) -> int:
        """How many agents wait for a call."""
        return self._idle.qsize()

    def _came(self, event: dict[str, Any]) -> None:
        leg = event["channel"]["id"]
        self._work.create_task(self._seat(leg) if event["args"] == ["agent"] else self._connect(leg))

    def _went(self, event: dict[str, Any]) -> None:
        if found := self._rooms.pop(event["channel"]["id"], None):
            self._work.create_task(self._part(*found))

    async def _seat(self, leg: str) -> None:
        await self._ari.request("POST", f"channels/{leg}/answer")
        self._idle.put_nowait(leg)

    async def _connect(self, leg: str) -> None:
        agent = await self._idle.get()
        room = f"{ROOM_NAME}{next(self._serial)}"
        self._rooms[leg] = room, agent
        await asyncio.gather(
            self._ari.request("POST", f"channels/{leg}/answer"),
            self._ari.request("POST", "bridges", type=ROOM_TYPE, bridgeId=room),
        )
        await self._ari.request("POST", f"bridges/{room}/addChannel", channel=f"{leg},{agent}")

    async def _part(self, room: str, agent: str) -> None:
        await self._ari.request("DELETE", f"bridges/{room}")
        self._idle.put_nowait(agent)
