"""Which class of the core each kind of the journal, and each name of an action, stands for."""

from warmline.core.model import actions as do
from warmline.core.model import events as ev
from warmline.core.model.commands import Ask
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
    "leg.released": ev.LegEnded,
    "leg.destroyed": ev.LegGone,
    "leg.hold": ev.LegHeld,
    "leg.silent": ev.LegHearsNothing,
    "leg.redirected": ev.LegRedirected,
    "leg.digit": ev.KeyPressed,
    "leg.refer": ev.TransferAsked,
    "leg.prompt_finished": ev.PlayFinished,
    "phone.unreachable": ev.PhoneAway,
    "phone.reachable": ev.PhoneBack,
    "bridge.destroyed": ev.BridgeGone,
    "bridge.audio_finished": ev.AudioEnded,
    "recording_file.started": ev.RecordingStarted,
    "recording_file.finished": ev.RecordingFinished,
    "recording_file.failed": ev.RecordingFailed,
    "recording_file.measured": ev.RecordingMeasured,
    "recording_file.converted": ev.RecordingConverted,
    "webhook.attempted": ev.WebhookTried,
    "lead.found": ev.LeadFound,
    "action.completed": ev.ActionDone,
    "action.failed": ev.ActionFailed,
    "call.fallback": ev.FallbackTaken,
    "timer.fired": ev.TimeCame,
    "config.changed": ev.Configured,
    "app.started": ev.Started,
    "app.reconciling": ev.Reconciling,
    "app.reconciled": ev.Reconciled,
    "asterisk.connected": ev.AsteriskSeen,
}

ACTIONS: dict[str, type] = {
    "channel.answer": do.Answer,
    "channel.progress": do.Progress,
    "channel.create": do.MakeLeg,
    "channel.dial": do.Dial,
    "channel.hang_up": do.Hangup,
    "channel.continue": do.ToDialplan,
    "channel.send_to_fallback": do.ToFallback,
    "channel.answer_refer": do.AnswerTransfer,
    "channel.play_silence": do.Silence,
    "channel.deafen": do.Deafen,
    "channel.mute": do.Mute,
    "channel.play": do.Play,
    "channel.stop_play": do.StopPlay,
    "channel.start_music": do.PlayHoldMusic,
    "channel.stop_music": do.StopHoldMusic,
    "channel.send_dtmf": do.SendDigits,
    "channel.whisper": do.Whisper,
    "channel.snoop": do.Snoop,
    "bridge.create": do.OpenRoom,
    "bridge.create_holding": do.OpenSpot,
    "bridge.destroy": do.CloseBridge,
    "bridge.add": do.Join,
    "bridge.remove": do.TakeOut,
    "bridge.play": do.PlayTone,
    "bridge.pause_play": do.PauseTone,
    "bridge.stop_play": do.StopTone,
    "bridge.start_music": do.RoomMusic,
    "bridge.stop_music": do.StopMusic,
    "recording.start": do.Record,
    "recording.stop": do.StopRecord,
    "recording.mute": do.MuteRecord,
    "recording.measure": do.MeasureRecording,
    "recording.convert": do.ConvertRecording,
    "webhook.send": do.SendWebhook,
    "lead.find": do.FindLead,
    "command.answer": do.Tell,
}

KINDS = {of: kind for kind, of in INPUTS.items()}
NAMES = {of: name for name, of in ACTIONS.items()}


def input_class(kind: str) -> type:
    """Return the class of a kind as a row has it. Raises KeyError if there is none."""
    return INPUTS[JOURNAL_KINDS.now(kind)]


def action_class(name: str) -> type:
    """Return the class of an action as a row has its name. Raises KeyError if there is none."""
    return ACTIONS[ACTION_NAMES.now(name)]
