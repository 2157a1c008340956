"""A script that a test started, as the process that it would be: it can be killed, as by `kill -9`."""

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


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

    def send_request(self) -> int:
        """Return the number of a request that reaches Asterisk now. Raises CancelledError if the script is dead."""
        if self.is_dead or self.request_count + 1 == self.killed_before:
            self._die()
        self.request_count += 1
        return self.request_count

    def read_answer(self, number: int) -> None:
        """Let the script read the answer to a request. Raises CancelledError if the script is dead."""
        if self.is_dead or number == self.killed_after:
            self._die()

    def _die(self) -> None:
        if not self.is_dead:
            self.kill()
        raise asyncio.CancelledError("the script was killed")


running_process: ContextVar[ScriptProcess | None] = ContextVar("running_process", default=None)
"""The process to which the running task belongs, or None for a script that runs in the task of the test."""
