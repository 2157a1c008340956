"""Every option that can be configured: one table.

To add an option, write it here or in the file of its kind that is imported here. Then run `python -m tools.pages`: it
writes the column in schema.sql, the field in warmline/core/rules/configuration.py, and the line in the docs. The
checks, `describe` and the text of `edit` read this table.
"""

from collections.abc import Mapping

from warmline.core.rules.routing import AGENTDIRECT
from warmline.options.agent_options import AGENT_SECTIONS
from warmline.options.api_access_options import API_TOKEN, API_USER
from warmline.options.campaign.campaign_options import CAMPAIGN_SECTIONS
from warmline.options.campaign.list_and_script_options import LIST_OPTIONS, SCRIPT_OPTIONS
from warmline.options.campaign.web_form_options import OF_LIST
from warmline.options.code_options import DISPOSITION, PAUSE_CODE
from warmline.options.did_names import DidName
from warmline.options.did_options import CALL_TIME_SECTIONS, DID_SECTIONS, HOLIDAY_OPTIONS
from warmline.options.event_hook_options import EVENT_HOOK
from warmline.options.ingroup_options import INGROUP_SECTIONS
from warmline.options.scheduled_report_options import SCHEDULED_REPORT
from warmline.options.setting_options import SETTING
from warmline.options.user_options import USER
from warmline.options.values.entity import Entity, Option, OptionError, one_section
from warmline.options.values.option_forms import (
    CID,
    FULL_NAME,
    LABEL,
    NAME,
    YES_NO,
)
from warmline.options.values.option_types import (
    Number,
    Reference,
    References,
    Secret,
    Text,
    Texts,
    Value,
)
from warmline.text.article import article

__all__ = ["AGENTDIRECT", "ENTITIES", "SETTING", "Entity", "Option", "OptionError", "check", "check_name", "spelled"]

CAMPAIGN = Entity(
    "campaign",
    "a group of agents with rules for recording, transfers and dialling",
    NAME,
    ("TESTCAMP", "campaign_recording=ALLCALLS", "dial_timeout=25"),
    CAMPAIGN_SECTIONS,
    label="campaign_name",
)

INGROUP = Entity(
    "ingroup",
    "an inbound queue with its rules",
    NAME,
    ("SALESLINE", "default_xfer_group=SUPPORTLINE", "drop_call_seconds=120"),
    INGROUP_SECTIONS,
    label="group_name",
)

AGENT = Entity(
    "agent",
    "a person who takes calls",
    NAME,
    ("1000", "phone=1000", "campaign=TESTCAMP", "ingroups=SALESLINE,AGENTDIRECT"),
    AGENT_SECTIONS,
    label="full_name",
)

USER_GROUP = Entity(
    "user-group",
    "a group of agents, and of the people who supervise them",
    NAME,
    ("BERLIN", "group_name=Berlin", "agent_status_viewable_groups=HAMBURG"),
    one_section(
        Option("group_name", FULL_NAME, "", "the name that lists and reports show next to the key", core=False),
        Option(
            "agent_status_viewable_groups",
            References("user-group"),
            (),
            "the other user groups whose agents, calls and reports its supervisors see",
            core=False,
        ),
        Option(
            "allowed_campaigns",
            References("campaign"),
            (),
            "the campaigns whose lists, leads and figures its people see and change; empty for every campaign",
            core=False,
        ),
    ),
    label="group_name",
)

PHONE = Entity(
    "phone",
    "a SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts",
    Text(r"[A-Za-z0-9_.-]{1,40}", "the endpoint's name: 1 to 40 letters, digits, _ . and -"),
    ("1000",),
)

DID = Entity(
    "did",
    "a number that callers dial, or a pattern of numbers",
    DidName(),
    ("8005550100", "route=ingroup:SALESLINE"),
    DID_SECTIONS,
    label="did_description",
)

CALL_TIME = Entity(
    "call-time",
    "the hours in which a number or an in-group is open",
    NAME,
    ("OFFICE", "ct_default_start=900", "ct_default_stop=1800"),
    CALL_TIME_SECTIONS,
)

HOLIDAY = Entity(
    "holiday",
    "a day with other opening hours",
    NAME,
    ("XMAS26", "holiday_date=2026-12-25"),
    one_section(*HOLIDAY_OPTIONS),
    label="holiday_name",
)

CONTAINER = Entity(
    "container",
    "a named list of phone numbers that options refer to",
    NAME,
    ("PARTNERS", "entries=8500,5551234"),
    one_section(
        Option(
            "entries",
            Texts(r"[0-9+*#.-]*[0-9][0-9+*#.-]*", "phone numbers (only their digits are compared)"),
            (),
            "the numbers in the container",
        ),
    ),
)

PRESET = Entity(
    "preset",
    "a number that a toolbar offers to a campaign's agents for transfers; Warmline only stores it",
    NAME,
    ("BILLING", "campaign=TESTCAMP", "preset_number=8500"),
    one_section(
        Option("campaign", Reference("campaign", None), "", "the campaign whose agents see the preset", required=True),
        Option("preset_name", LABEL, "", "the label that a toolbar shows instead of the name"),
        Option(
            "preset_number",
            Text(r"\+?[0-9*#]{1,31}", "1 to 31 of 0-9 * #, with or without a leading +"),
            "",
            "the number that the preset dials",
            required=True,
        ),
    ),
    label="preset_name",
)

