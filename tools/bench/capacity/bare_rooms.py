"""`python -m tools.bench.capacity.bare_rooms LAB`: a bare script that records three-way calls with raw ARI alone.

A caller who arrives as `customer` gets the agent who has waited longest. Both are answered and join a bridge like
Warmline's, which is recorded, and a third party is dialled into it. The script ends when its standard input ends.
"""

import asyncio
import sys
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import uvloop

from ari_app.asterisk.action_requests import RECORDING, ROOM_TYPE
from lab.description import read
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.result import CannotMeasureError

NUMBER = "4930222"


class BareRooms:
    """Answers arriving parties, and connects them."""

    def __init__(self, ari: AriScript, work: Background) -> None:
        self._ari = ari
        self._work = work
        self._agents: asyncio.Queue[str] = asyncio.Queue()
        self._arrivals: dict[str, asyncio.Event] = {}  # of channels that were created
        self._serial = count(1)
        ari.each("StasisStart", self._came)

    def _came(self, event: dict[str, Any]) -> None:
        leg = event["channel"]["id"]
        match event["args"]:
            case ["agent"]:
                self._work.start(self._seat(leg))
            case ["customer"]:
                self._work.start(self._serve(leg))
            case ["third"]:
                self._arrivals.pop(leg).set()

    async def _seat(self, leg: str) -> None:
        await self._ari.request("POST", f"channels/{leg}/answer")
        self._agents.put_nowait(leg)

    async def _serve(self, leg: str) -> None:
        agent, serial = await self._agents.get(), next(self._serial)
        room, third = f"bench-room-{serial}", f"bench-third-{serial}"
        await self._ari.request("POST", f"channels/{leg}/answer")
        await self._ari.request("POST", "bridges", type=ROOM_TYPE, bridgeId=room)
        await self._ari.request("POST", f"bridges/{room}/addChannel", channel=f"{leg},{agent}")
        await self._ari.request("POST", f"bridges/{room}/record", name=room, **RECORDING)
        arrival = self._arrivals[third] = asyncio.Event()
        made = {"endpoint": f"PJSIP/{NUMBER}@trunk", "app": "bench", "appArgs": "third", "channelId": third}
        await self._ari.request("POST", "channels/create", **made)
        await arrival.wait()
        await self._ari.request("POST", f"bridges/{room}/addChannel", channel=third)
        await self._ari.request("POST", f"channels/{third}/dial", timeout=10)


async def _run(lab: Path) -> None:
    async with AriScript(read(lab)) as ari, Background() as work:
        BareRooms(ari, work)
        print("ready", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    try:
        uvloop.run(_run(Path(sys.argv[1])))
    except (CannotMeasureError, aiohttp.ClientError) as problem:
        sys.exit(f"rooms: the script could not go on: {problem}")
