"""The options of an agent."""

from warmline.options.values.entity import Option, OptionSection
from warmline.options.values.option_forms import EXTEN, FULL_NAME, MAILBOX, RECORDING_OVERRIDE, YES_NO
from warmline.options.values.option_types import Choice, Number, Rated, Reference, References, Secret, Text

RANK = Rated(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,19}:-?[0-9]", "IN-GROUP:RANK with a rank from -9 to 9", "ingroup")
GRADE = Rated(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,19}:([1-9]|10)", "IN-GROUP:GRADE with a grade from 1 to 10", "ingroup")

PERSON_OPTIONS = (
    Option(
        "full_name",
        FULL_NAME,
        "",
        "the agent's name, which lists and reports show next to the key; empty for that of its user",
    ),
    Option(
        "active",
        YES_NO,
        "Y",
        "N refuses the agent's login and dials, and gives the agent no further call; a call in progress continues",
    ),
    Option(
        "user_group",
        Reference("user-group"),
        "",
        "the user group of the agent; supervisors see the agents of their groups",
    ),
)

WORK_OPTIONS = (
    Option(
        "pin",
        Secret(r"[0-9]{0,20}", "up to 20 digits; empty removes the PIN"),
        "",
        "the PIN that the agent enters to log in from a phone",
        plus=True,
    ),
    Option(
        "phone",
        Reference("phone"),
        "",
        "the phone that the agent logs in from; each phone belongs to one agent",
        plus=True,
        unique=True,
    ),
    Option("campaign", Reference("campaign"), "", "the campaign that the agent works in", plus=True),
    Option("ingroups", References("ingroup"), (), "the in-groups whose calls the agent takes", plus=True),
    Option(
        "custom_three",
        Text(r"([A-Za-z0-9]{2,100})?", "2 to 100 letters and digits; may be empty"),
        "",
        "another name for the agent; the agent API accepts it as alt_user",
    ),
)

WRAP_UP = Option(
    "wrapup_seconds_override",
    Number(-1, 3600, "seconds"),
    -1,
    "seconds that the agent stays in DISPO after the code; -1 for wrapup_seconds of the campaign",
)

PHONE_OPTIONS = (
    Option(
        "phone_mode",
        Choice(("nailed_up", "on_hook")),
        "nailed_up",
        "on_hook rings the phone for each call; nailed_up keeps it on the line",
        plus=True,
    ),
    Option("on_hook_ring_time", Number(1, 300, "seconds"), 15, "seconds that an on_hook phone rings for a call"),
    Option(
        "outside_number",
        Text(r"(\+?[0-9]{3,20})?", "3 to 20 digits, with or without a leading +; may be empty"),
        "",
        "the agent's number outside, such as a mobile, that rings in place of phone; empty for phone",
        plus=True,
    ),
    Option(
        "accept_key",
        Text(r"[0-9*#]?", "one of 0-9 * #; may be empty"),
        "1",
        "the key by which a person at outside_number takes the call; empty if each answer takes it",
        plus=True,
    ),
    Option("max_missed", Number(1, 99), 1, "missed calls in a row after which the agent is PAUSED", plus=True),
)

RECORDING_OPTIONS = (
    Option(
        "recording_override",
        RECORDING_OVERRIDE,
        "DISABLED",
        "overrides campaign_recording and ingroup_recording_override in this agent's calls",
        plus=True,
    ),
)

RANKING_OPTIONS = (
    Option(
        "user_level",
        Number(1, 9),
        1,
        "the level by which next_agent_call=overall_user_level chooses; the highest is first",
    ),
    Option(
        "campaign_rank",
        Number(-9, 9),
        0,
        "the rank by which next_agent_call=campaign_rank chooses; the highest is first",
    ),
    Option(
        "campaign_grade", Number(1, 10), 1, "the agent's share of the calls with next_agent_call=campaign_grade_random"
    ),
    Option(
        "ingroup_ranks",
        RANK,
        (),
        "ranks by which next_agent_call=inbound_group_rank and rank_first choose; the highest is first; 0 if not named",
        plus=True,
    ),
    Option(
        "ingroup_grades",
        GRADE,
        (),
        "the agent's share of an in-group's calls with next_agent_call=ingroup_grade_random; 1 if not named",
        plus=True,
    ),
)

DESTINATION_OPTIONS = (
    Option("custom_five", EXTEN, "", "the extension that AGENTEXT stands for"),
    Option("voicemail_id", MAILBOX, "", "the mailbox that AGENTVMAIL stands for"),
)

AGENT_SECTIONS = (
    OptionSection("Person", PERSON_OPTIONS),
    OptionSection("Login and work", (*WORK_OPTIONS, WRAP_UP)),
    OptionSection("Phone", PHONE_OPTIONS),
    OptionSection("Recording", RECORDING_OPTIONS),
    OptionSection("Ranking", RANKING_OPTIONS),
    OptionSection("Own destinations", DESTINATION_OPTIONS),
)
