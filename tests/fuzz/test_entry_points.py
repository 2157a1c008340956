"""A short search at each entry point; `tools/nightly soak` has longer ones."""

import pytest

from tests.fuzz import ari_events
from tests.fuzz.entry_point import Door, search
from tests.fuzz.entry_points import DOORS
from tests.fuzz.hostile import written
from tests.fuzz.watch import watched


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_no_input_crashes_hangs_or_is_dialled_against_the_rules(door: Door) -> None:
    with door.opened() as attack:

        def timed(given: object) -> None:
            with watched():
                attack(given)

        search(door, timed, door.quick)


def test_events_found_by_a_search_do_no_harm_again() -> None:
    stranger = {"id": "THIRD", "state": "Up"}
    arrival = {"type": "StasisStart", "channel": stranger, "args": ["ingroup", "SALESLINE"]}
    empty_bridge = {"type": "BridgeDestroyed", "bridge": {"id": "ROOM", "channels": []}}
    with ari_events.DOOR.opened() as attack:
        attack(ari_events.Said("message", [written(empty_bridge)], together=False))
        leaving = {"type": "StasisEnd", "channel": stranger}
        attack(ari_events.Said("asking", [written(arrival), written(leaving)], together=False))
