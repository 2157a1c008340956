"""The functions of the agent API by name, and VICIdial's functions that Warmline does not support."""

from ari_app.http.agc.functions.agent_state import (
    CALL_AGENT,
    CALLS_IN_QUEUE_COUNT,
    EXTERNAL_PAUSE,
    EXTERNAL_STATUS,
    LOGOUT,
    PAUSE_CODE,
)
from ari_app.http.agc.functions.audio_playback import AUDIO_PLAYBACK
from ari_app.http.agc.functions.change_ingroups import CHANGE_INGROUPS
from ari_app.http.agc.functions.external_dial import EXTERNAL_DIAL, PREVIEW_DIAL_ACTION
from ari_app.http.agc.functions.lead import EXTERNAL_ADD_LEAD, SWITCH_LEAD, UPDATE_FIELDS
from ari_app.http.agc.functions.live_call import EXTERNAL_HANGUP, FORCE_FRONTER_LEAVE_3WAY, SEND_DTMF, VM_MESSAGE
from ari_app.http.agc.functions.lookups import ST_GET_AGENT_ACTIVE_LEAD, WEBSERVER
from ari_app.http.agc.functions.park_call import PARK_CALL
from ari_app.http.agc.functions.ra_call_control import RA_CALL_CONTROL
from ari_app.http.agc.functions.recording import RECORDING
from ari_app.http.agc.functions.transfer_conference import TRANSFER_CONFERENCE
from ari_app.http.agc.requests.request_context import AgcFunction, AgcLookupFunction

FUNCTIONS: dict[str, AgcFunction | AgcLookupFunction] = {
    "transfer_conference": TRANSFER_CONFERENCE,
    "park_call": PARK_CALL,
    "recording": RECORDING,
    "external_hangup": EXTERNAL_HANGUP,
    "external_status": EXTERNAL_STATUS,
    "external_pause": EXTERNAL_PAUSE,
    "pause_code": PAUSE_CODE,
    "logout": LOGOUT,
    "send_dtmf": SEND_DTMF,
    "vm_message": VM_MESSAGE,
    "calls_in_queue_count": CALLS_IN_QUEUE_COUNT,
    "force_fronter_leave_3way": FORCE_FRONTER_LEAVE_3WAY,
    "ra_call_control": RA_CALL_CONTROL,
    "call_agent": CALL_AGENT,
    "update_fields": UPDATE_FIELDS,
    "switch_lead": SWITCH_LEAD,
    "external_add_lead": EXTERNAL_ADD_LEAD,
    "change_ingroups": CHANGE_INGROUPS,
    "external_dial": EXTERNAL_DIAL,
    "preview_dial_action": PREVIEW_DIAL_ACTION,
    "audio_playback": AUDIO_PLAYBACK,
    "st_get_agent_active_lead": ST_GET_AGENT_ACTIVE_LEAD,
    "webserver": WEBSERVER,
}

# These functions return "function not supported" and the reason; any other name returns the empty page.
NOT_SUPPORTED = {
    "force_fronter_audio_stop": "stops a sound that VICIdial's screen of another agent plays",
    "refresh_panel": "there is no agent screen to reload; a program that shows one reads `/api/v1/agents/{user}/lead`",
    "send_notification": "shows a message on VICIdial's agent screen",
    "set_timer_action": "sets a timer of VICIdial's agent screen",
    "st_login_log": "writes the team of a CRM into a user's custom_four; agents have custom_three only",
    "stereo_recording": "makes a second file with the customer on a channel of their own; recordings have one channel",
    "webphone_url": "names VICIdial's own web phone; any phone that Asterisk knows is an agent's phone",
}
# Unsupported values of supported functions.
NOT_SUPPORTED_VALUES = (("force_fronter_leave_3way", "CCC_REMOTE"),)
