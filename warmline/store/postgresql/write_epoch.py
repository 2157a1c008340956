"""The epoch of the lease that this process holds: each of its transactions that write is one of this epoch.

Once another app leads, the server refuses them (statement_functions.sql). A process without an epoch, such as a command
of an administrator, may always write.
"""

_epoch = 0


NOT_TOLD = -1  # the epoch of a process that may not write yet


def write_under(epoch: int) -> None:
    """Let this process write under an epoch from now on; 0 for none."""
    global _epoch
    _epoch = epoch


def current() -> int:
    """Return the epoch of this process; 0 for none."""
    return _epoch
