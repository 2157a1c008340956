"""The commands to a call, with their fields."""

from dataclasses import dataclass
from typing import ClassVar

from warmline.core.messages.commands import CALLER_ID, CHANNEL, NAME, NUMBER, SOUNDS, CommandFields, Kind, argument
from warmline.core.messages.values.outside_talk import OutsideTalk


@dataclass(frozen=True, kw_only=True)
class ThirdPartyDial(CommandFields):
    """Dial a third party: a number, or an agent of an in-group (consultative)."""

    number: str = argument("The number to dial.", NUMBER)
    ingroup: str = argument("An agent of this in-group, instead of a number.", NAME)
    to_agent: str = argument("With the in-group AGENTDIRECT: this agent.", NAME)
    caller_id: str = argument("The caller number for the third party, instead of the campaign's rule.", CALLER_ID)
    dial_override: bool = argument("Dial the number as it is, without the campaign's prefix.", default=False)
    by_person: bool = False  # as in CustomerDial


@dataclass(frozen=True, kw_only=True)
class DialWithCustomer(ThirdPartyDial):
    """Dial a third party into the conversation."""

    kind: ClassVar = Kind.DIAL_WITH_CUSTOMER


@dataclass(frozen=True, kw_only=True)
class ParkCustomerDial(ThirdPartyDial):
    """Park the customer, and dial a third party."""

    kind: ClassVar = Kind.PARK_CUSTOMER_DIAL


@dataclass(frozen=True, kw_only=True)
class BlindTransfer(CommandFields):
    """Dial a number for the customer, and leave the call."""

    kind: ClassVar = Kind.BLIND_TRANSFER
    number: str = argument("The number to dial.", NUMBER)
    caller_id: str = argument("The caller number for the third party, instead of the campaign's rule.", CALLER_ID)
    dial_override: bool = argument("Dial the number as it is, without the campaign's prefix.", default=False)
    by_person: bool = False  # as in CustomerDial


@dataclass(frozen=True, kw_only=True)
class LocalCloser(CommandFields):
    """Put the customer into an in-group, and leave the call; with AGENTDIRECT, for the agent `to_agent`."""

    kind: ClassVar = Kind.LOCAL_CLOSER
    ingroup: str = argument("The in-group in which the customer waits.", NAME)
    to_agent: str = argument("With the in-group AGENTDIRECT: for this agent.", NAME)


@dataclass(frozen=True, kw_only=True)
class Leave3WayCall(CommandFields):
    """Leave the customer with the third party; both continue to talk."""

    kind: ClassVar = Kind.LEAVE_3WAY_CALL


@dataclass(frozen=True, kw_only=True)
class LeaveVm(CommandFields):
    """Play a message to the customer, hang up, and leave the call."""

    kind: ClassVar = Kind.LEAVE_VM


@dataclass(frozen=True, kw_only=True)
class HangupXfer(CommandFields):
    """Hang up the third party."""

    kind: ClassVar = Kind.HANGUP_XFER


@dataclass(frozen=True, kw_only=True)
class HangupXferGrabCustomer(CommandFields):
    """Hang up the third party, grab the customer."""

    kind: ClassVar = Kind.HANGUP_XFER_GRAB_CUSTOMER


@dataclass(frozen=True, kw_only=True)
class HangupBoth(CommandFields):
    """Hang up customer and third party."""

    kind: ClassVar = Kind.HANGUP_BOTH


@dataclass(frozen=True, kw_only=True)
class Hangup(CommandFields):
    """Hang up customer and third party."""

    kind: ClassVar = Kind.HANGUP


@dataclass(frozen=True, kw_only=True)
class HangupCustomer(CommandFields):
    """Hang up the customer while a third party is there."""

    kind: ClassVar = Kind.HANGUP_CUSTOMER


@dataclass(frozen=True, kw_only=True)
class ParkCustomer(CommandFields):
    """Put the customer on hold, with music."""

    kind: ClassVar = Kind.PARK_CUSTOMER


@dataclass(frozen=True, kw_only=True)
class GrabCustomer(CommandFields):
    """Take the customer back."""

    kind: ClassVar = Kind.GRAB_CUSTOMER


@dataclass(frozen=True, kw_only=True)
class ParkIvrCustomer(CommandFields):
    """Put the customer on hold, where they hear the campaign's `park_ivr`."""

    kind: ClassVar = Kind.PARK_IVR_CUSTOMER


@dataclass(frozen=True, kw_only=True)
class ParkXfer(CommandFields):
    """Put the third party on hold, with music."""

    kind: ClassVar = Kind.PARK_XFER


@dataclass(frozen=True, kw_only=True)
class GrabXfer(CommandFields):
    """Take the third party back."""

    kind: ClassVar = Kind.GRAB_XFER


@dataclass(frozen=True, kw_only=True)
class SwapParkCustomer(CommandFields):
    """Put the customer on hold, and take the third party back."""

    kind: ClassVar = Kind.SWAP_PARK_CUSTOMER


@dataclass(frozen=True, kw_only=True)
class SwapParkXfer(CommandFields):
    """Put the third party on hold, and take the customer back."""

    kind: ClassVar = Kind.SWAP_PARK_XFER


