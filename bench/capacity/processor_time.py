"""The processor time that a program has used, and its place before others."""

import os
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # a second
UTIME = 11  # its place behind the name, which may hold spaces; stime is the next
FIRST = -10  # nice


def seconds(pid: int) -> float:
    """Seconds of one core, its own and the kernel's for it, since the process began."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[UTIME : UTIME + 2])) / TICKS


def of_living(pid: int) -> float:
    """The same of the threads that live now, to the nanosecond.

    `seconds` goes by the clock's ticks, and charges a whole one to a program that wakes up with them for a moment.
    """
    used = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # it has ended
            used += int((thread / "schedstat").read_text().split()[0])
    return used / 1e9


def first(pid: int) -> None:
    """Let a program's threads, and those they start, have the processor before others, where that is allowed."""
    with suppress(PermissionError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), FIRST)
