"""The configuration for the core: frozen records with the option names of `warmline/options/option_table.py`.

`python -m tools.pages` generates the parts between marks from that table: the records, and the settings of `Rules`. A
change arrives as an input (`ConfigurationChanged`). A call keeps the rules with which it began a step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from warmline.core.rules.routing import AGENTDIRECT as AGENTDIRECT  # AGI scripts load only that module


# <records>
@dataclass(frozen=True, slots=True)
class Campaign:
    """A group of agents with rules for recording, transfers and dialling."""

    id: str
    campaign_name: str = ""
    active: str = "Y"
    campaign_recording: str = "ONDEMAND"
    allcalls_delay: int = 0
    campaign_rec_filename: str = "FULLDATE_CUSTPHONE"
    recording_format: str = "wav"
    recording_notice: str = "---NONE---"
    agent_recordings: str = "N"
    leave_3way_start_recording: str = "DISABLED"
    leave_3way_start_recording_exception: str = "DISABLED"
    leave_3way_stop_recording: str = "DISABLED"
    three_way_record_stop: str = "N"
    three_way_record_stop_exception: str = "DISABLED"
    hangup_xfer_record_start: str = "N"
    dead_stop_recording: str = "DISABLED"
    park_recording: str = "CONTINUE"
    default_xfer_group: str = "---NONE---"
    transfer_no_dispo: str = "DISABLED"
    am_message_exten: str = "vm-goodbye"
    leave_unanswered_action: str = "INGROUP"
    blind_unanswered_action: str = "INGROUP"
    unanswered_message: str = "vm-goodbye"
    customer_gone_while_dialing: str = "CANCEL"
    customer_3way_hangup_action: str = "NONE"
    customer_3way_hangup_seconds: int = 5
    park_max_seconds: int = 0
    park_ivr: str = ""
    agent_rescue_seconds: int = 20
    browser_grace_seconds: int = 5
    left_max_minutes: int = 240
    continue_after_hangup: str = "N"
    dial_template: str = "PJSIP/{number}@trunk"
    dial_prefix: str = ""
    three_way_dial_prefix: str = ""
    dial_timeout: int = 0
    three_way_call_cid: str = "CAMPAIGN"
    campaign_cid: str = "0000000000"
    manual_dial_cid: str = "CAMPAIGN"
    manual_preview_dial: str = "PREVIEW_AND_SKIP"
    dial_allow: tuple[str, ...] = ()
    dial_deny: tuple[str, ...] = ()
    deny_star_codes: str = "Y"
    international_prefixes: tuple[str, ...] = ("00", "011")
    follow_redirects: int = 0
    dial_call_time_id: str = ""
    daily_limit_manual: int = 0
    manual_calls_at_once: int = 0
    callback_useronly_move_minutes: int = 0
    dial_method: str = "MANUAL"
    auto_dial_level: str = "1"
    adaptive_maximum_level: str = "20"
    dial_level_threshold_agents: int = 1
    adaptive_dropped_percentage: str = "3"
    drop_window: str = "AUTO"
    queue_priority: int = 50
    next_agent_call: str = "longest_wait_time"
    drop_call_seconds: int = 2
    drop_action: str = "MESSAGE"
    drop_inbound_group: str = "---NONE---"
    safe_harbor_audio: str = ""
    safe_harbor_optout: str = "9"
    amd: str = "OFF"
    amd_send_to_vmx: str = "N"
    pause_after_each_call: str = "N"
    login_state: str = "PAUSED"
    phone_login: str = "PIN"
    agent_pause_codes_active: str = "N"
    wrapup_seconds: int = 0
    dispo_max: int = 0
    dispo_max_action: str = "PAUSE"
    dead_max: int = 0
    pause_max: int = 0
    lost_max: int = 600
    phone_caller_number: str = ""
    phone_headers: str = ""
    feature_keys: str = "N"
    feature_numbers: tuple[str, ...] = ()
    manual_dial_list_id: str = "998"
    campaign_script: str = ""
    agent_lead_search: str = "DISABLED"
    agent_lead_list: str = "Y"
    cid_group: str = ""
    preview_seconds: int = 0
    preview_expiry: str = "SKIP"
    next_dial_my_callbacks: str = "N"
    start_call_url: str = ""
    dispo_call_url: str = ""
    transfer_url: str = ""


@dataclass(frozen=True, slots=True)
class Ingroup:
    """An inbound queue with its rules."""

    id: str
    group_name: str = ""
    active: str = "Y"
    default_xfer_group: str = "---NONE---"
    ingroup_recording_override: str = "DISABLED"
    queue_priority: int = 0
    data_priority: tuple[str, ...] = ()
    data_agent: str = ""
    data_agent_wait: int = 0
    keep_wait_on_transfer: str = "N"
    next_agent_call: str = "longest_wait_time"
    rank_first: str = "N"
    answer_signal: str = "START"
    answer_sec_pct_rt_stat_one: int = 20
    on_hook_ring_time: int = 0
    retry_seconds: int = 0
    call_time_id: str = ""
    after_hours_action: str = "MESSAGE"
    after_hours_message_filename: str = "vm-goodbye"
    after_hours_exten: str = ""
    after_hours_voicemail: str = ""
    afterhours_xfer_group: str = "---NONE---"
    after_hours_callmenu: str = ""
    no_agent_no_queue: str = "N"
    leave_when_empty: str = "N"
    no_agent_action: str = "MESSAGE"
    no_agent_action_value: str = "vm-nobodyavail|vm-goodbye"
    max_calls_method: str = "DISABLED"
    max_calls_count: int = 0
    max_calls_action: str = "NO_AGENT_NO_QUEUE"
    drop_call_seconds: int = 360
    drop_action: str = "HANGUP"
    drop_message: str = "vm-goodbye"
    drop_exten: str = ""
    voicemail_ext: str = ""
    drop_inbound_group: str = "---NONE---"
    drop_callmenu: str = ""
    moh_context: str = "default"
    welcome_message_filename: str = "---NONE---"
    play_welcome_message: str = "ALWAYS"
    onhold_prompt_filename: str = "queue-thankyou"
    prompt_interval: int = 60
    play_place_in_line: str = "N"
    play_estimate_hold_time: str = "N"
    agent_alert_exten: str = "beep"
    exit_keys: tuple[str, ...] = ()
    wait_time_option: str = "NONE"
    wait_time_second_option: str = "NONE"
    wait_time_third_option: str = "NONE"
    wait_time_option_seconds: int = 120
    wait_time_option_press_filename: str = "vm-press|digits/1"
    wait_time_option_prompt_seconds: int = 10
    wait_time_option_callback_filename: str = "vm-goodbye"
    wait_time_option_exten: str = ""
    wait_time_option_voicemail: str = ""
    wait_time_option_xfer_group: str = "---NONE---"
    wait_time_option_callmenu: str = ""
    closing_time_action: str = "DISABLED"
    closing_time_now_trigger: str = "N"
    closing_time_filename: str = "vm-goodbye"
    closing_time_option_exten: str = ""
    closing_time_option_voicemail: str = ""
    closing_time_option_xfer_group: str = "---NONE---"
    closing_time_option_callmenu: str = ""
    call_handle_method: str = "CIDLOOKUP"
    list_id: str = "999"
    start_call_url: str = ""
    dispo_call_url: str = ""
    transfer_url: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who takes calls."""

    id: str
    full_name: str = ""
    active: str = "Y"
    user_group: str = ""
    phone: str = ""
    campaign: str = ""
    ingroups: tuple[str, ...] = ()
    custom_three: str = ""
    wrapup_seconds_override: int = -1
    phone_mode: str = "nailed_up"
    on_hook_ring_time: int = 15
    outside_number: str = ""
    accept_key: str = "1"
    max_missed: int = 1
    recording_override: str = "DISABLED"
    user_level: int = 1
    campaign_rank: int = 0
    campaign_grade: int = 1
    ingroup_ranks: tuple[str, ...] = ()
    ingroup_grades: tuple[str, ...] = ()
    custom_five: str = ""
    voicemail_id: str = ""


