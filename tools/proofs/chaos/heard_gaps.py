"""Measures who hears whom in a scenario, and which packets they missed of each other."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import permutations
from typing import NamedTuple

from lab.sip import Hearing, SipCall, Skip, WaitTimeout, tones

HEARD = 6.0  # seconds until parties must hear each other
WINDOW = 0.3

People = Mapping[str, SipCall]


class MissedAudio(NamedTuple):
    """Packets that two parties said and never heard of each other, and the time of each loss."""

    lost: int
    when: list[float]


async def all_hear(find: Callable[[], People], roles: str) -> str:
    """Wait until all of `roles` are connected and hear all others; return those that do not, or ""."""
    limit = time.monotonic() + HEARD
    while True:
        people = find()
        ear = Hearing(people)
        span = await ear.listen(WINDOW)
        deaf = [f"{a} not {b}" for a, b in permutations(people, 2) if not ear.hears(people[a], people[b], *span)]
        if not deaf and len(people) == len(roles):
            return ""
        if time.monotonic() > limit:
            return f"of {roles} there are {''.join(people)}; hears: {', '.join(deaf)}"


async def missed(pairs: list[tuple[SipCall, SipCall]], since: float) -> list[MissedAudio]:
    """Return what each pair has missed from `since` until each has heard the other again."""
    ear = Hearing({str(number): call for number, call in enumerate(call for pair in pairs for call in pair)})
    now = time.monotonic()
    for listener, speaker in (way for pair in pairs for way in permutations(pair)):
        with suppress(WaitTimeout):
            await ear.heard(listener, speaker, now, within=HEARD)
    _, until = await ear.listen(tones.PACKET_SECONDS)
    return [_missed(*pair, since, now, until) for pair in pairs]


def _missed(one: SipCall, other: SipCall, since: float, now: float, until: float) -> MissedAudio:
    ear, lost, when = Hearing({"one": one, "other": other}), 0, list[float]()
    for listener, speaker in ((one, other), (other, one)):
        heard = [packet.time for packet in ear.carrying(listener, speaker, since, until)]
        last = heard[-1] if heard else since
        skips = list(ear.skips(listener, speaker, since, until))
        if last < now:
            skips.append(Skip(last, int((until - last) / tones.PACKET_SECONDS)))
        lost += sum(skip.packets for skip in skips)
        when += [skip.time for skip in skips]
    return MissedAudio(lost, when)
