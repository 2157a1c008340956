"""Every option that can be configured: one table.

An option is added here, or in the file of its kind that is imported here. `python -m pages` then writes its column in
schema.sql, its field in a record of warmline/core/rules/configuration.py, and its line in the docs. Checks, `describe`
and the editor's text read the table.
"""

from collections.abc import Mapping

from warmline.core.rules.routing import AGENTDIRECT
from warmline.options.agent_options import AGENT_SECTIONS
from warmline.options.campaign_options import CAMPAIGN_SECTIONS
from warmline.options.code_options import DISPOSITION, PAUSE_CODE
from warmline.options.did_names import DidName
from warmline.options.did_options import CALL_TIME_SECTIONS, DID_SECTIONS, HOLIDAY_OPTIONS
from warmline.options.entity import Entity, Option, OptionError, one_section
from warmline.options.ingroup_options import INGROUP_SECTIONS
from warmline.options.lead_options import LIST_OPTIONS, SCRIPT_OPTIONS
from warmline.options.option_forms import (
    CID,
    LABEL,
    NAME,
    YES_NO,
)
from warmline.options.option_types import (
    Addresses,
    Choice,
    Number,
    Reference,
    Secret,
    Text,
    Texts,
    Token,
    Value,
    Words,
    Zone,
)
from warmline.text.article import article

__all__ = ["AGENTDIRECT", "ENTITIES", "Entity", "Option", "OptionError", "check", "check_name", "spelled"]

# fmt: off
FUNCTIONS = (
    "ALL_FUNCTIONS", "audio_playback", "call_agent", "calls_in_queue_count", "change_ingroups",
    "external_add_lead", "external_dial", "external_hangup", "external_pause", "external_status",
    "force_fronter_audio_stop", "force_fronter_leave_3way", "logout", "park_call", "pause_code",
    "preview_dial_action", "ra_call_control", "recording", "refresh_panel", "send_dtmf", "send_notification",
    "set_timer_action", "st_get_agent_active_lead", "st_login_log", "stereo_recording", "switch_lead",
    "transfer_conference", "update_fields", "version", "vm_message", "webphone_url", "webserver",
)
# fmt: on

CAMPAIGN = Entity(
    "campaign",
    "the rules of its agents: recording, transfers, dialling",
    NAME,
    ("TESTCAMP", "campaign_recording=ALLCALLS", "dial_timeout=25"),
    CAMPAIGN_SECTIONS,
)

INGROUP = Entity(
    "ingroup",
    "an inbound queue with its rules",
    NAME,
    ("SALESLINE", "default_xfer_group=SUPPORTLINE", "drop_call_seconds=120"),
    INGROUP_SECTIONS,
)

AGENT = Entity(
    "agent",
    "a person who takes calls",
    NAME,
    ("1000", "phone=1000", "campaign=TESTCAMP", "ingroups=SALESLINE,AGENTDIRECT"),
    AGENT_SECTIONS,
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
)

API_USER = Entity(
    "api-user",
    "a user of the agent API, such as a toolbar",
    NAME,
    ("6666", "pass=-", "functions=transfer_conference,external_hangup"),
    one_section(
        Option(
            "pass",
            Secret(r"[A-Za-z0-9.+/=_-]{1,100}", "1 to 100 letters, digits and - . + / = _"),
            "",
            "the password; pass=- asks for it",
            required=True,
        ),
        Option("functions", Words(FUNCTIONS), ("ALL_FUNCTIONS",), "the API functions the user may call"),
        Option("active", YES_NO, "Y", "N: no password of this user is right"),
        Option("api_access", YES_NO, "Y", "N: the user may not use the API at all"),
        Option("user_group", NAME, "ADMIN", "shown in the API's answers"),
        Option(
            "addresses",
            Addresses(),
            (),
            "where the user may come from; empty: from anywhere",
            plus=True,
        ),
    ),
)

SCOPES = (
    "ALL",
    "agents:read",
    "agents:supervise",
    "agents:write",
    "calls:read",
    "calls:write",
    "events:read",
    "leads:read",
)

API_TOKEN = Entity(
    "api-token",
    "a program that uses the JSON API",
    NAME,
    ("crm", "scopes=agents:read,calls:read,calls:write"),
    one_section(
        Option("scopes", Words(SCOPES), (), "what its bearer may do", plus=True, required=True),
        Option(
            "token",
            Token(r"[A-Za-z0-9_-]{43}", "43 letters, digits, - and _"),
            "",
            "the bearer token; create and renew make it",
            plus=True,
            required=True,
        ),
    ),
)