@dataclass(frozen=True, slots=True)
class CallTime:
    """The hours in which a number or an in-group is open."""

    id: str
    ct_default_start: int = 0
    ct_default_stop: int = 2400
    ct_sunday_start: int = 0
    ct_sunday_stop: int = 0
    ct_monday_start: int = 0
    ct_monday_stop: int = 0
    ct_tuesday_start: int = 0
    ct_tuesday_stop: int = 0
    ct_wednesday_start: int = 0
    ct_wednesday_stop: int = 0
    ct_thursday_start: int = 0
    ct_thursday_stop: int = 0
    ct_friday_start: int = 0
    ct_friday_stop: int = 0
    ct_saturday_start: int = 0
    ct_saturday_stop: int = 0
    ct_more_hours: tuple[str, ...] = ()
    ct_holidays: tuple[str, ...] = ()
    timezone: str = ""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day with other opening hours."""

    id: str
    holiday_name: str = ""
    holiday_date: str = ""
    holiday_status: str = "ACTIVE"
    ct_default_start: int = 2400
    ct_default_stop: int = 2400


@dataclass(frozen=True, slots=True)
class GroupAlias:
    """A caller id that an agent can choose by name for a call to a third party."""

    id: str
    group_alias_name: str = ""
    caller_id_number: str = ""
    active: str = "Y"


@dataclass(frozen=True, slots=True)
class Disposition:
    """A code for the outcome of a call."""

    id: str
    status_name: str = ""
    category: str = "UNDEFINED"
    selectable: str = "Y"
    human_answered: str = "N"
    sale: str = "N"
    dnc: str = "N"
    scheduled_callback: str = "N"
    not_interested: str = "N"
    customer_contact: str = "N"
    completed: str = "N"
    place: int = 100
    key: str = ""
    direction: str = "BOTH"
    reached: str = "BOTH"
    notes_required: str = "N"
    campaigns: tuple[str, ...] = ()
    ingroups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PauseCode:
    """A code for why an agent pauses."""

    id: str
    pause_code_name: str = ""
    key: str = ""
    time_limit: int = 0
    billable: str = "NO"
    campaigns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trunk:
    """A way to the telephone network that dial templates name, with its limits."""

    id: str
    lines: int = 23
    calls_per_second: int = 5


@dataclass(frozen=True, slots=True)
class CidGroup:
    """Numbers of which automatic calls show one, by the lead's area or state."""

    id: str
    cid_group_name: str = ""
    caller_ids: tuple[str, ...] = ()


