"""The ways by which commands reach the app during an attack."""

import asyncio
import json
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import msgspec

from lab.description import Lab
from warmline.system.link_sockets import LOCAL
from warmline.system.socket_messages.frame import LENGTH, frame
from warmline.system.socket_messages.local_messages import VERSION, LocalAnswer, LocalHello, LocalRequest, ToClient

LONGEST = 20.0  # seconds for one command
DONE = 201


class CommandPath(Protocol):
    """A way to the app."""

    async def give(self, path: str, body: dict[str, Any]) -> int:
        """Give a command at a path below /api/v1; return the status of the answer, 0 without one."""


class KeptConnections:
    """HTTP connections with a bearer token, opened before the attack, as a CRM keeps them."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def give(self, path: str, body: dict[str, Any]) -> int:
        """Give a command at a path below /api/v1; return the status of the answer, 0 without one."""
        try:
            async with self._http.post(f"/api/v1{path}", json=body) as response:
                await response.read()
                return response.status
        except (aiohttp.ClientError, TimeoutError):
            return 0


class LocalSocket:
    """The command line's socket: a connection for each command, as a command has one."""

    def __init__(self, lab: Lab) -> None:
        self._path = str(Path(lab.dir, "run", LOCAL.name))

    async def give(self, path: str, body: dict[str, Any]) -> int:
        """Give a command at a path below /api/v1; return the status of the answer, 0 without one."""
        try:
            async with asyncio.timeout(LONGEST):
                return await self._given(LocalRequest("POST", path.lstrip("/"), {}, json.dumps(body).encode()))
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            return 0

    async def _given(self, request: LocalRequest) -> int:
        reader, writer = await asyncio.open_unix_connection(self._path)
        try:
            writer.write(frame(LocalHello(VERSION, "doors", "")) + frame(request))
            await _message(reader)
            answer = await _message(reader)
            return answer.status if isinstance(answer, LocalAnswer) else 0
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader) -> ToClient:
    size = int.from_bytes(await reader.readexactly(LENGTH), "big")
    decoder: msgspec.msgpack.Decoder[ToClient] = msgspec.msgpack.Decoder(ToClient)
    return decoder.decode(await reader.readexactly(size))
