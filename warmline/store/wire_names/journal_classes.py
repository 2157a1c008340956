"""The class of the core for each kind of journal row and each name of an action."""

from warmline.core.messages import actions as do
from warmline.core.messages import events as ev
from warmline.core.messages.commands import Ask
from warmline.core.messages.dial_facts_messages import FindDialFacts
from warmline.core.messages.dialler_messages import (
    CreateDetector,
    DetectTalking,
    DialHalted,
    DialIdle,
    DialRefused,
    LeadAnsweredAway,
    LeadFound,
    LegTalking,
    OriginateToDialplan,
    PacingDecided,
)
from warmline.core.messages.leg_messages import MoveIntoStasis
from warmline.core.messages.page_messages import PageAway, PageBack
from warmline.store.wire_names.action_names import ACTION_NAMES
from warmline.store.wire_names.journal_kinds import JOURNAL_KINDS

INPUTS: dict[str, type] = {
    "command.requested": Ask,
    "leg.arrived": ev.LegArrived,
    "leg.ringing": ev.LegRinging,
    "leg.progress": ev.LegProgress,
    "leg.answered": ev.LegAnswered,
    "leg.joined": ev.LegJoined,
    "leg.left": ev.LegLeft,
    "leg.released": ev.LegLeftStasis,
    "leg.destroyed": ev.LegDestroyed,
    "leg.hold": ev.LegHoldChanged,
    "leg.silent": ev.LegWithoutAudio,
    "leg.talking": LegTalking,
    "leg.redirected": ev.LegRedirected,
    "leg.digit": ev.DtmfReceived,
    "leg.refer": ev.ReferReceived,
    "leg.prompt_finished": ev.PlayFinished,
    "phone.unreachable": ev.PhoneUnreachable,
    "phone.reachable": ev.PhoneReachable,
    "page.away": PageAway,
    "page.back": PageBack,
    "bridge.destroyed": ev.BridgeDestroyed,
    "bridge.audio_finished": ev.AudioEnded,
    "recording_file.started": ev.RecordingStarted,
    "recording_file.finished": ev.RecordingFinished,
    "recording_file.failed": ev.RecordingFailed,
    "recording_file.measured": ev.RecordingMeasured,
    "recording_file.converted": ev.RecordingConverted,
    "webhook.attempted": ev.WebhookTried,
    "lead.found": LeadFound,
    "dial.checked": ev.DialFactsFound,
    "dial.halted": DialHalted,
    "dial.idle": DialIdle,
    "dial.refused": DialRefused,
    "pacing.decided": PacingDecided,
    "action.completed": ev.ActionDone,
    "action.failed": ev.ActionFailed,
    "call.fallback": ev.FallbackTaken,
    "lead.answered_away": LeadAnsweredAway,
    "timer.fired": ev.TimerFired,
    "config.changed": ev.ConfigurationChanged,
    "app.started": ev.AppStarted,
    "clock.corrected": ev.ClockCorrected,
    "app.reconciling": ev.Reconciling,
    "app.reconciled": ev.Reconciled,
    "asterisk.connected": ev.AsteriskConnected,
    "asterisk.lost": ev.ServerLost,
    "asterisk.away": ev.ServerAway,
    "servers.known": ev.ServersKnown,
    "call.reconciled": ev.CallsReconciled,
    "turn.failed": ev.TurnFailed,
}

ACTIONS: dict[str, type] = {
    "channel.answer": do.AnswerLeg,
    "channel.progress": do.SendProgress,
    "channel.create": do.CreateChannel,
    "channel.dial": do.DialLeg,
    "channel.originate": OriginateToDialplan,
    "channel.hang_up": do.HangUpLeg,
    "channel.continue": do.ContinueInDialplan,
    "channel.send_to_fallback": do.ContinueInFallback,
    "channel.answer_refer": do.AnswerRefer,
    "channel.play_silence": do.PlaySilence,
    "channel.deafen": do.MuteOutbound,
    "channel.mute": do.MuteInbound,
    "channel.play": do.Play,
    "channel.stop_play": do.StopPlay,
    "channel.start_music": do.PlayHoldMusic,
    "channel.stop_music": do.StopHoldMusic,
    "channel.send_dtmf": do.SendDtmf,
    "channel.whisper": do.CreateWhisperLeg,
    "channel.snoop": do.CreateSnoopLeg,
    "channel.detect_machine": CreateDetector,
    "channel.detect_talking": DetectTalking,
    "channel.adopt": MoveIntoStasis,
    "bridge.create": do.CreateMixingBridge,
    "bridge.create_holding": do.CreateHoldingBridge,
    "bridge.destroy": do.DestroyBridge,
    "bridge.add": do.AddToBridge,
    "bridge.remove": do.RemoveFromBridge,
    "bridge.play": do.PlayBridgeAudio,
    "bridge.pause_play": do.PauseBridgeAudio,
    "bridge.stop_play": do.StopBridgeAudio,
    "bridge.start_music": do.PlayBridgeMusic,
    "bridge.stop_music": do.StopBridgeMusic,
    "recording.start": do.StartRecording,
    "recording.stop": do.StopRecording,
    "recording.mute": do.MuteRecording,
    "recording.measure": do.MeasureRecording,
    "recording.convert": do.ConvertRecording,
    "webhook.send": do.SendWebhook,
    "lead.find": do.FindLead,
    "call.reconcile": do.ReconcileCalls,
    "dial.check": FindDialFacts,
    "command.answer": do.Reply,
}

KINDS = {of: kind for kind, of in INPUTS.items()}
NAMES = {of: name for name, of in ACTIONS.items()}


def input_class(kind: str) -> type:
    """Return the class of a kind, as it is in a row. Raises KeyError if there is none."""
    return INPUTS[JOURNAL_KINDS.now(kind)]


def action_class(name: str) -> type:
    """Return the class of an action, by its name in a row. Raises KeyError if there is none."""
    return ACTIONS[ACTION_NAMES.now(name)]
