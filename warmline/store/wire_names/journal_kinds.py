"""What kind of input a journal row holds: the stable name of each kind, and the names that older rows have for it.

A name is `subject.event`. It is written into the row and is in the row's hash, so a name that is changed here gets its
old text into the column of former names, and no row is ever written again. Which class reads a kind is in
journal_classes.py: reports need not load the core for a name.
"""

from warmline.store.wire_names.name_table import WireNames

JOURNAL_KINDS = WireNames(
    {
        # kind: former kinds
        "command.requested": ("Ask",),
        "leg.arrived": ("LegArrived",),
        "leg.ringing": ("LegRinging",),
        "leg.progress": ("LegProgress",),
        "leg.answered": ("LegAnswered",),
        "leg.joined": ("LegJoined",),
        "leg.left": ("LegLeft",),
        "leg.released": ("LegEnded",),
        "leg.destroyed": ("LegGone",),
        "leg.hold": ("LegHeld",),
        "leg.silent": ("LegHearsNothing",),
        "leg.redirected": ("LegRedirected",),
        "leg.digit": ("KeyPressed",),
        "leg.refer": ("TransferAsked",),
        "leg.prompt_finished": ("PlayFinished",),
        "phone.unreachable": ("PhoneAway",),
        "phone.reachable": ("PhoneBack",),
        "bridge.destroyed": ("BridgeGone",),
        "bridge.audio_finished": ("AudioEnded",),
        "recording_file.started": ("RecordingStarted",),
        "recording_file.finished": ("RecordingFinished",),
        "recording_file.failed": ("RecordingFailed",),
        "recording_file.measured": ("RecordingMeasured",),
        "recording_file.converted": ("RecordingConverted",),
        "webhook.attempted": ("WebhookTried",),
        "lead.found": ("LeadFound",),
        "dial.checked": (),
        "action.completed": ("ActionDone",),
        "action.failed": ("ActionFailed",),
        "call.fallback": ("FallbackTaken",),
        "timer.fired": ("TimeCame",),
        "config.changed": ("Configured",),
        "app.started": ("Started",),
        "app.reconciling": ("Reconciling",),
        "app.reconciled": ("Reconciled",),
        "asterisk.connected": ("AsteriskSeen",),
        "call.reconciled": (),
        "turn.failed": (),
    }
)


def kind_of(text: str) -> str:
    """Return today's name of a kind as a row has it; a kind that no version knew is as it is."""
    return JOURNAL_KINDS.now(text)
