"""The drop limit holds in random worlds whose agents take callers, pause while leads ring, and lose their lines."""

from tests.core.pacing.blended_worlds import AGENT_HOURS, played
from tests.soak import soaking
from warmline.core.pacing.dial_method import DialMethod

WORLDS, WORLDS_WITH_ONE_CALL, HOURS = (1000, 6, AGENT_HOURS) if soaking() else (4, 2, 1.5)
MOST_ABOVE = 5  # windows of 1000 worlds


def test_hardly_any_window_of_random_worlds_ends_above_its_limit() -> None:
    found = [played(seed, agent_hours=HOURS) for seed in range(WORLDS)]
    above = [one for one in found if one.above()]
    few = [one for one in found if one.dropped_of_few() > 1]
    for one in (*above, *few):
        print(one)
    assert sum(len(one.above()) for one in above) <= (MOST_ABOVE if soaking() else 0), "seeds are printed"
    assert not [str(one) for one in above if max(one.above()) > 1 and not one.unpreventable()]
    assert not [str(one) for one in few if not one.unpreventable()]
    talks = [one for one in found if one.world.callers.an_hour]
    print(f"talk share beside callers {sum(one.world.result.talk_share() for one in talks) / len(talks):.3f}")


def test_one_call_for_each_agent_keeps_the_limit_beside_callers() -> None:
    found = [played(seed, DialMethod.PROGRESSIVE, HOURS / 2) for seed in range(WORLDS_WITH_ONE_CALL)]
    assert not [str(one) for one in found if one.above() or one.dropped_of_few() > 1]
