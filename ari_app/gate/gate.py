"""The gate at an Asterisk: it passes the connections of the app that leads on to ARI, and closes those of an older one.

Asterisk carries out the commands of a client that another one has replaced. A program that was stopped for a while, or
cut off, would command on. Therefore each connection names an epoch in its first request. The number is raised by each
start of a call process. A higher one closes every connection of a lower one here, before any of its bytes go on.

Only the first request of a connection is read. Asterisk checks user and password of each further one.
"""

import asyncio
import hmac
import json
import logging
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from ari_app.gate import gate_listener
from ari_app.gate.epoch_file import EpochFile
from ari_app.gate.first_head import FirstHead
from ari_app.gate.gate_connection import HEAD_WITHIN, AppConnection, FarConnection, RefusedError
from ari_app.gate.script_relay import ScriptRelay
from ari_app.gate.spool_notes import SpoolNotes
from ari_app.process.log_writer import LogRateLimit, and_more
from warmline.ari.client.checked_connector import NotAsteriskError, check_listener
from warmline.system import gate_protocol, media_protocol
from warmline.system.ari_listener import PORTS, AriListener, asterisks_users
from warmline.system.database_address import is_address
from warmline.system.heartbeat_file import AGI, HeartbeatFile
from warmline.system.settings import Settings, SettingsError

OPEN_MAX = 256  # connections at once; an app has some thirty
DEAD_AFTER = 64  # seconds without an acknowledgement of the app's machine
CONNECTS_WITHIN = 5.0  # seconds until Asterisk has taken a connection
TAKE_AGAIN = 0.1  # seconds until the next accept after a failed one; other files may be closed by then

log = logging.getLogger("warmline.gate")


