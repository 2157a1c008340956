"""All reasons for which a command does not succeed, with their codes.

The JSON API answers 409 with a code from this list. The page on that API and the changelog name the codes too.
"""

from warmline.core.rules.coded_reason import CodedReason

# the agent
AGENT_LOGGED_OUT = CodedReason("agent_logged_out", "the agent is not logged in")
HELP_NOT_ASKED = CodedReason("help_not_asked", "the agent has not asked for help in this call")
AGENT_WITHOUT_CALL = CodedReason("agent_without_call", "the agent has no live call")
AGENT_IN_CALL = CodedReason("agent_in_call", "the agent is in a call")
AGENT_NOT_IN_CALL = CodedReason("agent_not_in_call", "agent {agent} is not in this call")
NO_AGENT_IN_CALL = CodedReason("no_agent_in_call", "no agent is in this call")
AGENT_NOT_PAUSED = CodedReason("agent_not_paused", "the agent is not paused")
AGENT_LEAVING = CodedReason("agent_leaving", "the agent is about to be logged out")
PHONE_OFF_LINE = CodedReason("phone_off_line", "the agent's phone is not on the line")
LOGIN_NEEDED = CodedReason("login_needed", "the agent's phone is not on the line - log in again")
PHONE_IN_LAST_CALL = CodedReason("phone_in_last_call", "the agent's phone is still in its last call")
PHONE_NEEDS_NO_CALL = CodedReason("phone_needs_no_call", "the agent's phone needs no call")
LOGIN_AGENT_UNKNOWN = CodedReason("login_agent_unknown", "there is no agent {agent}")
AGENT_INACTIVE = CodedReason("agent_inactive", "agent {agent} is not active")
CAMPAIGN_INACTIVE = CodedReason("campaign_inactive", "campaign {campaign} is not active")
AGENT_WITHOUT_PHONE = CodedReason("agent_without_phone", "agent {agent} has no phone")
LOGGED_IN_ALREADY = CodedReason(
    "logged_in_already", "agent {agent} is logged in already, on phone {phone} since {since}"
)
LOGIN_BY_PHONE = CodedReason("login_by_phone", "the agent has logged in from a phone")
INGROUP_UNKNOWN = CodedReason("ingroup_unknown", "in-group {ingroup} does not exist")

# supervision
SUPERVISOR_RINGS = CodedReason("supervisor_rings", "phone {phone} rings for agent {agent} already: pick it up first")
SUPERVISOR_PHONE_UNKNOWN = CodedReason(
    "supervisor_phone_unknown", "{phone} is no agent's phone, which a supervisor needs; make one with: {make}"
)
SUPERVISOR_LOGGED_IN = CodedReason("supervisor_logged_in", "on phone {phone} agent {agent} is logged in")
SUPERVISOR_PAGE_MISSING = CodedReason(
    "supervisor_page_missing", "phone browser needs page: the id of the page that offers it"
)
SUPERVISOR_PAGE_GONE = CodedReason("supervisor_page_gone", "the supervisor's page has given its phone up")
LINE_MOVED = CodedReason("line_moved", "the agent's line moved to another server")
SUPERVISION_CHANGED = CodedReason("supervision_changed", "another such command came")

