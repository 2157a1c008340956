"""A trunk's limits on a real Asterisk: INVITEs on the wire, the halt while it is congested, and the emergency stop."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress

from lab.sip import IncomingCall
from tests.internals.scenarios import SHORTEST, TOO_MANY, Conflict, State, config, dial_stop_file
from tests.scenarios.dialler.dialled_campaign import (
    CAMPAIGN,
    PACED,
    called,
    dialler,
    ended,
    five_agents,
    numbers,
    paced_agents,
)
from tools.simulation.call_centre.call_centre import WITHIN
from tools.simulation.call_centre.far_ends import BUSY, refuses, rings
from tools.simulation.call_centre.real_world import RealWorld

__all__ = ["numbers"]

TRUNK, LINES, PER_SECOND = "trunk", 10, 2
CALLERS = 6  # waiting on the same trunk: fewer lines are left than the five agents need
FREE = LINES - CALLERS
WAITING, DID = "WAITLINE", "8005550119"  # an in-group without an agent
ROUNDS = 3  # in which each of two campaigns gets a call
STILL = 1.5  # seconds without a further INVITE
AROUND = 0.1  # seconds between the last refusal and its event


@asynccontextmanager
async def limited(real: RealWorld) -> AsyncIterator[None]:
    """Limit the trunk, let callers use some of its lines, and let more agents be READY than lines are left."""
    db = real.site.database
    config.create(db, "trunk", TRUNK, {"lines": str(LINES), "calls_per_second": str(PER_SECOND)}, who="test")
    with suppress(Conflict):  # of the other test
        config.create(db, "ingroup", WAITING, {}, who="test")
        config.create(db, "did", DID, {"route": f"ingroup:{WAITING}"}, who="test")
    await real.in_force()
    for _ in range(CALLERS):
        await real.call_is(await real.customer(DID), State.WAITING)
    try:
        async with five_agents(real):
            yield
    finally:
        config.delete(db, "trunk", TRUNK, who="test")
        await real.in_force()


def on_the_wire(real: RealWorld, wanted: Sequence[str]) -> list[IncomingCall]:
    """Return the INVITEs to these leads, oldest first."""
    return [one for one in real.site.peer.calls if isinstance(one, IncomingCall) and one.number in wanted]


async def invites(real: RealWorld, wanted: Sequence[str], count: int) -> list[IncomingCall]:
    """Wait for that many INVITEs to these leads."""

    async def find() -> list[IncomingCall] | None:
        found = on_the_wire(real, wanted)
        return found if len(found) >= count else None

    return await real.until(find, f"{count} calls to leads")


def keep_the_limits(calls: Sequence[IncomingCall]) -> bool:
    """Return whether each second had at most PER_SECOND INVITEs, and at most FREE calls were there at once."""
    begins = [call.began for call in calls]
    in_second = [sum(since <= begun < since + 1 for begun in begins) for since in begins]
    at_once = [sum(call.began <= at and not (call.ended.at and call.ended.at < at) for call in calls) for at in begins]
    return max(in_second) <= PER_SECOND and max(at_once) <= FREE


async def test_the_wire_has_no_more_calls_than_the_trunk_allows(real: RealWorld, numbers: Iterator[str]) -> None:
    ringing, busy = [next(numbers) for _ in range(FREE + 2)], [next(numbers) for _ in range(12)]
    async with limited(real), dialler(real, dict.fromkeys(ringing, rings()) | dict.fromkeys(busy, BUSY)):
        first = await invites(real, ringing, FREE)
        await real.talk(STILL)
        assert len(on_the_wire(real, ringing)) == FREE, "an agent is READY, and no line is free"
        for call in first[:2]:
            await call.hang_up()
        await invites(real, ringing, FREE + 2)
        for call in on_the_wire(real, ringing)[2:]:
            await call.hang_up()

        before = len(await invites(real, busy, 3))
        dial_stop_file.stop(f"{real.site.folder}/run")
        await real.talk(STILL)
        assert len(on_the_wire(real, busy)) <= before + 1, "the stop lets at most the call through that is being sent"
        dial_stop_file.allow(f"{real.site.folder}/run")
        await invites(real, busy, before + 3)
        assert keep_the_limits(on_the_wire(real, [*ringing, *busy]))


async def test_two_campaigns_share_the_one_line_of_a_trunk(real: RealWorld, numbers: Iterator[str]) -> None:
    db = real.site.database
    first, second = [next(numbers) for _ in range(60)], [next(numbers) for _ in range(20)]
    config.create(db, "trunk", TRUNK, {"lines": "1", "calls_per_second": "50"}, who="test")
    try:
        first_dialler = dialler(real, dict.fromkeys(first, BUSY))
        async with paced_agents(real), five_agents(real), first_dialler:
            await invites(real, first, 1)  # it has the trunk alone at first
            async with dialler(real, dict.fromkeys(second, BUSY), PACED):
                await invites(real, second, 1)
                since = len(on_the_wire(real, [*first, *second]))
                until = since + ROUNDS * 2
                calls = (await invites(real, [*first, *second], until))[since:until]
                of_first = [call.number in first for call in calls]
                assert abs(sum(of_first) - ROUNDS) <= 1, of_first
    finally:
        config.delete(db, "trunk", TRUNK, who="test")
        await real.in_force()


async def test_a_congested_trunk_halts_the_dialler(real: RealWorld, numbers: Iterator[str]) -> None:
    refused, later = [next(numbers) for _ in range(TOO_MANY)], next(numbers)
    real.patience = SHORTEST + WITHIN
    async with limited(real), dialler(real, dict.fromkeys(refused, refuses(503)) | {later: rings()}):
        assert {await ended(real, number) for number in refused} == {("ADCT", "lead")}
        (shown,) = [one for one in await real.site.document("diallers") if one["campaign"] == CAMPAIGN]
        assert "congested" in str(shown), shown
        call = await called(real, later)
        last = max(one.ended.at or 0.0 for one in on_the_wire(real, refused))
        assert call.began - last >= SHORTEST - AROUND
        await call.hang_up()
