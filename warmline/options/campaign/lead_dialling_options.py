"""The options of a campaign that say which leads are dialled, in which order, and how often."""

from dataclasses import dataclass

from warmline.options.values.entity import Option
from warmline.options.values.option_forms import CODE, YES_NO
from warmline.options.values.option_types import Choice, Number, Reference, Texts
from warmline.text import lead_filter

ORDERED = ("", " RANK", " COUNT", " LAST CALL TIME", " TIMEZONE", " OWNER", " LAST NAME", " PHONE")
LONGEST = 1000  # characters of a filter
ORDERS = (*(way + by for by in ORDERED for way in ("DOWN", "UP")), "RANDOM")


@dataclass(frozen=True, slots=True)
class Order(Choice):
    """The order of leads: a direction, and the value that it is about."""

    @property
    def allowed(self) -> str:
        return f"DOWN or UP, alone or with {', '.join(by.strip() for by in ORDERED[1:])}; or RANDOM"


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """Comparisons of a lead's fields, in the language of lead_filter.py; may be empty."""

    @property
    def allowed(self) -> str:
        return "comparisons joined by and, or, such as state=TX|FL and rank>=5; may be empty"

    def parse(self, text: str) -> str:
        if len(text) > LONGEST:
            raise ValueError(f"up to {LONGEST} characters")
        return lead_filter.plain(text)


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
        Texts(CODE.pattern, "codes of dispositions, such as NEW"),
        ("NEW",),
        "the statuses of leads that are dialled once after each reset of their list",
        core=False,
    ),
    Option(
        "recycle",
        Texts(CODE.pattern + r":[0-9]{1,6}:[0-9]{1,3}", "STATUS:MINUTES:TIMES, such as NA:60:3"),
        ("NA:60:3", "AB:10:3", "ADCT:10:3", "ERI:60:3", "DROP:4320:1"),
        "the statuses that are dialled again, after how many minutes, and how often until the list is reset",
        plus=True,
        core=False,
    ),
    Option(
        "lead_order",
        Order(ORDERS),
        "DOWN",
        "the order of leads: DOWN from the oldest or the lowest value, UP from the newest or the highest, or RANDOM",
        core=False,
    ),
    Option(
        "lead_order_secondary",
        Choice(("LEAD_ASCEND", "LEAD_DESCEND")),
        "LEAD_ASCEND",
        "the order of leads that lead_order leaves equal: from the oldest or the newest; not for DOWN, UP and RANDOM",
        core=False,
    ),
    Option(
        "new_lead_every",
        Number(0, 9, "leads"),
        0,
        "how many leads have one new lead among them while others are due again; 0 dials new leads after those",
        core=False,
    ),
    Option(
        "lead_filter",
        LeadFilter(),
        "",
        "the leads that are dialled, such as state=TX|FL and (rank>=5 or last_call<-7d); empty for all",
        plus=True,
        core=False,
    ),
    Option(
        "auto_alt_dial",
        Choice(("NONE", "ALT_ONLY", "ADDR3_ONLY", "ALT_AND_ADDR3")),
        "NONE",
        "the other numbers of a lead that are dialled automatically, in the fields alt_phone and address3",
        core=False,
    ),
    Option(
        "auto_alt_dial_statuses",
        Texts(CODE.pattern, "codes of dispositions, such as NA"),
        ("NA", "AB", "ADC"),
        "the statuses of an automatic call after which auto_alt_dial dials the lead's next number",
        core=False,
    ),
    Option(
        "drop_lockout_time",
        Number(0, 8760, "hours"),
        72,
        "hours after a drop in which its number is not dialled automatically; 0 for none",
        core=False,
    ),
    Option(
        "contacted_days",
        Number(0, 366, "days"),
        7,
        "days after a final code in which no other lead with the same number is dialled; 0 for none",
        plus=True,
        core=False,
    ),
    Option(
        "cid_group",
        Reference("cid-group"),
        "",
        "the numbers of which automatic calls show one, by the lead's area or state; empty for campaign_cid",
    ),
    Option(
        "use_custom_cid",
        YES_NO,
        "N",
        "Y shows the number in a lead's security_phrase, if it has one, in its automatic calls",
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
