"""The options of an in-group, grouped by subject."""

from warmline.core.rules import data_rules
from warmline.core.rules.routing import AGENTDIRECT
from warmline.core.rules.sentinels import NO_FILE, NONE_GROUP
from warmline.options.campaign import list_and_script_options, web_form_options, webhook_options
from warmline.options.route_types import DataRules, KeyRoutes, RouteTarget
from warmline.options.values.entity import Option, OptionSection
from warmline.options.values.option_forms import (
    DEFAULT_XFER_GROUP,
    EXTEN,
    FULL_NAME,
    MAILBOX,
    MENU,
    MUSIC,
    PROMPT,
    PROMPTS,
    RECORDING_OVERRIDE,
    YES_NO,
)
from warmline.options.values.option_types import Choice, Number, Reference, Text

RANKINGS = (
    "longest_wait_time",
    "random",
    "oldest_call_start",
    "oldest_call_finish",
    "oldest_inbound_call_start",
    "oldest_inbound_call_finish",
    "overall_user_level",
    "inbound_group_rank",
    "campaign_rank",
    "ingroup_grade_random",
    "campaign_grade_random",
    "fewest_calls",
    "fewest_calls_campaign",
    "ring_all",
)
ACTIONS = ("HANGUP", "MESSAGE", "EXTENSION", "VOICEMAIL", "IN_GROUP", "CALLMENU")
PRESSED = Choice(
    (
        *("NONE", "PRESS_STAY", "PRESS_VMAIL", "PRESS_EXTEN"),
        *("PRESS_CALLMENU", "PRESS_CID_CALLBACK", "PRESS_INGROUP"),
    )
)
EXITS = RouteTarget(
    ("ingroup",),
    ("extension", "voicemail", "callmenu"),
    ("callback",),
    instead=((f"ingroup:{AGENTDIRECT}", "another in-group"),),
)
DATA_NAME = Text(r"([A-Za-z][A-Za-z0-9_]{0,31})?", "1 to 32 letters, digits and _, a letter first; may be empty")
SECONDS = Number(1, 86400, "seconds")


def _targets(exten: str, voicemail: str, group: str, menu: str, of: str) -> tuple[Option, ...]:
    """Return the options that name the destinations of the option `of`."""
    return (
        Option(exten, EXTEN, "", f"the extension for {of}; AGENTEXT for the agent's custom_five"),
        Option(voicemail, MAILBOX, "", f"the mailbox for {of}; AGENTVMAIL for the agent's voicemail_id"),
        Option(group, Reference("ingroup", NONE_GROUP, AGENTDIRECT), NONE_GROUP, f"the in-group for {of}"),
        Option(menu, MENU, "", f"the dialplan context for {of}; a call enters it at extension s"),
    )


BASIC_OPTIONS = (
    Option("group_name", FULL_NAME, "", "the name that lists and reports show next to the key"),
    Option("active", YES_NO, "Y", "N sends its calls to the fallback and refuses transfers to it"),
    Option(
        "default_xfer_group",
        Reference("ingroup", NONE_GROUP),
        NONE_GROUP,
        f"{DEFAULT_XFER_GROUP}, for calls that came from this in-group",
    ),
    Option(
        "ingroup_recording_override",
        RECORDING_OVERRIDE,
        "DISABLED",
        "overrides campaign_recording for calls of this in-group",
    ),
)

ORDER_OPTIONS = (
    Option(
        "queue_priority", Number(-99, 99), 0, "priority of its calls; the highest is served first; AGENTDIRECT has 99"
    ),
    Option(
        "data_priority",
        DataRules(data_rules.PRIORITY_SIGN, Number(-99, 99), "NAME=PATTERN:NUMBER"),
        (),
        "rules about a call's data that add a number to queue_priority; the first that matches counts",
        plus=True,
    ),
    Option(
        "data_agent",
        DATA_NAME,
        "",
        "the item of a call's data that names the agent who is preferred for it; empty for none",
        plus=True,
    ),
    Option(
        "data_agent_wait",
        Number(0, 3600, "seconds"),
        0,
        "seconds that a call waits for the agent of data_agent who is busy; 0 for not at all",
        plus=True,
    ),
    Option(
        "keep_wait_on_transfer",
        YES_NO,
        "N",
        "Y lets a call from another in-group keep its first arrival time for its place in the queue",
        plus=True,
    ),
    Option(
        "next_agent_call", Choice(RANKINGS), "longest_wait_time", "how the next agent is chosen from the ready agents"
    ),
    Option(
        "rank_first",
        YES_NO,
        "N",
        "Y serves the highest of ingroup_ranks first; next_agent_call then chooses among agents of one rank",
        plus=True,
    ),
    Option(
        "answer_signal",
        Choice(("START", "ROUTE", "NONE")),
        "START",
        "when Warmline answers the call: before any prompt, when it finds an agent, or never",
    ),
    Option(
        "answer_sec_pct_rt_stat_one",
        Number(1, 3600, "seconds"),
        20,
        "seconds within which a call must be connected to an agent to count for the service level",
    ),
)

