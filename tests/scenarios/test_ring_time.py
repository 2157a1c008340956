"""An unanswered automatic call rings for 15 seconds on a real Asterisk, however late the phone begins to ring."""

import asyncio
from collections.abc import Iterator

from simulation.call_centre.dialled_leads import ends
from simulation.call_centre.real_world import RealWorld
from sip_parties import later, ring
from tests.scenarios.dialled_campaign import called, dialler, ended, numbers
from warmline.core.rules.ring_time import RINGS_AT_LEAST, UNTIL_IT_RINGS

__all__ = ["numbers"]
LATE = 4.0  # seconds from the dial to the ringing
LONG = 60.0  # longer than any call here rings
SOON = 0.5  # seconds from the end of the time to the hang-up


async def test_a_phone_that_rings_late_rings_for_its_time(real: RealWorld, numbers: Iterator[str]) -> None:
    await asyncio.gather(real.agent("1000"), real.agent("1001"), real.agent("1004"))
    soon, late, silent = next(numbers), next(numbers), next(numbers)
    far_ends = {soon: ring(), late: later(LATE, ring()), silent: later(LONG, ring())}
    async with dialler(real, far_ends, dial_timeout=str(RINGS_AT_LEAST)):
        for number in far_ends:
            call = await called(real, number)
            over = await ends(call, within=RINGS_AT_LEAST + LATE + SOON)
            if call.ringing.at is None:  # the record begins before the request to Asterisk
                assert abs(over - call.began - RINGS_AT_LEAST - UNTIL_IT_RINGS) <= SOON
            else:
                assert 0 <= over - call.ringing.at - RINGS_AT_LEAST <= SOON
            assert await ended(real, number) == ("NA", "dial_timeout")
