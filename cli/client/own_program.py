"""How the reader of a text starts this Warmline: in a clone, its program is not on the PATH."""

import os
import shutil
import sys
from pathlib import Path

from warmline.system.program_files import CODE


def program() -> str:
    """Return the word that starts this Warmline in the reader's shell, such as `.venv/bin/warmline`."""
    ours = Path(sys.executable).with_name("warmline")
    found = shutil.which("warmline")
    if found and Path(found).resolve() == ours.resolve():
        return "warmline"
    return os.path.relpath(ours) if ours.is_relative_to(Path.cwd()) else str(ours)


def starts_lab() -> str:
    """Return the command that starts a lab: `make lab` in a clone."""
    return "make lab" if (CODE / "Makefile").exists() and Path.cwd() == CODE else f"{program()} lab up --dir lab"
