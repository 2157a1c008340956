"""Keeps the highest epoch of a gate on disk, so that it outlives a restart of the machine.

Recordings can fill the disk. The file therefore always has the same length, and is then overwritten in its place.
"""

import logging
import os
from pathlib import Path

from warmline.system import gate_protocol, whole_file
from warmline.system.gate_protocol import EpochAnswerError
from warmline.system.settings import SettingsError

MODE = 0o644
DIGITS = len(str(gate_protocol.EPOCH_MOST))

log = logging.getLogger("warmline.gate")


class EpochFile:
    """The file `gate-epoch` beside the folder of the setting `spool`."""

    def __init__(self, spool: str) -> None:
        self.path = gate_protocol.epoch_file(spool)

    def read(self) -> int:
        """Return the epoch on disk; 0 without a file. Raises SettingsError: the gate must not guess a lower one."""
        try:
            return gate_protocol.epoch_of(self.path.read_text().strip())
        except FileNotFoundError:
            return 0
        except (OSError, EpochAnswerError, UnicodeDecodeError) as error:
            raise SettingsError(
                "gate_epoch_unreadable",
                "file {path} with the gate's epoch cannot be read: {why}; write the number there that the app's log "
                "names as its epoch",
                path=self.path,
                why=getattr(error, "strerror", None) or error,
            ) from None

    def write(self, epoch: int) -> None:
        """Replace the epoch, and return when it is on disk with its name. Raises OSError."""
        text = f"{epoch:0{DIGITS}}\n"
        try:
            whole_file.write(self.path, text, MODE)
        except OSError as error:
            if error.errno not in whole_file.FULL or not self.path.is_file():
                raise
            log.error("%s cannot be replaced: %s; the epoch is written in its place", self.path, error.strerror)
            _overwrite(self.path, text)


def _overwrite(path: Path, text: str) -> None:
    """Write over the beginning of a file, which needs no space on the disk. Raises OSError."""
    file = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
    try:
        os.pwrite(file, text.encode(), 0)
        os.fsync(file)
    finally:
        os.close(file)