class Gate:
    """The gate of this machine; `url` is its address. Raises SettingsError, CannotListen."""

    def __init__(self, settings: Settings) -> None:
        parts = urlsplit(settings.ari_url)
        if parts.scheme != "http":
            raise SettingsError(
                "gate_ari_not_local",
                "setting ari_url is {url!r} beside the setting gate; allowed: ARI of this machine, such as "
                "http://127.0.0.1:8088/ari",
                url=settings.ari_url,
            )
        self._ari = parts.hostname or "", parts.port or PORTS["http"]
        self._listener = AriListener(settings.ari_url, asterisks_users(settings))
        self._file = EpochFile(settings.spool)
        self.highest = self._file.read()
        self._raising = asyncio.Lock()
        self._tls = gate_listener.tls(settings)
        self._settings = settings
        self._beat, self._script_beat = HeartbeatFile(settings.run), HeartbeatFile(settings.run, AGI)
        self._scripts = ScriptRelay(settings.fastagi) if settings.fastagi and not _has_app(settings) else None
        self._links: dict[AppConnection, Callable[[bytes], int]] = {}
        self._notes = SpoolNotes("" if _has_app(settings) else settings.spool)
        self._beating = asyncio.Lock()
        self._open: dict[AppConnection, asyncio.Task[None]] = {}  # the oldest first
        self._refused, self._full = LogRateLimit(), LogRateLimit()
        self._listeners = gate_listener.listeners(settings)
        host, port = self._listeners[0].getsockname()[:2]
        self.url = f"{'https' if self._tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}{parts.path}"

    def renew(self, settings: Settings) -> None:
        """Use the current password and certificate for new connections. Other settings need a new start."""
        try:
            if self._tls:
                gate_listener.tls(settings)  # a certificate without its key would break the current context
                gate_listener.load(self._tls, settings)
        except SettingsError as error:
            log.error("the previous certificate stays in effect: %s", error)
        self._settings = settings

    async def run(self) -> None:
        """Take connections without end; cancellation closes all of them."""
        log.info("the gate of Asterisk listens on %s; the highest epoch is %d", self.url, self.highest)
        try:
            scripts = [self._scripts.run()] if self._scripts else []
            await asyncio.gather(*map(self._accept, self._listeners), *scripts)
        finally:
            for listener in self._listeners:
                listener.close()
            if self._scripts:
                self._script_beat.end()  # before another program can take the port of FastAGI
            for connection, task in list(self._open.items()):
                task.cancel()
                connection.abort()

    async def admit(self, connection: AppConnection, head: FirstHead) -> None:
        """Let a first request in. Its epoch is on disk, and lower ones are closed, before this returns.

        Raises RefusedError.
        """
        settings = self._settings
        expected = aiohttp.encode_basic_auth(settings.ari_user, settings.ari_password)
        if not hmac.compare_digest(head.authorization.encode(), expected.encode()):
            raise RefusedError(401, "the gate does not know this user or password; it expects those of its settings")
        connection.is_admitted, connection.epoch = True, head.epoch  # a higher epoch closes it from now on
        if head.path == gate_protocol.EPOCH:
            return
        if head.epoch > self.highest:
            async with self._raising:
                if head.epoch > self.highest:
                    await self._raise_to(head.epoch)
        if head.epoch < self.highest or not head.epoch:
            if (held := self._refused.due()) is not None:
                text = "a connection with epoch %d is refused: an app with epoch %d leads%s"
                log.warning(text, head.epoch, self.highest, and_more(held))
            raise RefusedError(409, f"an app with epoch {self.highest} leads; this request has epoch {head.epoch}")

    async def answer(self, head: FirstHead) -> tuple[int, bytes]:
        """Answer a request for the gate itself. Raises RefusedError."""
        if (head.method, head.path) == ("GET", gate_protocol.EPOCH):
            return 200, json.dumps({"epoch": self.highest}).encode()
        if head.epoch != self.highest:
            raise RefusedError(409, f"an app with epoch {self.highest} leads; this request has epoch {head.epoch}")
        if head.path == gate_protocol.BEAT and head.method in ("PUT", "DELETE"):
            await self._show_beat(self._give_beats if head.method == "PUT" else self._end_beats)
            return 204, b""
        if head.path.startswith(gate_protocol.NOTES):
            return await asyncio.to_thread(self._notes.answer, head.method, head.path[len(gate_protocol.NOTES) :])
        return 404, json.dumps({"message": "the gate has no such path"}).encode()

    async def reach(self, far: Callable[[], FarConnection]) -> FarConnection:
        """Connect to ARI. Raises OSError, also if the program there is not Asterisk."""
        try:
            check_listener(self._listener)
            async with asyncio.timeout(CONNECTS_WITHIN):  # a frozen Asterisk would keep a file open for each try
                _, made = await asyncio.get_running_loop().create_connection(far, *self._ari)
            try:
                check_listener(self._listener)
            except BaseException:
                if made.transport:
                    made.transport.abort()
                raise
        except NotAsteriskError as error:
            log.warning("a connection is not passed on: %s", error)
            raise ConnectionError(str(error)) from None
        return made

    async def reach_media(self, far: Callable[[], FarConnection]) -> FarConnection:
        """Connect to the media process of this machine. Raises RefusedError."""
        path = f"{self._settings.run}/{media_protocol.SOCKET}"
        try:
            _, made = await asyncio.get_running_loop().create_unix_connection(far, path)
        except OSError as error:
            why = f"the media process there does not answer at {path}: {error.strerror}"
            raise RefusedError(503, f"{why}; start it with: systemctl start warmline-media") from None
        return made

    def link(self, connection: AppConnection, head: FirstHead) -> Callable[[bytes], None]:
        """Let a connection carry the scripts' requests. Raises RefusedError without FastAGI, or with an old epoch."""
        if self._scripts is None:
            raise RefusedError(404, "this gate carries no FastAGI: setting fastagi is empty, or there is an app")
        if head.epoch != self.highest:
            raise RefusedError(409, f"an app with epoch {self.highest} leads; this request has epoch {head.epoch}")
        for older in list(self._links):  # it may be one of a network that was cut, which nothing else would end
            older.abort()
        self._links[connection] = connection.write
        self._scripts.link(self._links[connection], connection.abort)
        return self._scripts.take

    def ended(self, connection: AppConnection) -> None:
        """Forget a connection."""
        self._open.pop(connection, None)
        if self._scripts and (send := self._links.pop(connection, None)):
            self._scripts.unlink(send)

    async def _raise_to(self, epoch: int) -> None:
        """Write a higher epoch to disk, then close all connections of lower ones. Raises RefusedError."""
        try:
            await asyncio.to_thread(self._file.write, epoch)
        except OSError as problem:
            log.error("%s cannot be written: %s; epoch %d is refused", self._file.path, problem.strerror, epoch)
            raise RefusedError(503, f"{self._file.path} cannot be written: {problem.strerror}") from None
        before, self.highest = self.highest, epoch
        older = [one for one in self._open if one.is_admitted and one.epoch < epoch]
        log.warning("an app with epoch %d leads after epoch %d; connections closed: %d", epoch, before, len(older))
        for one in older:
            one.abort()

    def _give_beats(self) -> None:
        self._beat.give()
        if self._scripts and self._scripts.is_linked:
            self._script_beat.give()

    def _end_beats(self) -> None:
        self._beat.end()
        if self._scripts:
            self._script_beat.end()

    async def _show_beat(self, work: Callable[[], None]) -> None:
        async with self._beating:  # an older write must not follow the removal
            try:
                await asyncio.to_thread(work)
            except OSError as problem:
                raise RefusedError(503, f"{self._beat.path} cannot be written: {problem.strerror}") from None

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, _ = await loop.sock_accept(listener)
            except OSError:  # too many open files, or the client disconnected
                await asyncio.sleep(TAKE_AGAIN)
                continue
            if not self._has_room():
                accepted.close()
                continue
            accepted.setblocking(False)
            _end_if_dead(accepted)
            connection = AppConnection(self)
            self._open[connection] = asyncio.create_task(self._take(accepted, connection))

    def _has_room(self) -> bool:
        """Return whether one more connection may be open; the oldest without a password makes room."""
        if len(self._open) < OPEN_MAX:
            return True
        if (held := self._full.due()) is not None:
            log.warning("%d connections are open at the gate; one is closed%s", len(self._open), and_more(held))
        unknown = next((one for one in self._open if not one.is_admitted), None)
        if unknown is None:
            return False
        self._open.pop(unknown).cancel()
        unknown.abort()
        return True

    async def _take(self, accepted: socket.socket, connection: AppConnection) -> None:
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                lambda: connection,
                accepted,
                ssl=self._tls,
                ssl_handshake_timeout=HEAD_WITHIN if self._tls else None,
            )
        except (OSError, ssl.SSLError):  # no TLS, or too slow
            self._open.pop(connection, None)


def _end_if_dead(accepted: socket.socket) -> None:
    """Let the system end a connection whose other machine is gone: it would count among the open ones for ever."""
    accepted.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, seconds in ((socket.TCP_KEEPIDLE, DEAD_AFTER // 2), (socket.TCP_KEEPINTVL, DEAD_AFTER // 8)):
        accepted.setsockopt(socket.IPPROTO_TCP, option, seconds)
    accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER * 1000)


def _has_app(settings: Settings) -> bool:
    """Return whether the app is on this machine: its processes answer scripts and read the spool themselves."""
    return is_address(settings.db) or Path(settings.db).exists()
