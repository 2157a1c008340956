"""Starts the parts of `warmline serve`, starts those again that end, and ends all of them in order."""

import gc
import logging
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.supervisor.part_process import HANDLED, STARTS_WITHIN, PartProcess
from ari_app.supervisor.parts import Part
from ari_app.supervisor.sockets import HeldSockets

CANNOT_START = 1  # the exit code of a part that cannot continue
LOOKS = 0.5  # seconds at most until the supervisor looks for stuck parts again

log = logging.getLogger("warmline.supervisor")


class PartSupervisor:
    """The parts and their processes. It has neither a thread nor an event loop, because it forks."""

    def __init__(self, parts: Sequence[Part], sockets: HeldSockets, systemd: SystemdNotifier) -> None:
        self._processes = [PartProcess(part) for part in parts]
        self._sockets, self._systemd = sockets, systemd
        self._woken, self._wake = socket.socketpair()
        self._clock = 0.0  # seconds; it stands still while the supervisor is stopped, or the whole machine
        self._feed_at = float("inf")  # the time.monotonic() at which systemd's watchdog is fed next

    def run(self) -> Callable[[], None] | int:
        """Run until SIGTERM or SIGINT, then return 0. Return 1 if a part could not start the first time.

        It returns in each new process, too: the function that is the part. The caller runs it and does nothing else.
        """
        gc.disable()  # a search for garbage among modules that load finds none, and takes a tenth of the start
        mains = {process.part: process.part.load() for process in self._processes}
        gc.freeze()  # loaded modules are never collected, so their memory stays shared
        gc.enable()
        self._listen_for_signals()
        while True:
            for process in self._processes:
                if not process.pid and process.due <= time.monotonic() and (notifier := self._start(process)):
                    return partial(mains[process.part], self._own_sockets(process), notifier)
            signals = self._wait_for_parts()
            if signals & {signal.SIGTERM, signal.SIGINT}:
                return self._end(0)
            if signal.SIGHUP in signals:
                self._reload()
            if any(self._cannot_start(process) for process in self._processes):
                return self._end(CANNOT_START)
            self._kill_stuck()
            self._feed()

    def _listen_for_signals(self) -> None:
        self._woken.setblocking(False)
        self._wake.setblocking(False)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        for number in HANDLED:
            signal.signal(number, lambda *_: None)  # the number arrives at `_woken`

    def _wait_for_parts(self) -> set[int]:
        """Wait for a signal, a part's message, the next start of a part, or LOOKS seconds; return the signals."""
        begun = time.monotonic()
        until = min(begun + LOOKS, self._feed_at, *(one.due for one in self._processes if not one.pid))
        signals = self._wait(until, *(one.channel for one in self._processes if one.channel))
        self._clock += min(time.monotonic() - begun, LOOKS)
        return signals

    def _wait(self, until: float, *channels: socket.socket) -> set[int]:
        """Wait for a signal or a message on a channel, at most until this time.monotonic(); return the signals."""
        poll = select.poll()
        for one in (self._woken, *channels):
            poll.register(one, select.POLLIN)
        poll.poll(None if until == float("inf") else max(until - time.monotonic(), 0.0) * 1000)
        with suppress(BlockingIOError):
            return set(self._woken.recv(4096))
        return set()

    def _start(self, process: PartProcess) -> SystemdNotifier | None:
        """Start a part's process. Returns None in the supervisor, and the part's notifier in the new process."""
        self._sockets.open(process.part.sockets)
        process.lives(self._clock, STARTS_WITHIN)
        try:
            return process.fork()
        except OSError as problem:
            pause = process.plan_restart(CANNOT_START)
            log.warning("%s cannot start: %s; retrying in %g s", process.part.name, problem.strerror, pause)
            return None

    def _own_sockets(self, process: PartProcess) -> PassedSockets:
        """Close what the new process of a part does not need; return its sockets."""
        for one in self._processes:
            one.close()
        self._woken.close()
        self._wake.close()
        return self._sockets.keep_only(process.part.sockets)

    def _reload(self) -> None:
        """Let all parts read their settings again. Each reports READY=1 when that is done."""
        if all(process.is_ready for process in self._processes):
            self._systemd.reloading()
        for process in self._processes:
            process.is_ready = False
            if process.pid:
                os.kill(process.pid, signal.SIGHUP)

    def _cannot_start(self, process: PartProcess) -> bool:
        """Relay a part's messages; after its end, plan its restart. Return whether it could not start at all."""
        code = process.ended()
        self._relay(process)
        if code is None:
            return False
        process.close()
        if code == CANNOT_START and not process.was_ready:
            return True
        pause = process.plan_restart(code)
        text = "%s ended with %s; it starts again in %g s"
        log.log(logging.WARNING if code else logging.INFO, text, process.part.name, _worded(code), pause)
        return False

    def _kill_stuck(self) -> None:
        """Kill the parts that have not fed the watchdog in time; they start again."""
        for process in self._processes:
            if process.pid and process.stuck_at <= self._clock:
                log.warning("%s has been stuck for %g s and is killed", process.part.name, process.limit)
                process.lives(self._clock, 0.0)
                os.kill(process.pid, signal.SIGKILL)

    def _feed(self) -> None:
        """Feed systemd's watchdog. It watches the supervisor, which watches the parts."""
        if self._feed_at <= (now := time.monotonic()):
            self._systemd.tell("WATCHDOG=1")
            self._feed_at = now + self._systemd.watchdog / 3

    def _relay(self, process: PartProcess) -> None:
        """Tell systemd what concerns the whole: all parts are ready, and the status of one."""
        for line in process.received():
            if line == "READY=1":
                process.is_ready = process.was_ready = True
                process.lives(self._clock, process.part.stuck_after)
                if all(one.is_ready for one in self._processes):
                    self._systemd.ready()
                    if self._systemd.watchdog:
                        self._feed_at = min(self._feed_at, time.monotonic() + self._systemd.watchdog / 3)
            elif line == "WATCHDOG=1":
                process.lives(self._clock, process.part.stuck_after)
            elif line.startswith("STATUS="):
                self._systemd.tell(line)

    def _end(self, code: int) -> int:
        """End the parts, the last one first; return the code."""
        self._systemd.tell("STOPPING=1")
        for process in reversed(self._processes):
            if process.pid:
                os.kill(process.pid, signal.SIGTERM)
                self._await_end(process)
        return code

    def _await_end(self, process: PartProcess) -> None:
        limit = time.monotonic() + process.part.ends_within
        while process.ended() is None:
            if time.monotonic() >= limit:
                log.warning("%s did not end within %g s and is killed", process.part.name, process.part.ends_within)
                os.kill(process.pid, signal.SIGKILL)
                limit = float("inf")
            self._wait(limit)


def _worded(code: int) -> str:
    return f"exit status {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
