"""How often callers come to the agents of a campaign, so that the pacing leaves agents for them."""

from collections import Counter, deque
from collections.abc import Collection

from warmline.core.model.call import Call
from warmline.core.model.call_states import Direction
from warmline.core.world.world import World

WINDOW = 600_000_000  # microseconds, in which callers are counted
LONG_WINDOW = 12 * WINDOW  # for callers whom ten minutes may not show, because they are rare
SECOND = 1_000_000


class _Recent:
    """The callers of a period by in-group. Times are microseconds UTC."""

    def __init__(self, period: int) -> None:
        self.number: Counter[str] = Counter()
        self._period = period
        self._callers: deque[tuple[int, str]] = deque()

    def add(self, arrived: int, ingroup: str) -> None:
        self._callers.append((arrived, ingroup))
        self.number[ingroup] += 1

    def until(self, now: int) -> None:
        """Forget the callers who came before the period that ends now."""
        while self._callers and self._callers[0][0] <= now - self._period:
            self.number[self._callers.popleft()[1]] -= 1


class CallerRate:
    """Counts the callers of in-groups in the last ten minutes, and in two hours.

    After a start, only callers who are still here count.
    """

    def __init__(self) -> None:
        self._lately, self._long = _Recent(WINDOW), _Recent(LONG_WINDOW)
        self._begun = 0  # when the count began
        self._now = 0
        self._here: dict[str, Call] = {}

    def follow(self, world: World, now: int) -> None:
        """Count the callers who have come since. `now` is in microseconds UTC."""
        self._begun, self._now = self._begun or now, now
        here = {
            call.id: call
            for call in world.calls.values()
            if call.direction is Direction.IN and call.ingroup in world.rules.ingroups
        }
        for arrived, ingroup in sorted(
            (here[new].arrived, here[new].ingroup) for new in here.keys() - self._here.keys()
        ):
            self._lately.add(arrived, ingroup)
            self._long.add(arrived, ingroup)
        self._here = here
        self._lately.until(now)
        self._long.until(now)

    def per_second(self, world: World, campaign: str) -> float:
        """Return how many callers a second need agents of the campaign."""
        return _share(world, campaign, self._lately.number, self._lately.number) * SECOND / WINDOW

    def outranking_per_second(self, world: World, campaign: str, priority: int) -> float:
        """Return how many callers a second need agents of the campaign whose in-group has a higher priority than this.

        It is the larger rate of ten minutes and of two hours, or of the time since the start.
        """
        groups = [one.id for one in world.rules.ingroups.values() if one.queue_priority > priority]
        known = max(WINDOW, min(LONG_WINDOW, self._now - self._begun))
        lately = _share(world, campaign, self._lately.number, groups) / WINDOW
        return max(lately, _share(world, campaign, self._long.number, groups) / known) * SECOND


def _share(world: World, campaign: str, callers: Counter[str], groups: Collection[str]) -> float:
    """Return the campaign's share of the callers of some in-groups.

    The callers of an in-group are shared between the campaigns whose agents serve it, by the number of agents.
    """
    serving = [one for one in world.sessions.values() if not one.on_hook]
    expected = 0.0
    for ingroup in groups:
        if not callers[ingroup]:
            continue
        agents = [one.campaign for one in serving if ingroup in one.ingroups]
        expected += callers[ingroup] * agents.count(campaign) / len(agents) if agents else 0.0
    return expected
