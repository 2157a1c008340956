"""The figures of a simulated campaign."""

from dataclasses import dataclass, field

from warmline.core.model.dialler import DropBudget, WindowCount
from warmline.core.pacing import drop_budget
from warmline.core.pacing.drop_budget import DropRules


@dataclass(slots=True)
class DiallingResult:
    """The times of the agents, in seconds, and the ends of the calls.

    `above` counts the persons at whose answer or drop a window was above its limit. `excess` is the largest number of
    drops above the limit, in thousandths. `ended` are the windows that have ended, and the last ones.
    """

    rules: DropRules
    talking: float = 0.0
    wrapping_up: float = 0.0
    ready: float = 0.0
    dials: int = 0
    connected: int = 0
    persons: int = 0
    dropped: int = 0
    given_up: int = 0
    above: int = 0
    excess: int = 0
    budget: DropBudget = field(default_factory=DropBudget)
    ended: list[WindowCount] = field(default_factory=list)

    def count(self, now: int, *, dropped: bool) -> None:
        """Count a person who answered."""
        before = self.budget
        self.budget = drop_budget.count_person(before, self.rules, now, is_dropped=dropped)
        kept = {(window.kind, window.begins) for window in self.budget.windows}
        self.ended += [window for window in before.windows if (window.kind, window.begins) not in kept]
        self.persons += 1
        self.dropped += dropped
        balance = drop_budget.get_smallest_balance_permille(self.budget, self.rules, now)
        self.above += balance < 0
        self.excess = max(self.excess, -balance)

    def talk_share(self) -> float:
        """Return the share of the agents' working time in which they talk."""
        return self.talking / max(1.0, self.talking + self.wrapping_up + self.ready)

    def drop_rate(self) -> float:
        """Return the share of persons who were dropped, over the whole campaign."""
        return self.dropped / max(1, self.persons)

    def worst_window(self) -> float:
        """Return the largest drop rate at the end of a limited window."""
        found = DropBudget("", (*self.ended, *self.budget.windows)).get_limited_windows(self.rules.window)
        return max((window.compute_drop_rate() for window in found), default=0.0)

    def seconds_between_calls(self) -> float:
        """Return how long an agent is READY before a call, on average."""
        return self.ready / max(1, self.connected)
