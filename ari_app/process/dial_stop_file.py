"""The emergency stop of all automatic dialling, changed through the app. The file is that of `warmline dial stop`."""

import logging

from warmline.system import no_dial
from warmline.text.coded_error import CodedError

log = logging.getLogger("warmline.dialler")


class DialStopUnwritable(CodedError):
    """The file of the emergency stop cannot be made or removed."""


async def change(run: str, stopped: bool, by: str) -> bool:
    """Stop all automatic dialling, or allow it again, for a client; return whether that is new.

    `run` is the run folder. Raises DialStopUnwritable.
    """
    try:
        new = (no_dial.stop if stopped else no_dial.allow)(run)
    except OSError as error:
        raise DialStopUnwritable(
            "dial_stop_unwritable",
            "{file} cannot be changed: {why}; on the machine of the app: warmline dial {word}",
            file=f"{run}/{no_dial.NAME}",
            why=error.strerror or error,
            word="stop" if stopped else "allow",
        ) from None
    if new:
        log.warning("%s automatic dialling", f"{by} has stopped all" if stopped else f"{by} allows")
    return new
