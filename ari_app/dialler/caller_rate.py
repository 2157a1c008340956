"""How often callers come to the agents of a campaign, so that the pacing leaves agents for them."""

from collections import deque

from warmline.core.model.call import Call
from warmline.core.model.call_states import Direction
from warmline.core.world.world import World

WINDOW = 600_000_000  # microseconds, in which callers are counted
SECOND = 1_000_000


class CallerRate:
    """Counts the callers of in-groups in the last ten minutes. After a start, only callers who are still here count."""

    def __init__(self) -> None:
        self._callers: deque[tuple[int, str]] = deque()  # when each came, and to which in-group
        self._here: dict[str, Call] = {}

    def follow(self, world: World, now: int) -> None:
        """Count the callers who have come since. `now` is in microseconds UTC."""
        here = {
            call.id: call
            for call in world.calls.values()
            if call.direction is Direction.IN and call.ingroup in world.rules.ingroups
        }
        self._callers.extend(sorted((here[new].arrived, here[new].ingroup) for new in here.keys() - self._here.keys()))
        self._here = here
        while self._callers and self._callers[0][0] <= now - WINDOW:
            self._callers.popleft()

    def per_second(self, world: World, campaign: str) -> float:
        """Return how many callers a second need agents of the campaign."""
        return self._expected(world, campaign, {ingroup for _, ingroup in self._callers}) * SECOND / WINDOW

    def outranking_per_second(self, world: World, campaign: str, priority: int) -> float:
        """Return how many callers a second need agents of the campaign whose in-group has a higher priority than this.

        One caller is expected where any such caller may come: ten minutes do not show rare ones.
        """
        served = {name for one in world.sessions.values() if one.campaign == campaign for name in one.ingroups}
        groups = {one.id for one in world.rules.ingroups.values() if one.queue_priority > priority}
        if served.isdisjoint(groups):
            return 0.0
        return max(1.0, self._expected(world, campaign, groups)) * SECOND / WINDOW

    def _expected(self, world: World, campaign: str, groups: set[str]) -> float:
        """Return the campaign's share of the callers of some in-groups.

        The callers of an in-group are shared between the campaigns whose agents serve it, by the number of agents.
        """
        serving = [one for one in world.sessions.values() if not one.on_hook]
        expected = 0.0
        for ingroup in groups:
            agents = [one.campaign for one in serving if ingroup in one.ingroups]
            callers = sum(other == ingroup for _, other in self._callers)
            expected += callers * agents.count(campaign) / len(agents) if agents else 0.0
        return expected
