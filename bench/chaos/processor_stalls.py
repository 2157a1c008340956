"""A program of its own that goes before all others on one processor, and prints each time that it did not get it.

A line is two times of CLOCK_MONOTONIC, in seconds: from, until. It imports nothing of ours: it has to start quickly.
"""

import os
import sys
import time

PAUSE = 0.002  # seconds between two looks
FIRST = 50  # its priority among real-time programs: 1 to 99


def main(processor: int, still: float) -> None:
    """Tell of what was longer than `still`, in seconds, while the program that wants to know lives.

    It is over at once where real-time priority is not allowed.
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
