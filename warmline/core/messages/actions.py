"""The actions that the core requests from Asterisk, the disk, the database, or the sender of a command.

The docstring of each action names the event that proves it. Actions of one call are performed in order, and so are
actions that touch the same leg. Different calls run in parallel. Each ServerAction names its server. Each action is in
the file of its subject; this file has them all.
"""

from warmline.core.messages.audio_messages import (
    PauseBridgeAudio,
    Play,
    PlayBridgeAudio,
    PlayBridgeMusic,
    PlayHoldMusic,
    SendDtmf,
    StopBridgeAudio,
    StopBridgeMusic,
    StopHoldMusic,
    StopPlay,
)
from warmline.core.messages.bridge_messages import (
    AddToBridge,
    CreateHoldingBridge,
    CreateMixingBridge,
    DestroyBridge,
    RemoveFromBridge,
)
from warmline.core.messages.commands import Reply
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.messages.dialler_messages import CreateDetector, DetectTalking, FindLead, OriginateToDialplan
from warmline.core.messages.leg_messages import (
    AnswerLeg,
    ContinueInDialplan,
    ContinueInFallback,
    CreateChannel,
    CreateWhisperLeg,
    DialLeg,
    HangUpLeg,
    MoveIntoStasis,
    MuteInbound,
    MuteOutbound,
    PlaySilence,
    SendProgress,
)
from warmline.core.messages.process_messages import ReconcileCalls
from warmline.core.messages.recording_messages import (
    ConvertRecording,
    CreateSnoopLeg,
    MeasureRecording,
    MuteRecording,
    StartRecording,
    StopRecording,
)
from warmline.core.messages.refer_messages import AnswerRefer
from warmline.core.messages.webhook_messages import SendWebhook

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
    | Reply
)


def get_leg(action: Action) -> str | None:
    """Return the leg that an action touches, or None."""
    leg: str | None = getattr(action, "leg", None)
    return leg
