"""Calls in progress while Asterisk sends anything: the rules that always apply, and those afterwards."""

from tests.core.core_stage import SCENES, set_up
from tests.core.engine.test_properties import Floor
from tools.simulation.asterisk.core_driver import Driver, demo_rules
from tools.simulation.asterisk.simulated_snapshot import difference

WHATEVER_ASTERISK_SAYS = (
    Floor.agents_are_in_the_state_of_their_call,
    Floor.an_agent_belongs_to_one_call,
    Floor.nobody_is_alone,
    Floor.a_wait_is_open_for_whoever_waits_and_nobody_else,
    Floor.limits_count_the_calls_there_are,
    Floor.every_open_command_belongs_to_something_that_lives,
    Floor.every_moment_of_a_session_is_in_one_interval,
)
ONCE_THE_TRUTH_IS_KNOWN = (
    *WHATEVER_ASTERISK_SAYS,
    Floor.no_caller_waits_while_an_agent_of_his_is_free,
    Floor.closed_calls_own_nothing,
)
CALM = 40.0  # seconds; longer than any phone rings, and than any retry
NAMES = sorted(SCENES)


def brought_about(scene: str) -> Driver:
    """Agent 1000 and the call in one of SCENES, recorded."""
    recorded = {"campaign_recording": "ALLFORCE", "leave_3way_start_recording": "ALL_CALLS"}
    lab = Driver(demo_rules(feature_keys="Y", **recorded))
    lab.log_in("1000")
    return set_up(lab, scene)


def holds(lab: Driver) -> None:
    """Check the rules that apply whatever Asterisk sends."""
    _check(lab, WHATEVER_ASTERISK_SAYS)


def comes_right(lab: Driver) -> None:
    """Read Asterisk's true snapshot, so that calls and channels match again; then hang up all, and nothing is left."""
    known = set(lab.world.legs)
    lab.asterisk.out.clear()
    lab.feed_together(difference(lab.asterisk, lab.world))
    lab.wait(CALM)
    _check(lab, ONCE_THE_TRUTH_IS_KNOWN)
    _are_where_we_think(lab, known)
    for channel in sorted(lab.asterisk.channels):
        lab.hang_up(channel)
    lab.wait(60)
    world = lab.world
    assert not world.calls and not world.receipts and not world.recordings and not lab.asterisk.bridges


def _are_where_we_think(lab: Driver, legs: set[str]) -> None:
    """Feed these legs: a leg that Asterisk reported as gone returns as a stranger in no bridge."""
    for leg in (lab.world.legs[name] for name in legs & set(lab.world.legs)):
        channel = lab.asterisk.channels.get(leg.id)
        if channel is not None and leg.target_bridge is None and leg.wait_until <= lab.asterisk.now:
            assert leg.bridge == channel.bridge, leg


def _check(lab: Driver, checks: tuple[object, ...]) -> None:
    floor = Floor()
    floor.lab = lab
    for check in checks:
        check(floor)  # type: ignore[operator] # a method of Floor
