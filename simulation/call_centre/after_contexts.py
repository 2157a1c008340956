"""A dialplan with [warmline-after] and [warmline-ended], which keep a call's variables in a real Asterisk."""

import asyncio
import subprocess
from collections.abc import Sequence

from sip_parties import tones
from warmline.core.rules.call_result import VARIABLES

AFTER, ENDED = "warmline-after", "warmline-ended"
DATA = "WARMLINE_DATA_ticket"
KEPT = (*VARIABLES, DATA)
SEPARATOR = "|"  # no value has it


def _keep(context: str) -> str:
    values = SEPARATOR.join(f"${{{name}}}" for name in KEPT)
    return f"Set(DB({context}/${{WARMLINE_CALL_ID}})=${{DB({context}/${{WARMLINE_CALL_ID}})}}{values};)"


STEPS = {
    AFTER: (_keep(AFTER), f"Playtones({tones.EARLY}/5000)", "Wait(3)", "Hangup"),
    ENDED: (_keep(ENDED), "Return"),
}


async def add(asterisk: Sequence[str]) -> None:
    """Add both contexts; the first plays a tone for three seconds."""
    for context, steps in STEPS.items():
        for number, step in enumerate(steps, 1):
            await _ask(asterisk, f"dialplan add extension s,{number},{step} into {context} replace")


async def remove(asterisk: Sequence[str]) -> None:
    """Remove both contexts."""
    for context in STEPS:
        await _ask(asterisk, f"dialplan remove context {context}")


async def kept(asterisk: Sequence[str], context: str, call: str) -> list[dict[str, str]]:
    """Return the variables of the call, once for each time that its channel came to the context."""
    said = await _ask(asterisk, f"database get {context} {call}")
    _, _, value = said.partition("Value: ")
    times = value.strip().split(";")[:-1]
    return [dict(zip(KEPT, one.split(SEPARATOR), strict=True)) for one in times]


async def _ask(asterisk: Sequence[str], command: str) -> str:
    done = await asyncio.to_thread(subprocess.run, [*asterisk, command], check=True, capture_output=True, text=True)
    return done.stdout
