"""The calls of a campaign that are in flight or wait for an agent, and its agents with what they do."""

from dataclasses import dataclass
from enum import StrEnum


class AgentActivity(StrEnum):
    """The activities of an agent that pacing tells apart."""

    READY = "READY"
    TALKING = "TALKING"  # in any call, also in one that the campaign did not dial
    WRAPPING_UP = "WRAPPING_UP"
    PAUSED = "PAUSED"


@dataclass(slots=True)
class CallInFlight:
    """A call that is not answered yet; times in microseconds UTC. `ringing` is 0 until the phone rings."""

    dialled_at_us: int
    ringing_at_us: int = 0
    is_given_up: bool = False


@dataclass(slots=True)
class AgentAtWork:
    """An agent's activity, since when in microseconds UTC."""

    activity: AgentActivity
    since_us: int
