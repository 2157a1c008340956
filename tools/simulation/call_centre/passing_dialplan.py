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


async def tell_third(asterisk: Sequence[str], variables: Sequence[str]) -> None:
    """Add a context that dials any number by the trunk, with these variables of the channel as headers."""
    dial = "Dial(PJSIP/${EXTEN}@trunk,,b(told-third^headers^1))"
    headers = [f"Set(PJSIP_HEADER(add,X-{name})=${{{name}}})" for name in variables]
    await _ask(asterisk, f"dialplan add extension _X.,1,{dial} into told-third replace")
    for priority, step in enumerate((*headers, "Return()"), 1):
        await _ask(asterisk, f"dialplan add extension headers,{priority},{step} into told-third replace")


async def remove(asterisk: Sequence[str], exten: str) -> None:
    """Remove such an extension."""
    await _ask(asterisk, f"dialplan remove extension {exten}@{CONTEXT}")


async def _ask(asterisk: Sequence[str], command: str) -> None:
    await asyncio.to_thread(subprocess.run, [*asterisk, command], check=True, capture_output=True)
