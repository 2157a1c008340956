"""The kinds of journal rows: the stable name of each kind of input, its sentence, and the names in older rows.

A name is `subject.event`. It is in a row, and the row's hash covers it. If you change a name here, add its old text to
the former names. journal_classes.py has the class that reads each kind, so that reports need not load the core.
"""

from warmline.store.wire_names.name_table import WireNames

# Each kind with its sentence (docs/reference/events.md is generated from it) and its former names.
_KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "command.requested": ("A client, a phone or the dialplan requested a command.", ("Ask",)),
    "leg.arrived": ("A channel entered Warmline.", ("LegArrived",)),
    "leg.ringing": ("A dialled channel rings.", ("LegRinging",)),
    "leg.progress": ("A dialled channel sends early media.", ("LegProgress",)),
    "leg.answered": ("A channel was answered.", ("LegAnswered",)),
    "leg.joined": ("A channel entered a bridge.", ("LegJoined",)),
    "leg.left": ("A channel left a bridge.", ("LegLeft",)),
    "leg.released": ("A channel left Warmline.", ("LegEnded",)),
    "leg.destroyed": ("A channel was destroyed; `cause` is the cause by Q.850.", ("LegGone",)),
    "leg.hold": ("A phone put its line on hold, or resumed it.", ("LegHeld",)),
    "leg.silent": ("Asterisk sends a channel nothing, although it sends packets to others.", ("LegHearsNothing",)),
    "leg.talking": ("An agent began to speak to a lead before the verdict of machine detection.", ()),
    "leg.redirected": ("The called party named another number (SIP 302).", ("LegRedirected",)),
    "leg.digit": ("A key was pressed.", ("KeyPressed",)),
    "leg.refer": ("A phone requested a transfer (SIP REFER).", ("TransferAsked",)),
    "leg.prompt_finished": ("A prompt ended.", ("PlayFinished",)),
    "phone.unreachable": ("Asterisk can no longer reach a phone.", ("PhoneAway",)),
    "phone.reachable": ("Asterisk can reach a phone again.", ("PhoneBack",)),
    "page.away": ("The page that has an agent's browser phone has gone.", ()),
    "page.back": ("The page that has an agent's browser phone is there again.", ()),
    "bridge.destroyed": ("A bridge was destroyed.", ("BridgeGone",)),
    "bridge.audio_finished": ("The audio that an agent played ended.", ("AudioEnded",)),
    "recording_file.started": ("Asterisk began a recording.", ("RecordingStarted",)),
    "recording_file.finished": ("Asterisk ended a recording.", ("RecordingFinished",)),
    "recording_file.failed": ("Asterisk could not write a recording.", ("RecordingFailed",)),
    "recording_file.measured": ("The app measured a recorded file.", ("RecordingMeasured",)),
    "recording_file.converted": ("The app converted a recorded file to another format.", ("RecordingConverted",)),
    "webhook.attempted": ("A webhook was sent, or failed.", ("WebhookTried",)),
    "lead.found": ("The caller's lead was found or created.", ("LeadFound",)),
    "dial.checked": ("The app checked a number to dial in the database.", ()),
    "dial.halted": ("The app halted all diallers, or that of `campaign`, for 10 s; `reason` gives the reason.", ()),
    "dial.idle": ("A dialler with READY agents has begun no call for 30 s, or begins calls again.", ()),
    "dial.refused": ("The last look before an automatic call refused the number; `reason` gives the reason.", ()),
    "pacing.decided": ("The pacing of a campaign proposed leads to dial, or calls to give up.", ()),
    "agent.chosen": ("The hook choose_agent answered a question, or failed.", ()),
    "action.completed": ("Asterisk carried out a request.", ("ActionDone",)),
    "action.failed": ("Asterisk refused a request, or did not answer it.", ("ActionFailed",)),
    "call.fallback": ("A call took the dialplan's fallback.", ("FallbackTaken",)),
    "lead.answered_away": ("A lead answered while the app was away, and heard the safe harbour message.", ()),
    "timer.fired": ("A timer fired.", ("TimeCame",)),
    "config.changed": ("The configuration changed.", ("Configured",)),
    "app.started": ("The app started.", ("Started",)),
    "app.reconciling": ("The app began to compare its records with Asterisk.", ("Reconciling",)),
    "app.reconciled": ("The app finished the comparison.", ("Reconciled",)),
    "asterisk.connected": ("The app connected to Asterisk.", ("AsteriskSeen",)),
    "call.reconciled": ("The app compared failed calls with Asterisk.", ()),
    "turn.failed": (
        "A bug prevented an input of this `kind` from being handled; `remedy` is the remedy.",
        (),
    ),
}
JOURNAL_KINDS = WireNames({kind: former for kind, (_, former) in _KINDS.items()})
KIND_MEANINGS = {kind: meaning for kind, (meaning, _) in _KINDS.items()}


def kind_of(text: str) -> str:
    """Return the current name of a kind in a row; an unknown kind stays unchanged."""
    return JOURNAL_KINDS.now(text)
