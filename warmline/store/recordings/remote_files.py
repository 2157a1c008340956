"""The files of recordings on another server's machine: the media process there reads and deletes them for the app.

The row of such a recording names the server before the path, as in `b:/var/spool/asterisk/recording/R.wav`.
"""

import errno
import json
import socket
import tempfile
import time
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple
from urllib.parse import urlencode, urlsplit

from warmline.store.database import leader_epoch
from warmline.store.database.database import StoreError
from warmline.system import gate_protocol, media_protocol
from warmline.system.gate_protocol import EPOCH_HEADER
from warmline.system.server_settings import ServerSettings

if TYPE_CHECKING:
    from http.client import HTTPConnection

AWAY = 5.0  # seconds for which a server that could not be asked is not asked again
ANSWER_MOST = 1 << 25  # bytes; a gate that is not ours must not fill the memory
CONNECTS_WITHIN = 5.0  # seconds
DEAD_AFTER = 30  # seconds without an acknowledgement of the other machine, in which a long answer is waited for
IN_MEMORY = 1 << 24  # bytes of a file that is copied; a longer one goes to the disk
ERRORS: Mapping[int, int] = {404: errno.ENOENT, 403: errno.EACCES}  # by the status of an answer


class RemotePiece(NamedTuple):
    """Bytes of a file, its size in bytes, and when it changed last, in nanoseconds since 1970, UTC."""

    size: int
    changed: int
    data: bytes


class RemoteFiles:
    """The recordings of a server that is reached through its gate, for the app with the database `db`.

    Paths are those of the server's machine. Each method waits for the network, and raises OSError: FileNotFoundError
    and PermissionError as for a file here, another one if the server cannot be asked.
    """

    def __init__(self, server: ServerSettings, db: str | Path, wanted: str = "recordings") -> None:
        self._server, self._db, self._wanted = server, db, wanted
        self._away: tuple[float, str] = (float("-inf"), "")  # since when it could not be asked, and why

    def piece(self, path: str, offset: int, most: int) -> RemotePiece:
        """Return at most `most` bytes from `offset` on, and at most media_protocol.PIECE."""
        most = min(most, media_protocol.PIECE)
        asked: dict[str, str | int] = {"path": path, "offset": offset, "most": most}
        headers, data = self._ask("GET", media_protocol.FILE, asked)
        try:
            size, changed = (int(headers[name]) for name in (media_protocol.SIZE_HEADER, media_protocol.CHANGED_HEADER))
        except (KeyError, ValueError):
            raise self._failed("its answer names no size") from None
        return RemotePiece(size, changed, data[:most])

    def open(self, path: str) -> BinaryIO:
        """Return a copy of a file, which ends when it is closed."""
        file: Any = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
        try:
            size = offset = 0
            while offset <= size:
                size, _, data = self.piece(path, offset, media_protocol.PIECE)
                if not data:
                    break
                file.write(data)
                offset += len(data)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        copy: BinaryIO = file
        return copy

    def sha256(self, path: str) -> str:
        """Return the SHA-256 of a file, which is read there."""
        return str(self._json("GET", media_protocol.DIGEST, {"path": path})["sha256"])

    def delete(self, path: str) -> None:
        """Delete a file; a missing one is no error."""
        self._ask("DELETE", media_protocol.FILE, {"path": path})

    def measured(self, name: str) -> dict[str, Any]:
        """Return the fields of RecordingMeasured for a finished recording, with the path there."""
        return self._json("POST", media_protocol.MEASURE, {"name": name})

    def converted(self, name: str, form: str) -> dict[str, Any]:
        """Return the fields of RecordingConverted for a recording in another format, with the path there."""
        return self._json("POST", media_protocol.CONVERT, {"name": name, "format": form})

    def notes(self) -> dict[str, str]:
        """Return the notes of scripts that wait there by their names; none without a gate."""
        try:
            return {name: str(text) for name, text in self._json("GET", gate_protocol.NOTES, {}).items()}
        except FileNotFoundError:
            return {}

    def delete_speech(self) -> None:
        """Delete the sound files of all texts that scripts have said there; without a gate, none are known."""
        with suppress(FileNotFoundError):
            self._ask("DELETE", gate_protocol.SPEECH, {})

    def _json(self, method: str, path: str, asked: Mapping[str, str | int]) -> dict[str, Any]:
        _, data = self._ask(method, path, asked, media_protocol.LONG)
        try:
            found = json.loads(data)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise self._failed("its answer is not readable")
        return found

    def _ask(
        self, method: str, path: str, asked: Mapping[str, str | int], within: float = media_protocol.SHORT
    ) -> tuple[Mapping[str, str], bytes]:
        """Return headers and body of the answer to a request. Raises OSError.

        A server that is away holds up a sweep over many files only for a moment.
        """
        from http.client import HTTPException  # it costs a command 30 ms

        since, why = self._away
        if time.monotonic() < since + AWAY:
            raise self._failed(why)
        connection = self._connection(CONNECTS_WITHIN)
        try:
            connection.connect()
            connection.sock.settimeout(within)
            _end_if_dead(connection.sock)
            connection.request(method, f"{path}?{urlencode(asked)}", headers=self._headers())
            answer = connection.getresponse()
            data = answer.read(ANSWER_MOST + 1)
        except (HTTPException, OSError) as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            self._away = time.monotonic(), why
            raise self._failed(why) from None
        finally:
            connection.close()
        if len(data) > ANSWER_MOST:
            raise self._failed(f"its answer has more than {ANSWER_MOST} bytes")
        if answer.status >= 300:
            raise self._refused(answer.status, data)
        return dict(answer.headers), data

    def _connection(self, within: float) -> "HTTPConnection":
        import ssl
        from http.client import HTTPConnection, HTTPSConnection

        parts = urlsplit(self._server.ari_url)
        host = parts.hostname or ""
        if parts.scheme != "https":
            return HTTPConnection(host, parts.port, timeout=within)
        try:
            context = ssl.create_default_context(cafile=self._server.certificate or None)
        except OSError as error:
            raise self._failed(f"certificate {self._server.certificate}: {error.strerror or error}") from None
        return HTTPSConnection(host, parts.port, timeout=within, context=context)

    def _headers(self) -> dict[str, str]:
        login = b64encode(f"{self._server.ari_user}:{self._server.ari_password}".encode()).decode()
        try:
            epoch = leader_epoch.of_process(self._db)
        except StoreError as error:
            raise self._failed(str(error)) from None
        return {
            "Authorization": f"Basic {login}",
            EPOCH_HEADER: str(epoch),
            media_protocol.VERSION_HEADER: media_protocol.VERSION,
        }

    def _refused(self, status: int, data: bytes) -> OSError:
        try:
            why = str(json.loads(data)["message"])
        except (ValueError, KeyError, TypeError):
            why = f"status {status}"
        if number := ERRORS.get(status):
            return OSError(number, why)  # it becomes FileNotFoundError or PermissionError
        return self._failed(why)

    def _failed(self, why: str) -> OSError:
        return OSError(errno.EHOSTUNREACH, f"server {self._server.name} cannot be asked for its {self._wanted}: {why}")


def _end_if_dead(opened: socket.socket) -> None:
    """Let the system end a connection whose other machine is gone; a conversion there may take many minutes."""
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL):
        opened.setsockopt(socket.IPPROTO_TCP, option, DEAD_AFTER // 3)
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER * 1000)
