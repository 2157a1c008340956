"""The options of a campaign whose dialler calls leads automatically."""

from warmline.core.rules.sentinels import NONE_GROUP
from warmline.options.values.entity import Option
from warmline.options.values.option_forms import SAFE_HARBOR, YES_NO
from warmline.options.values.option_types import Aliased, Choice, Number, Reference, Text

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

LEVEL = Text(r"([1-9]|1[0-9])(\.[0-9])?|20(\.0)?", "1 to 20, with at most one decimal")
DIAL_METHOD = Aliased(
    ("MANUAL", "PROGRESSIVE", "RATIO", "PREDICTIVE"),
    (("ADAPT_HARD_LIMIT", "PREDICTIVE"), ("ADAPT_AVERAGE", "PREDICTIVE"), ("ADAPT_TAPERED", "PREDICTIVE")),
)

OF_CAMPAIGN = (
    Option(
        "dial_method",
        DIAL_METHOD,
        "MANUAL",
        "leads dialled automatically: MANUAL none; PROGRESSIVE one for each READY agent whose phone is nailed_up; "
        "RATIO auto_dial_level for each; PREDICTIVE as many as predicted",
    ),
    Option(
        "auto_dial_level",
        LEVEL,
        "1",
        "lines for each READY agent with RATIO of dial_method; the drop limit may allow fewer",
    ),
    Option(
        "adaptive_maximum_level",
        LEVEL,
        "20",
        "lines in flight for each agent who is logged in, at most, with RATIO and PREDICTIVE of dial_method",
    ),
    Option(
        "dial_level_threshold_agents",
        Number(0, 1000, "agents"),
        1,
        "with fewer agents who are not paused, RATIO and PREDICTIVE dial as PROGRESSIVE does; 0 for no threshold",
    ),
    Option(
        "adaptive_dropped_percentage",
        Text(r"0\.[1-9]|[12](\.[0-9])?|3(\.0)?", "0.1 to 3, with at most one decimal"),
        "3",
        "the largest percentage of dropped leads among those whom a person answered, in each limited window",
    ),
    Option(
        "drop_window",
        Choice(("AUTO", "PERIOD", "DAY", "BOTH")),
        "AUTO",
        "the windows that adaptive_dropped_percentage limits: PERIOD of 30 days, DAY, or BOTH; AUTO is DAY with a list "
        "of the country GB, otherwise PERIOD",
        plus=True,
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
        "seconds after its answer in which a lead without an agent hears the message; the drop is 0.25 seconds earlier",
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
        SAFE_HARBOR,
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
        "amd",
        Choice(("OFF", "MARK", "TAKE")),
        "OFF",
        "answering-machine detection during an automatic call: MARK shows its verdict to the agent; TAKE also takes a "
        "machine from an agent who has not spoken",
        plus=True,
    ),
    Option(
        "amd_send_to_vmx",
        YES_NO,
        "N",
        "Y plays am_message_exten to a machine that TAKE of amd has taken, once it is silent; N hangs up",
    ),
    Option(
        "pause_after_each_call",
        YES_NO,
        "N",
        "Y pauses the agent after each automatic call and its disposition",
    ),
)
