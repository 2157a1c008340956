"""Extensions of a real Asterisk that set data of a call, then continue at a number of Warmline's trunk context."""

import asyncio
import subprocess
from collections.abc import Mapping, Sequence

CONTEXT, WARMLINE = "from-trunk", "warmline-from-trunk"


async def add(asterisk: Sequence[str], exten: str, number: str, data: Mapping[str, str]) -> None:
    """Add an extension that passes data with a call to the number; no value may have a blank or a comma."""
    steps = [*(f"Set(WARMLINE_DATA_{name}={value})" for name, value in data.items()), f"Goto({WARMLINE},{number},1)"]
    for priority, step in enumerate(steps, 1):
        await _ask(asterisk, f"dialplan add extension {exten},{priority},{step} into {CONTEXT} replace")


async def remove(asterisk: Sequence[str], exten: str) -> None:
    """Remove such an extension."""
    await _ask(asterisk, f"dialplan remove extension {exten}@{CONTEXT}")


async def _ask(asterisk: Sequence[str], command: str) -> None:
    await asyncio.to_thread(subprocess.run, [*asterisk, command], check=True, capture_output=True)
