"""A separate program with real-time priority on one processor; it prints each time when it did not run.

A line has two times of CLOCK_MONOTONIC in seconds: from and until. It imports no module of Warmline, so that it starts
fast.
"""

import os
import sys
import time

PAUSE = 0.002  # seconds between two reads of the clock
FIRST = 50  # its priority among real-time programs, 1 to 99


def main(processor: int, still: float) -> None:
    """Print stalls longer than `still` seconds, as long as the parent process lives.

    It ends at once if real-time priority is not allowed.
    """
    try:
        os.sched_setaffinity(0, {processor})
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(FIRST))
    except PermissionError:
        return
    parent, before = os.getppid(), time.monotonic()
    while os.getppid() == parent:
        time.sleep(PAUSE)
        now = time.monotonic()
        if now - before > still:
            print(before, now, flush=True)
        before = now


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
