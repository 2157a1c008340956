"""A short chaos run on a real Asterisk, always the same one."""

import asyncio

import pytest

from tools.proofs.chaos.chaos_centre import ChaosCentre, centre
from tools.proofs.chaos.trial import trial
from tools.proofs.chaos.trial_findings import Findings

SCENARIOS = {
    "calls killed": "three-way and leave",
    "api killed": "inbound",
    "events cut": "consult and leave",
    "calls stopped": "park and grab",
}
MANY = 10  # packets: a fifth of a second


async def played(here: ChaosCentre, fault: str, scenario: str) -> Findings:
    """Play a scenario; repeat it if only packets were lost, because a shared machine loses some."""
    found = await trial(here, f"short:{fault}", fault, scenario)
    only_packets = found.beyond and len(found.wrong) == 1
    unclear = found.packets - found.control >= MANY and not found.wrong  # the machine was too busy to tell the cause
    return await trial(here, f"short:{fault}", fault, scenario) if only_packets or unclear else found


@pytest.mark.fault(
    "any of these faults, at random, on a real Asterisk",
    "no call is lost, and no packet between parties who talk",
    "every receipt has an outcome, and there are no orphans",
)
def test_no_call_loses_a_party_or_audio() -> None:
    async def all_played() -> list[Findings]:
        async with centre() as here:
            return [await played(here, fault, scenario) for fault, scenario in SCENARIOS.items()]

    found = asyncio.run(all_played())
    assert [one.wrong for one in found] == [[]] * len(SCENARIOS)
    assert max(one.packets - one.control for one in found) < MANY, "also where the machine was too busy to tell"
