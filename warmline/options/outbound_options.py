"""The options of a campaign that say which leads are dialled, in which order, and how often."""

from warmline.options.entity import Option
from warmline.options.option_forms import YES_NO
from warmline.options.option_types import Choice, Number, Reference, Texts

STATUS = "[A-Za-z0-9]{1,6}"
ORDERS = ("DOWN", "UP", "DOWN RANK", "UP RANK", "RANDOM")

LEAD_DIALLING_OPTIONS = (
    Option(
        "local_call_time",
        Reference("call-time"),
        "",
        "the hours, in the lead's time zones, in which leads are dialled; empty for the legal hours alone",
        core=False,
    ),
    Option(
        "dial_statuses",
        Texts(STATUS, "codes of dispositions, such as NEW"),
        ("NEW",),
        "the statuses of leads that are dialled once after each reset of their list",
        core=False,
    ),
    Option(
        "recycle",
        Texts(STATUS + r":[0-9]{1,6}:[0-9]{1,3}", "STATUS:MINUTES:TIMES, such as NA:60:3"),
        ("NA:60:3", "AB:10:3", "ADCT:10:3", "ERI:60:3", "DROP:4320:1"),
        "the statuses that are dialled again, after how many minutes, and how often until the list is reset",
        plus=True,
        core=False,
    ),
    Option(
        "lead_order",
        Choice(ORDERS),
        "DOWN",
        "the order of leads: DOWN from the oldest, UP from the newest, UP RANK from the highest rank, or RANDOM",
        core=False,
    ),
    Option(
        "call_count_limit",
        Number(0, 1000, "calls"),
        0,
        "calls with a lead after which it is not dialled any more; 0 for no limit",
        core=False,
    ),
    Option(
        "daily_call_count_limit",
        Number(0, 100, "calls"),
        3,
        "calls to a lead in one day of its time zone; 0 for no limit",
        core=False,
    ),
    Option(
        "call_limit_24hour",
        Number(0, 100, "calls"),
        3,
        "calls of all campaigns to one number in 24 hours; 0 for no limit but those of the law",
        core=False,
    ),
    Option(
        "preview_seconds",
        Number(0, 3600, "seconds"),
        0,
        "seconds after which the preview of a campaign's next lead ends by itself; 0 for never",
        plus=True,
    ),
    Option(
        "preview_expiry",
        Choice(("SKIP", "DIAL")),
        "SKIP",
        "the action after preview_seconds: the lead is skipped or dialled",
        plus=True,
    ),
    Option(
        "next_dial_my_callbacks",
        YES_NO,
        "N",
        "Y lets an agent who dials the next lead get the due callbacks of that agent first",
    ),
)
