"""The functions of the agent API by name, and VICIdial's that are not ours."""

from warmline.ari_app.http.agc.agent_state import (
    CALL_AGENT,
    CALLS_IN_QUEUE_COUNT,
    EXTERNAL_PAUSE,
    EXTERNAL_STATUS,
    LOGOUT,
    PAUSE_CODE,
)
from warmline.ari_app.http.agc.audio_playback import AUDIO_PLAYBACK
from warmline.ari_app.http.agc.change_ingroups import CHANGE_INGROUPS
from warmline.ari_app.http.agc.external_dial import EXTERNAL_DIAL, PREVIEW_DIAL_ACTION
from warmline.ari_app.http.agc.lead import EXTERNAL_ADD_LEAD, SWITCH_LEAD, UPDATE_FIELDS
from warmline.ari_app.http.agc.live_call import EXTERNAL_HANGUP, FORCE_FRONTER_LEAVE_3WAY, SEND_DTMF, VM_MESSAGE
from warmline.ari_app.http.agc.park_call import PARK_CALL
from warmline.ari_app.http.agc.ra_call_control import RA_CALL_CONTROL
from warmline.ari_app.http.agc.recording import RECORDING
from warmline.ari_app.http.agc.transfer_conference import TRANSFER_CONFERENCE

FUNCTIONS = {
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
}

NEVER = "belongs to VICIdial's own agent screen or servers"
# These are answered "function not supported", and why; any other name gets the empty page.
NOT_SUPPORTED = dict.fromkeys(
    (
        "force_fronter_audio_stop",
        "refresh_panel",
        "send_notification",
        "set_timer_action",
        "st_get_agent_active_lead",
        "st_login_log",
        "webphone_url",
        "webserver",
    ),
    NEVER,
)
# The same for one value of a function that is.
NOT_SUPPORTED_VALUES = (("force_fronter_leave_3way", "CCC_REMOTE"),)
