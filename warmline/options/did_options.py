"""The options of a DID, and of the times and holidays by which it may be closed."""

from warmline.core.rules.routing import AGENTDIRECT
from warmline.options.entity import Option, OptionSection
from warmline.options.option_forms import HHMM, LABEL, YES_NO
from warmline.options.option_types import Choice, Date, Reference, References, RouteTarget, Zone

ROUTE = RouteTarget(
    ("ingroup", "agent"),
    ("extension", "voicemail", "callmenu"),
    ("hangup",),
    instead=((f"ingroup:{AGENTDIRECT}", "agent:USER"),),
)
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")

ROUTE_OPTIONS = (
    Option(
        "route",
        ROUTE,
        "",
        "where its calls go: an in-group, one agent's own queue (AGENTDIRECT), an extension, a mailbox, a context",
        plus=True,
        required=True,
    ),
    Option("did_active", YES_NO, "Y", "N: as if there were no such DID"),
)

HOURS_OPTIONS = (
    Option("call_time_id", Reference("call-time"), "", "when it is open; empty: always", plus=True),
    Option("after_hours_route", ROUTE, "", "where its calls go when it is closed; empty: to the fallback", plus=True),
)

FILTER_OPTIONS = (
    Option(
        "filter_inbound_number",
        Choice(("DISABLED", "GROUP")),
        "DISABLED",
        "GROUP: callers whose number is in filter_phone_group_id go to filter_route",
    ),
    Option("filter_phone_group_id", Reference("container"), "", "the list of those callers"),
    Option("filter_route", ROUTE, "hangup", "where those callers go", plus=True),
)

DID_SECTIONS = (
    OptionSection("Route", ROUTE_OPTIONS),
    OptionSection("Opening hours", HOURS_OPTIONS),
    OptionSection("Caller filter", FILTER_OPTIONS),
)

DEFAULT_OPTIONS = (
    Option("ct_default_start", HHMM, 0, "when it opens, on days without a time of their own; 2400: it does not"),
    Option("ct_default_stop", HHMM, 2400, "when it closes; earlier than the start: on the next day"),
)

DAY_OPTIONS = tuple(
    Option(f"ct_{day}_{edge}", HHMM, 0, f"the same on {day}s; 0 and 0: as ct_default")
    for day in DAYS
    for edge in ("start", "stop")
)

EXCEPTION_OPTIONS = (
    Option("ct_holidays", References("holiday"), (), "the days that have other times"),
    Option("timezone", Zone(), "", "where these times are those of the clock; empty: the setting's", plus=True),
)

CALL_TIME_SECTIONS = (
    OptionSection("Hours", DEFAULT_OPTIONS),
    OptionSection("Days of the week", DAY_OPTIONS),
    OptionSection("Holidays and zone", EXCEPTION_OPTIONS),
)

HOLIDAY_OPTIONS = (
    Option("holiday_name", LABEL, "", "what people see instead of its name"),
    Option("holiday_date", Date(), "", "the day, as 2026-12-25", required=True),
    Option("holiday_status", Choice(("ACTIVE", "INACTIVE")), "ACTIVE", "INACTIVE: the day is as any other"),
    Option("ct_default_start", HHMM, 2400, "when it opens on that day; 2400: it does not"),
    Option("ct_default_stop", HHMM, 2400, "when it closes on that day"),
)