GROUP_ALIAS = Entity(
    "group-alias",
    "a caller id that an agent can choose by name for a call to a third party",
    Text(r"[A-Za-z0-9]{2,30}", "2 to 30 letters and digits"),
    ("SALES", "caller_id_number=8005550199"),
    one_section(
        Option("group_alias_name", LABEL, "", "the label that a toolbar shows instead of the name"),
        Option("caller_id_number", CID, "", "the caller id that the third party sees", required=True),
        Option("active", YES_NO, "Y", "N makes it unavailable"),
    ),
    label="group_alias_name",
)

TRUNK = Entity(
    "trunk",
    "a way to the telephone network that dial templates name, with its limits",
    Text(r"[A-Za-z0-9_.-]{1,40}", "the name after @ in dial_template: 1 to 40 letters, digits, _ . and -"),
    ("carrier", "lines=23", "calls_per_second=5"),
    one_section(
        Option(
            "lines",
            Number(1, 10000, "calls"),
            23,
            "parallel calls, of callers and agents too, from which the dialler begins no more; VICIdial's "
            "max_vicidial_trunks",
            plus=True,
        ),
        Option(
            "calls_per_second",
            Number(1, 1000, "calls"),
            5,
            "calls that begin in one second, those of agents too, from which the dialler waits",
            plus=True,
        ),
    ),
)

CID_GROUP = Entity(
    "cid-group",
    "numbers of which automatic calls show one, by the lead's area or state",
    NAME,
    ("EAST", "caller_ids=212:12125550199,FL:13055550199,18005550199"),
    one_section(
        Option("cid_group_name", LABEL, "", "a description for administrators", plus=True),
        Option(
            "caller_ids",
            Texts(r"((\+?[0-9]{1,10}|[A-Z]{2}):)?[0-9]{2,20}", "NUMBER, AREA:NUMBER or STATE:NUMBER"),
            (),
            "the numbers: for leads whose number begins with AREA, for a STATE, or for all others",
            plus=True,
        ),
        Option(
            "calls_per_day",
            Number(1, 100_000, "calls"),
            100,
            "automatic calls in a day that show one number, before another of the group is shown",
            plus=True,
            core=False,
        ),
    ),
    label="cid_group_name",
)

LIST = Entity(
    "list",
    "a list of leads",
    NAME,
    ("101", "list_name=Autumn", "campaign=TESTCAMP", "country=US"),
    one_section(*LIST_OPTIONS, *OF_LIST),
    label="list_name",
)

SCRIPT = Entity(
    "script",
    "a text that agents read to customers",
    NAME,
    ("GREETING", "script_text=Hello --A--first_name--B--"),
    one_section(*SCRIPT_OPTIONS),
    label="script_name",
)

# fmt: off
ALL = (
    CAMPAIGN, INGROUP, AGENT, USER_GROUP, USER, PHONE, DID, CALL_TIME, HOLIDAY, API_USER, API_TOKEN, EVENT_HOOK,
    SCHEDULED_REPORT, CONTAINER, PRESET, GROUP_ALIAS, TRUNK, CID_GROUP, LIST, SCRIPT, DISPOSITION, PAUSE_CODE, SETTING,
)

# fmt: on
ENTITIES = {entity.kind: entity for entity in ALL}


def check(kind: str, texts: Mapping[str, str]) -> dict[str, Value]:
    """Return the values of options that are given as texts.

    This function checks only the form of each value. The store checks that the target of a reference exists.

    Raises:
        OptionError: some names or values are invalid; the error lists all of them.
    """
    entity = ENTITIES[kind]
    values, wrong = dict[str, Value](), list[OptionError]()
    for name, text in texts.items():
        try:
            values[name] = _value(entity.option(name), text)
        except OptionError as error:
            wrong.append(error)
    if wrong:
        codes = tuple(one.code for one in wrong)
        raise OptionError("options_invalid", "{faults}", faults="; ".join(map(str, wrong)), codes=codes)
    return values


def check_name(kind: str, name: str) -> str:
    """Return the name as it is stored, a DID without its leading +.

    Raises:
        OptionError: the name is invalid for this kind.
    """
    entity = ENTITIES[kind]
    name = spelled(kind, name)
    try:
        entity.names.parse(name)
    except ValueError as hint:
        raise OptionError(
            "name_invalid",
            "{name!r} cannot name {kind}; allowed: {allowed}{hint}",
            name=name,
            kind=article(kind),
            allowed=entity.names.allowed,
            hint=_also(hint),
        ) from None
    return name


def spelled(kind: str, name: str) -> str:
    """Return the name as the store spells it, a DID without its leading +."""
    return name.removeprefix("+") if kind == "did" else name


def _value(option: Option, text: str) -> Value:
    shown = "this value" if isinstance(option.type, Secret) else repr(text)
    try:
        text.encode()
        value = option.type.parse(text)
    except UnicodeEncodeError:
        raise OptionError(
            "option_not_utf8", "{name} cannot be {value}; allowed: text in UTF-8", name=option.name, value=shown
        ) from None
    except ValueError as hint:
        raise OptionError(
            "option_invalid",
            "{name} cannot be {value}; allowed: {allowed}{hint}",
            name=option.name,
            value=shown,
            allowed=option.type.allowed,
            hint=_also(hint),
        ) from None
    if option.required and not value:
        raise OptionError(
            "option_empty",
            "{name} must not be empty; allowed: {allowed}",
            name=option.name,
            allowed=option.type.allowed,
        )
    return value


def _also(hint: ValueError) -> str:
    return f" ({hint})" if str(hint) else ""
