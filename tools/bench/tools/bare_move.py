"""The baseline of an adoption: bare scripts that take a conversation out of Queue() or Dial(), and do nothing else.

Both bring the two channels into one ARI bridge, which exists before. `redirect` does it by the dialplan, as Warmline.
`manager` uses the action Redirect of AMI, which redirects both channels at once.
"""

import asyncio
import socket
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Self

from tools.bench.tools import bare_room
from tools.bench.tools.bench_lab import BenchLab, reload
from tools.bench.tools.result import CannotMeasureError

USER, SECRET = "bench", "bench-loopback-only"
MANAGER = f"""[general]
enabled = yes
bindaddr = 127.0.0.1
port = {{port}}

[{USER}]
secret = {SECRET}
write = call
"""
END = b"\r\n\r\n"


class BareMove:
    """Moves conversations into bridges of the benchmark's own application. An async context manager."""

    def __init__(self, stage: BenchLab) -> None:
        self._stage = stage
        self._bridges = 0
        self._bridge = ""
        self._came: list[str] = []
        self._both = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._stage.ari.each("StasisStart", self._arrived)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        (Path(self._stage.lab.dir) / "etc/manager.conf").write_text(MANAGER.format(port=port))
        await asyncio.to_thread(reload, self._stage.lab, "manager")
        async with AsyncExitStack() as stack:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(self._writer.close)
            await self._reader.readline()
            await self._ask(Action="Login", Username=USER, Secret=SECRET, Events="off")
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def redirect(self, customer: dict[str, Any], agent: dict[str, Any]) -> None:
        """Set where the customer's channel goes, then redirect the agent's; return when both are in the bridge."""
        await self._open()
        variables = {"BENCH_AGENT": agent["id"]}
        place = {"context": "bench-move", "extension": "h", "priority": 1}
        move = {"endpoint": "Local/s@bench-move/n", "originator": customer["id"], **place}
        await self._stage.ari.request("POST", "channels", {"variables": variables}, **move)
        await self._joined()

    async def manager(self, customer: dict[str, Any], agent: dict[str, Any]) -> None:
        """Let AMI redirect both channels at once; return when both are in the bridge."""
        await self._open()
        here = {"Channel": customer["name"], "Context": "bench-leg", "Exten": "s", "Priority": "1"}
        there = {"ExtraChannel": agent["name"], "ExtraContext": "bench-leg", "ExtraExten": "s", "ExtraPriority": "1"}
        await self._ask(Action="Redirect", **here, **there)
        await self._joined()

    async def finish(self) -> None:
        """Destroy the bridge, after the parties have hung up."""
        await self._stage.ari.request("DELETE", f"bridges/{self._bridge}")

    async def _open(self) -> None:
        self._bridges += 1
        self._bridge, self._came = f"bench-moved-{self._bridges}", []
        self._both.clear()
        await bare_room.open_bridge(self._stage, self._bridge)

    def _arrived(self, event: dict[str, Any]) -> None:
        if event["args"] == ["moved"]:
            task = asyncio.create_task(self._join(event["channel"]["id"]))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _join(self, leg: str) -> None:
        await self._stage.ari.request("POST", f"bridges/{self._bridge}/addChannel", channel=leg)
        self._came.append(leg)
        if len(self._came) == 2:
            self._both.set()

    async def _joined(self) -> None:
        try:
            await asyncio.wait_for(self._both.wait(), 5)
        except TimeoutError:
            raise CannotMeasureError(f"only {len(self._came)} of the two channels came") from None

    async def _ask(self, **fields: str) -> None:
        self._writer.write("".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n")
        answer = await self._reader.readuntil(END)
        if b"Response: Success" not in answer:
            raise CannotMeasureError(f"AMI: {answer.decode(errors='replace').strip()}")
