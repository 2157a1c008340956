"""The process of a part: a fork of the supervisor, which has the part's modules loaded already.

The supervisor must have no thread and no event loop, because a fork copies neither.
"""

import os
import signal
import socket
import time

from ari_app.process.priority import be_named, end_with, give_way
from ari_app.process.systemd import SystemdNotifier
from ari_app.supervisor.parts import Part

# Seconds before a part that failed is started again. The longest is below browser_grace_seconds, after which a page
# that cannot reach the app has lost its phone.
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 2.0
STARTS_WITHIN = 90.0  # seconds until a new process must be ready; systemd's default limit
LIVED = 3.0  # seconds after which a part counts as started well, and the pause is the first one again
HANDLED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
MESSAGES = 4096  # bytes of a message of a part


class PartProcess:
    """A part with its current process. `due` is the time.monotonic() of its next start."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.pid = 0  # 0 while there is none
        self.due = 0.0
        self.is_ready = self.was_ready = False
        self.limit = self.stuck_at = float("inf")  # seconds, and when they are over on the supervisor's clock
        self.channel: socket.socket | None = None
        self._began = 0.0
        self._pause = FIRST_PAUSE

    def fork(self) -> SystemdNotifier | None:
        """Start the process. Returns None in the supervisor, and the part's notifier in the new process."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        ours.setblocking(False)
        theirs.setblocking(False)
        supervisor = os.getpid()
        # A signal must not reach the new process while it still has the supervisor's handlers.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, HANDLED)
        try:
            self.pid = os.fork()
        except OSError:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            ours.close()
            theirs.close()
            raise
        if self.pid:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            theirs.close()
            self.channel, self._began, self.is_ready = ours, time.monotonic(), False
            return None
        _begin(self.part, supervisor)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        ours.close()
        notifier = SystemdNotifier(supervisor=theirs)
        notifier.watchdog = min(filter(None, (notifier.watchdog, self.part.stuck_after)), default=0.0)
        return notifier

    def lives(self, now: float, limit: float) -> None:
        """Let the process count as stuck `limit` seconds after `now`, a time on the supervisor's clock; 0: never."""
        self.limit = limit or float("inf")
        self.stuck_at = now + self.limit

    def received(self) -> list[str]:
        """Return the lines that the part has sent, such as READY=1."""
        lines: list[str] = []
        try:
            while self.channel:
                lines += self.channel.recv(MESSAGES).decode(errors="replace").splitlines()
        except OSError:  # nothing more
            pass
        return lines

    def ended(self) -> int | None:
        """Return the exit code once the process has ended, negative for a signal; None while it runs."""
        pid, status = os.waitpid(self.pid, os.WNOHANG) if self.pid else (0, 0)
        if not pid:
            return None
        self.pid, self.is_ready = 0, False
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """Close the channel, in the supervisor after the process ended, and in the processes of other parts."""
        if self.channel:
            self.channel.close()
            self.channel = None

    def plan_restart(self, code: int) -> float:
        """Set `due`, and return the pause in seconds: the longer, the more often the part failed."""
        now = time.monotonic()
        if code == 0 or now - self._began >= LIVED:
            self._pause = FIRST_PAUSE
        pause = self._pause
        if code:
            self._pause = min(pause * 2, LONGEST_PAUSE)
        self.due = now + pause
        return pause


def _begin(part: Part, supervisor: int) -> None:
    """Make the new process one of its own: it dies with the supervisor, and its terminal's Ctrl-C is not for it.

    Its session is its own, too. The scheduler shares the processors between sessions (autogroups, sched(7)), so a busy
    part does not use up the share of the calls.
    """
    end_with(supervisor)
    be_named(f"warm-{part.name}")
    os.setsid()
    if part.nice:
        give_way(part.nice)
    signal.set_wakeup_fd(-1)
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the part can reload
    os.environ.pop("NOTIFY_SOCKET", None)
    if "WATCHDOG_PID" in os.environ:
        os.environ["WATCHDOG_PID"] = str(os.getpid())
