"""The dial method of a campaign, and the other options that its pacing depends on."""

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
    flight for each agent who is logged in.
    """

    dial_method: DialMethod = DialMethod.MANUAL
    auto_dial_level: float = 1.0
    dial_level_threshold_agents: int = 1
    adaptive_maximum_level: float = 20.0
    drops: DropRules = field(default_factory=DropRules)
