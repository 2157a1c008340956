"""Another program with the rights to Asterisk that the app has, which does as it likes with the app's calls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

APP = "other"

Events = aiohttp.ClientWebSocketResponse


class OtherProgram:
    """What it asks of Asterisk by ARI, as the owner of an application of its own."""

    def __init__(self, http: aiohttp.ClientSession, ari: dict[str, str], events: Events) -> None:
        self._http, self._ari, self._events = http, ari, events

    async def call(self, number: str) -> str:
        """Dial a number by the trunk; returns the channel once it has answered."""
        await self._ask("POST", "channels/stranger", endpoint=f"PJSIP/{number}@trunk", app=APP)
        while (await self._events.receive_json())["type"] != "StasisStart":
            pass
        return "stranger"

    async def bring_in(self, channel: str, bridge: str) -> None:
        """Put a channel into a bridge."""
        await self._ask("POST", f"bridges/{bridge}/addChannel", channel=channel)

    async def throw_out(self, channel: str, bridge: str) -> None:
        """Take a channel out of its bridge."""
        await self._ask("POST", f"bridges/{bridge}/removeChannel", channel=channel)

    async def destroy(self, bridge: str) -> None:
        """Destroy a bridge."""
        await self._ask("DELETE", f"bridges/{bridge}")

    async def _ask(self, method: str, path: str, **query: str) -> None:
        headers = _login(self._ari)
        async with self._http.request(method, f"{self._ari['url']}/{path}", params=query, headers=headers) as answer:
            assert answer.status < 300, f"{method} {path}: {answer.status} {await answer.text()}"


@asynccontextmanager
async def other_program(http: aiohttp.ClientSession, ari: dict[str, str]) -> AsyncIterator[OtherProgram]:
    """It is connected to this Asterisk."""
    async with http.ws_connect(f"{ari['url']}/events", params={"app": APP}, headers=_login(ari)) as events:
        yield OtherProgram(http, ari, events)


def _login(ari: dict[str, str]) -> dict[str, str]:
    return {"Authorization": aiohttp.encode_basic_auth(ari["user"], ari["password"])}
