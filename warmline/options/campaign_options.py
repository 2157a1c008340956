"""The options of a campaign, by what they are about."""

from warmline.core.rules.sentinels import NO_LIST, NONE_GROUP
from warmline.options import lead_options, webhook_options
from warmline.options.entity import Option, OptionSection
from warmline.options.option_forms import (
    CID,
    DEFAULT_XFER_GROUP,
    PREFIX,
    PROMPT,
    RECORDING,
    UNANSWERED,
    YES_NO,
)
from warmline.options.option_types import Choice, Number, Reference, References, Text, Texts

TOKENS = ("CAMPAIGN", "INGROUP", "CUSTPHONE", "FULLDATE", "TINYDATE", "EPOCH", "AGENT", "CALLID")
FORMATS = ("wav", "flac", "mp3", "ogg")
NUMBERS = Texts(r"\+?[0-9*#]{1,32}|_\+?[0-9*#XxZzNn.!\[\]-]{1,40}", "numbers, or patterns as _0900X. or _+49X.")

RECORDING_OPTIONS = (
    Option(
        "campaign_recording",
        Choice(RECORDING),
        "ONDEMAND",
        "what is recorded while an agent is in the call; ALLFORCE goes on after the agent has left",
    ),
    Option(
        "allcalls_delay", Number(0, 3600, "seconds"), 0, "how long after the agent came ALLCALLS and ALLFORCE start"
    ),
    Option(
        "campaign_rec_filename",
        Text(r"[A-Za-z0-9_-]{1,80}", f"1 to 80 letters, digits, _ and -, among them any of {', '.join(TOKENS)}"),
        "FULLDATE_CUSTPHONE",
        "the names of recordings; each token is filled in",
    ),
    Option(
        "recording_format",
        Choice(FORMATS),
        "wav",
        "what else a finished recording is converted to, beside its wav, by sox or ffmpeg",
        plus=True,
    ),
    Option(
        "leave_3way_start_recording",
        Choice(("DISABLED", "ALL_CALLS", "ALL_BUT_EXCEPTIONS", "ONLY_EXCEPTIONS")),
        "DISABLED",
        "for which third parties a new recording starts when the agent leaves a three-way call",
    ),
    Option(
        "leave_3way_start_recording_exception",
        Reference("container", NO_LIST),
        NO_LIST,
        "the numbers that leave_3way_start_recording excepts",
    ),
    Option(
        "leave_3way_stop_recording",
        Choice(("DISABLED", "ALL_CALLS")),
        "DISABLED",
        "ALL_CALLS: nothing is recorded once the agent has left; overrides every other recording option",
    ),
    Option("three_way_record_stop", YES_NO, "N", "Y: the recording stops when a third party is connected"),
    Option(
        "three_way_record_stop_exception",
        Reference("container", NO_LIST),
        NO_LIST,
        "the numbers for which three_way_record_stop means the opposite",
    ),
    Option("hangup_xfer_record_start", YES_NO, "N", "Y: a recording starts when the agent hangs the third party up"),
    Option(
        "dead_stop_recording",
        Choice(("DISABLED", "ALL_CALLS", "INBOUND_ONLY", "OUTBOUND_ONLY", "AUTODIAL_ONLY", "MANUAL_ONLY")),
        "DISABLED",
        "in which calls the recording stops when the customer is gone",
    ),
    Option(
        "park_recording",
        Choice(("CONTINUE", "STOP")),
        "CONTINUE",
        "whether the recording goes on while the customer is parked and no third party is there",
        plus=True,
    ),
)

