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

BEAT_SECONDS = 1.0  # between two beats, and until the next try to connect
CONNECT_TIMEOUT_SECONDS = 2.0
DEAD_AFTER_MS = 5000  # without an acknowledgement of the front's machine
LENGTH_MAX_DIGITS = 4  # of a netstring
MESSAGE_MAX_BYTES = 2048  # the front sends no longer ones
UNREAD_MAX_BYTES = 65536  # that the front has not read
MAX_QUESTIONS = 500  # a second; the front decides about the others itself

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
    the servers that drain. Both return immediately. While `leads` is false, the front is left to another app. Raises
    SettingsError.
    """

    def __init__(
        self,
        where: str,
        place: Callable[[NewCall], str],
        drains: Callable[[], Sequence[str]] = tuple,
        leads: Callable[[], bool] = lambda: True,
    ) -> None:
        self._host, self._port = _parse_address(where)
        self._where, self._place, self._drains, self._leads = where, place, drains, leads
        self._second, self._asked = 0.0, 0
        self._ignored = LogRateLimit()

    async def run(self) -> None:
        """Connect, and answer questions, forever."""
        is_away = False
        while True:
            if not self._leads():
                await asyncio.sleep(BEAT_SECONDS)  # the front waits a second for a beat anyway
                continue
            try:
                async with asyncio.timeout(CONNECT_TIMEOUT_SECONDS):
                    reader, writer = await asyncio.open_connection(self._host, self._port, limit=LENGTH_MAX_DIGITS)
                log.info("connected to the front at %s", self._where)
                is_away = False
                await self._serve(reader, writer)
                problem = "it has closed the connection" if self._leads() else "this app reaches no server"
            except (OSError, LinkBroken) as error:
                problem = str(error) or f"no answer within {CONNECT_TIMEOUT_SECONDS:g} s"
            if not is_away:
                log.warning("no connection to the front at %s: %s; the front places calls itself", self._where, problem)
            is_away = True
            await asyncio.sleep(BEAT_SECONDS)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the connection ends. Raises OSError, LinkBroken."""
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)
        beating = asyncio.create_task(self._beat(writer))
        try:
            while (message := await _read_message(reader)) is not None:
                if answer := self._answer(message):
                    writer.write(_to_netstring(answer))
                if writer.transport.get_write_buffer_size() > UNREAD_MAX_BYTES:
                    raise LinkBroken("the front does not read answers")
                await asyncio.sleep(0)  # a flood must not keep other work from its turn
        finally:
            beating.cancel()
            writer.transport.abort()

    async def _beat(self, writer: asyncio.StreamWriter) -> None:
        """Send heartbeats, and what drains, until this app reaches no server: another one may lead."""
        sent: str | None = None
        while self._leads():
            writer.write(_to_netstring("beat"))
            drains = "drains " + (",".join(f"sip:{address}" for address in self._drains()) or "none")
            if drains != sent:
                sent = drains
                writer.write(_to_netstring(drains))
            await asyncio.sleep(BEAT_SECONDS)
        writer.transport.abort()

    def _answer(self, message: bytes) -> str:
        """Return the answer to a message, "" if it is no question."""
        try:
            verb, index, label, *texts = message.decode("ascii").split(" ")
            if verb != "ask" or not index.isdigit() or not label.isdigit():
                raise ValueError
            call = NewCall(*(bytes.fromhex(text).decode(errors="replace") for text in texts))
        except (ValueError, TypeError):
            if (held := self._ignored.due()) is not None:
                log.warning("a message of the front at %s is ignored: it is no question%s", self._where, and_more(held))
            return ""
        address = self._find_server(call) if self._has_room() else ""
        return f"{index} {label} sip:{address}" if address else f"{index} {label} none"

    def _find_server(self, call: NewCall) -> str:
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
        return self._asked <= MAX_QUESTIONS


async def _read_message(reader: asyncio.StreamReader) -> bytes | None:
    """Return the next netstring, None at the end of the connection. Raises LinkBroken, OSError."""
    try:
        length = (await reader.readuntil(b":"))[:-1]
        if not length.isdigit() or int(length) > MESSAGE_MAX_BYTES:
            raise LinkBroken(f"no message begins with {length!r}")
        message = await reader.readexactly(int(length) + 1)
    except asyncio.LimitOverrunError:
        raise LinkBroken("a message does not begin with its length") from None
    except asyncio.IncompleteReadError:
        return None
    if message[-1:] != b",":
        raise LinkBroken(f"a message of {int(length)} bytes does not end with a comma")
    return message[:-1]


def _to_netstring(text: str) -> bytes:
    return f"{len(text)}:{text},".encode("ascii")


def create_coroutines(
    settings: Settings, world: Callable[[], World], leads: Callable[[], bool]
) -> list[Coroutine[Any, Any, None]]:
    """Return what must run for the front of the settings, forever.

    `leads` returns whether this app reaches a server. Raises SettingsError.
    """
    if not settings.front:
        return []
    addresses = {server.name: server.sip for server in every_server(settings)}

    def list_draining() -> list[str]:
        names = sorted(server.id for server in world().servers.values() if server.draining)
        return [addresses[name] for name in names if addresses.get(name)]

    def place(_: NewCall) -> str:
        return addresses.get(choose_server(world()), "")

    return [FrontLink(settings.front, place, list_draining, leads).run()]


def _parse_address(where: str) -> tuple[str, int]:
    """Return host and port of the setting `front`. Raises SettingsError."""
    parts = host_and_port(where)
    try:
        if parts and ip_address(parts[0]).is_private and not ip_address(parts[0]).is_unspecified:
            return parts
    except ValueError:
        pass
    raise SettingsError(
        "setting_front_invalid",
        "setting front cannot be {value!r}: the connection is not encrypted; allowed: a loopback or private IPv4 "
        "address with a port, such as 127.0.0.1:8448",
        value=where,
    )
