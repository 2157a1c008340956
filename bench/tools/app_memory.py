"""The memory of the app, of all its processes."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from lab.description import Lab


def megabytes(lab: Lab) -> float:
    """Return the resident memory of the app's processes without what they share, in MB."""
    return sum(_private(pid) for pid in processes(lab.pids["warmline"])) / 1024


def processes(pid: int) -> list[int]:
    """Return a process and all its descendants."""
    found = [pid]
    for one in found:
        found.extend(_children(one))
    return found


def _children(pid: int) -> Iterator[int]:
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            yield from map(int, thread.read_text().split())


def _private(pid: int) -> float:
    """Return KB that the process does not share with another; 0 if it has ended."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(float(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))
    return 0.0
