"""The events from Asterisk and the app. Events are never refused and never raise.

A late, repeated or unknown event changes nothing. A leg is one Asterisk channel, named by its id. Events have no times.
Each is in the file of its subject; here are all of them, and the failure of an input.
"""

from dataclasses import dataclass
from enum import StrEnum

from warmline.core.messages.action_answers import ActionDone, ActionFailed
from warmline.core.messages.audio_messages import AudioEnded, DtmfReceived, PlayFinished
from warmline.core.messages.bridge_messages import BridgeDestroyed
from warmline.core.messages.commands import Ask
from warmline.core.messages.dial_facts_messages import DialFactsFound
from warmline.core.messages.dialler_messages import (
    DialHalted,
    DialIdle,
    DialRefused,
    LeadAnsweredAway,
    LeadFound,
    LegTalking,
    PacingDecided,
)
from warmline.core.messages.fallback_messages import FallbackTaken
from warmline.core.messages.leg_messages import (
    LegAnswered,
    LegArrived,
    LegDestroyed,
    LegHoldChanged,
    LegJoined,
    LegLeft,
    LegLeftStasis,
    LegProgress,
    LegRinging,
    LegWithoutAudio,
)
from warmline.core.messages.page_messages import PageAway, PageBack
from warmline.core.messages.phone_messages import PhoneReachable, PhoneUnreachable
from warmline.core.messages.process_messages import (
    AppStarted,
    AsteriskConnected,
    CallsReconciled,
    ClockCorrected,
    ConfigurationChanged,
    Reconciled,
    Reconciling,
    ServerAway,
    ServerLost,
    ServersKnown,
    TimerFired,
)
from warmline.core.messages.recording_messages import (
    RecordingConverted,
    RecordingFailed,
    RecordingFinished,
    RecordingMeasured,
    RecordingStarted,
)
from warmline.core.messages.refer_messages import LegRedirected, ReferReceived
from warmline.core.messages.webhook_messages import WebhookTried


class Remedy(StrEnum):
    """The remedy for a failed turn."""

    RECONCILE = "reconcile"  # its calls are compared with Asterisk
    FALLBACK = "fallback"  # the call goes to the fallback and is closed, after a second failure
    REMOVE = "remove"  # the same, without the rules of calls and agents, because they failed too
    NONE = "none"  # the input is set aside, or the command is refused
    GIVEN_UP = "given_up"  # the same without a receipt, because the receipt failed too


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """An input whose turn raised an exception, which is a bug. The turn changed nothing; the remedy takes its place.

    `error` is the exception's type and `place` its origin. The exception's text is not kept, because it may hold a
    secret. `subject` is the id of the record in work, and `call` the call of that record, or "". `calls` and `legs`
    have missed the input or are compared with Asterisk. They may be others than the failed ones.
    """

    failed: "Event | Ask"
    error: str
    place: str
    remedy: Remedy
    subject: str = ""
    call: str = ""
    calls: tuple[str, ...] = ()
    legs: tuple[str, ...] = ()


Event = (
    LegArrived
    | LegRinging
    | LegProgress
    | LegAnswered
    | LegJoined
    | LegLeft
    | LegLeftStasis
    | LegDestroyed
    | LegHoldChanged
    | LegWithoutAudio
    | PhoneUnreachable
    | PhoneReachable
    | PageAway
    | PageBack
    | ReferReceived
    | LegRedirected
    | BridgeDestroyed
    | RecordingStarted
    | RecordingFinished
    | RecordingFailed
    | RecordingMeasured
    | RecordingConverted
    | WebhookTried
    | DialFactsFound
    | LeadFound
    | PacingDecided
    | DialHalted
    | DialIdle
    | DialRefused
    | LeadAnsweredAway
    | LegTalking
    | PlayFinished
    | AudioEnded
    | DtmfReceived
    | ActionDone
    | ActionFailed
    | FallbackTaken
    | AppStarted
    | ClockCorrected
    | ConfigurationChanged
    | Reconciling
    | AsteriskConnected
    | ServerLost
    | ServerAway
    | ServersKnown
    | Reconciled
    | CallsReconciled
    | TurnFailed
    | TimerFired
)
