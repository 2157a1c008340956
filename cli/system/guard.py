"""`warmline guard`: the app's guard, in this process."""

import os
import sys


def guard() -> None:
    os.execv(sys.executable, [sys.executable, "-m", "ari_app.guard"])  # noqa: S606 - our own program
