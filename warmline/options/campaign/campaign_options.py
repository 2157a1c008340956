"""The options of a campaign: basics, recording and transfers, and all sections with those of the other files."""

from warmline.core.rules.sentinels import NO_FILE, NO_LIST, NONE_GROUP
from warmline.options.campaign import dialler_options, list_and_script_options, web_form_options, webhook_options
from warmline.options.campaign.agent_work_options import FEATURE_KEY_OPTIONS, PHONE_OPTIONS, WORK_OPTIONS
from warmline.options.campaign.lead_dialling_options import LEAD_DIALLING_OPTIONS
from warmline.options.campaign.manual_dialling_options import CALLER_ID_OPTIONS, DIALLING_OPTIONS, MANUAL_OPTIONS
from warmline.options.values.entity import Option, OptionSection
from warmline.options.values.option_forms import (
    DEFAULT_XFER_GROUP,
    FULL_NAME,
    PROMPT,
    PROMPTS,
    RECORDING,
    UNANSWERED,
    YES_NO,
)
from warmline.options.values.option_types import Choice, Number, Reference, Text

TOKENS = ("CAMPAIGN", "INGROUP", "CUSTPHONE", "FULLDATE", "TINYDATE", "EPOCH", "AGENT", "CALLID")
FORMATS = ("wav", "flac", "mp3", "ogg")

BASIC_OPTIONS = (
    Option("campaign_name", FULL_NAME, "", "the name that lists and reports show next to the key"),
    Option("active", YES_NO, "Y", "N refuses the logins of its agents, gives them no further call, and lets none dial"),
)

RECORDING_OPTIONS = (
    Option(
        "campaign_recording",
        Choice(RECORDING),
        "ONDEMAND",
        "when calls with an agent are recorded; ALLFORCE continues after the agent has left",
    ),
    Option(
        "allcalls_delay",
        Number(0, 3600, "seconds"),
        0,
        "seconds from the agent's arrival until ALLCALLS and ALLFORCE start",
    ),
    Option(
        "campaign_rec_filename",
        Text(
            r"[A-Za-z0-9_-]{1,80}",
            f"1 to 80 letters, digits, _ and -, with any of the tokens {', '.join(TOKENS)} and DATA_name",
        ),
        "FULLDATE_CUSTPHONE",
        "the name of a recording; each token is replaced by its value in the call",
    ),
    Option(
        "recording_format",
        Choice(FORMATS),
        "wav",
        "the format to which sox or ffmpeg converts a finished recording; the wav file stays",
        plus=True,
    ),
    Option(
        "recording_notice",
        PROMPTS,
        NO_FILE,
        f"the sound files that everyone in the call hears before each recording begins; {NO_FILE} for none",
        plus=True,
    ),
    Option(
        "agent_recordings",
        YES_NO,
        "N",
        "Y lets agents hear the recordings of their own calls of today, without what followed their leave",
        plus=True,
    ),
    Option(
        "leave_3way_start_recording",
        Choice(("DISABLED", "ALL_CALLS", "ALL_BUT_EXCEPTIONS", "ONLY_EXCEPTIONS")),
        "DISABLED",
        "the third parties for whom a new recording starts when the agent leaves a three-way call",
    ),
    Option(
        "leave_3way_start_recording_exception",
        Reference("container", NO_LIST),
        NO_LIST,
        "the container of numbers that are exceptions to leave_3way_start_recording",
    ),
    Option(
        "leave_3way_stop_recording",
        Choice(("DISABLED", "ALL_CALLS")),
        "DISABLED",
        "ALL_CALLS stops recording when the agent leaves, and overrides every other recording option",
    ),
    Option("three_way_record_stop", YES_NO, "N", "Y stops the recording when a third party is connected"),
    Option(
        "three_way_record_stop_exception",
        Reference("container", NO_LIST),
        NO_LIST,
        "the container of numbers for which three_way_record_stop is reversed",
    ),
    Option("hangup_xfer_record_start", YES_NO, "N", "Y starts a recording when the agent hangs up the third party"),
    Option(
        "dead_stop_recording",
        Choice(("DISABLED", "ALL_CALLS", "INBOUND_ONLY", "OUTBOUND_ONLY", "AUTODIAL_ONLY", "MANUAL_ONLY")),
        "DISABLED",
        "the calls whose recording stops when the customer hangs up",
    ),
    Option(
        "park_recording",
        Choice(("CONTINUE", "STOP")),
        "CONTINUE",
        "whether the recording continues while the customer is parked and there is no third party",
        plus=True,
    ),
)