# the state of the call
CALL_OVER = CodedReason("call_over", "the call is over")
CALL_ENDING = CodedReason("call_ending", "the call is ending")
CALL_NOT_CONNECTED = CodedReason("call_not_connected", "the call has not reached the agent yet")
CALL_OF_ANOTHER = CodedReason("call_of_another", "the call is agent {agent}'s until he leaves it")
CUSTOMER_GONE = CodedReason("customer_gone", "the customer is no longer on this call")
CUSTOMER_RINGING = CodedReason("customer_ringing", "the customer has not answered yet")
LEAD_RINGING = CodedReason("lead_ringing", "the lead has not answered yet")
CALL_WITHOUT_AGENT = CodedReason("call_without_agent", "the call has no agent")
CUSTOMER_PARKED = CodedReason("customer_parked", "the customer is parked already")
CUSTOMER_NOT_PARKED = CodedReason("customer_not_parked", "the customer is not parked")
THIRD_MISSING = CodedReason("third_party_missing", "no third party on this call")
THIRD_PRESENT = CodedReason("third_party_present", "a third party is on this call - use HANGUP_XFER or LEAVE_3WAY_CALL")
THIRD_RINGING = CodedReason("third_party_ringing", "the third party has not answered yet")
THIRD_PARKED = CodedReason("third_party_parked", "the third party is parked already")
THIRD_NOT_PARKED = CodedReason("third_party_not_parked", "the third party is not parked")
BOTH_PARKED = CodedReason("both_parked", "both are parked - take one of them back first")
PHONE_CALLED_BACK = CodedReason("phone_called_back", "the agent's phone is being called back")
COMMAND_OVERDUE = CodedReason("command_overdue", "another command on this call did not end in time")
COMMAND_OVERTAKEN = CodedReason("command_overtaken", "overtaken by {kind}")

# transfers
PARK_IVR_UNSET = CodedReason("park_ivr_unset", "the campaign has no park IVR - set park_ivr")
CONSULTS_SELF = CodedReason("consults_self", "an agent cannot consult himself")
TARGET_AGENT_UNKNOWN = CodedReason("target_agent_unknown", "agent {agent} does not exist")
TARGET_AGENT_LOGGED_OUT = CodedReason("target_agent_logged_out", "agent {agent} is not logged in")
TARGET_AGENT_NOT_READY = CodedReason(
    "target_agent_not_ready", "agent {agent} is not READY; a call, wrap-up, a pause or a missing phone prevents it"
)
INGROUP_INVALID = CodedReason("ingroup_invalid", "in-group {ingroup} is not valid")
# The next four sentences also describe a rule that lets the call pass.
INGROUP_HOURS = CodedReason("ingroup_closed", "call time {call_time} is {state} at {time} ({hours})")
INGROUP_CALLS = CodedReason("ingroup_full", "in-group {ingroup} has {calls} of {limit} (max_calls_method={method})")
INGROUP_AGENTS = CodedReason("ingroup_without_agents", "in-group {ingroup} has {agents} {state} ({option}={rule})")
INGROUP_DIRECT_AGENT = CodedReason("target_agent_unavailable", "agent {agent} is {state} ({option}={rule})")

