"""The file with the APIs' token for programs of this machine."""

import os
from hmac import compare_digest
from pathlib import Path

NAME = "token"


def path(run: str) -> Path:
    """Return the path of the file: in the folder of the APIs' own user next to `run`, if there is one, or in `run`."""
    own = Path(f"{run}-api")
    return (own if own.is_dir() else Path(run)) / NAME


def is_own(run: str, token: str) -> bool:
    """Return whether this is the token in the file, and this process's user wrote it."""
    file = path(run)
    try:
        is_ours, known = file.stat().st_uid == os.geteuid(), file.read_bytes().strip()
    except OSError:
        return False
    return is_ours and bool(known) and compare_digest(known, token.encode())
