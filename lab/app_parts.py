"""The processes of the app's parts, such as calls: children of the process of `warmline serve`."""

from pathlib import Path

from lab.lab_error import LabError

PREFIX = "warm-"  # of the name of a part's process


def pid_of(app: int, part: str) -> int:
    """Return the pid of a part; `app` is the pid of `warmline serve`. Raises LabError while there is none."""
    found = parts(app).get(part)
    if found is None:
        raise LabError("lab_part_missing", "the app (process {pid}) has no part {part} now", pid=app, part=part)
    return found


def parts(app: int) -> dict[str, int]:
    """Return the pid of each part that runs now, by its name."""
    named = {_name(pid): pid for pid in children(app)}
    return {name.removeprefix(PREFIX): pid for name, pid in named.items() if name.startswith(PREFIX)}


def children(pid: int) -> list[int]:
    """Return the children of a process; [] if it has ended."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""
