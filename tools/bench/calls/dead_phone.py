"""`python -m tools.bench.calls.dead_phone`: an agent's phone dies and returns; what does the customer hear until then?

If the agent is READY, the customer calls two seconds after the phone dies. The phone returns after 1, 5 and 25 s. It
registers, then either dials the login extension at once, or only answers when it is called. A row has what the customer
hears, and its start in seconds after the phone's death.
"""

import asyncio
import tempfile
import time
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from lab import instance
from lab.description import Lab
from lab.sip import Hearing, Parties, SipCall, SipPhone, answer, tones

AGENT, DID = "1000", "8005550100"
AWAY = (1, 5, 25)  # seconds
CALLS_AFTER = 2.0  # seconds after the death of a READY agent's phone
WATCHED = 45.0  # seconds
WINDOW = 0.1  # seconds; shorter than the precision of the printed times
SOUNDS = {"agent": tones.AGENT, "music": tones.MUSIC}


class PhoneDeath(NamedTuple):
    """One death: during a call or READY, for how long, and whether the phone dials the login extension afterwards."""

    in_call: bool
    away: int
    dials: bool


class HeardTimes(NamedTuple):
    """The sound that the customer hears, and its start in seconds after the phone's death."""

    at: float
    sound: str


async def measure(case: PhoneDeath) -> list[HeardTimes]:
    """Kill the phone in a separate lab, and listen."""
    with tempfile.TemporaryDirectory() as folder:
        async with Parties() as parties:
            peer = await parties.peer()
            lab = await asyncio.to_thread(instance.up, Path(folder) / "lab", peer.trunk)
            try:
                return await _measure(case, parties, lab)
            finally:
                await asyncio.to_thread(instance.down, Path(folder) / "lab")


async def _measure(case: PhoneDeath, parties: Parties, lab: Lab) -> list[HeardTimes]:
    phone = await _phone(parties, lab)
    await _log_in(phone, lab)
    await asyncio.sleep(3)  # the prompt after the login
    caller = await parties.customer(lab.sip)
    customer: SipCall | None = None
    if case.in_call:
        customer = await caller.call(DID)
        await Hearing({"customer": customer}).heard(customer, tones.AGENT, time.monotonic(), within=10)
    killed = time.monotonic()
    phone.die()
    back = asyncio.create_task(_comes_back(case, parties, lab))
    if customer is None:
        await asyncio.sleep(CALLS_AFTER)
        customer = await caller.call(DID)
    called = time.monotonic()
    await Hearing({"customer": customer}).listen(killed + WATCHED - called, called)
    await back
    return _heard(customer, killed, called)


async def _phone(parties: Parties, lab: Lab) -> SipPhone:
    return await parties.phone(AGENT, lab.phones[AGENT]["password"], lab.sip, tones.AGENT, answer(after=0.5))


async def _log_in(phone: SipPhone, lab: Lab) -> None:
    await (await phone.call(lab.phones[AGENT]["login"])).answered()


async def _comes_back(case: PhoneDeath, parties: Parties, lab: Lab) -> None:
    await asyncio.sleep(case.away)
    phone = await _phone(parties, lab)
    if case.dials:
        await _log_in(phone, lab)


def _heard(customer: SipCall, killed: float, called: float) -> list[HeardTimes]:
    """Return each change of what is heard; a change shorter than three windows is ignored."""
    ear = Hearing({"customer": customer})
    found: list[HeardTimes] = []
    steps = int((killed + WATCHED - called) / WINDOW)
    windows = [(called + n * WINDOW, _sound(ear, customer, called + n * WINDOW)) for n in range(steps)]
    for sound, group in groupby(windows, key=lambda window: window[1]):
        lasted = list(group)
        if len(lasted) >= 3 and (not found or found[-1].sound != sound):
            found.append(HeardTimes(lasted[0][0] - killed, sound))
    return found


def _sound(ear: Hearing, customer: SipCall, since: float) -> str:
    for name, hz in SOUNDS.items():
        if ear.share(customer, hz, since, since + WINDOW) >= 0.5:
            return name
    return "nothing"


async def main() -> None:
    """Measure every case, several in parallel, and print the table."""
    table = Table("state", "back after", "the phone", "the customer hears (seconds after the kill)")
    for in_call in (True, False):
        for dials in (True, False):
            cases = [PhoneDeath(in_call, away, dials) for away in AWAY]
            for case, heard in zip(cases, await asyncio.gather(*map(measure, cases)), strict=True):
                told = ", ".join(f"{max(0.0, one.at):.1f} {one.sound}" for one in heard)
                does = "dials the login" if dials else "answers when called"
                table.add_row("in a call" if in_call else "READY", f"{case.away} s", does, told)
    Console(width=140).print(table)


if __name__ == "__main__":
    asyncio.run(main())
