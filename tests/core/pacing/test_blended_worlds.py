"""The drop limit holds in random worlds whose agents take callers, pause while leads ring, and lose their lines."""

from tests.core.pacing.blended_worlds import AGENT_HOURS, play_world
from tests.soak import soaking
from warmline.core.pacing.dial_method import DialMethod

WORLD_COUNT, ONE_CALL_WORLD_COUNT, HOURS = (1000, 6, AGENT_HOURS) if soaking() else (4, 2, 1.5)
MAX_WINDOWS_ABOVE = 5  # windows of 1000 worlds


def test_hardly_any_window_of_random_worlds_ends_above_its_limit() -> None:
    worlds = [play_world(seed, agent_hours=HOURS) for seed in range(WORLD_COUNT)]
    above = [world for world in worlds if world.above()]
    few = [world for world in worlds if world.dropped_of_few() > 1]
    for world in (*above, *few):
        print(world)
    assert sum(len(world.above()) for world in above) <= (MAX_WINDOWS_ABOVE if soaking() else 0), "seeds are printed"
    assert not [str(world) for world in above if max(world.above()) > 1 and not world.unpreventable()]
    assert not [str(world) for world in few if not world.unpreventable()]
    talks = [world for world in worlds if world.world.callers.an_hour]
    print(f"talk share beside callers {sum(world.world.result.talk_share() for world in talks) / len(talks):.3f}")


def test_one_call_for_each_agent_keeps_the_limit_beside_callers() -> None:
    worlds = [play_world(seed, DialMethod.PROGRESSIVE, HOURS / 2) for seed in range(ONE_CALL_WORLD_COUNT)]
    assert not [str(world) for world in worlds if world.above() or world.dropped_of_few() > 1]
