"""Looks for ARI scripts that died, and ends their calls (warmline/ari/left_overs.py)."""

import asyncio
from contextlib import suppress

from warmline.ari import left_overs, script_lock
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError

EVERY = 2.0  # seconds between two looks


async def run(client: AriClient, spool: str) -> None:
    """Look without end."""

    async def look() -> list[str]:
        return await asyncio.to_thread(script_lock.dead, spool)

    while True:
        await asyncio.sleep(EVERY)
        if dead := await look():
            with suppress(AriError):
                for script in await left_overs.end(client, dead, still=look):
                    await asyncio.to_thread(script_lock.forget, spool, script)
