"""`warmline serve`: the app itself, in this process."""

import os
import sys


def serve() -> None:
    os.execv(sys.executable, [sys.executable, "-m", "ari_app"])  # noqa: S606 - our own program
