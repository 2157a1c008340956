"""The actions that the core requests from Asterisk, the disk, the database, or the sender of a command.

The docstring of each action names the event that proves it. Actions of one call are performed in order, and so are
actions that touch the same leg. Different calls run in parallel. Each ServerAction names its server.
"""

from dataclasses import dataclass

from warmline.core.model.dial_check import FindDialFacts
from warmline.core.model.dial_lead import CreateDetector, DetectTalking, OriginateToDialplan
from warmline.core.model.queue_wait import AskAgentChoice
from warmline.core.model.server import MoveIntoStasis, ServerAction


@dataclass(frozen=True, slots=True)
class CreateMixingBridge(ServerAction):
    """Make the call's mixing bridge. Proof: the first LegJoined."""

    bridge: str


@dataclass(frozen=True, slots=True)
class CreateHoldingBridge(ServerAction):
    """Make a holding bridge with music of class `music`. Proof: LegJoined."""

    bridge: str
    music: str


@dataclass(frozen=True, slots=True)
class DestroyBridge(ServerAction):
    """Destroy an empty bridge. Proof: BridgeDestroyed, or the answer that the bridge is unknown."""

    bridge: str


@dataclass(frozen=True, slots=True)
class AnswerLeg(ServerAction):
    """Answer an arriving leg. Proof: LegAnswered."""

    leg: str


@dataclass(frozen=True, slots=True)
class SendProgress(ServerAction):
    """Start early media on an arriving leg, so that it hears audio before it is answered."""

    leg: str


@dataclass(frozen=True, slots=True)
class AddToBridge(ServerAction):
    """Move a leg into a bridge, out of any other; `absorb` keeps its phone's keys from the others. Proof: LegJoined."""

    leg: str
    bridge: str
    absorb: bool = False


@dataclass(frozen=True, slots=True)
class RemoveFromBridge(ServerAction):
    """Remove a leg from a bridge; it stays in Stasis. Proof: LegLeft."""

    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class PlaySilence(ServerAction):
    """Start or stop the silence of an idle leg. It must stop before a join, or the leg hears no other party."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class MuteOutbound(ServerAction):
    """Mute the audio to a leg, because a party must not hear the bridge before the answer."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class MuteInbound(ServerAction):
    """Mute the audio from a leg. It still hears the others, and they hear silence from it. Proof: ActionDone."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class CreateChannel(ServerAction):
    """Create a channel with an id of Warmline, not dialled yet. Proof: LegArrived. A failed leg never existed.

    `caller` is the number and `name` the name that it shows to the far end. `headers` are SIP headers as "NAME: TEXT".
    """

    leg: str
    endpoint: str
    caller: str
    call: str
    name: str = ""
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DialLeg(ServerAction):
    """Dial a created leg; `timeout` in seconds. Proof: ActionDone; later LegAnswered or LegDestroyed with the cause."""

    leg: str
    timeout: int


@dataclass(frozen=True, slots=True)
class HangUpLeg(ServerAction):
    """Hang up a leg. Proof: LegDestroyed."""

    leg: str


@dataclass(frozen=True, slots=True)
class ContinueInFallback(ServerAction):
    """Send an arriving leg back to the dialplan's fallback, with the reason in its log. Proof: LegLeftStasis.

    `next` sends it to the next priority of its dialplan instead; None does that if the dialplan is not Warmline's.
    """

    leg: str
    reason: str
    next: bool | None = False


@dataclass(frozen=True, slots=True)
class ContinueInDialplan(ServerAction):
    """Send an arriving leg to a place in the dialplan that the option `reason` names. Proof: LegLeftStasis."""

    leg: str
    context: str
    exten: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRefer(ServerAction):
    """Report the result of a REFER to its phone: answered, declined (no change) or unavailable (failure)."""

    leg: str
    answer: str


@dataclass(frozen=True, slots=True)
class Play(ServerAction):
    """Play to one leg: idle, in a holding bridge, or a whisper. Proof: PlayFinished.

    `play` is the id for a stop, or "" if it is never stopped. Sound files separated by | are played one after another.
    """

    leg: str
    media: str
    play: str = ""


@dataclass(frozen=True, slots=True)
class StopPlay(ServerAction):
    """Stop a prompt. A stop must come before a join, because a join waits for the end of the prompt."""

    leg: str
    play: str


@dataclass(frozen=True, slots=True)
class PlayBridgeAudio(ServerAction):
    """Play to every party in a bridge until the end or a stop, under the id `tone`.

    Sound files separated by | are played one after another. Proof of the end: AudioEnded, if `tone` is an agent's.
    """

    tone: str
    bridge: str
    media: str


@dataclass(frozen=True, slots=True)
class PlayBridgeMusic(ServerAction):
    """Play music of class `music` to every party in a bridge, in addition to the conversation."""

    bridge: str
    music: str


@dataclass(frozen=True, slots=True)
class StopBridgeMusic(ServerAction):
    bridge: str


@dataclass(frozen=True, slots=True)
class PlayHoldMusic(ServerAction):
    """Play music of class `music` to one leg, and nothing else. A second request continues the music."""

    leg: str
    music: str


@dataclass(frozen=True, slots=True)
class StopHoldMusic(ServerAction):
    """Stop the music of one leg. It must stop before a join, or the leg hears no other party. Proof: ActionDone."""

    leg: str


@dataclass(frozen=True, slots=True)
class SendDtmf(ServerAction):
    """Send the keys of this command, or of this key press, to one leg only.

    The app has the keys under `receipt`, and they are never written to the journal. `keys` are sent instead if they
    are no secret.
    """

    leg: str
    receipt: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class MuteRecording(ServerAction):
    """Write silence to a recording until it is unmuted; its length includes the silence. Proof: ActionDone."""

    name: str
    on: bool


@dataclass(frozen=True, slots=True)
class PauseBridgeAudio(ServerAction):
    """Pause a sound that plays in a bridge, or resume it."""

    tone: str
    on: bool


@dataclass(frozen=True, slots=True)
class StopBridgeAudio(ServerAction):
    tone: str


@dataclass(frozen=True, slots=True)
class CreateWhisperLeg(ServerAction):
    """Make a leg that only `to` hears. Proof: LegArrived of `leg`."""

    leg: str
    to: str


@dataclass(frozen=True, slots=True)
class CreateSnoopLeg(ServerAction):
    """Make a leg that hears what `to` hears and says. Proof: LegArrived of `leg`.

    `whisper` is who hears this leg: none, out (only `to`), or both (also the parties that hear `to`).
    """

    leg: str
    to: str
    whisper: str


@dataclass(frozen=True, slots=True)
class StartRecording(ServerAction):
    """Record a bridge to `name`. Proof: RecordingStarted. After a failure, the call continues without a recording."""

    name: str
    bridge: str


@dataclass(frozen=True, slots=True)
class StopRecording(ServerAction):
    """End a recording and keep it. Proof: RecordingFinished."""

    name: str


@dataclass(frozen=True, slots=True)
class MeasureRecording(ServerAction):
    """Read the finished file: length, size, hash. Proof: RecordingMeasured."""

    name: str


@dataclass(frozen=True, slots=True)
class ConvertRecording(ServerAction):
    """Make the measured file's other format, beside it. Proof: RecordingConverted."""

    name: str
    format: str


