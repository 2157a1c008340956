"""Event hooks: receivers to which Warmline sends events as JSON."""

from warmline.options.values.entity import Entity, Option, one_section
from warmline.options.values.option_forms import NAME, YES_NO
from warmline.options.values.option_types import References, Url, Words
from warmline.text.event_names import INPUT_TYPES, RECORD_TYPES

ALL_EVENTS = "ALL"

EVENT_HOOK = Entity(
    "event-hook",
    "a program that gets events as JSON by POST, such as a CRM",
    NAME,
    ("crm", "url=https://crm.example.com/events", "events=call.connected,call.ended,recording.kept"),
    one_section(
        Option(
            "url",
            Url(),
            "",
            "the address that gets the events; its host must be in webhook_hosts",
            plus=True,
            required=True,
            core=False,
        ),
        Option(
            "events",
            Words((ALL_EVENTS, *RECORD_TYPES, *INPUT_TYPES)),
            (ALL_EVENTS,),
            "the types of events that are sent; ALL sends what the event stream has",
            plus=True,
            core=False,
        ),
        Option(
            "campaigns",
            References("campaign"),
            (),
            "the campaigns whose events are sent; empty for every campaign, and for events of none",
            plus=True,
            core=False,
        ),
        Option(
            "ingroups",
            References("ingroup"),
            (),
            "the in-groups whose events are sent; empty for every in-group, and for events of none",
            plus=True,
            core=False,
        ),
        Option(
            "active",
            YES_NO,
            "Y",
            "N sends nothing; after a change to Y, only new events are sent",
            plus=True,
            core=False,
        ),
    ),
)
