"""A dialplan with [warmline-after] and [warmline-ended], which write a call's variables into a real Asterisk's log."""

import asyncio
import subprocess
from collections.abc import Container, Sequence
from pathlib import Path

from lab.sip import tones
from warmline.core.rules.call_result import VARIABLES

AFTER, ENDED = "warmline-after", "warmline-ended"
KEPT = (*VARIABLES, "WARMLINE_DATA_ticket")
SEPARATOR = "|"  # no value has it


def _log(context: str) -> str:
    """Return the step that logs the variables. DB() would be blocked on some channels."""
    return f"Log(NOTICE,{context}{SEPARATOR}{SEPARATOR.join(f'${{{name}}}' for name in KEPT)})"


SOUND = (f"Playtones({tones.EARLY}/5000)", "Wait(2)")  # two seconds, long enough to find the customer there
STEPS = {AFTER: (_log(AFTER), *SOUND, "Hangup"), ENDED: (_log(ENDED), "Return")}


async def add(asterisk: Sequence[str]) -> None:
    """Add both contexts; the first plays a tone for two seconds."""
    for context, steps in STEPS.items():
        for number, step in enumerate(steps, 1):
            await _ask(asterisk, f"dialplan add extension s,{number},{step} into {context} replace")


async def remove(asterisk: Sequence[str]) -> None:
    """Remove both contexts."""
    for context in STEPS:
        await _ask(asterisk, f"dialplan remove context {context}")


async def _ask(asterisk: Sequence[str], command: str) -> None:
    await asyncio.to_thread(subprocess.run, [*asterisk, command], check=True, capture_output=True)


def logged(log: Path, context: str, calls: Container[str]) -> list[dict[str, str]]:
    """Return the variables of these calls, once for each time that a channel came to the context."""
    found = (line.partition(f"{context}{SEPARATOR}") for line in log.read_text(errors="replace").splitlines())
    times = [dict(zip(KEPT, values.split(SEPARATOR), strict=True)) for _, there, values in found if there]
    return [one for one in times if one["WARMLINE_CALL_ID"] in calls]
