"""`warmline agi`: the AGI process, in this process."""

import os
import sys


def agi() -> None:
    os.execv(sys.executable, [sys.executable, "-m", "ari_app", "agi"])  # noqa: S606 - our own program
