"""The kinds of journal rows: the stable name of each kind of input, and the names in older rows.

A name is `subject.event`. It is in a row, and the row's hash covers it. If you change a name in
warmline/text/event_names.py, add its old text here. journal_classes.py has the class that reads each kind, so that
reports need not load the core.
"""

from warmline.store.wire_names.name_table import WireNames
from warmline.text.event_names import INPUT_TYPES

# The former name of each kind that had one.
_FORMER = {
    "command.requested": "Ask",
    "leg.arrived": "LegArrived",
    "leg.ringing": "LegRinging",
    "leg.progress": "LegProgress",
    "leg.answered": "LegAnswered",
    "leg.joined": "LegJoined",
    "leg.left": "LegLeft",
    "leg.released": "LegEnded",
    "leg.destroyed": "LegGone",
    "leg.hold": "LegHeld",
    "leg.silent": "LegHearsNothing",
    "leg.redirected": "LegRedirected",
    "leg.digit": "KeyPressed",
    "leg.refer": "TransferAsked",
    "leg.prompt_finished": "PlayFinished",
    "phone.unreachable": "PhoneAway",
    "phone.reachable": "PhoneBack",
    "bridge.destroyed": "BridgeGone",
    "bridge.audio_finished": "AudioEnded",
    "recording_file.started": "RecordingStarted",
    "recording_file.finished": "RecordingFinished",
    "recording_file.failed": "RecordingFailed",
    "recording_file.measured": "RecordingMeasured",
    "recording_file.converted": "RecordingConverted",
    "webhook.attempted": "WebhookTried",
    "lead.found": "LeadFound",
    "action.completed": "ActionDone",
    "action.failed": "ActionFailed",
    "call.fallback": "FallbackTaken",
    "timer.fired": "TimeCame",
    "config.changed": "Configured",
    "app.started": "Started",
    "app.reconciling": "Reconciling",
    "app.reconciled": "Reconciled",
    "asterisk.connected": "AsteriskSeen",
}
GONE = ("agent.chosen",)  # kinds of rows of former versions, which no input has any more
JOURNAL_KINDS = WireNames({kind: tuple(filter(None, (_FORMER.get(kind),))) for kind in INPUT_TYPES})


def kind_of(text: str) -> str:
    """Return the current name of a kind in a row; an unknown kind stays unchanged."""
    return JOURNAL_KINDS.now(text)
