"""Three-way calls on two servers, and a drawn fault of one server or of the app at a drawn moment, again and again.

`python -m tests.servers.chaos --minutes 30 --seed 7` prints each fault, and a table of what those on the other server
lost. The exit code is 0 if that is nothing.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Coroutine
from pathlib import Path
from random import Random

from lab import process
from lab.sip import CallRefused, Hearing, SipCall, Span, WaitTimeout
from tests.servers.call_moments import MOMENTS, Begin, in_room, three_way
from tests.servers.chaos_faults import BY_FRONT, FAULTS, HARMLESS, Strike
from tests.servers.chaos_findings import Findings, clean, table
from tests.servers.chaos_stage import FRONT, ChaosStage, chaos_stage
from tests.servers.servers_stage import ServersStage, ThreeWay, has_left, named, pairs
from tools.bench.tools.result import CannotMeasureError
from warmline.core.messages.values.server_action import MAIN_SERVER
from warmline.store.journal.hash_chain import verify
from warmline.store.journal.replay import replay

PROBLEMS = (AssertionError, CallRefused, WaitTimeout, CannotMeasureError, TimeoutError)
STANDING, STRUCK, BESIDE = 0, 1, 2  # the voices of the call on the other server, of that at the fault, of a new one
BEFORE = (0.2, 1.0)  # seconds from the moment until the fault
DURING = (0.0, 1.5)  # seconds from the fault until a new caller comes to the other server
AFTER = 1.0  # seconds that are listened to after the fault
WINDOW = 1.0  # seconds of a share of silence


async def run(folder: Path, minutes: float, seed: int, only: str = "") -> bool:
    """Play rounds for this long, and print them; return whether nothing was found. `only` is the one fault to play."""
    draw, found = Random(seed), list[Findings]()  # noqa: S311 - it is no secret
    async with chaos_stage(folder) as stage:
        await stage.reached(*stage.here.lab.servers)
        names = [only] if only else [name for name in FAULTS if stage.front or name != "front killed"]
        bag: list[str] = []
        until = time.monotonic() + 60 * minutes
        while time.monotonic() < until:
            bag = bag or draw.sample(names, len(names))
            own = Random(draw.random())  # noqa: S311 - it is no secret
            found.append(await one_round(stage, len(found) + 1, bag.pop(), own))
        database = stage.here.lab.db
    damage = [str(one) for one in (*verify(database), *replay(database).differences)]
    print(table(found))
    right = sum(one.requests for one in found)
    print(f"seed {seed}, {len(found)} faults; {right} requests about channels went to the right server")
    print(f"audit: {len(damage)} differences", *damage, sep="\n  ")
    return clean(found) and not damage


async def one_round(stage: ChaosStage, number: int, fault: str, draw: Random) -> Findings:
    """Play a fault beside a three-way call on the other server; afterwards both servers take calls."""
    victim, other = draw.sample([MAIN_SERVER, "b"], 2)
    begin, found = draw.choice([three_way] if fault in HARMLESS else MOMENTS), Findings(fault)
    begun = time.monotonic()
    told = ""
    try:
        told = await _struck(stage, Strike(stage, victim, other, draw, asyncio.Event()), begin, found)
    except PROBLEMS as problem:
        found.lost_calls.append(f"the round failed: {problem!r}")
    if left := _every_call(stage.here):  # of something that failed
        await stage.settle(left)
    found.orphans, found.open_rows = await stage.orphans(), await stage.open_rows()
    found.wrong, found.requests = stage.strayed()
    took = time.monotonic() - begun
    print(f"{number}: {victim} {fault} {told}, its call {begin.__name__}; on {other}: ", end="")
    print(f"{found.packets} packets lost, {found.of_control} of its control ({took:.0f} s)", flush=True)
    logged = stage.warnings()
    for text in (*found.texts(), *(logged if any(found.harm) else ())):
        print(f"    {text}", flush=True)
    return found


async def _struck(stage: ChaosStage, at: Strike, begin: Begin, found: Findings) -> str:
    """Play the fault and what is beside it; return how the fault was."""
    here = stage.here
    standing = await here.three_way(at.other, STANDING)
    moment = await begin(here, at.victim)
    since = time.monotonic()
    await asyncio.sleep(at.draw.uniform(*BEFORE))
    later = at.draw.uniform(*DURING)
    fault = FAULTS[found.fault](at._replace(parties=moment.parties))
    told, _ = await asyncio.gather(fault, _beside(stage, at, later, found))
    await stage.reached(MAIN_SERVER, "b")
    ear = Hearing(standing.parties)
    span = await ear.listen(time.monotonic() + AFTER - since, since)
    await _judge(here, standing, span, found)
    if found.fault in HARMLESS and len(moment.parties) == 3:
        struck = ThreeWay(at.victim, STRUCK, moment.user, *moment.parties)
        await _judge(here, struck, span, found)
    await _leaves(here, standing, found)
    found.agents = [text for text in [await stage.settle((*moment.parties, *standing.parties.values()))] if text]
    try:
        again = await here.three_way(at.victim, STRUCK)
        found.agents += [text for text in [await stage.settle(in_room(again).parties)] if text]
    except PROBLEMS as problem:
        found.agents.append(f"{at.victim} takes no call again: {problem!r}")
    return told


async def _judge(here: ServersStage, room: ThreeWay, span: Span, found: Findings) -> None:
    """Note what a three-way call lost in this time: the call, packets, or a party that was not heard for a second."""
    found_pairs = ((room.customer, room.agent), (room.customer, room.third), (room.agent, room.third))
    lost = await here.lost(room, span, *found_pairs)
    found.heard(f"the call on {room.server}", lost, span)
    ear, control = Hearing(room.parties), named(here.controls[room.server])
    beside = Hearing(control)
    at = span.since
    while at + WINDOW <= span.until:
        window = (at, at + WINDOW)
        if all(beside.hears(one, other, *window) for one, other in pairs(control)):
            silent = [(one, other) for one, other in pairs(room.parties) if not ear.hears(one, other, *window)]
            when = f"{at - span.since:.0f} s after the start"
            found.silent += [f"{ear.name(one)} does not hear {ear.name(other)} {when}" for one, other in silent]
        at += WINDOW
    if (state := await here.state(room)) != "three_way":
        found.lost_calls.append(f"the call on {room.server} is {state or 'over'}")


async def _leaves(here: ServersStage, room: ThreeWay, found: Findings) -> None:
    """Let the agent leave a three-way call, and note what customer and third party lost by it."""
    try:
        span = await here.leave(Hearing(room.parties), room)
        has_left(room, span)
    except PROBLEMS as problem:
        found.lost_calls.append(f"the leave on {room.server}: {problem!r}")
        return
    lost = await here.lost(room, span, (room.customer, room.third))
    found.heard(f"a leave on {room.server}", lost, span)


async def _beside(stage: ChaosStage, at: Strike, later: float, found: Findings) -> None:
    """Let a new caller come during the fault, to the front or to the other server, and be handed to a third party."""
    await at.usable.wait()
    await asyncio.sleep(later)
    by_front = stage.front is not None and found.fault in BY_FRONT
    try:
        room = await stage.call_by(FRONT if by_front else at.other, BESIDE)
        if room.server != at.other:
            found.lost_calls.append(f"the front chose {room.server}")
        await _leaves(stage.here, room, found)
        await asyncio.gather(room.customer.hang_up(), room.third.hang_up())
    except PROBLEMS as problem:
        found.lost_calls.append(f"a new caller {'by the front' if by_front else f'on {at.other}'}: {problem!r}")


def _every_call(here: ServersStage) -> tuple[SipCall, ...]:
    """Return the calls of all parties that are open and not those of a control."""
    controls = [call for pair in here.controls.values() for call in pair]
    return tuple(call for call in here.parties.calls() if call.ended.at is None and call not in controls)


async def ended_in_order(work: Coroutine[None, None, bool]) -> bool:
    """Return the result of the work; a signal that ends the program ends the lab, too."""
    process.end_on_signals()
    return await work


def main() -> None:
    """Read the options, and play."""
    parser = argparse.ArgumentParser(prog="python -m tests.servers.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=0, help="draws faults, moments and times; 0 draws a seed")
    one = f"only this fault: {'; '.join(FAULTS)}"
    parser.add_argument("--fault", choices=FAULTS, default="", metavar="NAME", help=one)
    given = parser.parse_args()
    seed = given.seed or time.time_ns() % 1_000_000
    folder = Path(tempfile.mkdtemp(prefix="c-"))
    print(f"seed {seed}, {given.minutes:g} minutes", flush=True)
    unharmed = asyncio.run(ended_in_order(run(folder, given.minutes, seed, given.fault)))
    if unharmed:
        shutil.rmtree(folder, ignore_errors=True)
    else:
        print(f"database and log are kept in {folder}")
    sys.exit(not unharmed)


if __name__ == "__main__":
    main()
