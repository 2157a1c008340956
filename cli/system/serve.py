"""`warmline serve`: the app itself, in this process."""

import os
import sys


def serve() -> None:
    """Run the app, which owns the live calls, until it is stopped."""
    os.execv(sys.executable, [sys.executable, "-m", "ari_app"])  # noqa: S606 - our own program
