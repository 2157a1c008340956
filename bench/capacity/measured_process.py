"""A program of the benchmark's in a process of its own, so that its processor time can be told."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.tools.result import CannotMeasureError


@asynccontextmanager
async def program(module: str, *arguments: str) -> AsyncIterator[tuple[Process, str]]:
    """Run `python -m MODULE`: the process, and the line with which it says that it is ready.

    It has to end with its standard input. Raises CannotMeasureError if it does not start.
    """
    command = (sys.executable, "-m", module, *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, start_new_session=True)
    assert process.stdin and process.stdout
    try:
        ready = (await process.stdout.readline()).decode().strip()
        if not ready:
            raise CannotMeasureError(f"{module} does not start")
        yield process, ready
    finally:
        process.stdin.close()
        await process.wait()
