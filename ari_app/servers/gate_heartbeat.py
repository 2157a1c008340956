"""Shows the app's heartbeat at the gate of a server, which writes the heartbeat file of its machine."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from ari_app.process.heartbeat_writer import EVERY
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.checked_connector import NotAsteriskError
from warmline.ari.client.request_timeout import limit_time
from warmline.system.gate_protocol import BEAT

LIMIT = 1.0  # seconds for an answer; the dialplan allows a heartbeat two
SELDOM = 10.0  # seconds between two tries at an address without a gate

log = logging.getLogger("warmline.beat")


async def show(
    client: AriClient,
    is_reached: Callable[[], bool],
    turned: Callable[[], Awaitable[None]],
    given: Callable[[], None] = lambda: None,
) -> None:
    """Send the heartbeat without end once the server was reached, each time after `turned` shows that the app works.

    `given` is called after each heartbeat. Cancellation removes the heartbeat there.
    """
    gate, said, was_reached = client.gate_connections(), "", False

    async def status_of(method: str) -> int:
        async with limit_time(LIMIT):
            return (await gate.request(method, BEAT)).status

    try:
        while True:
            if not (was_reached := was_reached or is_reached()):
                await asyncio.sleep(EVERY)
                continue
            await turned()
            try:
                status, why = await status_of("PUT"), ""
            except (OSError, NotAsteriskError, TimeoutError) as error:
                status, why = 0, str(error) or "no answer"
            if status == 404:
                why = f"nothing writes the heartbeat file there, because {client.url} is not a gate"
            elif status and status != 204:
                why = f"the gate answers {status}"
            if why != said:
                log.warning("server %s: the heartbeat %s", client.server, f"is not shown: {why}" if why else "is back")
                said = why
            if not why:
                given()
            await asyncio.sleep(SELDOM if status == 404 else EVERY)
    finally:
        with suppress(OSError, NotAsteriskError, TimeoutError):
            await status_of("DELETE")
        gate.close()
