"""The shapes of the JSON API's request bodies.

Fields have the names of the commands' fields or of a receipt's columns, so that a body becomes a command directly.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from warmline.core.messages.command_classes import COMMAND_CLASSES, to_current_fields
from warmline.core.messages.commands import (
    CHANNEL,
    KEYS,
    NOTES,
    NUMBER,
    REASON,
    SOUNDS,
    CommandFields,
    Kind,
)
from warmline.operations.argument_types import Code, Comments, LeadId, Moment, Name, text

Number = Annotated[str, text(NUMBER)]
Channel = Annotated[str, text(CHANNEL)]
CallerId = Literal["CAMPAIGN", "CUSTOMER", "AGENT_PHONE"]
Notes = Annotated[str, text(NOTES)]
Why = Annotated[str, text(REASON)]
Keys = Annotated[str, text(KEYS)]
CallbackId = Annotated[str, Meta(pattern=r"^[0-9A-Z]+$", max_length=26, examples=["01KAFH8Y3C0000000000000001"])]
# Of a field; each has its own length.
LeadText = Annotated[str, Meta(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$")]
Sounds = Annotated[str, text(SOUNDS)]


# Fields that a command lacks, or has in another form.
APART = ("digits", "group_alias", "caller_id", "callback", "by_program")


class Body(Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The base of every body."""


class CallerIdBody(Body):
    """The caller id for the third party: a group alias or a choice; by default the campaign's rule decides."""

    group_alias: Name | None = None
    caller_id: CallerId | None = None


class DialBody(CallerIdBody, tag_field="kind"):
    """Give `number`, or `ingroup` to consult one of its agents; `to_agent` with the in-group AGENTDIRECT.

    `dial_override`: the number is dialled unchanged, without the campaign's prefix.
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
    """The agent leaves; customer and third party keep talking."""


class HangupXferBody(Body, tag_field="kind", tag=Kind.HANGUP_XFER.value):
    """Hang up the third party."""


class HangupXferGrabCustomerBody(Body, tag_field="kind", tag=Kind.HANGUP_XFER_GRAB_CUSTOMER.value):
    """Hang up the third party and take the customer off hold."""


class AgentLoginBody(Body):
    """How the agent talks: by the SIP phone, which is called, or by a page that offers its browser phone."""

    phone: Literal["browser"] | None = None


class DialCustomerBody(Body):
    """The number, lead or callback to dial; without any of them, the previewed number.

    `lead` with a number is the owner of that number; alone, its phone_code and phone_number are dialled.
    `dial_override`: the number is dialled unchanged, without the campaign's prefix. `by_program`: a program gave the
    number, such as a CRM by a click on it. An emergency number is then refused, as to every program.
    """

    number: Number | None = None
    lead: LeadId | None = None
    callback: CallbackId | None = None
    group_alias: Name | None = None
    dial_override: bool = False
    by_program: bool = False


class DialNextBody(Body):
    """With `preview`, the agent sees the lead, and dials or skips it."""

    preview: bool = False


class BlindTransferBody(CallerIdBody, tag_field="kind", tag=Kind.BLIND_TRANSFER.value, kw_only=True):
    """The agent leaves, and a number is dialled for the customer."""

    number: Number
    dial_override: bool = False


class LocalCloserBody(Body, tag_field="kind", tag=Kind.LOCAL_CLOSER.value):
    """The agent leaves, and the customer waits in an in-group; `to_agent` with the in-group AGENTDIRECT."""

    ingroup: Name
    to_agent: Name | None = None


class LeaveVmBody(Body, tag_field="kind", tag=Kind.LEAVE_VM.value):
    """The agent leaves; the customer hears a message and is hung up."""


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
    """The parties to hang up. END_CALL: all of them, even after the agent left; the others are the agent's commands."""

    kind: Literal["END_CALL", "HANGUP", "HANGUP_BOTH", "HANGUP_CUSTOMER"] = "END_CALL"


class AgentHangupBody(Body):
    """The parties to hang up: the agent's whole call, or the customer alone while a third party is there."""

    kind: Literal["HANGUP", "HANGUP_BOTH", "HANGUP_CUSTOMER"] = "HANGUP"


class ParkBody(Body):
    """The party to put on hold with music or in the campaign's `park_ivr`, and the party to take back."""

    kind: Literal[
        "PARK_CUSTOMER",
        "PARK_IVR_CUSTOMER",
        "GRAB_CUSTOMER",
        "PARK_XFER",
        "GRAB_XFER",
        "SWAP_PARK_CUSTOMER",
        "SWAP_PARK_XFER",
    ]


class RecordingBody(Body):
    """The change of the call's recording."""

    kind: Literal["RECORD_START", "RECORD_STOP", "RECORD_MUTE", "RECORD_UNMUTE"]


class AudioBody(Body, rename={"message": "file", "dial_override": "instead"}):
    """The sound to play in the call: `file` for AUDIO_PLAY is its name without the ending; several with | between them.

    `instead`: replace a sound that is still playing.
    """

    kind: Literal["AUDIO_PLAY", "AUDIO_STOP", "AUDIO_PAUSE", "AUDIO_RESUME", "AUDIO_RESTART"]
    message: Sounds | None = None
    dial_override: bool = False


class DtmfBody(Body):
    """Keys to send; W is a pause of one second. `to`: the party that gets them; XFER is the third party.

    By default the third party gets them if one is connected and not parked, otherwise the customer.
    """

    digits: Keys
    to: Literal["CUSTOMER", "XFER"] | None = None


class EmptyBody(Body):
    """No body, or an empty object."""


class CallbackPromiseBody(Body):
    """A callback: its time (by default in the setting timezone), and its owner.

    Also the next `18:05` or `monday 9:00`, `tomorrow 10:00`, or a time from now: `+30m`, `+2h`.
    """

    at: Moment
    whose: Literal["ANYONE", "USERONLY"] = "ANYONE"
    comments: Comments = ""


class DispositionBody(Body):
    """The code and notes for the agent's last call; during a call they are kept until it ends.

    `undo`: the code of a call that is over can be taken back for 10 seconds, and counts after that.
    """

    status: Code
    notes: Notes | None = None
    undo: bool = False
    callback: CallbackPromiseBody | None = None


class NotesBody(Body):
    """The whole notes so far, with line breaks; empty deletes them."""

    notes: Notes


class CorrectionBody(Body, rename={"notes": "why"}):
    """The new code of a call, and the reason for the change."""

    status: Code
    notes: Why


class CallTakerBody(Body, rename={"to_agent": "agent"}):
    """The agent who takes the call: READY, or in its wrap-up without a code while it waits."""

    to_agent: Name


class AdoptBody(Body):
    """A channel of the conversation, by name or id, or a phone in it; by default the phone names the agent.

    `app`: the ARI application that has both channels, and gives them up. Without it, those of the dialplan are adopted.
    """

    channel: Channel
    agent: Name | None = None
    app: Channel | None = None


def command(body: Body, kind: Kind | None, agent: str = "", call: str = "") -> CommandFields:
    """Return the command of a body; `kind` if the path determines it.

    The command lacks the DTMF keys, which are never stored, and the caller id, which depends on the call.
    """
    given = {name: value for name, value in structs.asdict(body).items() if value is not None and name not in APART}
    given |= {name: int(value) for name, value in given.items() if isinstance(value, float)}
    said = given.pop("kind", None) or body.__struct_config__.tag
    shape = COMMAND_CLASSES[kind or Kind(str(said))]
    return shape(agent, call, **to_current_fields(shape, given))
