"""What we ask of Asterisk, of the disk, or of the one who asked us.

The comment at each action names the event that proves it. Actions of one call are performed in order, and so are
those that touch the same leg; different calls go side by side. Each ServerAction names the server it goes to.
"""

from dataclasses import dataclass

from warmline.core.model.server import ServerAction


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
    """Destroy a bridge that nobody is in. Proof: BridgeDestroyed, or that it is unknown."""

    bridge: str


@dataclass(frozen=True, slots=True)
class AnswerLeg(ServerAction):
    """Answer an arriving leg. Proof: LegAnswered."""

    leg: str


@dataclass(frozen=True, slots=True)
class SendProgress(ServerAction):
    """Let an arriving leg hear what it gets although it is not answered: early media."""

    leg: str


@dataclass(frozen=True, slots=True)
class AddToBridge(ServerAction):
    """Bring a leg into a bridge, out of any other. Proof: LegJoined."""

    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class RemoveFromBridge(ServerAction):
    """Take a leg out of a bridge; it stays in Stasis. Proof: LegLeft."""

    leg: str
    bridge: str


@dataclass(frozen=True, slots=True)
class PlaySilence(ServerAction):
    """Start or stop the silence a leg hears in its seat. It must be off before a Join, or the leg hears nobody."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class MuteOutbound(ServerAction):
    """Mute what a leg gets: a line that has not answered does not listen to the room."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class MuteInbound(ServerAction):
    """Mute what a leg says: its far end goes on hearing, the others get silence from it. Proof: ActionDone."""

    leg: str
    on: bool


@dataclass(frozen=True, slots=True)
class CreateChannel(ServerAction):
    """Create a channel under our own id, not dialled yet. Proof: LegArrived; on failure the leg never was.

    `caller` is the number it shows to the far end, `name` the name; `headers` are SIP headers as "NAME: TEXT".
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
    """Proof: LegDestroyed."""

    leg: str


@dataclass(frozen=True, slots=True)
class ContinueInFallback(ServerAction):
    """Send an arriving leg back to the dialplan's fallback, with the reason in its log. Proof: LegLeftStasis.

    `next`: to the next priority of the dialplan that it came from, which is not ours; None: if it is not.
    """

    leg: str
    reason: str
    next: bool | None = False


@dataclass(frozen=True, slots=True)
class ContinueInDialplan(ServerAction):
    """Let an arriving leg go on in the dialplan, at a place that the configuration names. Proof: LegLeftStasis."""

    leg: str
    context: str
    exten: str


@dataclass(frozen=True, slots=True)
class AnswerRefer(ServerAction):
    """Tell a phone what came of its REFER: answered, declined (nothing has changed) or unavailable (it failed)."""

    leg: str
    answer: str


@dataclass(frozen=True, slots=True)
class Play(ServerAction):
    """Play to one leg, in a seat or in a spot, or to a whisper. Proof: PlayFinished.

    `play` is the id to stop it by, "" where nobody will. Sound files with | between them follow each other.
    """

    leg: str
    media: str
    play: str = ""


@dataclass(frozen=True, slots=True)
class StopPlay(ServerAction):
    """Cut a prompt off. It must have been before a Join, which would wait for the prompt's end."""

    leg: str
    play: str


@dataclass(frozen=True, slots=True)
class PlayBridgeAudio(ServerAction):
    """Play to everybody in a bridge until it ends or is stopped, under the id `tone`.

    Sound files with | between them follow each other. Proof of the end: AudioEnded, where `tone` is an agent's.
    """

    tone: str
    bridge: str
    media: str


@dataclass(frozen=True, slots=True)
class PlayBridgeMusic(ServerAction):
    """Everybody in a bridge hears music of class `music` beside each other."""

    bridge: str
    music: str


@dataclass(frozen=True, slots=True)
class StopBridgeMusic(ServerAction):
    bridge: str


@dataclass(frozen=True, slots=True)
class PlayHoldMusic(ServerAction):
    """Let one leg hear music of class `music` and nothing else; begun again, it goes on."""

    leg: str
    music: str


@dataclass(frozen=True, slots=True)
class StopHoldMusic(ServerAction):
    """End the music of one leg. It must be off before a Join, or the leg hears nobody. Proof: ActionDone."""

    leg: str


@dataclass(frozen=True, slots=True)
class SendDtmf(ServerAction):
    """Send the keys that came with this command to one leg; nobody else hears them. They are in no journal."""

    leg: str
    receipt: str


@dataclass(frozen=True, slots=True)
class MuteRecording(ServerAction):
    """Write silence to a recording for a while; its time axis is kept. Proof: ActionDone."""

    name: str
    on: bool


@dataclass(frozen=True, slots=True)
class PauseBridgeAudio(ServerAction):
    """Hold a sound that plays in a bridge, or let it go on from there."""

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
    """Make a leg that hears what `to` hears and says; `whisper`: who hears what it says: none, out (`to` alone) or
    both (also those who hear `to`). Proof: LegArrived of `leg`."""

    leg: str
    to: str
    whisper: str


@dataclass(frozen=True, slots=True)
class StartRecording(ServerAction):
    """Record a room to `name`. Proof: RecordingStarted; on failure people talk on and the row says why."""

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
    """Look for a customer's lead, or make one: `method` is as an in-group's call_handle_method. Proof: LeadFound."""

    call: str
    number: str
    method: str
    list_id: str
    status: str = "INBND"  # of a lead that is made


@dataclass(frozen=True, slots=True)
class ReconcileCalls(ServerAction):
    """Compare these calls, and these legs, with what Asterisk has; tell each difference. Proof: CallsReconciled."""

    calls: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindDialFacts:
    """Ask the database about a number that is about to be dialled, at the time `at`. Proof: DialFactsFound.

    `readings` are the numbers that the far end may take `number` for. `since` is when the day of the agent's limit
    began, 0 without a limit. `callback` is the callback that is done by it, or "". Times in microseconds, UTC.
    """

    check: str
    agent: str
    campaign: str
    number: str
    readings: tuple[str, ...]
    at: int
    since: int = 0
    callback: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer the one who asked: the command is done (`why` empty), or why it is not; `refused`: nothing has changed.

    `of` is the receipt that lasts, where the one who asked only follows it.
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
    | RemoveFromBridge
    | PlaySilence
    | MuteOutbound
    | MuteInbound
    | CreateChannel
    | DialLeg
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
    | StartRecording
    | StopRecording
    | MeasureRecording
    | ConvertRecording
    | SendWebhook
    | FindLead
    | ReconcileCalls
    | FindDialFacts
    | Reply
)


def leg_of(action: Action) -> str | None:
    """The leg an action touches, if any."""
    leg: str | None = getattr(action, "leg", None)
    return leg
