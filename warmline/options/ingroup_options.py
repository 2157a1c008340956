"""The options of an in-group, by what they are about."""

from warmline.core.rules.routing import AGENTDIRECT
from warmline.core.rules.sentinels import NO_FILE, NONE_GROUP
from warmline.options import lead_options, webhook_options
from warmline.options.entity import Option, OptionSection
from warmline.options.option_forms import (
    DEFAULT_XFER_GROUP,
    EXTEN,
    MAILBOX,
    MENU,
    MUSIC,
    PROMPT,
    PROMPTS,
    RECORDING_OVERRIDE,
    YES_NO,
)
from warmline.options.option_types import Choice, Number, Reference, Text

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
PRESSED = ("PRESS_STAY", "PRESS_VMAIL", "PRESS_EXTEN", "PRESS_CALLMENU", "PRESS_CID_CALLBACK", "PRESS_INGROUP")
DIRECT = ("EXTENSION", "CALL_MENU", "VOICEMAIL", "IN_GROUP", "CALLERID_CALLBACK", "DROP_ACTION")
SECONDS = Number(1, 86400, "seconds")


def _targets(exten: str, voicemail: str, group: str, menu: str, of: str) -> tuple[Option, ...]:
    """Where the values of the option `of` lead."""
    return (
        Option(exten, EXTEN, "", f"where EXTENSION of {of} leads; AGENTEXT: the agent's custom_five"),
        Option(voicemail, MAILBOX, "", f"the mailbox of VOICEMAIL of {of}; AGENTVMAIL: the agent's voicemail_id"),
        Option(group, Reference("ingroup", NONE_GROUP, AGENTDIRECT), NONE_GROUP, f"the in-group of {of}"),
        Option(menu, MENU, "", f"the dialplan context in which CALLMENU of {of} begins at s"),
    )


def _offer(option: str, first: tuple[str, ...], when: Option, about: str) -> tuple[Option, ...]:
    """What a waiting caller is offered, up to three things for the keys 1, 2 and 3."""
    stem = option.removesuffix("_option")
    return (
        Option(option, Choice(("NONE", *first, *PRESSED)), "NONE", about),
        Option(f"{stem}_second_option", Choice(("NONE", *PRESSED)), "NONE", f"what key 2 does in {option}"),
        Option(f"{stem}_third_option", Choice(("NONE", *PRESSED)), "NONE", f"what key 3 does in {option}"),
        when,
        Option(
            f"{option}_press_filename",
            PROMPTS,
            "vm-press|digits/1",
            f"what the caller hears when {option} offers a key",
        ),
        Option(f"{option}_prompt_seconds", Number(1, 60, "seconds"), 10, "how long a key is waited for after that"),
        Option(f"{option}_callback_filename", PROMPTS, "vm-goodbye", "what a caller hears who will be called back"),
        *_targets(f"{option}_exten", f"{option}_voicemail", f"{option}_xfer_group", f"{option}_callmenu", option),
    )


BASIC_OPTIONS = (
    Option("active", YES_NO, "Y", "N: calls for it go to the fallback, transfers to it are refused"),
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
        "goes before campaign_recording for calls of this in-group",
    ),
)

ORDER_OPTIONS = (
    Option("queue_priority", Number(-99, 99), 0, "higher is served first; AGENTDIRECT has 99"),
    Option(
        "keep_wait_on_transfer",
        YES_NO,
        "N",
        "Y: a call that comes from another in-group keeps the time of its first arrival in the order",
        plus=True,
    ),
    Option("next_agent_call", Choice(RANKINGS), "longest_wait_time", "which of the ready agents gets the call"),
    Option(
        "answer_signal",
        Choice(("START", "ROUTE", "NONE")),
        "START",
        "when the call is answered: before anything is played, when an agent is found, or never by Warmline",
    ),
    Option(
        "answer_sec_pct_rt_stat_one",
        Number(1, 3600, "seconds"),
        20,
        "the service level: the share of calls that got their agent within this time",
    ),
)

