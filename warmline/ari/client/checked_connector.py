"""Checks that the listener at ARI's address is Asterisk, before and after each new connection.

Another user's program may hold the port (warmline/system/ari_listener.py). A foreign program could escape both checks
only if Asterisk stopped and started again around it within moments.
"""

import ssl
from weakref import WeakSet

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.tracing import Trace

from warmline.system.ari_listener import AriListener, StrangerError


class NotAsteriskError(aiohttp.ClientConnectionError):
    """The listener is not Asterisk, so the password was not sent; the text says why."""


class CheckedConnector(aiohttp.TCPConnector):
    """A connector for event streams that checks each new connection with `listener` before a request is sent on it.

    `tls` is the context for https; None for the system's authorities.
    """

    def __init__(self, listener: AriListener, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(ssl=tls or True)
        self._listener = listener
        self._checked: WeakSet[object] = WeakSet()

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own signature
    ) -> aiohttp.connector.Connection:
        """Return a connection; a new one's listener is checked first. Raises NotAsteriskError."""
        connection = await super().connect(req, traces, timeout)
        if connection.protocol is not None and connection.protocol not in self._checked:
            try:
                check_listener(self._listener)
            except NotAsteriskError:
                connection.close()
                raise
            self._checked.add(connection.protocol)
        return connection

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - aiohttp's own signature
    ) -> ResponseHandler:
        """Check the listener, and open a connection. Raises NotAsteriskError."""
        check_listener(self._listener)
        return await super()._create_connection(req, traces, timeout)


def check_listener(listener: AriListener) -> None:
    """Check the listener. Raises NotAsteriskError if it is not Asterisk, or no program listens."""
    try:
        listener.check()
    except (StrangerError, ConnectionRefusedError) as problem:
        raise NotAsteriskError(str(problem)) from None
