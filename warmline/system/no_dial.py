"""The emergency stop of all automatic dialling: a file in the folder of the setting `run`.

It works without a database and with a stuck app, and a shell script can create it.
"""

from pathlib import Path

NAME = "no-dial"
WHY = "automatic dialling is stopped; to allow it again: warmline dial allow"


def is_set(run: str | Path) -> bool:
    """Return whether all automatic dialling is stopped."""
    return (Path(run) / NAME).exists()


def stop(run: str | Path) -> bool:
    """Stop all automatic dialling; return False if it was stopped already. Raises OSError."""
    try:
        (Path(run) / NAME).touch(mode=0o644, exist_ok=False)
    except FileExistsError:
        return False
    return True


def allow(run: str | Path) -> bool:
    """Allow automatic dialling again; return False if it was allowed. Raises OSError."""
    try:
        (Path(run) / NAME).unlink()
    except FileNotFoundError:
        return False
    return True
