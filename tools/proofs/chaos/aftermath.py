"""After a scenario all parties hang up; then no call may be open, and all records must be true."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from lab.sip import CallRefused, SipCall, WaitTimeout
from tools.bench.tools import final_checks
from tools.proofs.chaos.chaos_centre import AGAIN, AGENT, AWAY, CLOSER, ChaosCentre, soon
from tools.proofs.chaos.faults import BESIDE_CALLS, DEATHS
from tools.proofs.chaos.trial_findings import Findings

SETTLED = 20.0  # seconds until all calls must have ended
SWEPT = 6.0  # seconds until Asterisk must have no orphans
ENDED = "SELECT id, ended, ended_by FROM call WHERE number LIKE '%' || ?"


async def tidy(centre: ChaosCentre, found: Findings, number: str, customer: SipCall | None) -> None:
    """Let all parties hang up, and check what is left of the call of `number`."""
    died = found.fault in DEATHS
    hung_up = customer is not None and customer.ended_by == "us"
    lines = [line for line in (customer, *centre.thirds) if line]
    if died:
        for line in lines:
            line.end("Asterisk")
    elif customer and customer.ended_by == "them" and not found.lost and not centre.rows(AWAY, number):
        found.lost.append(f"{number} was cut off: {customer.story()}")
    for line in lines:
        with suppress(WaitTimeout, CallRefused):
            await line.hang_up()
    centre.thirds.clear()
    if not died:
        await _wrap_up(centre, found)
    found.unended = await _left(centre.still_open, SETTLED)
    if not died:
        found.orphans = await _left(centre.orphans, SWEPT)
    if found.fault in BESIDE_CALLS and centre.rows(AWAY, number):
        found.fell_back.append(f"{number} was at the fallback")
    by_asterisk = found.fault == "Asterisk killed" and not hung_up
    _look_at_rows(centre, found, number, by_asterisk=by_asterisk)


async def _wrap_up(centre: ChaosCentre, found: Findings) -> None:
    """Give a disposition and pause, so that the agents are in a known state."""
    for user, wanted in ((AGENT, "READY"), (CLOSER, "PAUSED")):
        limit = time.monotonic() + SETTLED
        while (at := await centre.agent_state(user)) != wanted and time.monotonic() < limit:
            if wanted == "PAUSED" or at == "PAUSED":
                await centre.ask("external_pause", "PAUSE" if wanted == "PAUSED" else "RESUME", user)
            if at == "DISPO":
                await centre.ask("external_status", "A", user)
            await asyncio.sleep(AGAIN)
        if at != wanted:
            found.lost.append(f"agent {user} is {at}, not {wanted}")


def _look_at_rows(centre: ChaosCentre, found: Findings, number: str, *, by_asterisk: bool) -> None:
    found.untrue += final_checks.untrue(centre.lab.db, number)
    for row in centre.rows(ENDED, number):
        if not row["ended"] or (by_asterisk and row["ended_by"] != "asterisk"):
            found.lost.append(f"call {row['id']} ended {row['ended']} by {row['ended_by']}")


async def _left(look: Callable[[], Awaitable[list[str]]], within: float) -> list[str]:
    """Return what still exists after this many seconds."""
    left: list[str] = []

    async def none() -> bool:
        left[:] = await look()
        return not left

    await soon(none, within)
    return left
