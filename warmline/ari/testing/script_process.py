"""A script that a test started, as the process that it would be: it can be killed, as by `kill -9`."""

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

UNWINDING_TURNS = 20  # of the event loop, in which the main task of a script ends


@dataclass(eq=False)
class ScriptProcess:
    """The process of one script. No request leaves it when it is dead, also none of its cleanup.

    It dies before its request number `killed_before`, or after number `killed_after`, whose answer it never reads.
    """

    killed_before: int = 0
    killed_after: int = 0
    is_dead: bool = False
    task: "asyncio.Task[Any] | None" = None
    request_count: int = 0

    def kill(self) -> None:
        """End the script. Its tasks are cancelled, as each request is that one of them sends."""
        self.is_dead = True
        if self.task:
            self.task.cancel()

    async def send_request(self) -> int:
        """Return the number of a request that reaches Asterisk now. Raises CancelledError if the script is dead."""
        if self.is_dead or self.request_count + 1 == self.killed_before:
            await self._die()
        self.request_count += 1
        return self.request_count

    async def read_answer(self, number: int) -> None:
        """Let the script read the answer to a request. Raises CancelledError if the script is dead."""
        if self.is_dead or number == self.killed_after:
            await self._die()

    async def _die(self) -> None:
        """End the script. Its main task ends first: it is what cancels the other ones, as at the end of a program."""
        if not self.is_dead:
            self.kill()
        for _ in range(UNWINDING_TURNS):
            await asyncio.sleep(0)
        raise asyncio.CancelledError("the script was killed")


running_process: ContextVar[ScriptProcess | None] = ContextVar("running_process", default=None)
"""The process to which the running task belongs, or None for a script that runs in the task of the test."""
