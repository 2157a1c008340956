"""The beat of the application's loop: the file `beat` in the folder `run`, with the monotonic clock of the last turn.

A stopped application keeps its connection to Asterisk, and Stasis() goes on taking calls for it: only this tells.
The clock is that of the machine, which nobody sets; a restarted machine begins it anew.
"""

import os
import time

ROUNDED = 0.001  # seconds: a beat is written in milliseconds
STOPPED = 3.0  # seconds without a beat, after which the application is taken for stopped


def give(run: str) -> None:
    """Say that the loop turns. Raises OSError."""
    file = os.open(f"{run}/beat", os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        os.pwrite(file, b"%017.3f\n" % time.monotonic(), 0)  # of one length: nobody reads half of it
    finally:
        os.close(file)


def age(run: str) -> "float | None":
    """Seconds since the last beat; None if there was none since the machine was started."""
    try:
        with open(f"{run}/beat", "rb") as file:
            past = time.monotonic() - float(file.read(64))
    except (OSError, ValueError):
        return None
    return max(past, 0.0) if past > -ROUNDED else None


def stopped(run: str) -> float:
    """Seconds for which the application has been stopped or stuck; 0 while it turns, or was never there."""
    past = age(run) or 0.0
    return past if past > STOPPED else 0.0