# a number to dial
NUMBER_EMPTY = CodedReason("number_empty", "phone_number is empty")
NUMBER_SIGNS = CodedReason("number_invalid", "phone_number may have digits, *, # and a leading + only")
NUMBER_TOO_LONG = CodedReason("number_too_long", "phone_number is longer than {limit} characters")
NUMBER_DENIED = CodedReason("number_denied", "{number} may not be dialled: dial_deny has {entry}")
NUMBER_STAR_CODE = CodedReason(
    "number_star_code", "{number} may not be dialled: it has * or #, and the campaign has deny_star_codes=Y"
)
EMERGENCY_NUMBER = CodedReason(
    "emergency_number", "{number} is the emergency number {emergency}, which only a person may dial, by typing it"
)
NUMBER_NOT_ALLOWED = CodedReason(
    "number_not_allowed", "{number} may not be dialled: dial_allow has nothing for it{hint}"
)
OUTSIDE_HOURS = CodedReason("outside_hours", "{number} may not be dialled now: {why}")
DO_NOT_CALL = CodedReason("do_not_call", "{number} is on {list}")
DO_NOT_CALL_UNREADABLE = CodedReason("do_not_call_unreadable", "the do-not-call list cannot be read")
DO_NOT_CALL_UNREAD = CodedReason("do_not_call_unread", "the do-not-call list has not been asked about {number}")
DO_NOT_CALL_RESTART = CodedReason(
    "do_not_call_restart", "Warmline was started again before the do-not-call list was read"
)
DAILY_LIMIT = CodedReason(
    "daily_limit", "{limit} parties have been dialled or looked at today already: daily_limit_manual"
)
CALLS_AT_ONCE = CodedReason(
    "calls_at_once", "the campaign's agents have dialled {limit} parties who are on the line: manual_calls_at_once"
)
DIALLER_STOPPED = CodedReason("dialler_stopped", "the dialler of campaign {campaign} is not running")
DIALLER_WAITS = CodedReason("dialler_waits", "the dialler waits after a restart")
DIALLER_RUNS = CodedReason("dialler_runs", "campaign {campaign} dials for READY agents - pause first")
DIALS_BY_HAND = CodedReason("dials_by_hand", "campaign {campaign} has dial_method=MANUAL")
DIALLER_NEEDS = CodedReason(
    "dialler_needs", "to dial, campaign {campaign} needs {needs}: warmline campaign set {campaign} {set}"
)
CAMPAIGN_UNKNOWN = CodedReason("campaign_missing", "campaign {campaign} does not exist")
LEAD_HOURS_OVER = CodedReason("lead_hours_over", "its legal hours are over")
LEAD_IN_CALL = CodedReason("lead_in_call", "the lead or its number is in a call")
CALLER_ID_MISSING = CodedReason(
    "caller_id_missing", "campaign {campaign} has no caller id: set campaign_cid or cid_group"
)
NO_READY_AGENT = CodedReason("no_ready_agent", "each ready agent has a call already")
NOBODY_READY = CodedReason("nobody_ready", "no agent is READY for a lead")
LEADS_OUTSIDE_HOURS = CodedReason("leads_outside_hours", "the leads are outside their legal hours or call times")
LEADS_NOT_DUE = CodedReason("leads_not_due", "no lead is left, and the next tries are not due")
LEADS_HELD = CodedReason("leads_held", "limits hold the {leads} leads that are left: {why}")
NO_LEAD = CodedReason("no_lead", "no lead may be dialled; for the reasons: warmline dial hopper {campaign}")
CALLERS_FIRST = CodedReason("callers_first", "callers wait who come before the leads")
AGENTS_LEFT = CodedReason(
    "agents_left",
    "drops are scarce, and {agents} READY agents are left for callers with a higher queue_priority, or may pause",
)
LINES_REACHED = CodedReason("lines_reached", "all lines of the campaign are in use: {option} is {value}")
DROP_BUDGET = CodedReason(
    "drop_budget", "campaign {campaign} may not risk another drop: adaptive_dropped_percentage is {limit}"
)
DROP_LIMIT_REACHED = CodedReason(
    "drop_limit_reached", "drop limit reached: {dropped} of {answered} dropped, adaptive_dropped_percentage is {limit}"
)
NODE_RESERVED = CodedReason(
    "node_reserved", "the node has {legs} phones on the line: the dialler stops at {limit} (85 percent of max_legs)"
)
TRUNK_FULL = CodedReason("trunk_full", "trunk {trunk} has {lines} calls: the dialler stops at {limit} (lines)")
TRUNK_TOO_FAST = CodedReason("trunk_too_fast", "trunk {trunk} gets {limit} calls a second (calls_per_second)")
TRUNK_LINES_LEARNT = CodedReason(
    "trunk_lines_learnt",
    "trunk {trunk} was congested and has {lines} dialled calls: the dialler stops at {limit} for now",
)
TRUNK_CONGESTED = CodedReason("trunk_congested", "trunk {trunk} was congested in {congested} of its last dials")
NOT_CONNECTED = CodedReason("not_connected", "the app has no connection to Asterisk")
COMMITS_LATE = CodedReason("commits_late", "the journal was not written within {limit} ms")
PACING_FAILED = CodedReason("pacing_failed", "pacing failed ({error}), a fault of Warmline: the log tells where")
NODE_FULL = CodedReason("node_full", "the node has {legs} phones on the line: max_legs is {limit}")
REDIRECTS_OFF = CodedReason("redirects_off", "redirected to {number}: redirects are off (follow_redirects)")
REDIRECTS_OVER = CodedReason(
    "redirects_over", "redirected to {number}: the campaign follows {limit} (follow_redirects)"
)
REDIRECT_REFUSED = CodedReason("redirect_refused", "redirected to {number}: {why}")
GROUP_ALIAS_INACTIVE = CodedReason("group_alias_inactive", "there is no active group alias {group_alias}")
NO_NEXT_LEAD = CodedReason(
    "no_next_lead",
    "no lead of campaign {campaign} can be dialled now; to see why: warmline dial hopper {campaign}",
)
LEAD_PREVIEWED = CodedReason("lead_previewed", "agent {agent} looks at the lead or its number")
PREVIEW_OPEN = CodedReason("preview_open", "the agent looks at a number: dial it, or skip it")
PREVIEW_DISABLED = CodedReason("preview_disabled", "the campaign has no preview: manual_preview_dial")
PREVIEW_MISSING = CodedReason("preview_missing", "the agent looks at no number")
SKIP_DISABLED = CodedReason("skip_disabled", "the campaign's numbers are not skipped: manual_preview_dial")

