"""A party that is swapped, parked and fetched back repeatedly hears all others, and is heard by them."""

import pytest

from tests.internals.scenarios import Kind
from tests.scenarios.given import all_talk
from tests.scenarios.transfers.test_consulting import with_closer
from tests.soak import soaking
from tools.simulation.call_centre.scenario_language import ScenarioWorld

TURNS, ROUNDS = (8, 50) if soaking() else (1, 3)


@pytest.mark.parametrize("_turn", range(TURNS))
async def test_all_parties_hear_each_other_after_each_swap(world: ScenarioWorld, _turn: int) -> None:
    """If mixing begins again, Asterisk may send a party no audio: docs/explanation/reliability.md."""
    agent, customer, closer = await with_closer(world, Kind.PARK_CUSTOMER_DIAL)
    for _ in range(ROUNDS):
        assert await world.ask(Kind.SWAP_PARK_XFER, agent) == ""
        assert await world.ask(Kind.GRAB_XFER, agent) == ""
        await all_talk(world, agent, customer, closer)
        assert await world.ask(Kind.PARK_CUSTOMER, agent) == ""
