"""Looks for ARI scripts that died, and ends their calls (warmline/ari/script_cleanup.py)."""

import asyncio
from contextlib import suppress

from warmline.ari import script_cleanup, script_lock
from warmline.ari.client.ari_client import AriClient
from warmline.ari.client.ari_errors import AriError

EVERY, SLOWEST = 2.0, 4.0  # seconds between two looks, and while two people still talk whom a dead script joined


async def run(client: AriClient, spool: str) -> None:
    """Look without end."""

    async def look() -> list[str]:
        return await asyncio.to_thread(script_lock.list_dead_scripts, spool)

    pause = EVERY
    while True:
        await asyncio.sleep(pause)
        dead = await look()
        pause = min(2 * pause, SLOWEST) if dead else EVERY
        if dead:
            with suppress(AriError):
                for script in await script_cleanup.end_scripts(client, dead, find_dead=look):
                    await asyncio.to_thread(script_lock.forget_script, spool, script)
