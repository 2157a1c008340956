"""Answers the front of several servers, which asks where a new call goes.

The front is Kamailio with its module evapi, to which the app connects. Messages are netstrings. The app sends `beat`
once a second. It sends `drains URI,URI` or `drains none` at the beginning and after each change: the front passes over
these servers when it decides itself. The front sends `ask INDEX LABEL CALL NUMBER CALLER`, with the last three in
hexadecimal digits. The answer is `INDEX LABEL URI`, or `INDEX LABEL none`. A front without an answer in 300 ms decides
itself, so nothing is repeated.
"""

import asyncio
import logging
import socket
import time
from collections.abc import Callable, Coroutine, Sequence
from ipaddress import ip_address
from typing import Any, NamedTuple

from ari_app.process.log_writer import LogRateLimit, and_more
from warmline.core.servers.placement import choose_server
from warmline.core.world.world import World
from warmline.system.loopback import host_and_port
from warmline.system.server_settings import every_server
from warmline.system.settings import Settings, SettingsError

BEAT = b"4:beat,"
EVERY = 1.0  # seconds between two beats, and until the next try to connect
CONNECT_WITHIN = 2.0  # seconds
DEAD_AFTER = 5000  # milliseconds without an acknowledgement of the front's machine
CHUNK = 2048  # bytes that are answered before other work has its turn: some 50 questions
MOST_BYTES = 2048  # of a message; the front sends no longer ones
MOST_UNSENT = 65536  # bytes that the front has not read
MOST_QUESTIONS = 500  # a second; the front decides about the others itself

log = logging.getLogger("warmline.front")


class NewCall(NamedTuple):
    """A call for which the front wants a server: its Call-ID, the called number and the caller's number."""

    call_id: str
    number: str
    caller: str


class LinkBroken(Exception):
    """The other side of the connection does not behave as a front; the text says how."""


