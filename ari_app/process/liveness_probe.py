"""Checks whether the app's event loop runs by a request to its port, independent of the heartbeat."""

import asyncio
import contextlib
import ssl

from warmline.system.settings import Settings

WITHIN = 1.0  # seconds for the answer
HERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - to reach an app on all addresses
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def answers(settings: Settings) -> bool:
    """Return whether the app answers in time. Any answer counts, because only a running event loop can send it."""
    encrypted = _unverified() if settings.tls_certificate else None
    host = HERE.get(settings.listen_host, settings.listen_host)
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(WITHIN):
            reader, writer = await asyncio.open_connection(host, settings.listen_port, ssl=encrypted)
            try:
                writer.write(REQUEST)
                return bool(await reader.read(1))
            finally:
                writer.transport.abort()
    return False


def _unverified() -> ssl.SSLContext:
    """Return a context without verification: nothing secret is sent, and the content of the answer does not matter."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
