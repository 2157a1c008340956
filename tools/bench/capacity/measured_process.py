"""Runs a program of the benchmark in a separate process, so that its processor time can be measured."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tools.bench.tools.result import CannotMeasureError


@asynccontextmanager
async def program(module: str, *arguments: str) -> AsyncIterator[tuple[Process, str]]:
    """Run `python -m MODULE`; yield the process, and the line that it prints when it is ready.

    The program must end when its standard input ends. Raises CannotMeasureError if it does not start.
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
