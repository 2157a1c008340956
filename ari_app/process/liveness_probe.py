"""Whether the application's loop turns, asked in another way than by its beat: by a request to its own port."""

import asyncio
import contextlib
import ssl

from warmline.system.settings import Settings

WITHIN = 1.0  # seconds for the answer
HERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - where one that listens everywhere is
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def answers(settings: Settings) -> bool:
    """Whether anything comes back in time. Whatever it says, only a loop that turns says it."""
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
    """Nothing secret is sent, and nothing that is answered is believed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
