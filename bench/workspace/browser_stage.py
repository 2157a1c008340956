"""The stage of the browser's tests, for benchmarks; and what a page paints, and when."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import aiohttp
from playwright.async_api import Page

from bench.tools.background import Background
from bench.tools.result import CannotMeasureError
from tests.browser.stage import Stage

HELLO = '{"hello": {"page": "bench", "phone": false}}'
OVERVIEWS = 5  # of the open pages
WITHIN = 10.0  # seconds for a state to be painted
LOOK = 0.01  # seconds between two looks at what was painted
# Runs before the page. Notes the last key, and after each frame, what it shows. Times are milliseconds UTC.
WATCH = """
globalThis.seen = {pressed: 0, frames: []};
addEventListener("keydown", (event) => {
  seen.pressed = performance.timeOrigin + event.timeStamp;
  seen.frames = [];
}, true);
new MutationObserver(() => {
  const busy = document.querySelector("button.busy") !== null, state = document.body?.dataset.state ?? "";
  requestAnimationFrame(() => {
    const painted = new MessageChannel();
    painted.port1.onmessage = () => seen.frames.push({busy, state, at: performance.timeOrigin + performance.now()});
    painted.port2.postMessage(0);
  });
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


class Painted(NamedTuple):
    """Milliseconds UTC: the last key, the first frame with the mark of a press, and the first with the state."""

    pressed: float
    marked: float | None
    shown: float


@asynccontextmanager
async def opened() -> AsyncIterator[Stage]:
    """Start a lab with users, and a browser. Raises LabError."""
    with TemporaryDirectory(prefix="warmline-bench-") as folder:
        stage = Stage(Path(folder), None)
        await stage.open()
        try:
            yield stage
        finally:
            await stage.close()


async def forget(page: Page) -> None:
    """Forget what was painted so far."""
    await page.evaluate("seen.frames = []")


async def painted(page: Page, state: str) -> Painted:
    """Wait until a state is painted; return when that was. Raises CannotMeasureError."""
    limit = time.monotonic() + WITHIN
    while time.monotonic() < limit:
        seen: dict[str, Any] = await page.evaluate("seen")
        frames = seen["frames"]
        if shown := next((one["at"] for one in frames if one["state"] == state), None):
            return Painted(seen["pressed"], next((one["at"] for one in frames if one["busy"]), None), shown)
        await asyncio.sleep(LOOK)  # the page cannot report it
    raise CannotMeasureError(f"the page does not show {state} within {WITHIN:g} s")


@asynccontextmanager
async def open_feeds(stage: Stage, number: int) -> AsyncIterator[None]:
    """Keep this many feeds open, of idle agents and some of overviews. Raises CannotMeasureError."""
    token = (Path(stage.lab.dir) / "run/token").read_text().strip()
    queries = [{"view": "overview"} if one < OVERVIEWS else {"agent": "1000"} for one in range(number)]
    lasting, everybody = aiohttp.ClientTimeout(total=None), aiohttp.TCPConnector(limit=0)
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession(stage.lab.api, timeout=lasting, connector=everybody, headers=headers) as http,
        Background() as feeds,
    ):
        opened = [asyncio.get_running_loop().create_future() for _ in queries]
        for query, is_open in zip(queries, opened, strict=True):
            feeds.start(_follow(http, query, is_open))
        await asyncio.gather(*opened)
        yield


async def _follow(http: aiohttp.ClientSession, query: dict[str, str], is_open: "asyncio.Future[None]") -> None:
    async with http.ws_connect("/workspace/feed", params=query) as feed:
        await feed.send_str(HELLO)
        async for message in feed:
            json.loads(message.data)
            if not is_open.done():
                is_open.set_result(None)
