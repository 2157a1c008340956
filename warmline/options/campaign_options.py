"""The options of a campaign, grouped by subject."""

from warmline.core.rules.sentinels import NO_LIST, NONE_GROUP
from warmline.options import dialler_options, lead_options, webhook_options
from warmline.options.entity import Option, OptionSection
from warmline.options.option_forms import (
    CID,
    DEFAULT_XFER_GROUP,
    FULL_NAME,
    PREFIX,
    PROMPT,
    RECORDING,
    UNANSWERED,
    YES_NO,
)
from warmline.options.option_types import Choice, Number, Reference, References, Text, Texts
from warmline.options.outbound_options import LEAD_DIALLING_OPTIONS

TOKENS = ("CAMPAIGN", "INGROUP", "CUSTPHONE", "FULLDATE", "TINYDATE", "EPOCH", "AGENT", "CALLID")
FORMATS = ("wav", "flac", "mp3", "ogg")
NUMBERS = Texts(r"\+?[0-9*#]{1,32}|_\+?[0-9*#XxZzNn.!\[\]-]{1,40}", "numbers, or patterns such as _0900X. or _+49X.")

BASIC_OPTIONS = (
    Option("campaign_name", FULL_NAME, "", "the name that lists and reports show beside the key"),
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
        "xfer_groups",
        References("ingroup"),
        (),
        "the in-groups that a toolbar offers for transfers, empty for all; Warmline refuses none",
        core=False,
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
        "seconds after the customer has left until the call ends; 0 for at once",
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
        "seconds after a page with a browser phone has gone until its line is ended; 0 for at once",
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

DIALLING_OPTIONS = (
    Option(
        "dial_template",
        Text(r"[A-Za-z0-9]+/[^\s,&{}]*\{number\}[^\s,&{}]*", "TECHNOLOGY/… with {number} in it once"),
        "PJSIP/{number}@trunk",
        "the channel that Asterisk dials; {number} is replaced by the number",
        plus=True,
    ),
    Option("dial_prefix", PREFIX, "", "the prefix before each dialled number; empty for none"),
    Option(
        "three_way_dial_prefix",
        Text(r"X|[0-9+*#]{0,20}", "up to 20 of 0-9 + * #, empty, or X"),
        "",
        "the prefix for third parties and blind transfers; empty for dial_prefix, X for none",
    ),
    Option("dial_timeout", Number(1, 300, "seconds"), 60, "seconds that a dialled number rings"),
)

CALLER_ID_OPTIONS = (
    Option(
        "three_way_call_cid",
        Choice(("CAMPAIGN", "CUSTOMER", "AGENT_PHONE", "AGENT_CHOOSE", "CUSTOM_CID")),
        "CAMPAIGN",
        "the party whose number a third party sees; campaign_cid if it has none",
    ),
    Option("campaign_cid", CID, "0000000000", "the campaign's own caller id"),
    Option(
        "manual_dial_cid",
        Choice(("CAMPAIGN", "AGENT_PHONE")),
        "CAMPAIGN",
        "the party whose number a customer sees when an agent dials; campaign_cid if it has none",
    ),
)

MANUAL_OPTIONS = (
    Option(
        "manual_preview_dial",
        Choice(("PREVIEW_AND_SKIP", "PREVIEW_ONLY", "DISABLED")),
        "PREVIEW_AND_SKIP",
        "whether an agent may preview a number before it is dialled, and skip it",
    ),
    Option(
        "dial_allow",
        NUMBERS,
        (),
        "the only numbers that may be dialled; a number with + needs an entry with +; empty for any",
        plus=True,
    ),
    Option("dial_deny", NUMBERS, (), "numbers that may not be dialled, even if dial_allow has them", plus=True),
    Option(
        "international_prefixes",
        Texts(r"[0-9]{1,6}", "digits"),
        ("00", "011"),
        "prefixes that mean + before a country code, in numbers and in dial rules; empty for + alone",
        plus=True,
    ),
    Option(
        "follow_redirects",
        Number(0, 5, "redirects"),
        0,
        "redirects (SIP 302) of a dialled party that are followed, if the dial rules allow each; 0 for none",
        plus=True,
    ),
    Option(
        "dial_call_time_id",
        Reference("call-time"),
        "",
        "the hours in which the campaign's agents may dial; empty for always",
        plus=True,
    ),
    Option(
        "daily_limit_manual",
        Number(0, 10000, "calls"),
        0,
        "outside parties that an agent may dial in one day, skipped previews included; 0 for no limit",
    ),
    Option(
        "manual_calls_at_once",
        Number(0, 1000, "calls"),
        0,
        "outside parties that the campaign's agents may have on the line at once; 0 for no limit",
        plus=True,
    ),
    Option(
        "callback_useronly_move_minutes",
        Number(0, 10080, "minutes"),
        0,
        "minutes after its time when one agent's callback becomes every agent's; 0 for never",
    ),
)

HEADER = r"(Call-Info|Alert-Info|Answer-Mode|[XP]-[A-Za-z0-9-]{1,40}): ?[\x21-\x7b\x7d\x7e][\x20-\x7b\x7d\x7e]{0,200}"
HEADERS = rf"|{HEADER}(\|{HEADER}){{0,7}}"

WORK_OPTIONS = (
    Option("login_state", Choice(("PAUSED", "READY")), "PAUSED", "the agent's state after login", plus=True),
    Option(
        "phone_login",
        Choice(("PIN", "TRUSTED")),
        "PIN",
        "whether a login from a phone asks for the PIN, or trusts an authenticated phone",
        plus=True,
    ),
    Option(
        "agent_pause_codes_active",
        Choice(("N", "Y", "FORCE")),
        "N",
        "N accepts any pause code, Y only configured ones; FORCE also requires one",
    ),
    Option(
        "wrapup_seconds",
        Number(0, 3600, "seconds"),
        0,
        "minimum seconds between a call and the agent's next call; 0 for no minimum",
    ),
    Option(
        "dispo_max",
        Number(0, 86400, "seconds"),
        0,
        "seconds without a disposition until the call gets DISMX and the agent is PAUSED; 0 for never",
    ),
    Option(
        "dead_max",
        Number(0, 86400, "seconds"),
        0,
        "seconds without a customer until the call ends with DCMX and the agent is PAUSED; 0 for never",
    ),
    Option(
        "pause_max", Number(0, 86400, "seconds"), 0, "seconds in one pause until the agent is logged out; 0 for never"
    ),
)

PHONE_OPTIONS = (
    Option(
        "phone_caller_name",
        Text(r"[\x20-\x21\x23-\x7e]{0,40}", "up to 40 characters without quotation marks; may be empty"),
        "Warmline login",
        "the caller name on an agent's phone if no customer number is known",
        plus=True,
    ),
    Option(
        "phone_caller_number",
        Text(r"\+?[0-9]{0,20}", "up to 20 digits, with or without a leading +; may be empty"),
        "",
        "the caller number on an agent's phone if no customer number is known; empty for the phone's own",
        plus=True,
    ),
    Option(
        "phone_headers",
        Text(HEADERS, "Call-Info, Alert-Info, Answer-Mode, X-… or P-… as NAME: TEXT, separated by |; may be empty"),
        "",
        "SIP headers for calls to agents' phones; Call-Info: <sip:pbx>;answer-after=0 makes many answer at once",
        plus=True,
    ),
)

FEATURE_KEY_OPTIONS = (
    Option(
        "feature_keys",
        YES_NO,
        "N",
        "Y lets agents work by keys of the phone; others hear only keys sent as tones that Asterisk does not detect",
        plus=True,
    ),
    Option(
        "feature_numbers",
        Texts(r"\+?[0-9*#]{1,32}", "numbers to dial"),
        (),
        "the numbers that feature key *1 dials for a single digit; 1 is the first number, 9 the last that can be typed",
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
    OptionSection("Leads and scripts", lead_options.OF_CAMPAIGN),
    OptionSection("Dialling of leads", LEAD_DIALLING_OPTIONS),
    OptionSection("Webhooks", webhook_options.OF_CAMPAIGN),
)