TRANSFER_OPTIONS = (
    Option(
        "default_xfer_group",
        Reference("ingroup", NONE_GROUP),
        NONE_GROUP,
        f"{DEFAULT_XFER_GROUP}, for calls that the campaign dialled",
    ),
    Option(
        "transfer_no_dispo",
        Choice(
            (
                "DISABLED",
                "EXTERNAL_ONLY",
                "LOCAL_ONLY",
                "LEAVE3WAY_ONLY",
                "LOCAL_AND_EXTERNAL",
                "LOCAL_AND_LEAVE3WAY",
                "LEAVE3WAY_AND_EXTERNAL",
                "LOCAL_AND_EXTERNAL_AND_LEAVE3WAY",
            )
        ),
        "DISABLED",
        "the transfers after which Warmline writes XFER and the agent gives no disposition",
    ),
    Option("am_message_exten", PROMPT, "vm-goodbye", "the message that LEAVE_VM and amd_send_to_vmx play"),
    Option(
        "leave_unanswered_action",
        UNANSWERED,
        "INGROUP",
        "the action for the customer if the agent has left and the third party does not answer",
        plus=True,
    ),
    Option(
        "blind_unanswered_action",
        UNANSWERED,
        "INGROUP",
        "the action for the customer if a blind transfer is not answered",
        plus=True,
    ),
    Option(
        "unanswered_message", PROMPT, "vm-goodbye", "the sound file for MESSAGE of the unanswered actions", plus=True
    ),
    Option(
        "customer_gone_while_dialing",
        Choice(("CANCEL", "KEEP")),
        "CANCEL",
        "whether a ringing call to a third party is cancelled when the customer hangs up",
        plus=True,
    ),
    Option(
        "customer_3way_hangup_action",
        Choice(("NONE", "DISPO")),
        "NONE",
        "DISPO ends a three-way call after the customer leaves it",
    ),
    Option(
        "customer_3way_hangup_seconds",
        Number(0, 3600, "seconds"),
        5,
        "seconds after the customer has left until the call ends; 0 for immediately",
    ),
    Option(
        "park_max_seconds",
        Number(0, 86400, "seconds"),
        0,
        "seconds that a customer is parked before the agent hears a tone every 30 seconds; 0 for no tone",
        plus=True,
    ),
    Option(
        "park_ivr",
        Text(r"([A-Za-z0-9_*#-]{1,40}@[A-Za-z0-9_-]{1,40})?", "extension@context of the dialplan; may be empty"),
        "",
        "the dialplan extension that PARK_IVR_CUSTOMER connects the customer to, instead of music",
        plus=True,
    ),
    Option(
        "agent_rescue_seconds",
        Number(5, 300, "seconds"),
        20,
        "seconds for which a lost agent phone is called again; a failed attempt is repeated every 2 s",
        plus=True,
    ),
    Option(
        "browser_grace_seconds",
        Number(0, 300, "seconds"),
        5,
        "seconds after a page with a browser phone has gone until its line is ended; 0 for immediately",
        plus=True,
    ),
    Option(
        "left_max_minutes",
        Number(0, 10080, "minutes"),
        240,
        "minutes that customer and third party may talk after the agent has left; 0 for no limit",
        plus=True,
    ),
    Option(
        "continue_after_hangup",
        YES_NO,
        "N",
        "Y sends the customer to [warmline-after] of the dialplan when the agent hangs up",
        plus=True,
    ),
)

CAMPAIGN_SECTIONS = (
    OptionSection("Basics", BASIC_OPTIONS),
    OptionSection("Recording", RECORDING_OPTIONS),
    OptionSection("Transfers and parking", TRANSFER_OPTIONS),
    OptionSection("Dialling", DIALLING_OPTIONS),
    OptionSection("Caller ids", CALLER_ID_OPTIONS),
    OptionSection("Manual dialling and dial rules", MANUAL_OPTIONS),
    OptionSection("Automatic dialling", dialler_options.OF_CAMPAIGN),
    OptionSection("Login, pause and wrap-up", WORK_OPTIONS),
    OptionSection("Calls to agents' phones", PHONE_OPTIONS),
    OptionSection("Feature keys of agents' phones", FEATURE_KEY_OPTIONS),
    OptionSection("Leads and scripts", list_and_script_options.OF_CAMPAIGN),
    OptionSection("Dialling of leads", LEAD_DIALLING_OPTIONS),
    OptionSection("Webhooks", webhook_options.OF_CAMPAIGN),
    OptionSection("Web forms", web_form_options.OF_CAMPAIGN),
)