HOURS_OPTIONS = (
    Option("call_time_id", Reference("call-time"), "", "the opening hours; empty for always open"),
    Option(
        "after_hours_action",
        Choice(ACTIONS),
        "MESSAGE",
        "the action for a call that arrives when the in-group is closed",
    ),
    Option(
        "after_hours_message_filename",
        PROMPTS,
        "vm-goodbye",
        "the sound files that MESSAGE of after_hours_action plays",
    ),
    *_targets(
        "after_hours_exten",
        "after_hours_voicemail",
        "afterhours_xfer_group",
        "after_hours_callmenu",
        "after_hours_action",
    ),
)

LIMIT_OPTIONS = (
    Option(
        "no_agent_no_queue",
        Choice(("N", "Y", "NO_PAUSED", "NO_READY")),
        "N",
        "turns calls away if no agent is logged in (Y), all are paused (NO_PAUSED), or none is READY",
    ),
    Option(
        "leave_when_empty",
        Choice(("N", "Y", "NO_PAUSED", "NO_READY")),
        "N",
        "sends waiting calls away if no agent is left (Y), all are paused (NO_PAUSED), or none is READY",
        plus=True,
    ),
    Option(
        "no_agent_action",
        Choice(("MESSAGE", "HANGUP", "EXTENSION", "VOICEMAIL", "INGROUP", "CALLMENU")),
        "MESSAGE",
        "the action for a call that no_agent_no_queue or leave_when_empty turns away",
    ),
    Option(
        "no_agent_action_value",
        Text(r"[A-Za-z0-9_.@/|-]{0,200}", "a sound file, EXTEN@CONTEXT, a mailbox, an in-group or a context"),
        "vm-nobodyavail|vm-goodbye",
        "the sound files, extension, mailbox, in-group or context for no_agent_action",
    ),
    Option(
        "max_calls_method",
        Choice(("DISABLED", "TOTAL", "IN_QUEUE")),
        "DISABLED",
        "the calls that max_calls_count limits: none, all of the in-group, or those that wait",
    ),
    Option(
        "max_calls_count",
        Number(0, 10000),
        0,
        "number of calls at which further calls are turned away; 0 turns all away",
    ),
    Option(
        "max_calls_action",
        Choice(("NO_AGENT_NO_QUEUE", "DROP", "AFTERHOURS")),
        "NO_AGENT_NO_QUEUE",
        "the action for a call above max_calls_count: as without agents, at a drop, or after hours",
    ),
)

DROP_OPTIONS = (
    Option("drop_call_seconds", SECONDS, 360, "seconds that a call waits before drop_action"),
    Option("drop_action", Choice(ACTIONS), "HANGUP", "the action for a call that has waited for drop_call_seconds"),
    Option("drop_message", PROMPT, "vm-goodbye", "the sound file that MESSAGE of drop_action plays", plus=True),
    *_targets("drop_exten", "voicemail_ext", "drop_inbound_group", "drop_callmenu", "drop_action"),
)

ALERT_OPTIONS = (
    Option(
        "agent_alert_exten",
        PROMPTS,
        "beep",
        "the sound files that only the agent hears when a call is connected; ---NONE--- for silence",
    ),
)

RINGING_OPTIONS = (
    Option(
        "on_hook_ring_time",
        Number(0, 300, "seconds"),
        0,
        "seconds that an on_hook phone rings for a call of this in-group; 0 for on_hook_ring_time of the agent",
        plus=True,
    ),
    Option(
        "retry_seconds",
        Number(0, 300, "seconds"),
        0,
        "seconds that a call waits after an unanswered phone, before phones ring for it again; 0 for not at all",
        plus=True,
    ),
)