# callbacks
CALLBACK_MISSING = CodedReason("callback_missing", "it names no callback")
CALLBACK_ERASED = CodedReason("callback_erased", "callback {callback!r} does not exist")
CALLBACK_CLOSED = CodedReason("callback_closed", "the callback is {state} already")
CALLBACK_OF_ANOTHER = CodedReason("callback_of_another", "the callback is agent {agent}'s - take it first")
CALLBACK_DIALLED = CodedReason("callback_dialled", "the dialler is calling that customer back")
CALLBACK_IN_PROGRESS = CodedReason("callback_in_progress", "agent {agent} is calling that customer back")

# dispositions and pause codes; `hint` names similar codes
DISPOSITION_DUE = CodedReason("disposition_due", "the last call has no disposition yet")
DISPOSITION_SET = CodedReason("disposition_set", "the last call has the disposition {status} already")
DISPOSITION_WITHOUT_CALL = CodedReason("disposition_without_call", "no call waits for a disposition")
DISPOSITION_UNDO_OVER = CodedReason(
    "disposition_undo_over",
    "no code can be taken back now: that ends 10 seconds after the code, and with the next call; give another code",
)
DISPOSITION_TOO_LATE = CodedReason("disposition_too_late", "agent {agent} has had another call since")
DISPOSITION_UNKNOWN = CodedReason("disposition_unknown", "there is no disposition {status}{hint}")
DISPOSITION_NOT_SELECTABLE = CodedReason("disposition_not_selectable", "{status} is not for people to choose{hint}")
DISPOSITION_OF_OTHER_CAMPAIGNS = CodedReason(
    "disposition_of_other_campaigns", "{status} is not for campaign {campaign}{hint}"
)
DISPOSITION_OF_OTHER_INGROUPS = CodedReason(
    "disposition_of_other_ingroups", "{status} is not for calls of {ingroup}{hint}"
)
DISPOSITION_OF_OTHER_DIRECTION = CodedReason(
    "disposition_of_other_direction", "{status} is for {direction} calls only{hint}"
)
DISPOSITION_NOT_REACHED = CodedReason(
    "disposition_not_reached", "{status} is for answered calls, and this call was not answered{hint}"
)
DISPOSITION_WITHOUT_TIME = CodedReason(
    "disposition_without_time",
    '{status} needs a time to call back, such as "callback": {{"at": "tomorrow 10:00"}}',
)
DISPOSITION_WITHOUT_NOTES = CodedReason("disposition_without_notes", "{status} needs notes")
CORRECTION_WITHOUT_CALL = CodedReason("correction_without_call", "no call is named")
CORRECTION_WITHOUT_AGENT = CodedReason("correction_without_agent", "no agent has had this call yet")
CORRECTION_TOO_EARLY = CodedReason("correction_too_early", "agent {agent} has not given this call a disposition yet")
DISPOSITION_KEY_UNKNOWN = CodedReason("disposition_key_unknown", "no disposition for this call has the key {key}")
PAUSE_CODE_KEY_UNKNOWN = CodedReason("pause_code_key_unknown", "no pause code of campaign {campaign} has the key {key}")
PAUSE_CODE_NEEDED = CodedReason("pause_code_needed", "campaign {campaign} wants a pause code{hint}")
PAUSE_CODE_UNKNOWN = CodedReason(
    "pause_code_unknown", "there is no pause code {pause_code} for campaign {campaign}{hint}"
)

