"""The `warmline` command, given as an administrator of a lab gives it."""

import asyncio
import os
import sys
from pathlib import Path

WARMLINE = (sys.executable, "-c", "from cli.main import main; main()")


async def warmline(folder: Path, *words: str) -> str:
    """What the command prints, with the settings of the lab in this folder; it must end with 0."""
    environ = os.environ | {"WARMLINE_CONFIG": str(folder / "warmline.toml")}
    process = await asyncio.create_subprocess_exec(*WARMLINE, *words, env=environ, stdout=-1, stderr=-1)
    out, complaint = await process.communicate()
    assert process.returncode == 0, f"warmline {' '.join(words)}: {complaint.decode()}"
    return out.decode()
