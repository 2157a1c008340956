"""The HTTP connections to one Asterisk, which stay open between requests.

They cost a request a fifth of the processor time of a general HTTP client, and an app sends six of them for each call.
"""

import asyncio
import ssl
from collections import deque
from urllib.parse import urlsplit

from warmline.ari.client.checked_connector import check_listener
from warmline.ari.client.http_exchange import HttpAnswer, HttpExchange, HttpFault
from warmline.system.ari_listener import PORTS, AriListener

# Asterisk's listen backlog is 10, and a full backlog delays a client by 1 s. Asterisk has accepted a connection only
# when it answers the first request on it.
MAX_OPENING_CONNECTIONS = 8
# Shorter than Asterisk's own 15 s, so that no request uses a connection that Asterisk is closing.
KEEP_ALIVE_SECONDS = 10.0
REPEATABLE_METHODS = ("GET", "PUT", "DELETE")  # a second one changes nothing more


class HttpConnections:
    """Sends requests to the server of `url`, each with these headers. The server's listener is checked first.

    `tls` is the context for https; None for the system's authorities. A new connection waits while
    MAX_OPENING_CONNECTIONS others wait for their first answer.
    """

    def __init__(
        self, url: str, headers: dict[str, str], listener: AriListener, tls: ssl.SSLContext | None = None
    ) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 80)
        self._tls = (tls or ssl.create_default_context()) if parts.scheme == "https" else None
        self._path = parts.path
        fields = {"Host": parts.netloc.rpartition("@")[2], **headers}
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        self._listener = listener
        self._idle_connections: deque[tuple[HttpExchange, float]] = (
            deque()
        )  # with the time of its last answer, the newest last
        self._opening_slots = asyncio.Semaphore(MAX_OPENING_CONNECTIONS)
        self._is_closed = False

    async def request(self, method: str, target: str, body: bytes | None = None) -> HttpAnswer:
        """Send a request and return the answer. `target` is what follows the path of the URL, already quoted.

        A request that is harmless if repeated is sent again once, if its connection ends before the answer.

        Raises OSError, which HttpFault is too, and NotAsteriskError.
        """
        head = f"{method} {self._path}{target} HTTP/1.1\r\n{self._headers}"
        if body is not None:
            message = f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        else:
            message = f"{head}\r\n".encode() if method == "GET" else f"{head}Content-Length: 0\r\n\r\n".encode()
        try:
            return await self._send(message)
        except HttpFault:
            if method not in REPEATABLE_METHODS:
                raise
            return await self._send(message)

    async def upgrade(self, target: str, protocol: str) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
        """Ask for another protocol on a connection of its own; return the status and the connection.

        Raises OSError, NotAsteriskError, EOFError.
        """
        check_listener(self._listener)
        reader, writer = await asyncio.open_connection(self._host, self._port, ssl=self._tls)
        try:
            check_listener(self._listener)
            upgrade_headers = f"Connection: Upgrade\r\nUpgrade: {protocol}\r\n"
            writer.write(f"GET {self._path}{target} HTTP/1.1\r\n{self._headers}{upgrade_headers}\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            return int(head[9:12]), reader, writer
        except ValueError:
            writer.close()
            raise HttpFault("the answer is not HTTP") from None
        except BaseException:
            writer.close()
            raise

    def close(self) -> None:
        """Close every connection; those in use are closed when their request ends."""
        self._is_closed = True
        while self._idle_connections:
            self._idle_connections.pop()[0].close()

    async def _send(self, message: bytes) -> HttpAnswer:
        if self._is_closed:
            raise HttpFault("this client is closed")
        connection = self._take_idle()
        if connection is None:
            async with self._opening_slots:
                connection = self._take_idle()  # one may be idle by now
                if connection is None:
                    return await self._exchange(await self._open_connection(), message)
        return await self._exchange(connection, message)

    async def _exchange(self, connection: HttpExchange, message: bytes) -> HttpAnswer:
        try:
            answer = await connection.send(message)
        except BaseException:  # also if it is cancelled: the answer to come belongs to no later request
            connection.close()
            raise
        self._give_back(connection)
        return answer

    def _take_idle(self) -> HttpExchange | None:
        """Return the connection that was used last, which keeps few of them busy; None without a usable one."""
        now_seconds = asyncio.get_running_loop().time()
        while self._idle_connections:
            connection, idle_since_seconds = self._idle_connections.pop()
            if connection.is_usable and now_seconds - idle_since_seconds < KEEP_ALIVE_SECONDS:
                return connection
            connection.close()
        return None

    def _give_back(self, connection: HttpExchange) -> None:
        if self._is_closed:
            connection.close()
        if not connection.is_usable:
            return
        now_seconds = asyncio.get_running_loop().time()
        while self._idle_connections and now_seconds - self._idle_connections[0][1] >= KEEP_ALIVE_SECONDS:
            self._idle_connections.popleft()[0].close()
        self._idle_connections.append((connection, now_seconds))

    async def _open_connection(self) -> HttpExchange:
        """Return a new connection. Raises OSError, NotAsteriskError."""
        check_listener(self._listener)
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(HttpExchange, self._host, self._port, ssl=self._tls)
        try:
            check_listener(self._listener)
        except BaseException:
            connection.close()
            raise
        return connection
