"""The app's processes, and the memory of all of them."""

from contextlib import suppress
from pathlib import Path

from lab import app_parts
from lab.description import Lab


def everyone(lab: Lab) -> list[int]:
    """Return all processes of the app, such as its parts and their workers."""
    return of_app(lab.pids["warmline"])


def of_app(pid: int) -> list[int]:
    """Return the processes of the app with this process of `warmline serve`."""
    found = [pid]
    for one in found:
        found.extend(app_parts.children(one))
    return found


def megabytes(lab: Lab) -> float:
    """Return the resident memory of the app's processes without what they share, in MB."""
    return megabytes_of(lab.pids["warmline"])


def megabytes_of(pid: int) -> float:
    """Return the same for the app with this process of `warmline serve`."""
    return sum(map(_private, of_app(pid))) / 1024


def _private(pid: int) -> float:
    """Return KB that the process does not share with another; 0 if it has ended."""
    with suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(float(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty")))
    return 0.0
