"""What is asked of a live call or an agent. A command may be refused; then nothing has changed.

Each command is a record of its own, with the fields that it needs: call_command_types.py, agent_command_types.py.
"""

from dataclasses import KW_ONLY, Field, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple


class Kind(StrEnum):
    """The commands, by the names VICIdial's API gives them where it has them."""

    DIAL_WITH_CUSTOMER = "DIAL_WITH_CUSTOMER"
    PARK_CUSTOMER_DIAL = "PARK_CUSTOMER_DIAL"
    LEAVE_3WAY_CALL = "LEAVE_3WAY_CALL"
    HANGUP_XFER = "HANGUP_XFER"
    HANGUP_BOTH = "HANGUP_BOTH"
    HANGUP = "HANGUP"
    HANGUP_CUSTOMER = "HANGUP_CUSTOMER"
    BLIND_TRANSFER = "BLIND_TRANSFER"
    LEAVE_VM = "LEAVE_VM"
    LOCAL_CLOSER = "LOCAL_CLOSER"
    PARK_CUSTOMER = "PARK_CUSTOMER"
    GRAB_CUSTOMER = "GRAB_CUSTOMER"
    PARK_IVR_CUSTOMER = "PARK_IVR_CUSTOMER"
    PARK_XFER = "PARK_XFER"
    GRAB_XFER = "GRAB_XFER"
    SWAP_PARK_CUSTOMER = "SWAP_PARK_CUSTOMER"
    SWAP_PARK_XFER = "SWAP_PARK_XFER"
    HANGUP_XFER_GRAB_CUSTOMER = "HANGUP_XFER_GRAB_CUSTOMER"
    RECORD_START = "RECORD_START"
    RECORD_STOP = "RECORD_STOP"
    RECORD_MUTE = "RECORD_MUTE"
    RECORD_UNMUTE = "RECORD_UNMUTE"
    SEND_DTMF = "SEND_DTMF"
    VM_MESSAGE = "VM_MESSAGE"
    SWITCH_LEAD = "SWITCH_LEAD"
    AUDIO_PLAY = "AUDIO_PLAY"
    AUDIO_STOP = "AUDIO_STOP"
    AUDIO_PAUSE = "AUDIO_PAUSE"
    AUDIO_RESUME = "AUDIO_RESUME"
    AUDIO_RESTART = "AUDIO_RESTART"
    TAKE_CALL = "TAKE_CALL"
    END_CALL = "END_CALL"
    STATUS = "STATUS"
    SET_STATUS = "SET_STATUS"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    LOGOUT = "LOGOUT"
    CALL_AGENT = "CALL_AGENT"
    CHANGE_INGROUPS = "CHANGE_INGROUPS"
    LOGIN = "LOGIN"
    LISTEN = "LISTEN"
    WHISPER = "WHISPER"
    BARGE = "BARGE"
    MUTE = "MUTE"
    UNMUTE = "UNMUTE"
    DIAL = "DIAL"
    PREVIEW = "PREVIEW"
    SKIP = "SKIP"
    CALLBACK = "CALLBACK"


class TextForm(NamedTuple):
    """What a text that comes from outside may be: a pattern, how many characters, an example."""

    pattern: str
    longest: int
    example: str


NUMBER = TextForm(r"^\+?[0-9*#]+$", 32, "8500")
NAME = TextForm(r"^[A-Za-z0-9_-]+$", 20, "SUPPORTLINE")
CODE = TextForm(r"^[A-Za-z0-9_-]+$", 6, "SALE")
PHONE = TextForm(r"^[A-Za-z0-9_-]+$", 32, "1009")
PROMPT = TextForm(r"^[A-Za-z0-9_-][A-Za-z0-9_/-]*$", 100, "vm-goodbye")
NOTES = TextForm(r"^[^\x00-\x08\x0b-\x1f\x7f]*$", 2000, "wants an offer")
WHY = TextForm(r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$", 200, "taken back")


def argument(
    meaning: str, form: TextForm | None = None, *, default: Any = "", needed: bool = False, column: str = ""
) -> Any:
    """Return a field of a command: what it means, the form of its text, its default, whether it must be given.

    `column` is the column of the receipt table that keeps it, if that is not named like the field. A flat
    command, as journal rows of former releases have it, has it under that name.
    """
    return field(default=default, metadata={"meaning": meaning, "form": form, "needed": needed, "column": column})


class Command:
    """What every command has: the agent it is asked for, and the call.

    Without a `call` it is about the agent's newest. END_CALL and TAKE_CALL name the call itself, whoever is in it; in
    any other command a `call` must be the agent's.
    """

    kind: ClassVar[Kind]
    agent: str
    call: str
    impossible: str
    note: str
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True)
class CommandFields(Command):
    """The fields of every command.

    `impossible`: why the program that passes it on knows that it cannot be done; it leaves a receipt, no more. `note`:
    what that program has done before, a step of the receipt.
    """

    agent: str = ""
    call: str = ""
    _: KW_ONLY
    impossible: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A command on its way in: its receipt's id, who asks, and through what program."""

    receipt: str
    command: Command
    by: str = ""
    source: str = ""
    key: str = ""  # idempotency: the same key gives the same receipt
    request: str = ""  # a fingerprint of all that came with the key
    refer: str = ""  # the leg whose phone asked by REFER, and waits for an answer
    checked: bool = False  # of rows that core version 9 wrote: the app had asked the database about the number