EXIT_OPTIONS = (
    Option(
        "exit_keys",
        KeyRoutes(EXITS),
        (),
        "the keys by which a waiting caller leaves at any time, each with its destination",
        plus=True,
    ),
)

WAITING_OPTIONS = (
    Option("moh_context", MUSIC, "default", "the music that a waiting caller hears"),
    Option("welcome_message_filename", PROMPTS, NO_FILE, "the sound files that a caller hears first"),
    Option(
        "play_welcome_message",
        Choice(("ALWAYS", "NEVER", "IF_WAIT_ONLY")),
        "ALWAYS",
        "when welcome_message_filename plays: always and in full, never, or only until an agent is free",
    ),
    Option("onhold_prompt_filename", PROMPTS, "queue-thankyou", "the repeated prompt for a waiting caller"),
    Option("prompt_interval", Number(0, 3600, "seconds"), 60, "seconds between repeated prompts; 0 for never"),
    Option("play_place_in_line", YES_NO, "N", "Y announces the caller's place with each repeated prompt"),
    Option("play_estimate_hold_time", YES_NO, "N", "Y announces the estimated wait with each repeated prompt"),
)

WAIT_OFFER_OPTIONS = (
    Option(
        "wait_time_option",
        PRESSED,
        "NONE",
        "the offer to a caller who has waited long; it is made once, for key 1",
    ),
    Option("wait_time_second_option", PRESSED, "NONE", "the action of key 2 in wait_time_option"),
    Option("wait_time_third_option", PRESSED, "NONE", "the action of key 3 in wait_time_option"),
    Option("wait_time_option_seconds", SECONDS, 120, "seconds that a caller waits before wait_time_option applies"),
    Option(
        "wait_time_option_press_filename",
        PROMPTS,
        "vm-press|digits/1",
        "the sound files that offer the keys of wait_time_option",
    ),
    Option("wait_time_option_prompt_seconds", Number(1, 60, "seconds"), 10, "seconds that a caller has to press a key"),
    Option("wait_time_option_callback_filename", PROMPTS, "vm-goodbye", "the sound files that confirm a callback"),
    *_targets(
        "wait_time_option_exten",
        "wait_time_option_voicemail",
        "wait_time_option_xfer_group",
        "wait_time_option_callmenu",
        "wait_time_option",
    ),
)

CLOSING_OPTIONS = (
    Option(
        "closing_time_action",
        Choice(
            ("DISABLED", "MESSAGE", "HANGUP", "EXTENSION", "CALLMENU", "VOICEMAIL", "IN_GROUP", "CALLERID_CALLBACK")
        ),
        "DISABLED",
        "the action for waiting calls when call_time_id closes; DISABLED lets them wait",
    ),
    Option("closing_time_now_trigger", YES_NO, "N", "Y carries out closing_time_action now"),
    Option(
        "closing_time_filename",
        PROMPTS,
        "vm-goodbye",
        "the sound files for MESSAGE and CALLERID_CALLBACK of closing_time_action",
    ),
    *_targets(
        "closing_time_option_exten",
        "closing_time_option_voicemail",
        "closing_time_option_xfer_group",
        "closing_time_option_callmenu",
        "closing_time_action",
    ),
)

INGROUP_SECTIONS = (
    OptionSection("Basics", BASIC_OPTIONS),
    OptionSection("Order and ranking", ORDER_OPTIONS),
    OptionSection("Phones that ring", RINGING_OPTIONS),
    OptionSection("Opening hours", HOURS_OPTIONS),
    OptionSection("Full, or without agents", LIMIT_OPTIONS),
    OptionSection("Drop", DROP_OPTIONS),
    OptionSection("Music and prompts", WAITING_OPTIONS),
    OptionSection("Announcement to the agent", ALERT_OPTIONS),
    OptionSection("Keys to leave", EXIT_OPTIONS),
    OptionSection("Offer after a long wait", WAIT_OFFER_OPTIONS),
    OptionSection("Closing time", CLOSING_OPTIONS),
    OptionSection("Leads", list_and_script_options.OF_INGROUP),
    OptionSection("Webhooks", webhook_options.OF_INGROUP),
    OptionSection("Web forms", web_form_options.OF_INGROUP),
)