@dataclass(frozen=True, slots=True)
class SendWebhook:
    """Try an open webhook once. Proof: WebhookTried."""

    webhook: str


@dataclass(frozen=True, slots=True)
class FindLead:
    """Find or create a customer's lead. `method` is a value of call_handle_method. Proof: LeadFound."""

    call: str
    number: str
    method: str
    list_id: str
    status: str = "INBND"  # of a new lead


@dataclass(frozen=True, slots=True)
class ReconcileCalls(ServerAction):
    """Compare these calls and legs with Asterisk, and report each difference. Proof: CallsReconciled."""

    calls: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer the sender of a command. `why` is empty for success, else the reason; `refused` means no change.

    If the sender only follows another request, `of` is the receipt of that request.
    """

    receipt: str
    why: str = ""
    refused: bool = False
    of: str = ""


Action = (
    CreateMixingBridge
    | CreateHoldingBridge
    | DestroyBridge
    | AnswerLeg
    | SendProgress
    | AddToBridge
    | MoveIntoStasis
    | RemoveFromBridge
    | PlaySilence
    | MuteOutbound
    | MuteInbound
    | CreateChannel
    | DialLeg
    | OriginateToDialplan
    | HangUpLeg
    | ContinueInFallback
    | ContinueInDialplan
    | AnswerRefer
    | Play
    | StopPlay
    | PlayBridgeAudio
    | PauseBridgeAudio
    | StopBridgeAudio
    | PlayBridgeMusic
    | StopBridgeMusic
    | PlayHoldMusic
    | StopHoldMusic
    | SendDtmf
    | MuteRecording
    | CreateWhisperLeg
    | CreateSnoopLeg
    | CreateDetector
    | DetectTalking
    | StartRecording
    | StopRecording
    | MeasureRecording
    | ConvertRecording
    | SendWebhook
    | FindLead
    | ReconcileCalls
    | FindDialFacts
    | AskAgentChoice
    | Reply
)


def leg_of(action: Action) -> str | None:
    """Return the leg that an action touches, or None."""
    leg: str | None = getattr(action, "leg", None)
    return leg