TRANSFER_OPTIONS = (
    Option(
        "default_xfer_group",
        Reference("ingroup", NONE_GROUP),
        NONE_GROUP,
        f"{DEFAULT_XFER_GROUP}, for calls the campaign dialled",
    ),
    Option(
        "xfer_groups",
        References("ingroup"),
        (),
        "the in-groups that a toolbar offers for transfers; empty: all; Warmline itself refuses none",
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
        "after which transfers the agent gives no disposition: XFER is written instead",
    ),
    Option("am_message_exten", PROMPT, "vm-goodbye", "the message that LEAVE_VM plays to the customer"),
    Option(
        "leave_unanswered_action",
        UNANSWERED,
        "INGROUP",
        "where the customer goes if the third party does not answer after the agent has left",
        plus=True,
    ),
    Option(
        "blind_unanswered_action",
        UNANSWERED,
        "INGROUP",
        "where the customer goes if a blind transfer is not answered",
        plus=True,
    ),
    Option("unanswered_message", PROMPT, "vm-goodbye", "what MESSAGE of the two unanswered actions plays", plus=True),
    Option(
        "customer_gone_while_dialing",
        Choice(("CANCEL", "KEEP")),
        "CANCEL",
        "whether the third party's ringing is cancelled when the customer hangs up",
        plus=True,
    ),
    Option(
        "customer_3way_hangup_action",
        Choice(("NONE", "DISPO")),
        "NONE",
        "DISPO: when the customer has left agent and third party alone, the call ends after a while",
    ),
    Option("customer_3way_hangup_seconds", Number(0, 3600, "seconds"), 5, "the while of customer_3way_hangup_action"),
    Option(
        "park_max_seconds",
        Number(0, 86400, "seconds"),
        0,
        "how long a customer is parked before the agent hears a tone each 30 seconds; 0: never",
        plus=True,
    ),
    Option(
        "park_ivr",
        Text(r"([A-Za-z0-9_*#-]{1,40}@[A-Za-z0-9_-]{1,40})?", "extension@context of the dialplan; may be empty"),
        "",
        "what PARK_IVR_CUSTOMER lets the customer hear instead of music",
        plus=True,
    ),
    Option(
        "agent_rescue_seconds",
        Number(5, 300, "seconds"),
        20,
        "how long an agent's phone that was lost is called back; a try that fails is repeated every 2 s",
        plus=True,
    ),
    Option(
        "left_max_minutes",
        Number(0, 10080, "minutes"),
        240,
        "how long customer and third party may talk on after the agent has left; 0: without end",
        plus=True,
    ),
)

DIALLING_OPTIONS = (
    Option(
        "dial_template",
        Text(r"[A-Za-z0-9]+/[^\s,&{}]*\{number\}[^\s,&{}]*", "TECHNOLOGY/… with {number} in it once"),
        "PJSIP/{number}@trunk",
        "how a number becomes a channel",
        plus=True,
    ),
    Option("dial_prefix", PREFIX, "", "put before a number that is dialled"),
    Option(
        "three_way_dial_prefix",
        Text(r"X|[0-9+*#]{0,20}", "up to 20 of 0-9 + * #, empty, or X"),
        "",
        "the same for third parties and blind transfers; empty: dial_prefix, X: none",
    ),
    Option("dial_timeout", Number(1, 300, "seconds"), 60, "how long a number is let ring"),
)

CALLER_ID_OPTIONS = (
    Option(
        "three_way_call_cid",
        Choice(("CAMPAIGN", "CUSTOMER", "AGENT_PHONE", "AGENT_CHOOSE", "CUSTOM_CID")),
        "CAMPAIGN",
        "whose number a third party sees; what has none: campaign_cid",
    ),
    Option("campaign_cid", CID, "0000000000", "the campaign's own caller id"),
    Option(
        "manual_dial_cid",
        Choice(("CAMPAIGN", "AGENT_PHONE")),
        "CAMPAIGN",
        "whose number a customer sees whom an agent dials; what has none: campaign_cid",
    ),
)

