"""Programs that outlive the command that started them, and are ended by nobody else's mistake.

A pid alone may belong to another program by now; with its start time it names one program for good.
"""

import os
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

# Started by this very process, which has to take their exit status: by pid and start time.
_children: dict[tuple[int, str], "subprocess.Popen[bytes]"] = {}


def start(
    command: Sequence[str], log: Path, record: Path, environment: Mapping[str, str], keep: Sequence[int] = ()
) -> int:
    """Start a program in a session of its own, its output added to `log`; `record` remembers which it is.

    `keep` are file descriptors it inherits. Returns the pid. Raises OSError.
    """
    with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb") as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=log.parent,
            start_new_session=True,
            umask=0o077,
            pass_fds=keep,
        )
    started = _stat(child.pid)[1]
    _children[child.pid, started] = child
    record.write_text(f"{child.pid} {started}\n")
    return child.pid


def running(record: Path) -> int | None:
    """The pid of the program that `record` remembers, or None if it is gone."""
    pid, started = _read(record)
    state, started_now = _stat(pid)
    return pid if started_now == started and state not in ("", "Z", "X") else None


def stop(record: Path, grace: float = 8.0) -> bool:
    """End the program that `record` remembers, by force after `grace` seconds; say whether it was running."""
    program = _read(record)
    was_running = running(record) is not None
    if was_running:
        with suppress(ProcessLookupError):  # gone by itself meanwhile
            _end(os.pidfd_open(program[0]), record, grace)
    if program in _children:
        _children.pop(program).wait()
    record.unlink(missing_ok=True)
    return was_running


def kill(pid: int) -> None:
    """SIGKILL; returns once it is dead, which it is not at once while it waits for a disk."""
    handle = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        select.select([handle], [], [])
    finally:
        os.close(handle)


def _end(handle: int, record: Path, grace: float) -> None:
    try:
        if running(record) is None:  # the handle may be of the next program with this pid
            return
        signal.pidfd_send_signal(handle, signal.SIGTERM)
        if not select.select([handle], [], [], grace)[0]:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            select.select([handle], [], [])
    finally:
        os.close(handle)


def _read(record: Path) -> tuple[int, str]:
    """Pid and start time as remembered; 0 and nothing where there is no record."""
    try:
        pid, started = record.read_text().split()
        return int(pid), started
    except (FileNotFoundError, ValueError):
        return 0, "-"


def _stat(pid: int) -> tuple[str, str]:
    """State letter and start time (clock ticks after boot) of a process; empty texts if there is none."""
    try:
        # The name, in parentheses, may hold anything; the fields after it do not.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    return fields[0], fields[19]
