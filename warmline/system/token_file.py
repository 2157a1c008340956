"""The file with the APIs' token for programs of this machine."""

from pathlib import Path

NAME = "token"


def path(run: str) -> Path:
    """Return the path of the file: in the folder of the APIs' own user beside `run`, if there is one, or in `run`."""
    own = Path(f"{run}-api")
    return (own if own.is_dir() else Path(run)) / NAME
