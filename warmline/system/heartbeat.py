"""The beat of the application's loop: the file `beat` in the folder `run`, with the monotonic clock of the last turn.

A stopped application keeps its connection to Asterisk, and Stasis() goes on taking calls for it: only this tells.
The clock is that of the machine, which nobody sets; a restarted machine begins it anew.
"""

import os
import time

ROUNDED = 0.001  # seconds: a beat is written in milliseconds
STOPPED = 3.0  # seconds without a beat, after which the application is taken for stopped


class HeartbeatFile:
    """What is given in the folder `run`. Its file is held open, for when no file number is left."""

    def __init__(self, run: str) -> None:
        self._path = f"{run}/beat"
        self._file = -1

    def give(self) -> None:
        """Say that the loop turns. Raises OSError."""
        if not self._is_held():
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o644)
            if self._file >= 0:
                os.close(self._file)
            self._file = file
        os.pwrite(self._file, b"%017.3f\n" % time.monotonic(), 0)  # of one length: nobody reads half of it

    def end(self) -> None:
        """Say that the loop turns no more; a beat that is gone already is no matter."""
        try:
            os.unlink(self._path)  # noqa: PTH108 - pathlib costs an AGI script 5 ms
        except OSError:
            return

    def _is_held(self) -> bool:
        """Whether who reads the beat finds the file that is open."""
        try:
            found = os.stat(self._path)  # noqa: PTH116 - pathlib costs an AGI script 5 ms
            return self._file >= 0 and os.path.samestat(found, os.fstat(self._file))
        except FileNotFoundError:
            return False


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