HOURS_OPTIONS = (
    Option("call_time_id", Reference("call-time"), "", "when it is open; empty: always"),
    Option("after_hours_action", Choice(ACTIONS), "MESSAGE", "what happens to a call that comes when it is closed"),
    Option("after_hours_message_filename", PROMPTS, "vm-goodbye", "what MESSAGE of after_hours_action plays"),
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
        "nobody may wait when no agent is logged in (Y), none but paused ones are, or none is READY",
    ),
    Option(
        "no_agent_action",
        Choice(("MESSAGE", "HANGUP", "EXTENSION", "VOICEMAIL", "INGROUP", "CALLMENU")),
        "MESSAGE",
        "what happens to a call that no_agent_no_queue turns away",
    ),
    Option(
        "no_agent_action_value",
        Text(r"[A-Za-z0-9_.@/|-]{0,200}", "a sound file, EXTEN@CONTEXT, a mailbox, an in-group or a context"),
        "vm-nobodyavail|vm-goodbye",
        "the sound files, extension, mailbox, in-group or context of no_agent_action",
    ),
    Option(
        "max_calls_method",
        Choice(("DISABLED", "TOTAL", "IN_QUEUE")),
        "DISABLED",
        "which calls max_calls_count limits: all of this in-group's, or those that wait",
    ),
    Option("max_calls_count", Number(0, 10000), 0, "how many calls there may be; further ones are turned away"),
    Option(
        "max_calls_action",
        Choice(("NO_AGENT_NO_QUEUE", "DROP", "AFTERHOURS")),
        "NO_AGENT_NO_QUEUE",
        "whose action a call gets that max_calls_count turns away",
    ),
)

DROP_OPTIONS = (
    Option("drop_call_seconds", SECONDS, 360, "a call that has waited so long is dropped"),
    Option("drop_action", Choice(ACTIONS), "HANGUP", "what happens to a call that is dropped"),
    Option("drop_message", PROMPT, "vm-goodbye", "what drop_action=MESSAGE plays", plus=True),
    *_targets("drop_exten", "voicemail_ext", "drop_inbound_group", "drop_callmenu", "drop_action"),
)

WAITING_OPTIONS = (
    Option("moh_context", MUSIC, "default", "the music a waiting caller hears"),
    Option("welcome_message_filename", PROMPTS, NO_FILE, "what a caller hears first"),
    Option(
        "play_welcome_message",
        Choice(("ALWAYS", "NEVER", "IF_WAIT_ONLY")),
        "ALWAYS",
        "when callers hear it: always and to its end before an agent, never, or only while they wait",
    ),
    Option("onhold_prompt_filename", PROMPTS, "queue-thankyou", "what a waiting caller hears now and then"),
    Option("prompt_interval", Number(0, 3600, "seconds"), 60, "how often; 0: never"),
    Option("play_place_in_line", YES_NO, "N", "Y: callers hear their place in the queue with onhold_prompt_filename"),
    Option("play_estimate_hold_time", YES_NO, "N", "Y: callers hear their estimated wait with onhold_prompt_filename"),
)

HOLD_OFFER_OPTIONS = (
    *_offer(
        "hold_time_option",
        DIRECT,
        Option("hold_time_option_seconds", SECONDS, 360, "the estimate from which on hold_time_option is offered"),
        "what a caller is offered, once, whose estimated wait is long; the key is 1",
    ),
    Option(
        "hold_time_option_minimum",
        Number(0, 86400, "seconds"),
        0,
        "how long a caller waits before the choice is offered",
    ),
)

WAIT_OFFER_OPTIONS = (
    *_offer(
        "wait_time_option",
        (),
        Option("wait_time_option_seconds", SECONDS, 120, "the wait after which wait_time_option is offered"),
        "what a caller is offered, once, who has waited long; the key is 1",
    ),
    Option(
        "wait_hold_option_priority",
        Choice(("WAIT", "HOLD", "BOTH")),
        "WAIT",
        "which of the two a caller is offered; the other one then never",
    ),
)

CLOSING_OPTIONS = (
    Option(
        "closing_time_action",
        Choice(
            ("DISABLED", "MESSAGE", "HANGUP", "EXTENSION", "CALLMENU", "VOICEMAIL", "IN_GROUP", "CALLERID_CALLBACK")
        ),
        "DISABLED",
        "what happens to the calls that wait when call_time_id closes; DISABLED: they wait on",
    ),
    Option("closing_time_now_trigger", YES_NO, "N", "Y: does it now"),
    Option("closing_time_filename", PROMPTS, "vm-goodbye", "what MESSAGE and CALLERID_CALLBACK of it play"),
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
    OptionSection("Opening hours", HOURS_OPTIONS),
    OptionSection("Full, or without agents", LIMIT_OPTIONS),
    OptionSection("Drop", DROP_OPTIONS),
    OptionSection("Music and prompts", WAITING_OPTIONS),
    OptionSection("Offer at a long estimate", HOLD_OFFER_OPTIONS),
    OptionSection("Offer after a long wait", WAIT_OFFER_OPTIONS),
    OptionSection("Closing time", CLOSING_OPTIONS),
    OptionSection("Leads", lead_options.OF_INGROUP),
    OptionSection("Webhooks", webhook_options.OF_INGROUP),
)
