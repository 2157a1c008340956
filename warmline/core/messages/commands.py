"""The commands to live calls and agents. A command may be refused, and then it has changed nothing.

Each command is a record with the fields that it needs: call_command_types.py, agent_command_types.py.
"""

from dataclasses import KW_ONLY, Field, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from warmline.core.messages.text_form import CODE as CODE
from warmline.core.messages.text_form import NAME as NAME
from warmline.core.messages.text_form import NUMBER as NUMBER
from warmline.core.messages.text_form import TextForm as TextForm


class Kind(StrEnum):
    """The kinds of commands. Commands of VICIdial's API have its names."""

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
    ADOPT = "ADOPT"
    DIALLER_START = "DIALLER_START"
    DIALLER_STOP = "DIALLER_STOP"
    SERVER_DRAIN = "SERVER_DRAIN"
    SERVER_RESUME = "SERVER_RESUME"
    NOTES = "NOTES"
    STATUS = "STATUS"
    UNDO_DISPOSITION = "UNDO_DISPOSITION"
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
    ASK_HELP = "ASK_HELP"
    END_HELP = "END_HELP"
    DIAL = "DIAL"
    DIAL_NEXT = "DIAL_NEXT"
    PREVIEW = "PREVIEW"
    SKIP = "SKIP"
    CALLBACK = "CALLBACK"
    MAKE_CALLBACK = "MAKE_CALLBACK"


PHONE = TextForm(r"^[A-Za-z0-9_-]+$", 32, "1009")
PAGE = TextForm(r"^[A-Za-z0-9_-]+$", 64, "k3J9")  # the random id of a page
BROWSER_PHONE = TextForm(r"^browser$", 7, "browser")
CALLER_ID = TextForm(r"^[0-9+*#]+$", 80, "7275550100")
SOUND = "[A-Za-z0-9_-][A-Za-z0-9_/-]*"  # below the folder of sounds: the configuration alone names other files
SOUNDS = TextForm(rf"^{SOUND}(\|{SOUND})*$", 255, "vm-goodbye")
KEYS = TextForm(r"^[0-9*#A-DW]+$", 100, "1W23#")  # W is a pause of one second
NOTES = TextForm(r"^[^\x00-\x08\x0b-\x1f\x7f]*$", 2000, "wants an offer")
CHANNEL = TextForm(r"^[A-Za-z0-9][A-Za-z0-9/@._:;+-]*$", 150, "PJSIP/1001-0000002a")
REASON = TextForm(r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$", 200, "taken back")


def argument(
    meaning: str, text_form: TextForm | None = None, *, default: Any = "", is_required: bool = False, column: str = ""
) -> Any:
    """Return a field of a command: its meaning, the form of its text, its default, and whether it is required.

    `column` is its column in the receipt table if the name differs. Flat commands in journal rows of former releases
    use that name too.
    """
    return field(
        default=default, metadata={"meaning": meaning, "form": text_form, "is_required": is_required, "column": column}
    )


class Command:
    """The common parts of all commands: the agent, and the call.

    Without a `call`, the command is about the agent's newest call. END_CALL and TAKE_CALL name any call. In every other
    command, `call` must be the agent's call.
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

    `impossible`: why the program that sent it knows that it cannot be done; it only leaves a receipt. `note`: what that
    program has done before, as a step of the receipt.
    """

    agent: str = ""
    call: str = ""
    _: KW_ONLY
    impossible: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A command as an input: the id of its receipt, its sender, and the program that sent it."""

    receipt: str
    command: Command
    by: str = ""
    source: str = ""
    key: str = ""  # idempotency: the same key gives the same receipt
    request: str = ""  # a fingerprint of the request with the key
    refer: str = ""  # the leg whose phone sent a REFER and waits for an answer
    checked: bool = False  # in rows of core version 9: the app had queried the database about the number


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer the sender of a command. `why` is empty for success, else the reason; `refused` means no change.

    If the sender only follows another request, `of` is the receipt of that request.
    """

    receipt: str
    why: str = ""
    refused: bool = False
    of: str = ""
