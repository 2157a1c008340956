"""`asterisk.agi` where pyst2 is not installed: the same names, which are those of `warmline.agi`."""

from warmline.agi.channel import AGI, DEFAULT_RECORD, DEFAULT_TIMEOUT
from warmline.agi.protocol import (
    AGIAppError,
    AGIDBError,
    AGIDeadChannel,
    AGIError,
    AGIException,
    AGIHangup,
    AGIInvalidCommand,
    AGIResultHangup,
    AGISIGHUPHangup,
    AGISIGPIPEHangup,
    AGITimeout,
    AGIUnknownError,
    AGIUsageError,
)

# `from asterisk.agi import *` also brings the modules that pyst2 imports, and scripts use them.
__all__ = [
    "AGI", "DEFAULT_RECORD", "DEFAULT_TIMEOUT", "AGIAppError", "AGIDBError", "AGIDeadChannel", "AGIError",
    "AGIException", "AGIHangup", "AGIInvalidCommand", "AGIResultHangup", "AGISIGHUPHangup", "AGISIGPIPEHangup",
    "AGITimeout", "AGIUnknownError", "AGIUsageError",
    "pprint", "re", "signal", "sys",  # noqa: F822 - see __getattr__
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Return a module that pyst2 imports, which is loaded now. Raises AttributeError."""
    if name in ("pprint", "re", "signal", "sys"):
        return __import__(name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
