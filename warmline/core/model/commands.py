"""What somebody asks of a live call or an agent. A command may be refused; then nothing has changed."""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.model.callback import Callback


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


AGENT_COMMANDS = (
    Kind.STATUS,
    Kind.PAUSE,
    Kind.RESUME,
    Kind.LOGOUT,
    Kind.CALL_AGENT,
    Kind.CHANGE_INGROUPS,
    Kind.LOGIN,
    Kind.LISTEN,
    Kind.WHISPER,
    Kind.BARGE,
    Kind.MUTE,
    Kind.UNMUTE,
    Kind.DIAL,
    Kind.PREVIEW,
    Kind.SKIP,
    Kind.CALLBACK,
)
CALL_COMMANDS = tuple(kind for kind in Kind if kind not in (*AGENT_COMMANDS, Kind.SET_STATUS))
# These move nobody, so they are done as soon as they are accepted; to mute a recording, when Asterisk has done it.
AT_ONCE = (
    Kind.RECORD_START,
    Kind.RECORD_STOP,
    Kind.RECORD_MUTE,
    Kind.RECORD_UNMUTE,
    Kind.SEND_DTMF,
    Kind.VM_MESSAGE,
    Kind.SWITCH_LEAD,
    Kind.AUDIO_PLAY,
    Kind.AUDIO_STOP,
    Kind.AUDIO_PAUSE,
    Kind.AUDIO_RESUME,
    Kind.AUDIO_RESTART,
)
DIALS = (Kind.DIAL_WITH_CUSTOMER, Kind.PARK_CUSTOMER_DIAL, Kind.BLIND_TRANSFER)


@dataclass(frozen=True, slots=True)
class Command:
    """One request: what, about whose newest call, and with which arguments.

    `ingroup` with a dialling command asks for a closer of that in-group instead of a number (consultative).
    END_CALL and TAKE_CALL name the call itself, whoever is in it; in any other command a `call` must be the agent's.
    SET_STATUS corrects the code of a call, which may be over: its `agent` is then the last one the store knows.
    """

    kind: Kind
    agent: str = ""
    call: str = ""
    number: str = ""
    ingroup: str = ""
    to_agent: str = ""  # AGENTDIRECT: for whom; TAKE_CALL: by whom
    status: str = ""  # STATUS, SET_STATUS: the disposition code
    notes: str = ""  # STATUS: what goes with the code; SET_STATUS: why
    amends: bool = False  # STATUS: the code of the last call may be replaced until the next call
    pause_code: str = ""
    message: str = ""  # VM_MESSAGE: what LEAVE_VM plays to this call; AUDIO_PLAY: files; CHANGE_INGROUPS: the names
    caller_id: str = ""  # a dialling command's own caller id, instead of the campaign's rule
    dial_override: bool = False  # the number is dialled as it is; AUDIO_PLAY: instead of what plays
    to: str = ""  # SEND_DTMF: CUSTOMER or XFER, instead of whoever the agent talks to
    lead: int = 0  # SWITCH_LEAD: the lead_id; DIAL, PREVIEW: whose number it is
    callback: Callback | None = None  # STATUS: what is promised; DIAL: what is done; CALLBACK: how it is from now on
    impossible: str = ""  # why whoever passes it on knows that it cannot be done: it leaves a receipt, no more
    note: str = ""  # what he has done for it before: a step of the receipt


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
