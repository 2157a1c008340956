"""`warmline serve` with invented parts: `python -m tests.system.supervised_parts TARGET…` names their functions.

The parts are p0, p1, …; each prints its name and what happens to it.
"""

import os
import signal
import sys
import time
from contextlib import suppress

from ari_app.process.passed_sockets import PassedSockets
from ari_app.process.systemd import SystemdNotifier
from ari_app.supervisor import parts, start, supervisor
from ari_app.supervisor.parts import Part

ENDS_WITHIN = 0.5  # seconds
STUCK_AFTER = {"feeding": 2.0}  # seconds
STARTS_WITHIN = {"hanging": 0.5}  # seconds
NICE = {"modest": 7}


def steady(_: PassedSockets, systemd: SystemdNotifier) -> None:
    """Run until SIGTERM; report a reload at SIGHUP, and a turn of the event loop at SIGUSR1."""
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1)
    signal.pthread_sigmask(signal.SIG_BLOCK, numbers)
    _say("begins")
    systemd.ready()
    while (number := signal.sigwait(numbers)) != signal.SIGTERM:
        if number == signal.SIGUSR1:
            systemd.tell("WATCHDOG=1")
        else:
            _say("reloads")
            systemd.reloading()
            systemd.ready()
    _say("ends")


def slow(passed: PassedSockets, systemd: SystemdNotifier) -> None:
    """Be steady, but ready only at SIGUSR2."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2])
    _say("waits")
    signal.sigwait([signal.SIGUSR2])
    steady(passed, systemd)


hanging = slow  # with a limit for its start
modest = steady  # with a nice value


def stubborn(_: PassedSockets, systemd: SystemdNotifier) -> None:
    """Answer SIGTERM only with a message."""
    signal.signal(signal.SIGTERM, lambda *_: systemd.tell("WATCHDOG=1"))
    _say("begins")
    systemd.ready()
    while True:
        signal.pause()


def feeding(_: PassedSockets, systemd: SystemdNotifier) -> None:
    """Feed the watchdog in time until SIGTERM.

    Python's sigtimedwait also returns a signal if the process was stopped for longer than the wait.
    """
    with suppress(KeyboardInterrupt):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        systemd.ready()
        _say("begins")  # last: a test that stops it now stops a part that is ready, with the limit of one
        while True:
            time.sleep(systemd.watchdog / 3)
            systemd.tell("WATCHDOG=1")
    _say("ends")


def refusing(_: PassedSockets, __: SystemdNotifier) -> None:
    """End with an error before it is ready."""
    sys.exit("warmline serve: the setting is wrong")


def breaking(_: PassedSockets, systemd: SystemdNotifier) -> None:
    """End with an error at SIGUSR1, after it was ready."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
    _say("begins")
    systemd.ready()
    signal.sigwait([signal.SIGUSR1])
    sys.exit("warmline serve: the part is broken")


def _say(what: str) -> None:
    with open("/proc/self/comm") as comm:
        name = comm.read().strip().removeprefix("warm-")
    os.write(1, f"{name} {os.getpid()} {what}\n".encode())  # whole lines, as several parts write to one pipe


if __name__ == "__main__":
    parts.PARTS = tuple(  # type: ignore[assignment] # the parts of this test
        Part(
            f"p{place}",
            f"{__name__}:{name}",
            (),
            ENDS_WITHIN,
            stuck_after=STUCK_AFTER.get(name, 0.0),
            nice=NICE.get(name, 0),
        )
        for place, name in enumerate(sys.argv[1:])
    )
    supervisor.STARTS_WITHIN = min(STARTS_WITHIN.get(name, 90.0) for name in sys.argv[1:])
    start.main()