# </records>


@dataclass(frozen=True, slots=True)
class Rules:
    """All configuration that affects live calls."""

    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    ingroups: Mapping[str, Ingroup] = field(default_factory=dict)
    agents: Mapping[str, Agent] = field(default_factory=dict)
    call_times: Mapping[str, CallTime] = field(default_factory=dict)
    holidays: Mapping[str, Holiday] = field(default_factory=dict)
    containers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    group_aliases: Mapping[str, GroupAlias] = field(default_factory=dict)
    dispositions: Mapping[str, Disposition] = field(default_factory=dict)
    pause_codes: Mapping[str, PauseCode] = field(default_factory=dict)
    trunks: Mapping[str, Trunk] = field(default_factory=dict)
    cid_groups: Mapping[str, CidGroup] = field(default_factory=dict)
    # <settings>
    api_impossible: str = "ERROR"
    timezone: str = "UTC"
    webhook_hosts: tuple[str, ...] = ()
    max_legs: int = 0
    emergency_numbers: tuple[str, ...] = ("110", "112", "911", "999")
    vdc_agent_api_active: str = "1"
    # </settings>

    def ingroup(self, name: str) -> Ingroup:
        """Return the in-group, or one with default options if it was deleted while a call waited."""
        return self.ingroups.get(name) or Ingroup(id=name)

    def campaign(self, name: str) -> Campaign:
        """Return the campaign, or one with default options if it was deleted during a session."""
        return self.campaigns.get(name) or Campaign(id=name)
