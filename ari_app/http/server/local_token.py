"""The token by which a local program proves that it may read the app's folder."""

import os
import secrets
from pathlib import Path

from warmline.system import token_file
from warmline.system.settings import SettingsError
from warmline.system.token_file import NAME


def keep(run: str) -> str:
    """Return the token in `run`/token; create it (mode 0600) if it does not exist.

    An existing token stays, so that a second app started by mistake does not disturb the first. A process whose user
    may not use another user's folder gets a token that no program knows.
    Raises SettingsError if the folder cannot be used.
    """
    path = token_file.path(run)
    try:
        if path.parent.stat().st_uid != os.geteuid() and not os.access(path.parent, os.W_OK):
            return secrets.token_urlsafe(32)
        return _read(path) or _make(path)
    except OSError as problem:
        why = f"{problem.strerror}; make the folder for this user, or set another"
        raise SettingsError(
            "setting_run_unusable",
            "setting run is {folder}, but the file {file} cannot be written there: {why}",
            folder=run,
            file=NAME,
            why=why,
        ) from None


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("ascii", "ignore").strip()
    except FileNotFoundError:
        return ""


def _make(path: Path) -> str:
    token = secrets.token_urlsafe(32)
    fresh = path.with_name(f"{NAME}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(token)
    fresh.rename(path)
    return token
