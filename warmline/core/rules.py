"""The configuration as the core sees it: frozen records, option names as in `warmline/options.py`.

A new set arrives as an input (`Configured`); a call keeps the rules it began a step with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NONE_GROUP = "---NONE---"
AGENTDIRECT = "AGENTDIRECT"


@dataclass(frozen=True, slots=True)
class Campaign:
    id: str
    campaign_recording: str = "ONDEMAND"
    leave_3way_start_recording: str = "DISABLED"
    leave_3way_stop_recording: str = "DISABLED"
    default_xfer_group: str = NONE_GROUP
    dial_template: str = "PJSIP/{number}@trunk"
    dial_prefix: str = ""
    dial_timeout: int = 60
    three_way_call_cid: str = "CAMPAIGN"
    campaign_cid: str = "0000000000"
    login_state: str = "PAUSED"
    phone_login: str = "PIN"


@dataclass(frozen=True, slots=True)
class Ingroup:
    id: str
    active: str = "Y"
    default_xfer_group: str = NONE_GROUP
    queue_priority: int = 0
    drop_call_seconds: int = 360
    moh_context: str = "default"


@dataclass(frozen=True, slots=True)
class Agent:
    id: str
    phone: str = ""
    campaign: str = ""
    ingroups: tuple[str, ...] = ()
    custom_three: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything configured that can decide something about a live call."""

    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    ingroups: Mapping[str, Ingroup] = field(default_factory=dict)
    agents: Mapping[str, Agent] = field(default_factory=dict)

    def campaign(self, name: str) -> Campaign:
        """The campaign, or one with every option at its default (it was deleted under a running session)."""
        return self.campaigns.get(name) or Campaign(id=name)
