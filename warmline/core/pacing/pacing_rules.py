"""How a campaign dials, and what a decision about it says."""

from dataclasses import dataclass, field
from enum import StrEnum

from warmline.core.pacing.drop_budget import DropRules


class DialMethod(StrEnum):
    """How many calls a campaign dials by itself: option `dial_method`."""

    MANUAL = "MANUAL"  # none: only agents dial
    PROGRESSIVE = "PROGRESSIVE"  # one for each READY agent
    RATIO = "RATIO"  # auto_dial_level for each READY agent, within the drop budget
    PREDICTIVE = "PREDICTIVE"  # as many as the predicted risk and the drop budget allow


@dataclass(frozen=True, slots=True)
class PacingRules:
    """The options of a campaign that pacing depends on.

    `auto_dial_level` is the number of lines for each READY agent with RATIO. With fewer agents than
    `dial_level_threshold_agents` who are not paused, PROGRESSIVE applies. `adaptive_maximum_level` limits the calls in
    flight for each agent who is logged in. With `give_up`, calls that have rung for 15 s may be given up.
    """

    dial_method: DialMethod = DialMethod.MANUAL
    auto_dial_level: float = 1.0
    dial_level_threshold_agents: int = 1
    adaptive_maximum_level: float = 20.0
    give_up: bool = True
    drops: DropRules = field(default_factory=DropRules)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: how many calls to begin now, and the ids of the calls to give up.

    `ready` agents and the calls `in_flight` are those before the decision. `risk` is how many drops are expected of all
    calls in flight, with the new ones. `threshold` is how many may be risked for one more answer. Both are thousandths.
    `free_soon` is how many agents are expected to be free in ten seconds, if the method predicts it. `away` READY
    agents are not counted on.
    """

    begin: int = 0
    give_up: tuple[str, ...] = ()
    ready: int = 0
    in_flight: int = 0
    threshold: int = 0
    risk: int = 0
    free_soon: float | None = None
    away: int = 0


NOTHING = Decision()
