"""`warmline serve`: the app itself, in this process."""

import os
import sys
from typing import Annotated

import typer

from cli.arguments import completion

PARTS = ("calls", "api", "workers", "media", "agi")  # of ari_app/supervisor/parts.py

Part = Annotated[
    str,
    typer.Argument(
        metavar="PART",
        show_default=False,
        help="Run only this part, such as calls.",
        autocompletion=completion.words(*PARTS),
    ),
]


def serve(part: Part = "") -> None:
    os.execv(sys.executable, [sys.executable, "-m", "ari_app", *([part] if part else [])])  # noqa: S606 - our own
