"""The heartbeats of the call process and the AGI process: files in the folder `run` with the time of the last turn.

A stopped call process keeps its connection to Asterisk, and Stasis() continues to accept calls for it. A stopped AGI
process keeps its port, and Asterisk waits for it without limit. Only the heartbeats reveal this. Their clock is
monotonic: it cannot be set, and starts again with the machine.
"""

import os
import time

ROUNDED = 0.001  # seconds; a heartbeat is written in milliseconds
STOPPED_SECONDS = 3.0  # without a heartbeat after which a process counts as stopped
CALLS_FILE, AGI = "beat", "agi-beat"  # the files; the dialplan derives the second name from the first


class HeartbeatFile:
    """A heartbeat file in the folder `run`. It stays open, so that it works even when no file number is free."""

    def __init__(self, run: str, name: str = CALLS_FILE) -> None:
        self.path = f"{run}/{name}"
        self._file = -1

    def give(self) -> None:
        """Write a heartbeat. Raises OSError."""
        if not self._is_held():
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o644)
            os.fchmod(file, 0o644)  # in spite of the umask: the API process has another user
            if self._file >= 0:
                os.close(self._file)
            self._file = file
        os.pwrite(self._file, b"%017.3f\n" % time.monotonic(), 0)  # of fixed length: a reader never sees half

    def end(self) -> None:
        """Remove the heartbeat; a missing file is no error."""
        try:
            os.unlink(self.path)  # noqa: PTH108 - pathlib costs an AGI script 5 ms
        except OSError:
            return

    def _is_held(self) -> bool:
        """Return whether readers of the heartbeat find the open file."""
        try:
            found = os.stat(self.path)  # noqa: PTH116 - pathlib costs an AGI script 5 ms
            return self._file >= 0 and os.path.samestat(found, os.fstat(self._file))
        except FileNotFoundError:
            return False


def get_age_seconds(run: str, name: str = CALLS_FILE) -> "float | None":
    """Return the seconds since the last heartbeat; None if there was none since the machine started."""
    try:
        with open(f"{run}/{name}", "rb") as file:
            past = time.monotonic() - float(file.read(64))
    except (OSError, ValueError):
        return None
    return max(past, 0.0) if past > -ROUNDED else None


def get_stopped_seconds(run: str) -> float:
    """Return the seconds for which the call process has been stopped or stuck; 0 if it runs, or was never started."""
    past = get_age_seconds(run) or 0.0
    return past if past > STOPPED_SECONDS else 0.0
