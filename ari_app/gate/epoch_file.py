"""Keeps the highest epoch of a gate on disk, so that it outlives a restart of the machine."""

from warmline.system import gate_protocol, whole_file
from warmline.system.gate_protocol import EpochAnswerError
from warmline.system.settings import SettingsError

MODE = 0o644


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
        whole_file.write(self.path, f"{epoch}\n", MODE)
