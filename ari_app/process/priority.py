"""The priority of a process beside calls, and its end with the process that started it."""

import ctypes
import os
import signal
import time
from contextlib import suppress
from pathlib import Path

AUTOGROUP = Path("/proc/self/autogroup")
AUTOGROUP_TRIES, AUTOGROUP_AGAIN = 4, 0.05  # attempts, and seconds between two

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # linux/prctl.h

_libc = ctypes.CDLL(None, use_errno=True)


def end_with(parent: int) -> None:
    """End this process when its parent ends, even by a signal."""
    _libc.prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL))
    if os.getppid() != parent:  # it died before
        os._exit(1)


def be_named(name: str) -> None:
    """Set the name of this process in the list of processes."""
    _libc.prctl(PR_SET_NAME, name.encode())  # the kernel keeps 15 characters


def give_way(nice: int) -> None:
    """Lower the priority of this process among others, and of its session among sessions if the kernel can.

    The scheduler shares the processors between sessions first (autogroups, sched(7)). A busy child needs one of its
    own; else it uses up the share of its parent.
    """
    with suppress(OSError):  # a service's system calls can be restricted
        os.nice(nice)
    for _ in range(AUTOGROUP_TRIES):
        try:
            AUTOGROUP.write_text(str(nice))
        except BlockingIOError:  # the kernel accepts one change in 0.1 s from all ordinary users
            time.sleep(AUTOGROUP_AGAIN)
        except OSError:  # a kernel without autogroups
            return
        else:
            return
