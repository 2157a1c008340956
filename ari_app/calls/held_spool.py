"""Holds the spool while its notes are copied into the journal, so that no erasure misses a number in between."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from warmline.store.agi import spool


@asynccontextmanager
async def held(folder: str, within: float = 0.0) -> AsyncIterator[bool]:
    """Hold the spool until the end of the block; yield False if an erasure has it for longer than `within` seconds."""
    with ExitStack() as stack:
        yield await asyncio.to_thread(stack.enter_context, spool.held(folder, within=within))
