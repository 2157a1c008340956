"""The processor time that a program has used, and its priority."""

import os
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # per second
UTIME = 11  # its index after the name, which can contain spaces; stime is the next
FIRST = -10  # nice value


def seconds(pid: int) -> float:
    """Return the seconds of one core that the process has used, with the kernel's share."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[UTIME : UTIME + 2])) / TICKS


def of_living(pid: int) -> float:
    """Return the same for the threads that live now, to the nanosecond.

    `seconds` counts clock ticks, and charges a whole tick to a program that wakes up briefly at each one.
    """
    used = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # the thread has ended
            used += int((thread / "schedstat").read_text().split()[0])
    return used / 1e9


def first(pid: int) -> None:
    """Give a program's threads, and those they start, priority over other programs, if that is allowed."""
    with suppress(PermissionError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), FIRST)
