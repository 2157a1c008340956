"""The priority that Asterisk has on a telephone system, for those of tests, which share their machine with others."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lab import programs

REAL_TIME = 1  # the lowest of these priorities, which the process that plays and captures for SIP parties has, too


def audio_first(pid: int) -> None:
    """Let the threads of a process run before others of its session; only root can do it."""
    for thread in _threads(pid):
        with suppress(PermissionError, ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, thread, -15)


def in_real_time(pid: int) -> None:
    """Let an Asterisk run before all other programs, as Debian's unit does; only root can do it.

    Its next threads inherit that. Its scripts do not, because Asterisk gives them the usual priority.
    """
    with suppress(PermissionError):
        while behind := not_in_real_time(pid):  # these may have started some
            for thread in behind:
                with suppress(ProcessLookupError):
                    os.sched_setscheduler(thread, os.SCHED_RR, os.sched_param(REAL_TIME))


def not_in_real_time(pid: int) -> list[int]:
    """Return the threads of a process that run beside other programs; none once it has ended."""
    found = []
    for thread in _threads(pid):
        with suppress(ProcessLookupError):  # it has ended
            if os.sched_getscheduler(thread) != os.SCHED_RR:
                found.append(thread)
    return found


def _threads(pid: int) -> list[int]:
    with suppress(FileNotFoundError):
        return [int(thread.name) for thread in Path(f"/proc/{pid}/task").iterdir()]
    return []


@contextmanager
def asterisks_first() -> Iterator[None]:
    """Let each Asterisk of a lab run before other programs, once it has started."""
    start = programs.start_asterisk

    def started(*given: Any, **named: Any) -> int:
        pid = start(*given, **named)
        in_real_time(pid)
        return pid

    with patch.object(programs, "start_asterisk", started):
        yield
