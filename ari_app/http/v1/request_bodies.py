"""What the JSON API takes: the shape of each body.

Fields are named like those of the commands, or like the columns of a receipt: a body becomes a command as it is.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from warmline.core.model.command_shapes import SHAPES, renamed
from warmline.core.model.commands import CODE, NAME, NOTES, NUMBER, PROMPT, WHY, CommandFields, Kind, TextForm
from warmline.text.written_time import AFTER, SAID


def text(form: TextForm) -> Meta:
    """Return what a schema says of a text of that form."""
    return Meta(pattern=form.pattern, max_length=form.longest, examples=[form.example])


Number = Annotated[str, text(NUMBER)]
Name = Annotated[str, text(NAME)]
CallerId = Literal["CAMPAIGN", "CUSTOMER", "AGENT_PHONE"]
Code = Annotated[str, text(CODE)]
Notes = Annotated[str, text(NOTES)]
Why = Annotated[str, text(WHY)]
MOST_KEYS = 100  # of one command; W, a second of silence, is one too
Keys = Annotated[str, Meta(pattern=r"^[0-9*#A-DW]+$", max_length=MOST_KEYS, examples=["1W23#"])]
CallbackId = Annotated[str, Meta(pattern=r"^[0-9A-Z]+$", max_length=26, examples=["01KAFH8Y3C0000000000000001"])]
Moment = Annotated[
    str,
    Meta(
        max_length=40,
        extra_json_schema={  # a date is of the years that `when` takes
            "anyOf": [{"format": "date-time", "pattern": "^[1-8][0-9]{3}-"}, {"pattern": f"^({AFTER}|{SAID})$"}]
        },
        examples=["2026-12-24T18:05:00+01:00", "tomorrow 10:00", "+30m"],
    ),
]
# JSON has one kind of number, in which 17.0 is an integer too.
LeadId = Annotated[float, Meta(ge=1, le=2**53 - 1, multiple_of=1, examples=[17])]
Comments = Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*$", max_length=200, examples=["after six"])]
Prompt = Annotated[str, text(PROMPT)]


APART = ("digits", "group_alias", "caller_id", "callback")  # what a body has and its command not, or not as it is


class Body(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What every body is."""


class CallerIdBody(Body):
    """What the third party sees: the number of a group alias, or a choice; else the campaign's rule decides."""

    group_alias: Name | None = None
    caller_id: CallerId | None = None


class DialBody(CallerIdBody, tag_field="kind"):
    """Give `number`, or `ingroup` to consult one of its agents; `to_agent` with the in-group AGENTDIRECT.

    `dial_override`: the number is dialled as it is, without the campaign's prefix.
    """

    number: Number | None = None
    ingroup: Name | None = None
    to_agent: Name | None = None
    dial_override: bool = False


class DialWithCustomerBody(DialBody, tag=Kind.DIAL_WITH_CUSTOMER.value):
    """Dial a third party into the conversation."""


class ParkCustomerDialBody(DialBody, tag=Kind.PARK_CUSTOMER_DIAL.value):
    """Park the customer, and dial a third party."""


class Leave3WayCallBody(Body, tag_field="kind", tag=Kind.LEAVE_3WAY_CALL.value):
    """The agent goes; customer and third party talk on."""


class HangupXferBody(Body, tag_field="kind", tag=Kind.HANGUP_XFER.value):
    """Hang up the third party."""


class HangupXferGrabCustomerBody(Body, tag_field="kind", tag=Kind.HANGUP_XFER_GRAB_CUSTOMER.value):
    """Hang up the third party, grab the customer."""


class DialCustomerBody(Body):
    """The customer's number, lead or callback that is to be done; without any the number that the agent looks at.

    `lead`, beside a number: whose it is; alone: its phone_number, with its phone_code before it.
    `dial_override`: the number is dialled as it is, without the campaign's prefix.
    """

    number: Number | None = None
    lead: LeadId | None = None
    callback: CallbackId | None = None
    group_alias: Name | None = None
    dial_override: bool = False


class BlindTransferBody(CallerIdBody, tag_field="kind", tag=Kind.BLIND_TRANSFER.value, kw_only=True):
    """The agent goes, and a number is dialled for the customer."""

    number: Number
    dial_override: bool = False


