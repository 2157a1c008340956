"""The options of a campaign whose dialler calls leads automatically."""

from warmline.core.rules.sentinels import NONE_GROUP
from warmline.options.entity import Option
from warmline.options.option_forms import FILE, YES_NO
from warmline.options.option_types import Choice, Number, Reference, Text

RANKINGS = (
    "random",
    "oldest_call_start",
    "oldest_call_finish",
    "overall_user_level",
    "campaign_rank",
    "campaign_grade_random",
    "fewest_calls_campaign",
    "longest_wait_time",
)

OF_CAMPAIGN = (
    Option(
        "dial_method",
        Choice(("MANUAL", "PROGRESSIVE")),
        "MANUAL",
        "MANUAL lets only agents dial; PROGRESSIVE dials one lead for each READY agent whose phone is nailed_up",
    ),
    Option(
        "queue_priority",
        Number(-99, 99),
        50,
        "priority of answered leads; callers of an in-group with a higher queue_priority come first",
    ),
    Option(
        "next_agent_call",
        Choice(RANKINGS),
        "longest_wait_time",
        "how the next agent for an answered lead is chosen from the ready agents",
    ),
    Option(
        "drop_call_seconds",
        Number(1, 2, "seconds"),
        2,
        "seconds after its answer until a lead without an agent is dropped",
    ),
    Option(
        "drop_action",
        Choice(("MESSAGE", "IN_GROUP", "HANGUP")),
        "MESSAGE",
        "the action for a dropped lead: safe_harbor_audio, a place in drop_inbound_group, or a hang-up",
    ),
    Option(
        "drop_inbound_group",
        Reference("ingroup", NONE_GROUP),
        NONE_GROUP,
        "the in-group for IN_GROUP of drop_action; without it, dropped leads are hung up",
    ),
    Option(
        "safe_harbor_audio",
        Text(rf"({FILE}(\|{FILE}){{0,9}})?", "sound files without extension, separated by |; may be empty"),
        "",
        "the sound files for MESSAGE of drop_action: the seller and the purpose of the call; empty hangs up",
    ),
    Option(
        "safe_harbor_optout",
        Text("[0-9*#]?", "one of 0-9, * and #; may be empty"),
        "9",
        "the key by which a lead who hears safe_harbor_audio gets on the do-not-call list; empty for none",
        plus=True,
    ),
    Option(
        "pause_after_each_call",
        YES_NO,
        "N",
        "Y pauses the agent after each automatic call and its disposition",
    ),
)
