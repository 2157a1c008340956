"""The `warmline` command, run as an administrator of a lab runs it."""

import asyncio
import os
import sys
from pathlib import Path

WARMLINE = (sys.executable, "-c", "from cli.main import main; main()")


async def warmline(folder: Path, *words: str) -> str:
    """Run the command with the settings of the lab in this folder, and return its output; it must exit with 0."""
    environ = os.environ | {"WARMLINE_CONFIG": str(folder / "warmline.toml")}
    process = await asyncio.create_subprocess_exec(*WARMLINE, *words, env=environ, stdout=-1, stderr=-1)
    out, complaint = await process.communicate()
    assert process.returncode == 0, f"warmline {' '.join(words)}: {complaint.decode()}"
    return out.decode()