MANUAL_OPTIONS = (
    Option(
        "manual_preview_dial",
        Choice(("PREVIEW_AND_SKIP", "PREVIEW_ONLY", "DISABLED")),
        "PREVIEW_AND_SKIP",
        "whether an agent may look at a number before it is dialled, and leave it",
    ),
    Option(
        "dial_allow",
        NUMBERS,
        (),
        "the only numbers that may be dialled, one with + only by an entry with +; empty: any",
        plus=True,
    ),
    Option("dial_deny", NUMBERS, (), "numbers that may not be dialled, also if dial_allow has them", plus=True),
    Option(
        "international_prefixes",
        Texts(r"[0-9]{1,6}", "digits"),
        ("00", "011"),
        "what stands for + before a country's code, in numbers and in the entries of the dial rules; empty: only +",
        plus=True,
    ),
    Option(
        "follow_redirects",
        Number(0, 5, "redirects"),
        0,
        "how many redirects (SIP 302) of a dialled party are followed, each by the dial rules; 0: none",
        plus=True,
    ),
    Option(
        "dial_call_time_id",
        Reference("call-time"),
        "",
        "the hours in which the campaign's agents may dial numbers; empty: always",
        plus=True,
    ),
    Option(
        "daily_limit_manual",
        Number(0, 10000, "calls"),
        0,
        "how many outside parties an agent may dial on one day, previews that were not dialled included; 0: any number",
    ),
    Option(
        "manual_calls_at_once",
        Number(0, 1000, "calls"),
        0,
        "how many outside parties that the campaign's agents have dialled may be on the line at once; 0: any number",
        plus=True,
    ),
    Option(
        "callback_useronly_move_minutes",
        Number(0, 10080, "minutes"),
        0,
        "one agent's callback is anybody's so long after its time; 0: never",
    ),
)

HEADER = r"(Call-Info|Alert-Info|Answer-Mode|[XP]-[A-Za-z0-9-]{1,40}): ?[\x21-\x7b\x7d\x7e][\x20-\x7b\x7d\x7e]{0,200}"
HEADERS = rf"|{HEADER}(\|{HEADER}){{0,7}}"

WORK_OPTIONS = (
    Option("login_state", Choice(("PAUSED", "READY")), "PAUSED", "the state after login", plus=True),
    Option(
        "phone_login",
        Choice(("PIN", "TRUSTED")),
        "PIN",
        "login from a phone asks the agent's PIN, or trusts an authenticated phone",
        plus=True,
    ),
    Option(
        "agent_pause_codes_active",
        Choice(("N", "Y", "FORCE")),
        "N",
        "N: any pause code will do; Y: those that are configured; FORCE: one of them must be given",
    ),
    Option(
        "wrapup_seconds",
        Number(0, 3600, "seconds"),
        0,
        "how long the agent has at least after a call before the next one",
    ),
    Option(
        "dispo_max",
        Number(0, 86400, "seconds"),
        0,
        "after so long without a code the call gets DISMX and the agent is PAUSED; 0: never",
    ),
    Option(
        "dead_max",
        Number(0, 86400, "seconds"),
        0,
        "so long after the customer has gone the call ends with DCMX and the agent is PAUSED; 0: never",
    ),
    Option("pause_max", Number(0, 86400, "seconds"), 0, "after so long in one pause the agent is logged out; 0: never"),
)

PHONE_OPTIONS = (
    Option(
        "phone_caller_name",
        Text(r"[\x20-\x21\x23-\x7e]{0,40}", "up to 40 letters, digits and signs without quotation marks; may be empty"),
        "Warmline login",
        "the caller's name that an agent's phone shows when it is called and no customer's number is known",
        plus=True,
    ),
    Option(
        "phone_caller_number",
        Text(r"\+?[0-9]{0,20}", "up to 20 digits, + may lead; may be empty"),
        "",
        "the caller's number that it shows then; empty: the phone's own",
        plus=True,
    ),
    Option(
        "phone_headers",
        Text(HEADERS, "Call-Info, Alert-Info, Answer-Mode, X-… or P-… as NAME: TEXT, separated by |; may be empty"),
        "",
        "SIP headers of calls to agents' phones; with Call-Info: <sip:pbx>;answer-after=0 many answer at once",
        plus=True,
    ),
)

CAMPAIGN_SECTIONS = (
    OptionSection("Recording", RECORDING_OPTIONS),
    OptionSection("Transfers and parking", TRANSFER_OPTIONS),
    OptionSection("Dialling", DIALLING_OPTIONS),
    OptionSection("Caller ids", CALLER_ID_OPTIONS),
    OptionSection("Manual dialling and dial rules", MANUAL_OPTIONS),
    OptionSection("Login, pause and wrap-up", WORK_OPTIONS),
    OptionSection("Calls to agents' phones", PHONE_OPTIONS),
    OptionSection("Leads and scripts", lead_options.OF_CAMPAIGN),
    OptionSection("Webhooks", webhook_options.OF_CAMPAIGN),
)