@dataclass(frozen=True, kw_only=True)
class RecordStart(CommandFields):
    """Start the recording."""

    kind: ClassVar = Kind.RECORD_START


@dataclass(frozen=True, kw_only=True)
class RecordStop(CommandFields):
    """Stop the recording."""

    kind: ClassVar = Kind.RECORD_STOP


@dataclass(frozen=True, kw_only=True)
class RecordMute(CommandFields):
    """Write silence to the recording."""

    kind: ClassVar = Kind.RECORD_MUTE


@dataclass(frozen=True, kw_only=True)
class RecordUnmute(CommandFields):
    """Record the conversation again after a mute."""

    kind: ClassVar = Kind.RECORD_UNMUTE


@dataclass(frozen=True, kw_only=True)
class SendKeys(CommandFields):
    """Press keys for the third party, or the customer.

    Which keys is kept nowhere.
    """

    kind: ClassVar = Kind.SEND_DTMF
    to: str = argument("CUSTOMER, or XFER for the third party; empty for the party that the agent talks to.")
    length: str = argument("The number of keys, for the receipt.", column="message")


@dataclass(frozen=True, kw_only=True)
class VmMessage(CommandFields):
    """Choose what LEAVE_VM will play."""

    kind: ClassVar = Kind.VM_MESSAGE
    message: str = argument(
        "The sound that LEAVE_VM plays to this call instead of the campaign's message, without its ending.",
        SOUNDS,
        is_required=True,
    )


@dataclass(frozen=True, kw_only=True)
class SwitchLead(CommandFields):
    """Switch the call to another lead."""

    kind: ClassVar = Kind.SWITCH_LEAD
    lead: int = argument("The lead_id.", default=0)


@dataclass(frozen=True, kw_only=True)
class AudioPlay(CommandFields):
    """Play sound files into the bridge of the call."""

    kind: ClassVar = Kind.AUDIO_PLAY
    file: str = argument(
        "A sound's name without its ending; several with | between them.", SOUNDS, is_required=True, column="message"
    )
    instead: bool = argument(
        "Stop a file that plays now, and play this one. Otherwise the command is refused while a file plays.",
        default=False,
        column="dial_override",
    )


@dataclass(frozen=True, kw_only=True)
class AudioStop(CommandFields):
    """Stop the sound files."""

    kind: ClassVar = Kind.AUDIO_STOP


@dataclass(frozen=True, kw_only=True)
class AudioPause(CommandFields):
    """Pause the sound files."""

    kind: ClassVar = Kind.AUDIO_PAUSE


@dataclass(frozen=True, kw_only=True)
class AudioResume(CommandFields):
    """Continue the sound files after a pause."""

    kind: ClassVar = Kind.AUDIO_RESUME


@dataclass(frozen=True, kw_only=True)
class AudioRestart(CommandFields):
    """Play the sound files from the beginning."""

    kind: ClassVar = Kind.AUDIO_RESTART


@dataclass(frozen=True, kw_only=True)
class TakeCall(CommandFields):
    """Give a call that waits, or that another agent has, to one who is READY; or take back that of the own wrap-up."""

    kind: ClassVar = Kind.TAKE_CALL
    to_agent: str = argument(
        "The agent who takes the call: READY, or in its wrap-up without a code while it waits.", NAME
    )


@dataclass(frozen=True, kw_only=True)
class EndCall(CommandFields):
    """Hang up every party of the call, even after its agent has left."""

    kind: ClassVar = Kind.END_CALL


@dataclass(frozen=True, kw_only=True)
class DiallerCommand(CommandFields):
    """A command to the dialler of a campaign."""

    campaign: str = argument("The campaign.", NAME, is_required=True, column="message")


@dataclass(frozen=True, kw_only=True)
class DiallerStart(DiallerCommand):
    """Let the dialler of a campaign call its leads."""

    kind: ClassVar = Kind.DIALLER_START


@dataclass(frozen=True, kw_only=True)
class DiallerStop(DiallerCommand):
    """Let the dialler of a campaign begin no more calls; calls that ring continue."""

    kind: ClassVar = Kind.DIALLER_STOP


@dataclass(frozen=True, kw_only=True)
class ServerCommand(CommandFields):
    """A command to one of several servers."""

    server: str = argument("The server, as the settings name it.", NAME, is_required=True, column="message")


@dataclass(frozen=True, kw_only=True)
class ServerDrain(ServerCommand):
    """Let a server take no more new calls; its calls continue."""

    kind: ClassVar = Kind.SERVER_DRAIN


@dataclass(frozen=True, kw_only=True)
class ServerResume(ServerCommand):
    """Let a server take new calls again after a drain."""

    kind: ClassVar = Kind.SERVER_RESUME


@dataclass(frozen=True, kw_only=True)
class Adopt(CommandFields):
    """Take over a conversation that Asterisk's own dialplan has connected, such as one of Queue() or Dial().

    Without an `agent`, the agent is the one whose phone is in it.
    """

    kind: ClassVar = Kind.ADOPT
    channel: str = argument("The channel of either party, by name or id, or a phone.", CHANNEL, column="message")
    conversation: OutsideTalk | None = argument("The two channels that talk, as Asterisk reports them.", default=None)
