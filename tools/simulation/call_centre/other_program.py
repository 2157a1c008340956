"""Another program with the app's rights to Asterisk, which changes the app's calls."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp

APP = "other"

Events = aiohttp.ClientWebSocketResponse


class OtherProgram:
    """Its requests to Asterisk by ARI, with its own application."""

    def __init__(self, http: aiohttp.ClientSession, ari: dict[str, str], events: Events) -> None:
        self._http, self._ari, self._events = http, ari, events

    async def call(self, number: str) -> str:
        """Dial a number by the trunk; return the channel once it has answered."""
        await self._ask("POST", "channels/stranger", endpoint=f"PJSIP/{number}@trunk", app=APP)
        while (await self._events.receive_json())["type"] != "StasisStart":
            pass
        return "stranger"

    async def bring_in(self, channel: str, bridge: str) -> None:
        """Add a channel to a bridge."""
        await self._ask("POST", f"bridges/{bridge}/addChannel", channel=channel)

    async def throw_out(self, channel: str, bridge: str) -> None:
        """Remove a channel from its bridge."""
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
    """Provide such a program, connected to this Asterisk."""
    async with http.ws_connect(f"{ari['url']}/events", params={"app": APP}, headers=_login(ari)) as events:
        yield OtherProgram(http, ari, events)


def _login(ari: dict[str, str]) -> dict[str, str]:
    return {"Authorization": aiohttp.encode_basic_auth(ari["user"], ari["password"])}
