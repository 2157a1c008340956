"""A run of a hook as the worker sees it: its process, its pipes, its client and its deadline."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from warmline.hooks import hook_run
from warmline.hooks.hook_files import LoadedHooks
from warmline.system.hook_request import NO_ANSWER

ANSWER_MAX = 64 << 10  # bytes
PRINTED_MAX = 2000  # bytes that are kept of what a hook prints


class OpenRun:
    """A run that has begun. Raises OSError if no process can be started."""

    def __init__(self, client: socket.socket, asked: dict[str, Any], hooks: LoadedHooks, others: Iterable[int]) -> None:
        self.client, self.asked = client, asked
        self.status: int | None = None
        self._functions = len(hooks.of(asked["hook"]))
        self._by = " or ".join(dict.fromkeys(one.file for one in hooks.of(asked["hook"])))
        self._begun = time.monotonic()
        self.until = self._begun + asked["deadline"]
        self._answer, self._printed = bytearray(), bytearray()
        self._reads, answer = os.pipe()
        self._prints, output = os.pipe()
        try:
            self.process = os.fork()
        except OSError:
            for file in (self._reads, answer, self._prints, output):
                os.close(file)
            raise
        if not self.process:
            for file in (*others, client.fileno(), self._reads, self._prints):
                os.close(file)
            hook_run.run(hooks, asked, answer, output)
        os.close(answer)
        os.close(output)
        self.pipes = {self._reads, self._prints}
        for file in self.pipes:
            os.set_blocking(file, False)

    def files(self) -> tuple[int, ...]:
        """Return the file numbers that belong to this run."""
        return self._reads, self._prints, self.client.fileno()

    def read(self, file: int) -> bool:
        """Take what the process has written to one of its pipes; return False at the pipe's end."""
        try:
            piece = os.read(file, 65536)
        except BlockingIOError:
            return True
        if file == self._reads:
            self._answer += piece[: ANSWER_MAX + 1]
        else:
            self._printed += piece
            del self._printed[:-PRINTED_MAX]
        return bool(piece)

    def drain(self) -> None:
        """Take what is left in the pipes of an ended process."""
        for file in self.pipes:
            with suppress(OSError):
                self.read(file)

    def has_answered(self) -> bool:
        """Return whether the answer is whole."""
        return self._answer.endswith(b"\n")

    def is_too_long(self) -> bool:
        """Return whether the answer is longer than allowed."""
        return len(self._answer) > ANSWER_MAX

    def result(self) -> dict[str, Any]:
        """Return the answer for the client, with the time in milliseconds; a failure if there is no valid answer."""
        took = round((time.monotonic() - self._begun) * 1000, 1)
        return {**(self._said() or {"ok": False, "by": self._by, "why": self._failure()}), "ms": took}

    def _said(self) -> dict[str, Any] | None:
        if not self.has_answered() or self.is_too_long():
            return None
        try:
            said = json.loads(self._answer)
            if said["ok"]:
                return {"ok": True, "by": str(said["by"]), "answer": said["answer"], "functions": self._functions}
            failed = {"failed": int(said["failed"])} if "failed" in said else {}
            return {"ok": False, "by": str(said["by"]), "why": str(said["why"])[:300], **failed}
        except (ValueError, TypeError, KeyError, RecursionError):
            return None

    def _failure(self) -> str:
        if self.is_too_long():
            return f"the answer is longer than {ANSWER_MAX} bytes"
        if self.has_answered():
            return "the answer is not valid"
        if self.status is None:
            return f"{NO_ANSWER} {self.asked['deadline'] * 1000:.0f} ms"
        if os.WIFSIGNALED(self.status):
            return f"the process was ended by signal {os.WTERMSIG(self.status)}"
        return f"the process ended without an answer, exit code {os.waitstatus_to_exitcode(self.status)}"

    def printed(self) -> str:
        """Return the end of what the functions have printed."""
        return self._printed.decode(errors="replace").strip()

    def kill(self) -> None:
        """End the process and its group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process, signal.SIGKILL)
        if self.status is None:  # it may not have made its group yet
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)

    def close(self) -> None:
        """Close the pipes."""
        for file in (self._reads, self._prints):
            os.close(file)
