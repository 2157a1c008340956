"""How long a writer waits for the write lock of a database, measured by a program that takes it often and briefly."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tools.bench.tools.background import Background

# It asks each tenth of a millisecond. SQLite's own waits are longer with each try, and hide when the lock is free.
PROBE = """
import random, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
while True:
    began = time.perf_counter()
    while not db.in_transaction:
        try:
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.split("_")[1] != "BUSY":
                raise
            time.sleep(0.0001)
    took = time.perf_counter() - began
    db.execute("ROLLBACK")
    print(1000 * took, flush=True)
    time.sleep(random.uniform(0.005, 0.015))
"""


class LockWaits:
    """The waits in milliseconds; they are appended to `into`, which may be replaced."""

    def __init__(self) -> None:
        self.into: list[float] = []


@asynccontextmanager
async def lock_waits(db: str | Path) -> AsyncIterator[LockWaits]:
    """Measure waits for the lock of a database during the block."""
    waits = LockWaits()
    probe = await asyncio.create_subprocess_exec(sys.executable, "-c", PROBE, str(db), stdout=PIPE)

    async def read() -> None:
        assert probe.stdout
        while line := await probe.stdout.readline():
            waits.into.append(float(line))

    try:
        async with Background() as work:
            work.start(read())
            yield waits
    finally:
        with suppress(ProcessLookupError):
            probe.kill()
        await probe.wait()
