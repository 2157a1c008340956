"""The simple diallers: they only know how many agents and calls there are in each state."""

from abc import ABC, abstractmethod

from warmline.core.pacing.campaign_calls import AgentActivity
from warmline.core.pacing.pacing_decision import Decision


class CountingDialler(ABC):
    """A dialler that only counts. Its `lines` says how many calls there are to be, in flight or with agents."""

    def __init__(self) -> None:
        """Begin without calls and agents."""
        self.activities: dict[str, AgentActivity] = {}
        self.in_flight: set[str] = set()
        self.waiting: set[str] = set()

    def add_call(self, call: str, now: int) -> None:
        """Count a call in flight."""
        self.in_flight.add(call)

    def note_ringing(self, call: str, now: int) -> None:  # noqa: B027 - it does nothing on purpose
        """Ignore that it rings."""

    def note_answer(self, call: str, now: int) -> None:
        """Count a call that waits."""
        self.in_flight.discard(call)
        self.waiting.add(call)

    def note_connection(self, call: str, agent: str, now: int) -> None:
        """Count an agent who talks."""
        self.waiting.discard(call)
        self.activities[agent] = AgentActivity.TALKING

    def count_dropped_call(self, call: str, now: int) -> None:
        """Count no call any more."""
        self.waiting.discard(call)

    def note_call_end(self, call: str, now: int) -> None:
        """Count no call any more."""
        self.in_flight.discard(call)

    def count_answering_person(self, now: int) -> None:  # noqa: B027 - it does nothing on purpose
        """Ignore dispositions."""

    def note_activity(self, agent: str, activity: AgentActivity, now: int) -> None:
        """Remember what an agent does."""
        self.activities[agent] = activity

    def note_agent_leave(self, agent: str, now: int) -> None:
        """Forget an agent."""
        self.activities.pop(agent, None)

    def update_prediction(self, now: int) -> None:  # noqa: B027 - it does nothing on purpose
        """Predict nothing."""

    def decide(self, now: int) -> Decision:
        """Begin as many calls as there are fewer than `lines`."""
        there = len(self.in_flight) + len(self.waiting) + self.count(AgentActivity.TALKING)
        return Decision(new_calls=max(0, self.lines(now) - there))

    @abstractmethod
    def lines(self, now: int) -> int:
        """Return how many calls there are to be."""

    def count(self, activity: AgentActivity) -> int:
        """Return how many agents do this."""
        return sum(found is activity for found in self.activities.values())


def level_lines(dialler: CountingDialler, level: float, *, ready_only: bool) -> int:
    """Return the lines of a level for all agents who are READY or talk; with `ready_only` only for READY agents."""
    ready, talking = dialler.count(AgentActivity.READY), dialler.count(AgentActivity.TALKING)
    return int(level * ready + talking + 0.5) if ready_only else int(level * (ready + talking) + 0.5)
