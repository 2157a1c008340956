"""The options of a DID, and of the call times and holidays that close it."""

from warmline.core.rules import data_rules
from warmline.core.rules.routing import AGENTDIRECT
from warmline.options.route_types import DataRules, RouteTarget
from warmline.options.values.entity import Option, OptionSection
from warmline.options.values.hours_type import DayHours
from warmline.options.values.option_forms import FULL_NAME, HHMM, LABEL, YES_NO
from warmline.options.values.option_types import Choice, Date, Reference, References, Zone

ROUTE = RouteTarget(
    ("ingroup", "agent"),
    ("extension", "voicemail", "callmenu"),
    ("hangup",),
    instead=((f"ingroup:{AGENTDIRECT}", "agent:USER"),),
)
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")

ROUTE_OPTIONS = (
    Option("did_description", FULL_NAME, "", "the name that lists and reports show next to the number", core=False),
    Option(
        "route",
        ROUTE,
        "",
        "the destination of its calls: an in-group, agent's own queue (AGENTDIRECT), extension, mailbox or context",
        plus=True,
        required=True,
    ),
    Option(
        "data_routes",
        DataRules(data_rules.ROUTE_SIGN, ROUTE, "NAME=PATTERN -> DESTINATION"),
        (),
        "rules about the call's data that replace route while it is open; the first that matches counts",
        plus=True,
    ),
    Option("did_active", YES_NO, "Y", "N disables the DID, as if it did not exist"),
)

HOURS_OPTIONS = (
    Option("call_time_id", Reference("call-time"), "", "the opening hours; empty for always open", plus=True),
    Option(
        "after_hours_route",
        ROUTE,
        "",
        "the destination of its calls when it is closed; empty for the fallback",
        plus=True,
    ),
)

FILTER_OPTIONS = (
    Option(
        "filter_inbound_number",
        Choice(("DISABLED", "GROUP")),
        "DISABLED",
        "GROUP sends callers whose number is in filter_phone_group_id to filter_route",
    ),
    Option("filter_phone_group_id", Reference("container"), "", "the container of numbers for filter_inbound_number"),
    Option("filter_route", ROUTE, "hangup", "the destination of callers that filter_inbound_number selects", plus=True),
)

DID_SECTIONS = (
    OptionSection("Route", ROUTE_OPTIONS),
    OptionSection("Opening hours", HOURS_OPTIONS),
    OptionSection("Caller filter", FILTER_OPTIONS),
)

DEFAULT_OPTIONS = (
    Option("ct_default_start", HHMM, 0, "opening time on days without their own times; 2400 for closed"),
    Option("ct_default_stop", HHMM, 2400, "closing time; a time before the start is on the next day"),
)

DAY_OPTIONS = tuple(
    Option(f"ct_{day}_{edge}", HHMM, 0, f"{words} on {day.title()}s; ct_default applies if start and stop are both 0")
    for day in DAYS
    for edge, words in (("start", "opening time"), ("stop", "closing time"))
)

MORE_OPTIONS = (
    Option(
        "ct_more_hours",
        DayHours(),
        (),
        "further opening hours of days of the week, besides those above; a holiday has none of them",
        plus=True,
    ),
)

EXCEPTION_OPTIONS = (
    Option("ct_holidays", References("holiday"), (), "the days with other times"),
    Option("timezone", Zone(), "", "the time zone of these times; empty for the setting timezone", plus=True),
)

CALL_TIME_SECTIONS = (
    OptionSection("Hours", DEFAULT_OPTIONS),
    OptionSection("Days of the week", DAY_OPTIONS + MORE_OPTIONS),
    OptionSection("Holidays and zone", EXCEPTION_OPTIONS),
)

HOLIDAY_OPTIONS = (
    Option("holiday_name", LABEL, "", "the label that people see instead of the name"),
    Option("holiday_date", Date(), "", "the date of the holiday", required=True),
    Option("holiday_status", Choice(("ACTIVE", "INACTIVE")), "ACTIVE", "INACTIVE treats the day like any other"),
    Option("ct_default_start", HHMM, 2400, "opening time on that day; 2400 for closed"),
    Option("ct_default_stop", HHMM, 2400, "closing time on that day"),
)