# a conversation outside Warmline
CHANNEL_UNKNOWN = CodedReason("channel_unknown", "no channel or phone {channel} is in a conversation of two")
CHANNEL_IN_WARMLINE = CodedReason("channel_in_warmline", "channel {channel} is in a call of Warmline already")
CHANNEL_IN_STASIS = CodedReason("channel_in_stasis", "channel {channel} belongs to the ARI application {app}")
CHANNEL_NOT_ANSWERED = CodedReason("channel_not_answered", "channel {channel} is not answered yet")
CHANNEL_LOCAL = CodedReason(
    "channel_local", "{channel} is a Local channel with /n: give the queue PJSIP members, or leave out /n"
)
CHANNEL_OF_TRUNK = CodedReason(
    "channel_of_trunk",
    "channel {channel} is a line of the trunk {trunk}, not an agent's phone: name the phone's channel",
)
CONVERSATION_ALONE = CodedReason("conversation_alone", "channel {channel} talks to no other channel")
CONVERSATION_OF_SEVERAL = CodedReason(
    "conversation_of_several", "channel {channel} is in a conversation of {number}; only one of two can be adopted"
)
PHONE_SEVERAL_CALLS = CodedReason(
    "phone_in_several_calls", "phone {phone} is in several conversations: name one channel of {channels}"
)
PHONE_OF_NO_AGENT = CodedReason(
    "phone_of_no_agent",
    "neither {phones} is the phone of an agent: name the agent (--agent USER), or set the option phone of an agent",
)
PHONE_OF_SEVERAL = CodedReason("phone_of_several", "phone {phone} is that of agents {agents}: name one (--agent USER)")
LEGS_NOT_MOVED = CodedReason(
    "legs_not_moved", "the call did not come out of the dialplan: does it include Warmline's [warmline-handoff]?"
)

# recording, audio, lead
NOT_RECORDED = CodedReason("not_recorded", "nothing is recorded")
RECORDED_ALREADY = CodedReason("recorded_already", "it is recorded already")
RECORDING_FORBIDDEN = CodedReason("recording_forbidden", "{rule} forbids it")
RECORDING_ENDED = CodedReason("recording_ended", "the recording has ended")
SOUND_MISSING = CodedReason("sound_missing", "which sound file to play is not said")
AUDIO_PLAYING = CodedReason("audio_playing", "{files} is playing - stop it first, or ask for this instead of it")
AUDIO_NOT_PLAYING = CodedReason("audio_not_playing", "no audio is playing")
LEAD_MISSING = CodedReason("lead_missing", "which lead is not said")

# events that overtook the command
CALL_ENDED_BY_COMMAND = CodedReason("call_ended_by_command", "the call was ended")
CUSTOMER_HUNG_UP = CodedReason("customer_hung_up", "the customer hung up first")
AGENT_HUNG_UP = CodedReason("agent_hung_up", "the agent's phone hung up first")
AGENT_PHONE_LOST = CodedReason("agent_phone_lost", "the agent's phone was lost first")
AGENT_PHONE_HUNG_UP = CodedReason("agent_phone_hung_up", "the agent's phone hung up")
THIRD_HUNG_UP = CodedReason("third_party_hung_up", "the third party hung up first")
CALL_CHANGED = CodedReason("call_changed", "overtaken by what happened")
LOGGED_OUT = CodedReason("logged_out", "logged out")
AGENT_LEFT = CodedReason("agent_left", "the agent left: the customer waits in its place")
CLOSER_WITHDRAWN = CodedReason("closer_withdrawn", "withdrawn before a closer came")
NO_CLOSER = CodedReason("no_closer", "no agent took it in drop_call_seconds")
DIAL_CANCELLED = CodedReason("dial_cancelled", "hung up before it was answered")
RINGING_CANCELLED = CodedReason("ringing_cancelled", "hung up before it answered")
OWN_PHONE_NO_ANSWER = CodedReason("own_phone_no_answer", "the agent's own phone did not answer")

