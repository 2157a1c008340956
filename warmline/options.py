"""Every option that can be configured: one table. Columns, `describe`, validation and docs come from it.

An option is added here (and its column in schema.sql, which a test compares); nothing else lists options.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from warmline.option_types import (
    Choice,
    Number,
    Reference,
    References,
    Route,
    Secret,
    Text,
    Token,
    Type,
    Value,
    Words,
    article,
    nearest,
)

NONE_GROUP = "---NONE---"
AGENTDIRECT = "AGENTDIRECT"


class OptionError(ValueError):
    """A name or value that cannot be used; the text names it, what is allowed, and the nearest right one."""


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the table. `plus`: ours, VICIdial has it not; `unique`: no two entities hold the same value."""

    name: str
    type: Type
    default: Value
    meaning: str
    plus: bool = False
    required: bool = False
    unique: bool = False

    @property
    def source(self) -> str:
        return "+" if self.plus else "VICIdial"


@dataclass(frozen=True, slots=True)
class Entity:
    """What can be configured. `names`: the form of its names; `example`: what follows `create` in the help."""

    kind: str
    meaning: str
    names: Text
    example: tuple[str, ...]
    options: tuple[Option, ...] = ()

    @property
    def table(self) -> str:
        """Its table in the database."""
        return self.kind.replace("-", "_")

    @property
    def option_names(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)

    def option(self, name: str) -> Option:
        """The option of that name. Raises OptionError with the nearest one."""
        for option in self.options:
            if option.name == name:
                return option
        there_are = f"there are {', '.join(self.option_names)}" if self.options else "it has no options"
        raise OptionError(f"{self.kind} has no option {name!r}: {nearest(name, self.option_names) or there_are}")

    def default(self, option: Option, name: str) -> Value:
        """The option's default for the entity of that name."""
        if self.kind == "ingroup" and name == AGENTDIRECT and option.name == "queue_priority":
            return 99
        return option.default


YES_NO = Choice(("Y", "N"))
ON_LEAVE = Choice(("DISABLED", "ALL_CALLS"))
CID = Text(r"\+?[0-9]{1,20}", "1 to 20 digits, a + may lead")
NAME = Text(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,19}", "1 to 20 letters, digits, _ and -, - not first")
DEFAULT_XFER_GROUP = "where DEFAULTINGROUP of a transfer leads"

# fmt: off
FUNCTIONS = (
    "ALL_FUNCTIONS", "audio_playback", "call_agent", "calls_in_queue_count", "change_ingroups",
    "external_add_lead", "external_dial", "external_hangup", "external_pause", "external_status",
    "force_fronter_leave_3way", "logout", "park_call", "pause_code", "preview_dial_action", "ra_call_control",
    "recording", "send_dtmf", "switch_lead", "transfer_conference", "update_fields", "vm_message",
)
# fmt: on

CAMPAIGN = Entity(
    "campaign",
    "the rules an agent works under: recording, transfers, dialling",
    NAME,
    ("TESTCAMP", "campaign_recording=ALLCALLS", "dial_timeout=25"),
    (
        Option(
            "campaign_recording",
            Choice(("ONDEMAND", "NEVER", "ALLCALLS", "ALLFORCE")),
            "ONDEMAND",
            "what is recorded while an agent is in the call; ALLFORCE goes on after he has left",
        ),
        Option(
            "leave_3way_start_recording",
            ON_LEAVE,
            "DISABLED",
            "ALL_CALLS: when the agent leaves a three-way call, a new recording of the other two starts",
        ),
        Option(
            "leave_3way_stop_recording",
            ON_LEAVE,
            "DISABLED",
            "ALL_CALLS: nothing is recorded once the agent has left; overrides every other recording option",
        ),
        Option(
            "default_xfer_group",
            Reference("ingroup", NONE_GROUP),
            NONE_GROUP,
            f"{DEFAULT_XFER_GROUP}, for calls the campaign dialled",
        ),
        Option(
            "dial_template",
            Text(r"[A-Za-z0-9]+/[^\s,&{}]*\{number\}[^\s,&{}]*", "TECHNOLOGY/… with {number} in it once"),
            "PJSIP/{number}@trunk",
            "how a number becomes a channel",
            plus=True,
        ),
        Option(
            "dial_prefix",
            Text(r"[0-9+*#]{0,20}", "up to 20 of 0-9 + * #; may be empty"),
            "",
            "put before a number that is dialled",
        ),
        Option("dial_timeout", Number(1, 300, "seconds"), 60, "how long a number is let ring"),
        Option(
            "three_way_call_cid",
            Choice(("CAMPAIGN", "CUSTOMER")),
            "CAMPAIGN",
            "the caller id a third party sees: campaign_cid, or the customer's number",
        ),
        Option("campaign_cid", CID, "0000000000", "the campaign's own caller id"),
        Option("login_state", Choice(("PAUSED", "READY")), "PAUSED", "the state after login", plus=True),
        Option(
            "phone_login",
            Choice(("PIN", "TRUSTED")),
            "PIN",
            "login from a phone asks the agent's PIN, or trusts an authenticated phone",
            plus=True,
        ),
    ),
)