class FrontLink:
    """A connection to the front at `where`, HOST:PORT.

    `place` returns HOST:PORT of the server for a call, "" to let the front decide. `drains` returns those addresses of
    the servers that drain. Both must return at once. While `leads` is false, the front is left to another app. Raises
    SettingsError.
    """

    def __init__(
        self,
        where: str,
        place: Callable[[NewCall], str],
        drains: Callable[[], Sequence[str]] = tuple,
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        self._host, self._port = _address(where)
        self._where, self._place, self._drains, self._leads = where, place, drains, leads
        self._buffer = bytearray()
        self._second, self._asked = 0.0, 0
        self._ignored = LogRateLimit()

    async def run(self) -> None:
        """Connect, and answer questions, without end."""
        is_away = False
        while True:
            if not self._leads():
                await asyncio.sleep(EVERY)  # the front waits a second for a beat anyway
                continue
            try:
                async with asyncio.timeout(CONNECT_WITHIN):
                    reader, writer = await asyncio.open_connection(self._host, self._port)
                log.info("connected to the front at %s", self._where)
                is_away = False
                await self._serve(reader, writer)
                problem = "it has closed the connection" if self._leads() else "this app reaches no server"
            except (OSError, LinkBroken) as error:
                problem = str(error) or f"no answer within {CONNECT_WITHIN:g} s"
            if not is_away:
                log.warning("no connection to the front at %s: %s; the front places calls itself", self._where, problem)
            is_away = True
            await asyncio.sleep(EVERY)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the connection ends. Raises OSError, LinkBroken."""
        opened: socket.socket = writer.get_extra_info("socket")
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER)
        self._buffer.clear()
        beating = asyncio.create_task(self._beat(writer))
        try:
            while chunk := await reader.read(CHUNK):
                self._buffer += chunk
                self._answer_all(writer)
                await asyncio.sleep(0)  # a flood must not keep other work from its turn
        finally:
            beating.cancel()
            writer.transport.abort()

    async def _beat(self, writer: asyncio.StreamWriter) -> None:
        """Send heartbeats, and what drains, until this app reaches no server: another one may lead."""
        sent: str | None = None
        while self._leads():
            writer.write(BEAT)
            drains = "drains " + (",".join(f"sip:{one}" for one in self._drains()) or "none")
            if drains != sent:
                sent = drains
                writer.write(b"%d:%s," % (len(drains), drains.encode()))
            await asyncio.sleep(EVERY)
        writer.transport.abort()

    def _answer_all(self, writer: asyncio.StreamWriter) -> None:
        """Answer each whole message in the buffer. Raises LinkBroken."""
        while (message := self._next()) is not None:
            if answer := self._answer(message):
                writer.write(b"%d:%s," % (len(answer), answer))
        if writer.transport.get_write_buffer_size() > MOST_UNSENT:
            raise LinkBroken("the front does not read answers")

    def _next(self) -> bytes | None:
        """Take the next whole message from the buffer. Raises LinkBroken for what is no netstring, or too long."""
        buffer = self._buffer
        length, colon, _ = buffer[:5].partition(b":")
        if not colon and len(buffer) < 5 and (not buffer or buffer.isdigit()):
            return None
        if not colon or not length.isdigit() or int(length) > MOST_BYTES:
            raise LinkBroken(f"no message begins with {bytes(buffer[:20])!r}")
        begin = len(length) + 1
        end = begin + int(length)
        if len(buffer) <= end:
            return None
        if buffer[end : end + 1] != b",":
            raise LinkBroken(f"a message of {int(length)} bytes does not end with a comma")
        message = bytes(buffer[begin:end])
        del buffer[: end + 1]
        return message

    def _answer(self, message: bytes) -> bytes:
        """Return the answer to a message, b"" if it is no question."""
        try:
            verb, index, label, *texts = message.decode("ascii").split(" ")
            if verb != "ask" or not index.isdigit() or not label.isdigit():
                raise ValueError
            call = NewCall(*(bytes.fromhex(text).decode(errors="replace") for text in texts))
        except (ValueError, TypeError):
            if (held := self._ignored.due()) is not None:
                log.warning("a message of the front at %s is ignored: it is no question%s", self._where, and_more(held))
            return b""
        sip = self._server(call) if self._has_room() else ""
        return f"{index} {label} {f'sip:{sip}' if sip else 'none'}".encode()

    def _server(self, call: NewCall) -> str:
        try:
            return self._place(call)
        except Exception:  # a fault here must not end the app and its calls
            if self._ignored.due() is not None:
                log.exception("the front's question has no answer")
            return ""

    def _has_room(self) -> bool:
        """Count a question; return whether it is among those that are answered in this second."""
        if (now := time.monotonic()) - self._second >= 1:
            self._second, self._asked = now, 0
        self._asked += 1
        return self._asked <= MOST_QUESTIONS


def works(settings: Settings, world: Callable[[], World], leads: Callable[[], bool]) -> list[Coroutine[Any, Any, None]]:
    """Return what must run for the front of the settings, without end.

    `leads` returns whether this app reaches a server. Raises SettingsError.
    """
    if not settings.front:
        return []
    addresses = {one.name: one.sip for one in every_server(settings)}

    def drains() -> list[str]:
        draining = sorted(one.id for one in world().servers.values() if one.draining)
        return [found for name in draining if (found := addresses.get(name))]

    return [FrontLink(settings.front, lambda _: addresses.get(choose_server(world()), ""), drains, leads).run()]


def _address(where: str) -> tuple[str, int]:
    """Return host and port of the setting `front`. Raises SettingsError."""
    found = host_and_port(where)
    try:
        if found and ip_address(found[0]).is_private and not ip_address(found[0]).is_unspecified:
            return found
    except ValueError:
        pass
    raise SettingsError(
        "setting_front_invalid",
        "setting front cannot be {value!r}: the connection is not encrypted; allowed: a loopback or private IPv4 "
        "address with a port, such as 127.0.0.1:8448",
        value=where,
    )