# Asterisk and Warmline
ASTERISK_REFUSED = CodedReason("asterisk_refused", "Asterisk: {why} ({status})")
ASTERISK_DIED = CodedReason("asterisk_died", "Asterisk died")
SERVER_UNKNOWN = CodedReason(
    "server_not_in_settings", "there is no server {server} among several in the settings; there are: {known}"
)
NAILED_UP_SERVERS = CodedReason(
    "nailed_up_servers",
    "phone_mode=nailed_up of agent {agent} reaches one of several servers; set: warmline agent set {agent}"
    " phone_mode=on_hook, and phone_headers of campaign {campaign} for auto-answer",
)
NO_SERVER = CodedReason("no_server", "no server takes new calls: each one is away, drains or has the weight 0")
SERVER_AWAY = CodedReason(
    "server_away", "server {server} cannot be reached now; wait until it is back, and give the command again"
)
HANG_UP_WAITS = CodedReason(
    "hang_up_waits", "server {server} cannot be reached now; the hang-up is kept, and done when it is back"
)
SERVER_LOST = CodedReason("server_lost", "server {server} was away for too long")
TURN_FAILED = CodedReason("turn_failed", "an error in Warmline: nothing has changed")
CALL_FAILED = CodedReason("call_failed", "an error in Warmline")
FOUND_APART = CodedReason("found_apart", "the app was away, and its parties were found apart")

OTHER_CAUSE = CodedReason("other_cause", "cause {cause}")

# A dial that was not answered, by the Q.850 cause of its ChannelDestroyed.
CAUSES = {
    0: CodedReason("no_cause", "Asterisk gave no cause"),
    1: CodedReason("number_not_in_service", "number not in service (1)"),
    3: CodedReason("no_route", "no route to the number (3)"),
    16: CodedReason("hung_up", "hung up (16)"),
    17: CodedReason("busy", "busy (17)"),
    18: CodedReason("no_response", "no response (18)"),
    19: CodedReason("no_answer", "no answer (19)"),
    21: CodedReason("declined_by_party", "declined (21)"),
    23: CodedReason("number_changed", "redirected to another number (23)"),
    27: CodedReason("destination_out_of_order", "destination out of order (27)"),
    28: CodedReason("number_format_wrong", "number format is wrong (28)"),
    34: CodedReason("no_line_free", "no line free (34)"),
    38: CodedReason("network_out_of_order", "network out of order (38)"),
    44: CodedReason("no_audio", "no audio from the phone (44)"),
    58: CodedReason("no_common_codec", "no common codec (58)"),
}


def list_reasons() -> list[CodedReason]:
    """Return all reasons in the order of this file."""
    return [*(reason for reason in globals().values() if isinstance(reason, CodedReason)), *CAUSES.values()]


def get_for_cause(cause: int) -> CodedReason:
    """Return the reason for a Q.850 cause. OTHER_CAUSE shows the number."""
    return CAUSES.get(cause, OTHER_CAUSE)


def find_by_text(text: str) -> CodedReason | None:
    """Return the reason with this sentence, or None. If several fit, the one with the longest fixed part is returned.

    A row of an older version may hold a sentence that is no longer in use.
    """
    return max(
        (reason for reason in list_reasons() if reason.matches(text)),
        key=lambda reason: len(reason.fixed_text),
        default=None,
    )
