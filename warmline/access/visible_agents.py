"""The agents that a user may see and command, and what belongs to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisibleAgents:
    """The agents by name. `unassigned`: also what belongs to no agent, such as a caller who waits in a queue."""

    agents: frozenset[str]
    unassigned: bool

    def include(self, *owners: str | None) -> bool:
        """Return whether something belongs to one of these agents; an owner may be empty."""
        named = [one for one in owners if one]
        return any(one in self.agents for one in named) if named else self.unassigned
