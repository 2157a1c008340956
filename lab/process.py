"""Programs that outlive the command that started them, and are safe from being ended by mistake.

A process id can be reused by another program; together with its start time it names one program permanently.
"""

import asyncio
import os
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from lab.app_parts import children

# Processes started by this process, which must read their exit status: by pid and start time.
_children: dict[tuple[int, str], "subprocess.Popen[bytes]"] = {}


def start(
    command: Sequence[str], log: Path, record: Path, environment: Mapping[str, str], keep: Sequence[int] = ()
) -> int:
    """Start a program in its own session, append its output to `log`, and store its identity in `record`.

    `keep` are file descriptors that it inherits. Returns the pid. Raises OSError.
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
    """Return the pid of the program in `record`, or None if it has ended."""
    pid, started = _read(record)
    state, started_now = _stat(pid)
    return pid if started_now == started and state not in ("", "Z", "X") else None


def stop(record: Path, grace: float = 8.0) -> bool:
    """End the program in `record`, by force after `grace` seconds; return whether it was running."""
    program = _read(record)
    was_running = running(record) is not None
    if was_running:
        with suppress(ProcessLookupError):  # it has already ended
            _end(os.pidfd_open(program[0]), record, grace)
    if program in _children:
        _children.pop(program).wait()
    record.unlink(missing_ok=True)
    return was_running


def kill(pid: int) -> None:
    """Send SIGKILL, and return once the process is dead; one that waits for a disk dies later.

    The parts of the app die with it. They are dead, too, when this returns.
    """
    with ExitStack() as stack:
        handles = []
        for one in (pid, *children(pid)):
            handles.append(os.pidfd_open(one))
            stack.callback(os.close, handles[-1])
        signal.pidfd_send_signal(handles[0], signal.SIGKILL)
        for handle in handles:
            select.select([handle], [], [])


def _end(handle: int, record: Path, grace: float) -> None:
    try:
        if running(record) is None:  # the pid may belong to another program by now
            return
        signal.pidfd_send_signal(handle, signal.SIGTERM)
        if not select.select([handle], [], [], grace)[0]:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            select.select([handle], [], [])
    finally:
        os.close(handle)


def _read(record: Path) -> tuple[int, str]:
    """Return the pid and start time in the record; 0 and "" without a record."""
    try:
        pid, started = record.read_text().split()
        return int(pid), started
    except (FileNotFoundError, ValueError):
        return 0, "-"


def _stat(pid: int) -> tuple[str, str]:
    """Return the state letter and the start time (clock ticks after boot) of a process.

    Both are empty if there is no such process.
    """
    try:
        # The name, in parentheses, can contain any character; the fields after it cannot.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "", ""
    return fields[0], fields[19]


def end_on_signals() -> None:
    """Cancel the current task at the first Ctrl-C or other ending signal; ignore a second one."""
    me = asyncio.current_task()
    assert me
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, lambda: me.cancelling() or me.cancel())
