"""`asterisk.agitb` where pyst2 is not installed. Errors are told without it, so `enable` has nothing to do."""

import sys


def enable(agi: object = None, display: int = 1, logdir: "str | None" = None, context: int = 5) -> None:
    """Do nothing: an error is in Asterisk's log, in WARMLINE_REASON and in the note for `warmline doctor`."""


def handler(info: object = None) -> None:
    """Tell an error that the script has caught: the one of `sys.exc_info()`."""
    sys.excepthook(*(info or sys.exc_info()))  # type: ignore[misc]  # a tuple of three