CONTAINER = Entity(
    "container",
    "a named list that options refer to",
    NAME,
    ("PARTNERS", "type=PHONE_NUMBERS", "entries=8500,5551234"),
    one_section(
        Option("type", Choice(("PHONE_NUMBERS",)), "PHONE_NUMBERS", "what its entries are"),
        Option(
            "entries",
            Texts(r"[0-9+*#.-]*[0-9][0-9+*#.-]*", "phone numbers, of which the digits count"),
            (),
            "what is in the list",
        ),
    ),
)

PRESET = Entity(
    "preset",
    "a number that a toolbar offers a campaign's agents for transfers; Warmline itself only keeps it",
    NAME,
    ("BILLING", "campaign=TESTCAMP", "preset_number=8500"),
    one_section(
        Option("campaign", Reference("campaign", None), "", "whose agents are offered it", required=True),
        Option("preset_name", LABEL, "", "what a toolbar shows instead of its name"),
        Option(
            "preset_number",
            Text(r"\+?[0-9*#]{1,31}", "1 to 31 of 0-9 * #, a + may lead"),
            "",
            "the number it dials",
            required=True,
        ),
    ),
)

GROUP_ALIAS = Entity(
    "group-alias",
    "a caller id to choose by name when a third party is called",
    Text(r"[A-Za-z0-9]{2,30}", "2 to 30 letters and digits"),
    ("SALES", "caller_id_number=8005550199"),
    one_section(
        Option("group_alias_name", LABEL, "", "what a toolbar shows instead of its name"),
        Option("caller_id_number", CID, "", "the caller id", required=True),
        Option("active", YES_NO, "Y", "N: it cannot be chosen"),
    ),
)

LIST = Entity(
    "list",
    "a list of leads",
    NAME,
    ("101", "list_name=Autumn", "campaign=TESTCAMP", "country=US"),
    one_section(*LIST_OPTIONS),
)

SCRIPT = Entity(
    "script",
    "a text that agents read to customers",
    NAME,
    ("GREETING", "script_text=Hello --A--first_name--B--"),
    one_section(*SCRIPT_OPTIONS),
)

SETTING = Entity(
    "setting",
    "an option of the whole system",
    NAME,
    ("api_impossible=SUCCESS",),
    one_section(
        Option(
            "api_impossible",
            Choice(("ERROR", "SUCCESS")),
            "ERROR",
            "how the agent API answers what cannot be done; SUCCESS: as VICIdial does",
            plus=True,
        ),
        Option("timezone", Zone(required=True), "UTC", "where call times are those of the clock", plus=True),
        Option(
            "blocklist", Reference("container"), "", "callers whose number is in it are hung up", plus=True, core=False
        ),
        Option(
            "webhook_hosts",
            Texts(r"[0-9A-Za-z.:_-]+(/[0-9]{1,3})?", "names of hosts, addresses and networks"),
            (),
            "where webhooks may go; an address that is not public must be in it itself",
            plus=True,
        ),
        Option(
            "max_legs",
            Number(0, 10_000, "phones"),
            0,
            "with so many phones on the line callers go to the fallback and nobody is dialled; 0: any number",
            plus=True,
        ),
        Option("vdc_agent_api_active", Choice(("1", "0")), "1", "0: the agent API does nothing for anybody"),
        Option(
            "recordings_keep_days",
            Number(0, 36500, "days"),
            0,
            "how long a recording's file is kept; 0: until somebody deletes it",
            plus=True,
            core=False,
        ),
        Option(
            "journal_keep_days",
            Number(0, 36500, "days"),
            0,
            "how long the journal keeps what was in its rows, which stay; 0: for ever",
            plus=True,
            core=False,
        ),
    ),
    only="warmline",
)

# fmt: off
ALL = (
    CAMPAIGN, INGROUP, AGENT, PHONE, DID, CALL_TIME, HOLIDAY, API_USER, API_TOKEN, CONTAINER, PRESET, GROUP_ALIAS,
    LIST, SCRIPT, DISPOSITION, PAUSE_CODE, SETTING,
)
# fmt: on
ENTITIES = {entity.kind: entity for entity in ALL}


def check(kind: str, texts: Mapping[str, str]) -> dict[str, Value]:
    """The values of options given as texts. Raises OptionError that tells of all that cannot be.

    That a reference's target exists is for the store to check: this table knows only forms.
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
    """The name as it is stored (a DID's leading + is dropped). Raises OptionError."""
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
    """The name as it is looked up: a DID without its leading +."""
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
