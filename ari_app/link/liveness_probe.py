"""Checks whether the event loop of the call process runs by a request to its socket, independent of the heartbeat."""

import asyncio
import contextlib

from ari_app.link.first_message import VERSION, Hello
from warmline.system.link_sockets import WORKERS
from warmline.system.settings import Settings
from warmline.system.socket_messages.frame import frame
from warmline.system.unix_paths import shorten_socket_path

WITHIN = 1.0  # seconds for the answer


async def answers(settings: Settings) -> bool:
    """Return whether the call process answers in time. Any answer counts: only a running event loop can send it."""
    with contextlib.suppress(OSError, TimeoutError):
        async with asyncio.timeout(WITHIN):
            with shorten_socket_path(WORKERS.path(settings.run)) as path:
                reader, writer = await asyncio.open_unix_connection(path)
            try:
                writer.write(frame(Hello(VERSION, "guard")))
                return bool(await reader.read(1))
            finally:
                writer.transport.abort()
    return False
