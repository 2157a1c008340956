"""The configuration as the core sees it: frozen records, option names as in `warmline/options.py`.

A new set arrives as an input (`Configured`); a call keeps the rules it began a step with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

NONE_GROUP = "---NONE---"
AGENTDIRECT = "AGENTDIRECT"
NO_LIST = "DISABLED"


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
    three_way_dial_prefix: str = ""
    allcalls_delay: int = 0
    leave_3way_start_recording_exception: str = NO_LIST
    three_way_record_stop: str = "N"
    three_way_record_stop_exception: str = NO_LIST
    hangup_xfer_record_start: str = "N"
    dead_stop_recording: str = "DISABLED"
    park_recording: str = "CONTINUE"
    campaign_rec_filename: str = "FULLDATE_CUSTPHONE"
    customer_gone_while_dialing: str = "CANCEL"
    customer_3way_hangup_action: str = "NONE"
    customer_3way_hangup_seconds: int = 5
    leave_unanswered_action: str = "INGROUP"
    blind_unanswered_action: str = "INGROUP"
    unanswered_message: str = "vm-goodbye"
    am_message_exten: str = "vm-goodbye"
    park_max_seconds: int = 0
    park_ivr: str = ""
    agent_rescue_seconds: int = 20
    transfer_no_dispo: str = "DISABLED"
    xfer_groups: tuple[str, ...] = ()
    recording_format: str = "wav"


@dataclass(frozen=True, slots=True)
class Ingroup:
    id: str
    active: str = "Y"
    default_xfer_group: str = NONE_GROUP
    queue_priority: int = 0
    drop_call_seconds: int = 360
    drop_action: str = "HANGUP"
    drop_message: str = "vm-goodbye"
    no_agent_no_queue: str = "N"
    moh_context: str = "default"
    ingroup_recording_override: str = "DISABLED"


@dataclass(frozen=True, slots=True)
class Agent:
    id: str
    phone: str = ""
    campaign: str = ""
    ingroups: tuple[str, ...] = ()
    custom_three: str = ""
    phone_mode: str = "nailed_up"
    on_hook_ring_time: int = 15
    max_missed: int = 1
    recording_override: str = "DISABLED"


@dataclass(frozen=True, slots=True)
class Preset:
    id: str
    campaign: str = ""
    preset_name: str = ""
    preset_number: str = ""


@dataclass(frozen=True, slots=True)
class GroupAlias:
    id: str
    group_alias_name: str = ""
    caller_id_number: str = ""
    active: str = "Y"


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything configured that can decide something about a live call."""

    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    ingroups: Mapping[str, Ingroup] = field(default_factory=dict)
    agents: Mapping[str, Agent] = field(default_factory=dict)
    containers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    presets: Mapping[str, Preset] = field(default_factory=dict)
    group_aliases: Mapping[str, GroupAlias] = field(default_factory=dict)
    api_impossible: str = "ERROR"  # what the agent API says to what cannot be done: ERROR or SUCCESS
    vdc_agent_api_active: str = "1"

    def campaign(self, name: str) -> Campaign:
        """The campaign, or one with every option at its default (it was deleted under a running session)."""
        return self.campaigns.get(name) or Campaign(id=name)
