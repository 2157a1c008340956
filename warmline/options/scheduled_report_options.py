"""Scheduled reports: reports that are sent by mail once after each day, week or month."""

from warmline.options.values.entity import Entity, Option, one_section
from warmline.options.values.option_forms import NAME
from warmline.options.values.option_types import Choice, FewTexts, Reference, Words
from warmline.text.report_names import REPORT_NAMES

DAY, WEEK, MONTH = "DAY", "WEEK", "MONTH"
ADDRESS = r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*"
MOST_ADDRESSES = 20

SCHEDULED_REPORT = Entity(
    "scheduled-report",
    "reports that are mailed each day, week or month",
    NAME,
    ("morning", "reports=day,agents,missed", "period=DAY", "mail_to=boss@example.com"),
    one_section(
        Option(
            "reports",
            Words(REPORT_NAMES),
            ("day",),
            "the reports, by the names of warmline report",
            plus=True,
            core=False,
        ),
        Option(
            "campaign",
            Reference("campaign"),
            "",
            "only calls and sessions of this campaign's agents; empty for all",
            plus=True,
            core=False,
        ),
        Option(
            "ingroup",
            Reference("ingroup"),
            "",
            "only calls in this in-group; empty for all",
            plus=True,
            core=False,
        ),
        Option(
            "user_group",
            Reference("user-group"),
            "",
            "only agents of this user group, and their calls; empty for all",
            plus=True,
            core=False,
        ),
        Option(
            "period",
            Choice((DAY, WEEK, MONTH)),
            DAY,
            "the period of the reports: the last whole day, week from Monday, or month",
            plus=True,
            core=False,
        ),
        Option(
            "mail_to",
            FewTexts(ADDRESS, "addresses of mail", MOST_ADDRESSES),
            (),
            "the addresses that get the reports by mail, at most 20; empty sends nothing",
            plus=True,
            core=False,
        ),
    ),
)
