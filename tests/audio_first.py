"""The priority that Asterisk has on a telephone system, for those of tests, which share their machine with others."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from lab import programs


def audio_first(pid: int) -> None:
    """Let the threads of a process run before others, as Asterisk's do on a telephone system; only root can do it."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(PermissionError, ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, int(thread.name), -15)


@contextmanager
def asterisks_first() -> Iterator[None]:
    """Let each Asterisk of a lab run before other programs, once it has started."""
    start = programs.start_asterisk

    def started(*given: Any, **named: Any) -> int:
        pid = start(*given, **named)
        audio_first(pid)
        return pid

    with patch.object(programs, "start_asterisk", started):
        yield
