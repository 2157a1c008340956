"""The tokens by which this user's command line shows an app that it has logged in before. A logout keeps them.

A password is still needed, so a file that cannot be read or written only slows the next login down.
"""

import json
import os
from contextlib import suppress
from pathlib import Path

from warmline.centre import login_file

NAME = "devices.json"  # beside the login


def path() -> Path:
    """Return the path of the file."""
    return login_file.path().with_name(NAME)


def of(url: str) -> str:
    """Return the tokens for the app at this address; "" if there are none."""
    found = _read().get(url, "")
    return found if isinstance(found, str) else ""


def keep(url: str, tokens: str) -> None:
    """Keep the tokens for the app at this address, for this user alone."""
    file = path()
    fresh = file.with_name(f"{NAME}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            json.dump(_read() | {url: tokens}, stream)
        fresh.replace(file)


def _read() -> dict[str, object]:
    try:
        found = json.loads(path().read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
