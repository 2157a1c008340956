"""Asterisk creates a bridge but answers late, or has a bridge that was reported as destroyed."""

import pytest

from tests.core.core_stage import CUSTOMER, SCENES
from tests.core.packed_scene import plain_scene
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from warmline.core.messages import actions as do
from warmline.core.messages import events as ev


class SlowBridgeDriver(Driver):
    """Create each holding bridge, and hang up the caller before the answer, which is late."""

    def perform(self, action: do.Action) -> None:
        super().perform(action)
        if isinstance(action, do.CreateHoldingBridge):
            self.asterisk.out.append(ev.ActionFailed(action, 0, "no answer from Asterisk within 2 s"))
            self.asterisk.hang_up(CUSTOMER)


def test_nothing_is_left_of_it() -> None:
    lab = SlowBridgeDriver(demo_rules())
    lab.customer()
    assert not lab.world.calls
    assert not lab.asterisk.bridges


def test_a_bridge_reported_as_destroyed_and_still_there_is_removed_with_the_call(subtests: pytest.Subtests) -> None:
    """The bridge was created again before its end was reported, or the snapshot did not have it."""
    for scene in SCENES:
        with subtests.test(scene=scene):
            lab = plain_scene(scene)
            for bridge in list(lab.asterisk.bridges):
                lab.feed(ev.BridgeDestroyed(bridge))
            for channel in sorted(lab.asterisk.channels):
                lab.hang_up(channel)
            lab.wait(60)
            assert not lab.world.calls
            assert not lab.asterisk.bridges
