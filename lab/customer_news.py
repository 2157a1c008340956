"""The news of one customer's call, from the event stream of a lab's app."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

from lab.description import Lab

TOLD = {
    "call.connected": "Agent {agent} has the customer.",
    "call.handed_off": "Agent {agent} has left; the customer and the third party keep talking.",
}
CONNECTS_WITHIN = 5.0  # seconds


@asynccontextmanager
async def followed(lab: Lab, did: str, number: str, say: Callable[[str], None]) -> AsyncIterator[None]:
    """Follow the next call of `number` to `did`, which begins inside, and call `say` with a line for each change.

    Without a stream there are no lines: the call itself does not depend on it. It begins after CONNECTS_WITHIN at most.
    """
    try:
        token = (Path(lab.dir) / "run/token").read_text().strip()
    except OSError:  # an app that was started in another way
        yield
        return
    wait = aiohttp.ClientTimeout(total=None, sock_connect=CONNECTS_WITHIN)
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(timeout=wait, headers=headers) as http:
        opened = asyncio.Event()
        following = asyncio.create_task(_follow(http, f"{lab.api}/api/v1/events", opened, did, number, say))
        following.add_done_callback(lambda _: opened.set())
        try:
            with suppress(TimeoutError):  # an app that is stopped takes the connection, and does not answer
                async with asyncio.timeout(CONNECTS_WITHIN):
                    await opened.wait()
            yield
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)


async def _follow(
    http: aiohttp.ClientSession, url: str, opened: asyncio.Event, did: str, number: str, say: Callable[[str], None]
) -> None:
    own = agent = ""
    async with http.get(url, raise_for_status=True) as stream:
        await stream.content.readuntil(b"\n\n")  # from here, no event is missed
        opened.set()
        async for line in stream.content:
            if not line.startswith(b"data: "):
                continue
            event: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
            data = event["data"]
            if not own and event["type"] == "leg.arrived" and (data["number"], data["dialled"]) == (number, did):
                own = event["call"]
            if own and event["call"] == own:
                agent = event["agent"] or agent
                if event["type"] in TOLD:
                    say(TOLD[event["type"]].format(agent=agent))
