"""The number of threads of a process that check passwords."""

import os

# A check takes a processor for some 25 ms, without the lock of the interpreter, and each thread keeps 16 MB.
AT_ONCE = min(2, len(os.sched_getaffinity(0)))
