"""`python -m tools.bench.capacity.bare_setup LAB`: a bare script that gives each caller an agent who is on the line.

It does everything of Warmline's that parties can hear, with raw ARI alone. FastAGI gives the route, the caller is
answered, a bridge is created, and both join it; the agent hears a beep, and silence between calls. The script stores
nothing and waits for no disk.

The baseline of `calls` (tools/bench/tools/bare_queue.py) does less: it has no beep and no silence, so that its figures
stay comparable. The script prints its FastAGI address, and ends when its standard input ends.
"""

import asyncio
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import uvloop

from ari_app.asterisk.action_requests import ROOM_TYPE
from lab.description import read
from tools.bench.tools.ari_script import AriScript
from tools.bench.tools.background import Background
from tools.bench.tools.result import CannotMeasureError

ROOM = "bench-room-"
WHISPER = "bench-whisper-"
BEEP = "sound:beep"


class BareSetupScript:
    """Connects each arriving `customer` to the `agent` who has waited longest."""

    def __init__(self, ari: AriScript, work: Background) -> None:
        self._ari = ari
        self._work = work
        self._idle: asyncio.Queue[str] = asyncio.Queue()
        self._gone: dict[str, asyncio.Event] = {}  # by the customer's channel: set when the customer hangs up
        self._serial = count(1)
        ari.each("StasisStart", self._came)
        ari.each("StasisEnd", self._went)
        ari.each("PlaybackFinished", self._played)

    def _came(self, event: dict[str, Any]) -> None:
        leg = event["channel"]["id"]
        match event["args"]:
            case ["agent"]:
                self._work.start(self._seat(leg))
            case ["whisper"]:
                self._work.start(self._ask("POST", f"channels/{leg}/play", media=BEEP))
            case _:
                self._gone[leg] = asyncio.Event()
                self._work.start(self._serve(leg, self._gone[leg]))

    def _went(self, event: dict[str, Any]) -> None:
        if gone := self._gone.pop(event["channel"]["id"], None):
            gone.set()

    def _played(self, event: dict[str, Any]) -> None:
        whisper = event["playback"]["target_uri"].removeprefix("channel:")
        self._work.start(self._ask("DELETE", f"channels/{whisper}"))

    async def _seat(self, leg: str) -> None:
        await self._ask("POST", f"channels/{leg}/answer")
        await self._ask("POST", f"channels/{leg}/silence")
        self._idle.put_nowait(leg)

    async def _serve(self, leg: str, gone: asyncio.Event) -> None:
        agent, serial = await self._idle.get(), next(self._serial)
        room = f"{ROOM}{serial}"
        await asyncio.gather(
            self._ask("POST", f"channels/{leg}/answer"),
            self._ask("POST", "bridges", type=ROOM_TYPE, bridgeId=room),
            self._ask("DELETE", f"channels/{agent}/silence"),
        )
        await self._ask("POST", f"bridges/{room}/addChannel", channel=f"{leg},{agent}")
        whisper = {"whisper": "out", "app": "bench", "appArgs": "whisper"}
        await self._ask("POST", f"channels/{agent}/snoop/{WHISPER}{serial}", **whisper)
        await gone.wait()
        await self._ask("DELETE", f"bridges/{room}")
        await self._ask("POST", f"channels/{agent}/silence")
        self._idle.put_nowait(agent)

    async def _ask(self, method: str, path: str, **query: str) -> None:
        with suppress(CannotMeasureError):  # a party has hung up; calls are counted elsewhere
            await self._ari.request(method, path, **query)


async def _route(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer FastAGI requests with the route of each call."""
    while (await reader.readline()).strip():
        pass
    writer.write(b'SET VARIABLE WARMLINE_ROUTE "customer"\n')
    await reader.readline()
    writer.close()


async def _run(lab: Path) -> None:
    loop = asyncio.get_running_loop()
    async with Background() as work, AriScript(read(lab)) as ari:
        BareSetupScript(ari, work)
        server = await asyncio.start_server(_route, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        print(f"{host}:{port}", flush=True)
        await loop.run_in_executor(None, sys.stdin.read)
        server.close()


if __name__ == "__main__":
    uvloop.run(_run(Path(sys.argv[1])))
