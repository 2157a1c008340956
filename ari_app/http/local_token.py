"""The token by which a program of this machine proves that it may read the app's folder."""

import os
import secrets
from pathlib import Path

NAME = "token"


def keep(run: str) -> str:
    """The token in `run`/token, made (mode 0600) if there is none. A second app that starts by mistake leaves the
    first one's alone. Raises OSError when the folder cannot be used.
    """
    path = Path(run) / NAME
    try:
        if token := path.read_text().strip():
            return token
    except FileNotFoundError:
        pass
    fresh = path.with_name(f"{NAME}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token := secrets.token_urlsafe(32))
    fresh.rename(path)
    return token
