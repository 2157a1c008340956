"""Takes the scripts' FastAGI requests of another machine from its gate, and lets the AGI process answer them."""

import asyncio
import logging
from asyncio import StreamReader, StreamWriter
from contextlib import suppress

from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.checked_connector import NotAsteriskError
from warmline.system.gate_protocol import (
    CARRIES,
    ENDS,
    FRAME_MOST,
    OPENS,
    SCRIPTS,
    UPGRADE,
    Frames,
    ScriptFrameError,
    framed,
)

AGAIN, SELDOM = 0.5, 10.0  # seconds until the next try, and at a gate that carries no scripts
CONNECTS_WITHIN = 5.0

log = logging.getLogger("warmline.fastagi")


async def run(client: AriClient, fastagi: str) -> None:
    """Serve the scripts of a server's machine without end; `fastagi` is the address of the AGI process."""
    host, _, port = fastagi.rpartition(":")
    gate, said = client.gate_connections(), ""
    while True:
        pause, why = AGAIN, ""
        try:
            async with asyncio.timeout(CONNECTS_WITHIN):
                status, reader, writer = await gate.upgrade(SCRIPTS, UPGRADE)
            if status == 101:
                said = ""
                log.info("answers the scripts of server %s", client.server)
                why = await _Link(reader, writer, (host.strip("[]"), int(port))).serve()
            else:
                writer.close()
                why = f"the gate answers {status}"
                pause = SELDOM if status == 404 else AGAIN
        except (OSError, NotAsteriskError, TimeoutError, EOFError, ScriptFrameError) as error:
            why = str(error) or "no answer"
        if why != said:
            log.warning("the scripts of server %s are not answered: %s; trying again", client.server, why)
            said = why
        await asyncio.sleep(pause)


class _Link:
    """An open connection to the gate."""

    def __init__(self, reader: StreamReader, writer: StreamWriter, agi: tuple[str, int]) -> None:
        self._reader, self._writer, self._agi = reader, writer, agi
        self._requests: dict[int, asyncio.Queue[bytes]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> str:
        """Answer requests until the connection ends; return why it ended. Raises OSError, ScriptFrameError."""
        frames = Frames()
        try:
            while data := await self._reader.read(FRAME_MOST):
                for number, kind, text in frames.take(data):
                    if kind == OPENS:
                        self._requests[number] = asyncio.Queue()
                        task = asyncio.create_task(self._request(number, self._requests[number]))
                        self._tasks.add(task)
                        task.add_done_callback(self._tasks.discard)
                    elif number in self._requests:
                        self._requests[number].put_nowait(text if kind == CARRIES else b"")
            return "the gate closed the connection"
        finally:
            for task in self._tasks:
                task.cancel()
            self._writer.close()

    async def _request(self, number: int, texts: "asyncio.Queue[bytes]") -> None:
        """Carry one request to the AGI process and back; its own limits end it there."""
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(*self._agi)
            forth = asyncio.create_task(_forth(texts, writer))
            try:
                while data := await reader.read(FRAME_MOST):
                    self._writer.write(framed(number, CARRIES, data))
                    await self._writer.drain()
            finally:
                forth.cancel()
                writer.close()
        del self._requests[number]
        self._writer.write(framed(number, ENDS))


async def _forth(texts: "asyncio.Queue[bytes]", writer: StreamWriter) -> None:
    while text := await texts.get():
        writer.write(text)
    writer.close()