INGROUP = Entity(
    "ingroup",
    "an inbound queue with its rules",
    NAME,
    ("SALESLINE", "default_xfer_group=SUPPORTLINE", "drop_call_seconds=120"),
    (
        Option("active", YES_NO, "Y", "N: calls for it go to the fallback, transfers to it are refused"),
        Option(
            "default_xfer_group",
            Reference("ingroup", NONE_GROUP),
            NONE_GROUP,
            f"{DEFAULT_XFER_GROUP}, for calls that came from this in-group",
        ),
        Option("queue_priority", Number(-99, 99), 0, "higher is served first; AGENTDIRECT has 99"),
        Option("drop_call_seconds", Number(1, 86400, "seconds"), 360, "a call that has waited so long is dropped"),
        Option(
            "moh_context",
            Text(r"[A-Za-z0-9_.-]{1,50}", "the name of a class in musiconhold.conf"),
            "default",
            "the music a waiting caller hears",
        ),
    ),
)

AGENT = Entity(
    "agent",
    "a person who takes calls",
    NAME,
    ("1000", "phone=1000", "campaign=TESTCAMP", "ingroups=SALESLINE,AGENTDIRECT"),
    (
        Option(
            "pin",
            Secret(r"[0-9]{0,20}", "up to 20 digits; empty takes it away"),
            "",
            "asked when the agent logs in from a phone",
            plus=True,
        ),
        Option(
            "phone",
            Reference("phone"),
            "",
            "the phone the agent logs in from, his alone",
            plus=True,
            unique=True,
        ),
        Option("campaign", Reference("campaign"), "", "the campaign the agent works in", plus=True),
        Option("ingroups", References("ingroup"), (), "the in-groups whose calls the agent takes", plus=True),
        Option(
            "custom_three",
            Text(r"([A-Za-z0-9]{2,100})?", "2 to 100 letters and digits; may be empty"),
            "",
            "another name for the agent, which the agent API finds as alt_user",
        ),
    ),
)

PHONE = Entity(
    "phone",
    "a SIP endpoint that exists in Asterisk; Warmline writes no SIP accounts",
    Text(r"[A-Za-z0-9_.-]{1,40}", "the endpoint's name: 1 to 40 letters, digits, _ . and -"),
    ("1000",),
)

DID = Entity(
    "did",
    "a number that callers dial",
    Text(r"[0-9*#]{1,20}", "1 to 20 of 0-9 * #, without a leading +"),
    ("8005550100", "route=ingroup:SALESLINE"),
    (
        Option(
            "route",
            Route(("ingroup", "agent")),
            "",
            "where its calls go: an in-group, or one agent's own queue (AGENTDIRECT)",
            plus=True,
            required=True,
        ),
    ),
)

API_USER = Entity(
    "api-user",
    "who may use the agent API",
    NAME,
    ("6666", "pass=-", "functions=transfer_conference,external_hangup"),
    (
        Option(
            "pass",
            Secret(r"[A-Za-z0-9.+/=_-]{1,100}", "1 to 100 letters, digits and - . + / = _"),
            "",
            "the password; pass=- asks for it",
            required=True,
        ),
        Option("functions", Words(FUNCTIONS), ("ALL_FUNCTIONS",), "the API functions the user may call"),
        Option("api_access", YES_NO, "Y", "N: the user may not use the API at all"),
        Option("user_group", NAME, "ADMIN", "shown in the API's answers"),
    ),
)

SCOPES = ("ALL", "agents:read", "agents:write", "calls:read", "calls:write", "events:read")

API_TOKEN = Entity(
    "api-token",
    "a program that uses the JSON API",
    NAME,
    ("crm", "scopes=agents:read,calls:read,calls:write"),
    (
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

ENTITIES = {entity.kind: entity for entity in (CAMPAIGN, INGROUP, AGENT, PHONE, DID, API_USER, API_TOKEN)}


def check(kind: str, texts: Mapping[str, str]) -> dict[str, Value]:
    """The values of options given as texts. Raises OptionError at the first that cannot be.

    That a reference's target exists is for the store to check: this table knows only forms.
    """
    entity = ENTITIES[kind]
    return {name: _value(entity.option(name), text) for name, text in texts.items()}


def check_name(kind: str, name: str) -> str:
    """The name as it is stored (a DID's leading + is dropped). Raises OptionError."""
    entity = ENTITIES[kind]
    name = spelled(kind, name)
    try:
        entity.names.parse(name)
    except ValueError:
        raise OptionError(f"{name!r} cannot name {article(kind)}; it must be {entity.names.allowed}") from None
    return name


def spelled(kind: str, name: str) -> str:
    """The name as it is looked up: a DID without its leading +."""
    return name.removeprefix("+") if kind == "did" else name


def _value(option: Option, text: str) -> Value:
    try:
        value = option.type.parse(text)
    except ValueError as hint:
        shown = "this value" if isinstance(option.type, Secret) else repr(text)
        raise OptionError(f"{option.name} cannot be {shown}; allowed: {option.type.allowed}{_also(hint)}") from None
    if option.required and not value:
        raise OptionError(f"{option.name} must not be empty; allowed: {option.type.allowed}")
    return value


def _also(hint: ValueError) -> str:
    return f" ({hint})" if str(hint) else ""