class LocalCloserBody(Body, tag_field="kind", tag=Kind.LOCAL_CLOSER.value):
    """The agent goes, and the customer waits in an in-group; `to_agent` with the in-group AGENTDIRECT."""

    ingroup: Name
    to_agent: Name | None = None


class LeaveVmBody(Body, tag_field="kind", tag=Kind.LEAVE_VM.value):
    """The agent goes, the customer hears a message and is hung up."""


Transfer = (
    DialWithCustomerBody
    | ParkCustomerDialBody
    | Leave3WayCallBody
    | HangupXferBody
    | HangupXferGrabCustomerBody
    | BlindTransferBody
    | LocalCloserBody
    | LeaveVmBody
)


class HangupBody(Body):
    """Whom to hang up. END_CALL: everybody, also after the agent has left; the others are the agent's commands."""

    kind: Literal["END_CALL", "HANGUP", "HANGUP_BOTH", "HANGUP_CUSTOMER"] = "END_CALL"


class AgentHangupBody(Body):
    """Whom to hang up: the whole call of the agent, or the customer alone while a third party is there."""

    kind: Literal["HANGUP", "HANGUP_BOTH", "HANGUP_CUSTOMER"] = "HANGUP"


class ParkBody(Body):
    """Who is put on hold, with music, and who is taken back."""

    kind: Literal["PARK_CUSTOMER", "GRAB_CUSTOMER", "PARK_XFER", "GRAB_XFER", "SWAP_PARK_CUSTOMER", "SWAP_PARK_XFER"]


class RecordingBody(Body):
    """What becomes of the call's recording."""

    kind: Literal["RECORD_START", "RECORD_STOP", "RECORD_MUTE", "RECORD_UNMUTE"]


class AudioBody(Body, rename={"message": "file", "dial_override": "instead"}):
    """What the agent plays into the room: `file` for AUDIO_PLAY, a sound's name without its ending.

    `instead`: also while something plays, which then stops.
    """

    kind: Literal["AUDIO_PLAY", "AUDIO_STOP", "AUDIO_PAUSE", "AUDIO_RESUME", "AUDIO_RESTART"]
    message: Prompt | None = None
    dial_override: bool = False


class DtmfBody(Body):
    """Keys to press; W is a second's pause. `to`: for whom, XFER is the third party.

    Without it for the third party if one is connected and not parked, else for the customer.
    """

    digits: Keys
    to: Literal["CUSTOMER", "XFER"] | None = None


class EmptyBody(Body):
    """No body, or an empty object."""


class CallbackPromiseBody(Body):
    """A callback: when (on the clock of the setting's time zone, if it does not say), and whose.

    Also the next `18:05` or `monday 9:00`, `tomorrow 10:00`, or so long from now: `+30m`, `+2h`.
    """

    at: Moment
    whose: Literal["ANYONE", "USERONLY"] = "ANYONE"
    comments: Comments = ""


class DispositionBody(Body):
    """The code that the agent's last call gets, and his notes; during a call it is kept until the call ends."""

    status: Code
    notes: Notes | None = None
    callback: CallbackPromiseBody | None = None


class CorrectionBody(Body, rename={"notes": "why"}):
    """The code that a call is to have instead, and why."""

    status: Code
    notes: Why


class CallTakerBody(Body, rename={"to_agent": "agent"}):
    """Who takes the call: he must be READY."""

    to_agent: Name


class CallbackTakerBody(Body):
    """Who calls back."""

    agent: Name


class CallbackTimeBody(Body):
    """When somebody is called back, on the clock of the setting's time zone if it does not say.

    Also the next `18:05` or `monday 9:00`, `tomorrow 10:00`, or so long from now: `+30m`, `+2h`.
    """

    at: Moment
    comments: Comments | None = None


def command(body: Body, kind: Kind | None, agent: str = "", call: str = "") -> CommandFields:
    """The command that a body stands for; `kind` where the address says it already.

    Without the keys to press, which nothing keeps, and the caller id, which depends on the call.
    """
    given = {name: value for name, value in structs.asdict(body).items() if value is not None and name not in APART}
    given |= {name: int(value) for name, value in given.items() if isinstance(value, float)}
    said = given.pop("kind", None) or body.__struct_config__.tag
    shape = SHAPES[kind or Kind(str(said))]
    return shape(agent, call, **renamed(shape, given))
