"""A short search at each entry point; `tools/nightly fuzz` has long ones, and tries inputs that failed again."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.fuzz import agent_api, agi, ari_events, dial_rules, non_agent_api
from tests.fuzz.entry_point import Door
from tests.fuzz.hostile import written
from tests.fuzz.watch import Hang, watched
from tests.soak import examples, soaking

DOORS = (agi.DOOR, agent_api.DOOR, non_agent_api.DOOR, ari_events.DOOR, dial_rules.DOOR)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.name)
def test_no_input_crashes_hangs_or_is_dialled_against_the_rules(door: Door) -> None:
    with door.opened() as attack:

        @settings(max_examples=examples(door.quick), derandomize=not soaking(), suppress_health_check=list(HealthCheck))
        @given(door.inputs)
        def tried(one: Any) -> None:
            try:
                with watched():
                    attack(one)
            except Hang as hang:
                raise AssertionError(f"{hang}") from hang

        tried()


def test_events_found_by_a_search_do_no_harm_again() -> None:
    stranger = {"id": "THIRD", "state": "Up"}
    arrival = {"type": "StasisStart", "channel": stranger, "args": ["ingroup", "SALESLINE"]}
    empty_bridge = {"type": "BridgeDestroyed", "bridge": {"id": "ROOM", "channels": []}}
    with ari_events.DOOR.opened() as attack:
        attack(ari_events.Said("message", [written(empty_bridge)], together=False))
        leaving = {"type": "StasisEnd", "channel": stranger}
        attack(ari_events.Said("asking", [written(arrival), written(leaving)], together=False))
