"""`warmline guard`: the app's guard, in this process."""

import os
import sys


def guard() -> None:
    """Send callers to the fallback while the app is stopped or stuck; runs beside it until it is ended itself."""
    os.execv(sys.executable, [sys.executable, "-m", "ari_app.guard"])  # noqa: S606 - our own program
